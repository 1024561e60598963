"""Convene: series of conversations around one question, the conversations in them, and what was harvested."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit import access, audit, versions
from placeweave.kit.errors import Unsound
from placeweave.listening.models import Conversation, Series
from placeweave.places.models import Issue, Member, Organisation, Place


@dataclass(frozen=True)
class SeriesFacts:
    """What a person says about a series."""

    title: str
    guiding_question: str
    intention: str = ""
    issue: Issue | None = None


@dataclass(frozen=True)
class ConversationFacts:
    """What a person says about a conversation."""

    title: str
    guiding_question: str = ""
    method: str = Conversation.Method.CIRCLE
    held_on: date | None = None
    neighbourhood: Place | None = None
    series: Series | None = None
    description: str = ""
    harvest_note: str = ""


SERIES_LABELS = {
    "title": gettext_lazy("Title"),
    "guiding_question": gettext_lazy("Guiding question"),
    "intention": gettext_lazy("Intention"),
    "issue": gettext_lazy("Issue"),
}
CONVERSATION_LABELS = {
    "title": gettext_lazy("Title"),
    "series": gettext_lazy("Series"),
    "guiding_question": gettext_lazy("Guiding question"),
    "method": gettext_lazy("How it was held"),
    "held_on": gettext_lazy("Day"),
    "neighbourhood": gettext_lazy("Neighbourhood"),
    "invited": gettext_lazy("Organisations invited"),
    "description": gettext_lazy("About it"),
    "harvest_note": gettext_lazy("Harvest"),
}


@transaction.atomic
def begin_series(*, facts: SeriesFacts, by: Member) -> Series:
    """Open a series of conversations around one guiding question.

    Raises
    ------
    Unsound
        If the place already has a series of this title.
    """
    access.require(by, "listening.convene")
    _refuse_same_title(by.place_id, facts.title)
    made = Series.objects.create(place_id=by.place_id, **_shallow(facts))
    audit.write(by=by, place_id=by.place_id, verb="began", subject=made, summary=made.title)
    return made


@transaction.atomic
def edit_series(*, series: Series, facts: SeriesFacts, version: int, by: Member) -> Series:
    """Change what is said about a series, unless somebody else has meanwhile."""
    access.require(by, "listening.convene")
    kept = Series.objects.select_for_update().get(pk=series.pk, place_id=by.place_id)
    versions.require_version(kept, version, said=vars(facts), labels=SERIES_LABELS, verbs=["edited"])
    if kept.title != facts.title:
        _refuse_same_title(by.place_id, facts.title)
    _set(kept, facts)
    audit.write(by=by, place_id=by.place_id, verb="edited", subject=kept, summary=kept.title)
    return kept


def _refuse_same_title(place_id: int, title: str) -> None:
    if Series.objects.filter(place_id=place_id, title=title).exists():
        raise Unsound(_("There is already a series called “%(title)s” in this place.") % {"title": title})


@transaction.atomic
def convene(*, facts: ConversationFacts, invited: Iterable[Organisation] = (), by: Member) -> Conversation:
    """Note a conversation that is planned or was held, and which organisations are invited to it."""
    access.require(by, "listening.convene")
    made = Conversation.objects.create(place_id=by.place_id, host=by if by.pk else None, **_shallow(facts))
    made.invited.set(_of_this_place(invited, by.place_id))
    audit.write(by=by, place_id=by.place_id, verb="convened", subject=made, summary=made.title)
    return made


@transaction.atomic
def edit_conversation(
    *, conversation: Conversation, facts: ConversationFacts, invited: Iterable[Organisation], version: int, by: Member
) -> Conversation:
    """Change what is said about a conversation, its harvest note included, unless somebody else has meanwhile."""
    access.require(by, "listening.convene")
    kept = Conversation.objects.select_for_update().get(pk=conversation.pk, place_id=by.place_id)
    asked = _of_this_place(invited, by.place_id)
    said = {**vars(facts), "invited": asked}
    versions.require_version(kept, version, said=said, labels=CONVERSATION_LABELS, verbs=["edited"])
    _set(kept, facts)
    kept.invited.set(asked)
    audit.write(by=by, place_id=by.place_id, verb="edited", subject=kept, summary=kept.title)
    return kept


def _of_this_place(organisations: Iterable[Organisation], place_id: int) -> list[Organisation]:
    return [one for one in organisations if one.place_id == place_id]


def _shallow(facts: SeriesFacts | ConversationFacts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in facts.__dataclass_fields__}


def _set(record: Series | Conversation, facts: SeriesFacts | ConversationFacts) -> None:
    for name, value in _shallow(facts).items():
        setattr(record, name, value)
    record.version += 1
    record.save()
