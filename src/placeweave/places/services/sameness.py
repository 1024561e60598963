"""Decide whether two organisations are one: a rule proposes, a person decides, and the decision is remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit import access, audit, turns, versions
from placeweave.kit.errors import NotReady, Unsound
from placeweave.places.models import Member, Merge, Organisation, OrganisationIdentifier, Pairing
from placeweave.places.services import merging, remembering
from placeweave.places.services.acting import require_own
from placeweave.places.services.remembering import PERMISSION

State = Pairing.State
Status = OrganisationIdentifier.Status
LABELS = {"state": gettext_lazy("Decision"), "why": gettext_lazy("Why")}
VERBS = ("merged organisations", "kept organisations apart", "put off a pair")


@dataclass(frozen=True)
class Answer:
    """What a person says of two organisations.

    Attributes
    ----------
    state : {"same", "different", "later"}
    stands : int
        The key of the one whose name, sector and description stand, where they are the same.
    numbers : str
        What becomes of the numbers: ``one`` or ``other`` for whose number is right, ``one_first`` or ``other_first``
        for which came before, empty where both stand or nobody knows.
    """

    state: str
    stands: int = 0
    numbers: str = ""
    why: str = ""


@transaction.atomic
def decide(*, pairing: Pairing, version: int, answer: Answer, by: Member) -> Merge | None:
    """Act on what a person says of two organisations.

    Raises
    ------
    Conflict
        If somebody else decided since this person opened the page.
    NotReady
        If the two no longer stand apart.
    """
    require_own(by, pairing.place_id)
    access.require(by, PERMISSION)
    turns.take(pairing.place_id)
    pairing = _current(pairing.pk)
    said = {"state": answer.state, "why": answer.why}
    versions.require_version(pairing, version, said=said, labels=LABELS, verbs=VERBS)
    if answer.state == State.SAME:
        return _same(pairing, answer, by)
    if answer.state not in {State.DIFFERENT, State.LATER}:
        raise Unsound(_("Say whether they are the same, are not the same, or that you will decide later."))
    if answer.state == State.DIFFERENT:
        _different(pairing, answer, by)
    _close(pairing, State(answer.state), answer.why, by)
    verb = VERBS[1] if answer.state == State.DIFFERENT else VERBS[2]
    audit.write(by=by, place_id=pairing.place_id, verb=verb, subject=pairing, summary=str(pairing))
    return None


def _current(pk: int) -> Pairing:
    pairing = Pairing.objects.select_for_update().get(pk=pk)
    both = Organisation.ever.in_bulk([pairing.one_id, pairing.other_id])
    pairing.one, pairing.other = both[pairing.one_id], both[pairing.other_id]
    return pairing


def _close(pairing: Pairing, state: State, why: str, by: Member | None) -> None:
    pairing.state, pairing.why, pairing.has_changed = state, why.strip()[:400], False
    pairing.decided_by, pairing.decided_at = by, timezone.now()
    pairing.version += 1
    pairing.save()


def _same(pairing: Pairing, answer: Answer, by: Member) -> Merge:
    one, other = pairing.one, pairing.other
    if one.merged_into_id or other.merged_into_id:
        raise NotReady(_("One of them has been put together with another meanwhile. Open the list again."))
    survivor, gone = (other, one) if answer.stands == other.pk else (one, other)
    remembering.lift_between(one, other, by=by)
    remembering.remember(one, other, is_same=True, why=answer.why, by=by)
    sides = {"one": "survivor", "other": "gone"} if survivor == one else {"one": "gone", "other": "survivor"}
    whose, mark, first = answer.numbers.partition("_")
    numbers = f"{sides[whose]}{mark}{first}" if whose else ""
    event = merging.merge(survivor=survivor, gone=gone, by=by, reasons=pairing.reasons, why=answer.why, numbers=numbers)
    _close(pairing, State.SAME, answer.why, by)
    return event


def _different(pairing: Pairing, answer: Answer, by: Member) -> None:
    remembering.lift_between(pairing.one, pairing.other, by=by)
    remembering.remember(pairing.one, pairing.other, is_same=False, why=answer.why, by=by)
    if answer.numbers not in {"one", "other"}:
        return
    right, wrong = (pairing.one, pairing.other) if answer.numbers == "one" else (pairing.other, pairing.one)
    for number in OrganisationIdentifier.objects.filter(organisation=right).exclude(status=Status.DISPUTED):
        theirs = OrganisationIdentifier.objects.filter(organisation=wrong, scheme=number.scheme, value=number.value)
        if theirs.update(status=Status.DISPUTED) and number.status == Status.SHARED:
            number.status = Status.CURRENT
            number.save(update_fields=["status"])


@dataclass(frozen=True)
class Accepted:
    """How many pairs were put together, and how many were left because they had changed meanwhile."""

    merged: int
    left: int


@transaction.atomic
def accept_many(*, place_id: int, ticked: Sequence[tuple[int, int]], by: Member) -> Accepted:
    """Put together every suggested pair a person ticked, each (key, version); what changed since is left alone.

    Raises
    ------
    Unsound
        If nothing was ticked.
    """
    require_own(by, place_id)
    access.require(by, PERMISSION)
    turns.take(place_id)
    if not ticked:
        raise Unsound(_("Tick at least one pair."))
    merged = 0
    for key, version in ticked:
        merged += _accepted(place_id, key, version, by)
    return Accepted(merged, len(ticked) - merged)


def _accepted(place_id: int, key: int, version: int, by: Member) -> bool:
    suggested = Pairing.objects.filter(place=place_id, pk=key, version=version, is_suggested=True, state=State.OPEN)
    if not suggested.exists():
        return False
    pairing = _current(key)
    if pairing.one.merged_into_id or pairing.other.merged_into_id:
        return False  # a third that was ticked too has taken one of them in: the next look brings the rest
    survivor, _gone = merging.who_stands(pairing.one, pairing.other)
    _same(pairing, Answer(State.SAME, survivor.pk), by)
    return True
