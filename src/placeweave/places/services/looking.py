"""Look through the organisations of a place for those that may be one, and keep what was found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit import access, analyses, turns
from placeweave.kit.errors import NotReady
from placeweave.kit.models import Analysis
from placeweave.places.models import Member, Organisation, Pairing, Place
from placeweave.places.services import merging
from placeweave.places.services.acting import require_own
from placeweave.places.services.remembering import PERMISSION

KIND = "linkage"
State = Pairing.State
_WAITING = frozenset({State.OPEN, State.LATER})
_TURNED_DOWN = frozenset({State.LATER, State.DIFFERENT})
Found = Mapping[str, Any]


def look(*, place: Place, by: Member) -> Analysis:
    """Have the organisations of a place compared with each other, in the background."""
    require_own(by, place.pk)
    access.require(by, PERMISSION)
    if not settings.MACHINE_SUGGESTIONS:
        raise NotReady(_("Machine suggestions are switched off in this installation."))
    found = analyses.ask_for(place_id=place.pk, kind=KIND, parameters={}, by=by)
    if found.state == Analysis.State.DONE:
        found.finished_at = timezone.now()  # looked at again, and it still holds
        found.save(update_fields=["finished_at"])
    return found


def look_again(place_id: int) -> None:
    """Have them compared once what is being done now is done: a file brought some in, or two became one."""
    if settings.MACHINE_SUGGESTIONS:
        transaction.on_commit(lambda: _ask(place_id))


def _ask(place_id: int) -> None:
    analyses.ask_for(place_id=place_id, kind=KIND, parameters={}, by=None)


def keep_pairs(analysis: Analysis) -> None:
    """Write down what was found: new pairs come in, those no longer alike lapse, and what is sure is put together.

    What people decided stays as it is. Where the organisations have changed since they were compared, nothing is put
    together, and they are compared again.
    """
    turns.take(analysis.place_id)
    is_current = not analyses.is_out_of_date(analysis)
    known = {(one.one_id, one.other_id): one for one in Pairing.objects.filter(place=analysis.place_id)}
    there = Organisation.objects.filter(place=analysis.place_id).in_bulk()
    merged = 0
    for found in (analysis.result or {}).get("pairs", []):
        keys = (min(found["one"], found["other"]), max(found["one"], found["other"]))
        if keys[0] in there and keys[1] in there:
            pairing = known.pop(keys, None) or Pairing(place_id=analysis.place_id, one_id=keys[0], other_id=keys[1])
            merged += _kept(pairing, found, analysis, merges=is_current)
    _let_lapse(analysis, [one.pk for one in known.values() if one.state in {State.OPEN, State.LATER}])
    if merged or not is_current:
        look_again(analysis.place_id)


def _let_lapse(analysis: Analysis, keys: list[int]) -> None:
    Pairing.objects.filter(pk__in=keys).update(state=State.LAPSED, analysis=analysis)


def _kept(pairing: Pairing, found: Found, analysis: Analysis, *, merges: bool) -> int:
    """Keep one pair, and put it together if a rule may; tell whether that was done.

    One that was decided is taken up again: were the decision still remembered, the verdict would be another.
    """
    if found["verdict"] == "different":
        return _kept_apart(pairing)
    one, other = (Organisation.ever.get(pk=key) for key in (pairing.one_id, pairing.other_id))
    if one.merged_into_id or other.merged_into_id:
        return 0  # a pair before this one has put one of them elsewhere
    doubts = merging.doubts(one, other) if found["verdict"] in {"automatic", "suggested"} else []
    reasons = [*found["reasons"], *({"code": doubt.code, "facts": doubt.facts} for doubt in doubts)]
    _write(pairing, found, analysis, reasons)
    if found["verdict"] != "automatic" or doubts or not merges:
        return 0
    survivor, gone = merging.who_stands(one, other)
    merging.merge(survivor=survivor, gone=gone, by=None, reasons=reasons)
    pairing.state, pairing.decided_at = State.SAME, timezone.now()
    pairing.version += 1
    pairing.save()
    return 1


def _kept_apart(pairing: Pairing) -> int:
    """Close a pair that a remembered decision speaks of, though it was not taken on these rows."""
    if pairing.pk and pairing.state in _WAITING:
        Pairing.objects.filter(pk=pairing.pk).update(state=State.DIFFERENT, version=pairing.version + 1)
    return 0


def _write(pairing: Pairing, found: Found, analysis: Analysis, reasons: list[Any]) -> None:
    codes = {reason["code"] for reason in reasons}
    kind = _kind(found["verdict"], codes)
    before = (pairing.kind, pairing.is_suggested, pairing.tier, pairing.reasons, pairing.state)
    pairing.kind, pairing.reasons, pairing.analysis = kind, reasons, analysis
    pairing.is_suggested = found["verdict"] in {"automatic", "suggested"} and kind == Pairing.Kind.NAMES
    pairing.tier, pairing.score = found["tier"], found["score"]
    if pairing.state != State.LATER or pairing.reasons != before[3]:
        pairing.has_changed |= pairing.state in _TURNED_DOWN and pairing.reasons != before[3]
        pairing.state, pairing.why, pairing.decided_by, pairing.decided_at = State.OPEN, "", None, None
    if before != (pairing.kind, pairing.is_suggested, pairing.tier, pairing.reasons, pairing.state):
        pairing.version += 1
    pairing.save()


def _kind(verdict: str, codes: set[str]) -> str:
    if verdict == "conflict":
        return Pairing.Kind.NUMBER
    if "registered_anew_or_mistyped" in codes:
        return Pairing.Kind.MISMATCH
    if codes & {"both_have_members", "are_tied", "values_differ"}:
        return Pairing.Kind.VALUES
    return Pairing.Kind.NAMES
