"""Promising, changing a promise, and saying how it goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.action.models import Commitment, Pledge, Purpose, Update
from placeweave.jigsaw.models import Need, Piece, Synergy
from placeweave.kit import audit, turns, versions
from placeweave.kit.access import may, require
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.places.models import Member, Organisation, Person, Place
from placeweave.themes.models import Quote, Theme


@dataclass(frozen=True)
class Promise:
    """What somebody promises: the words, who makes it to whom, by when, resting on what, with which pieces."""

    what: str
    promised_to: str
    person: Person
    organisation: Organisation | None = None
    detail: str = ""
    due_on: date | None = None
    purpose: Purpose | None = None
    together_with: Sequence[Organisation] = ()
    themes: Sequence[Theme] = ()
    quotes: Sequence[Quote] = ()
    needs: Sequence[Need] = ()
    synergies: Sequence[Synergy] = ()
    pieces: Sequence[Piece] = field(default=())

    def parts(self) -> Iterable[models.Model]:
        """List every record the promise speaks of."""
        yield self.person
        yield from (one for one in (self.organisation, self.purpose) if one is not None)
        for some in (self.together_with, self.themes, self.quotes, self.needs, self.synergies, self.pieces):
            yield from some


LABELS = {
    "what": gettext_lazy("What"),
    "promised_to": gettext_lazy("Promised to"),
    "person": gettext_lazy("Who promises it"),
    "organisation": gettext_lazy("For which organisation"),
    "together_with": gettext_lazy("Together with"),
    "due_on": gettext_lazy("By when"),
    "detail": gettext_lazy("More"),
    "purpose": gettext_lazy("Purpose"),
    "themes": gettext_lazy("Themes"),
    "needs": gettext_lazy("Needs"),
    "pieces": gettext_lazy("Pieces"),
}


def _check(promise: Promise, *, place: Place, by: Member) -> None:
    """See that the promise stays in its place, and that nobody promises on behalf of somebody else."""
    if any(getattr(part, "place_id", place.pk) != place.pk for part in promise.parts()):
        raise Unsound(_("A commitment can only rest on what belongs to this place."))
    if may(by, "action.edit_any"):
        return
    for_own_body = promise.organisation is None or promise.organisation == by.organisation
    if promise.person.pk != by.person_id or not for_own_body:
        raise Refused(
            _("You can promise for yourself and your own organisation. For somebody else, ask a facilitator.")
        )


@transaction.atomic
def promise(*, place: Place, promise: Promise, by: Member) -> Commitment:
    """Keep a promise, numbered within its place."""
    require(by, "action.promise")
    _check(promise, place=place, by=by)
    turns.take(place.pk)
    last = Commitment.objects.filter(place=place).aggregate(last=Max("number"))["last"] or 0
    commitment = Commitment(place=place, number=last + 1)
    _write(commitment, promise)
    audit.write(
        by=by, place_id=place.pk, verb="promised", subject=commitment, summary=f"commitment {commitment.number}"
    )
    return commitment


def _write(commitment: Commitment, promise: Promise) -> None:
    for name in ("what", "promised_to", "person", "organisation", "detail", "due_on", "purpose"):
        setattr(commitment, name, getattr(promise, name))
    commitment.save()
    for name in ("together_with", "themes", "quotes", "needs", "synergies"):
        getattr(commitment, name).set(getattr(promise, name))
    kept = {piece.pk for piece in promise.pieces}
    commitment.pledges.exclude(piece__in=kept).delete()
    for piece in promise.pieces:
        Pledge.objects.get_or_create(commitment=commitment, piece=piece)


def may_speak_for(commitment: Commitment, by: Member) -> bool:
    """Tell whether this member made the promise, speaks for who made it, or holds the space."""
    if may(by, "action.edit_any"):
        return True
    if not may(by, "action.update_commitment"):
        return False
    own_body = by.organisation is not None and commitment.organisation_id == by.organisation.pk
    return commitment.person_id == by.person_id or own_body


def _require_speaker(commitment: Commitment, by: Member) -> None:
    if not may_speak_for(commitment, by):
        raise Refused(_("Only those who made this promise, or a facilitator, can change it."))


@transaction.atomic
def edit(*, commitment: Commitment, promise: Promise, version: int, by: Member) -> Commitment:
    """Change what was promised.

    Raises
    ------
    Conflict
        If somebody changed it since ``version`` was read; both wordings are given.
    """
    commitment = Commitment.objects.select_for_update().select_related("place").get(pk=commitment.pk)
    _require_speaker(commitment, by)
    _check(promise, place=commitment.place, by=by)
    versions.require_version(commitment, version, said=vars(promise), labels=LABELS)
    commitment.version += 1
    _write(commitment, promise)
    number = commitment.number
    audit.write(by=by, place_id=commitment.place_id, verb="changed", subject=commitment, summary=f"commitment {number}")
    return commitment


@transaction.atomic
def report(*, commitment: Commitment, words: str, state: str, by: Member) -> Update:
    """Say how it goes, and move it to another state if it has.

    Raises
    ------
    NotReady
        If it was already kept or dropped: that is history, and a new promise is a new commitment.
    Unsound
        If nothing is said.
    """
    commitment = Commitment.objects.select_for_update().get(pk=commitment.pk)
    _require_speaker(commitment, by)
    if commitment.state in {Commitment.State.KEPT, Commitment.State.DROPPED}:
        raise NotReady(
            _("This commitment is %(state)s. Make a new one for what comes next.")
            % {"state": commitment.get_state_display().lower()}
        )
    if not words.strip():
        raise Unsound(_("Please say in a sentence how it goes."))
    update = Update.objects.create(
        commitment=commitment, words=words.strip(), state=state, by=by, by_name=by.display_name
    )
    if state:
        commitment.state = state
    commitment.last_word_at = timezone.now()
    commitment.save(update_fields=["state", "last_word_at"])
    number = commitment.number
    audit.write(by=by, place_id=commitment.place_id, verb="updated", subject=commitment, summary=f"commitment {number}")
    return update
