"""The broken-thread report: actions that rest on no voice, and voices that nobody answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from placeweave.action.models import Commitment
from placeweave.action.queries import commitments
from placeweave.jigsaw.models import Need
from placeweave.places.models import Member, Place
from placeweave.themes.models import Coding, Theme
from placeweave.themes.queries import heard
from placeweave.themes.queries.words import ReadableQuote


@dataclass(frozen=True)
class Broken:
    """Where the thread of a place is broken."""

    actions_without_voice: Sequence[Commitment]
    themes_without_answer: Sequence[Theme]
    needs_without_action: Sequence[Need]
    voices_without_answer: Sequence[ReadableQuote]
    voices_without_answer_count: int

    @property
    def is_whole(self) -> bool:
        """Whether no break was found."""
        found = (self.actions_without_voice, self.themes_without_answer, self.needs_without_action)
        return not any(found) and not self.voices_without_answer_count


def themes_without_answer(place: Place) -> list[Theme]:
    """Give the themes that people speak of and no commitment answers, straight or through a need."""
    answered = Commitment.objects.filter(place=place).exclude(state=Commitment.State.DROPPED)
    coded = Coding.objects.filter(theme=OuterRef("pk"), ended_at=None)
    return list(
        Theme.objects.current()
        .filter(Exists(coded), place=place)
        .exclude(status=Theme.Status.RETIRED)
        .exclude(Exists(answered.filter(themes=OuterRef("pk"))))
        .exclude(Exists(answered.filter(needs__themes=OuterRef("pk"))))
        .exclude(Exists(answered.filter(synergies__need__themes=OuterRef("pk"))))
    )


def needs_without_action(place: Place) -> list[Need]:
    """Give the open needs that people voiced and no commitment answers."""
    answering = Commitment.objects.filter(needs=OuterRef("pk")).exclude(state=Commitment.State.DROPPED)
    through = Commitment.objects.filter(synergies__need=OuterRef("pk")).exclude(state=Commitment.State.DROPPED)
    rows = Need.objects.filter(place=place, state=Need.State.OPEN).select_related("asked_by")
    return list(rows.exclude(Exists(answering)).exclude(Exists(through)))


def broken(place: Place, member: Member) -> Broken:
    """Look over the whole thread of a place for breaks."""
    waiting, count = heard.without_answer(place, member)
    return Broken(
        list(commitments.without_voice(place)),
        themes_without_answer(place),
        needs_without_action(place),
        waiting,
        count,
    )
