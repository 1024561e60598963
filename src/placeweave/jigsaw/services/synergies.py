"""Deciding on suggested synergies: a machine suggests, a person decides, and the decision is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.jigsaw.models import Synergy
from placeweave.kit import analyses, audit
from placeweave.kit.access import require
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.kit.models import Analysis
from placeweave.places.models import Member, Place

KIND = "synergies"
State = Synergy.State
DECISIONS = {"accept": State.ACCEPTED, "park": State.PARKED, "refuse": State.REFUSED, "reopen": State.OPEN}


def ask_for_synergies(*, place: Place, by: Member) -> Analysis:
    """Have the pieces and needs of a place looked through; where the newest answer still holds, say so of today."""
    require(by, "jigsaw.suggest")
    if not settings.MACHINE_SUGGESTIONS:
        raise NotReady(_("Machine suggestions are switched off in this installation."))
    found = analyses.ask_for(place_id=place.pk, kind=KIND, parameters={}, by=by)
    if found.state == Analysis.State.DONE:
        found.finished_at = timezone.now()  # looked at again, and it still holds
        found.save(update_fields=["finished_at"])
    return found


@transaction.atomic
def decide(*, synergy: Synergy, decision: str, why: str, by: Member) -> Synergy:
    """Take a suggestion up, park it, or refuse it; a refused one stays away unless what it rests on changes.

    Raises
    ------
    NotReady
        If it no longer holds: what it rested on has changed; or if somebody has decided meanwhile.
    """
    require(by, "jigsaw.decide_synergy")
    synergy = Synergy.objects.select_for_update().get(pk=synergy.pk)
    if by.place_id != synergy.place_id:
        raise Refused(_("You have no standing in that place."))
    if decision not in DECISIONS:
        raise Unsound(_("Accept it, put it off, or say no."))
    if synergy.state == State.LAPSED:
        raise NotReady(_("This no longer holds: what it rested on has changed since."))
    if decision != "reopen" and synergy.state != State.OPEN:
        told = {"state": synergy.get_state_display().lower()}
        raise NotReady(_("Somebody has decided about this meanwhile: %(state)s. Choose “Decide again” first.") % told)
    synergy.state, synergy.has_changed = DECISIONS[decision], False
    synergy.why = why.strip()[:400]
    synergy.decided_by, synergy.decided_at = (None, None) if decision == "reopen" else (by, timezone.now())
    synergy.save()
    audit.write(by=by, place_id=synergy.place_id, verb=decision, subject=synergy, summary=synergy.get_kind_display())
    return synergy


def keep_findings(analysis: Analysis) -> None:
    """Write what was found: new suggestions come in, those no longer so lapse, and decisions stay as they are."""
    result: Mapping[str, Any] = analysis.result or {}
    known = {one.signature: one for one in _known(analysis.place_id)}
    for found in result.get("findings", []):
        synergy = known.pop(found["signature"], None)
        if synergy is None:
            _begin(analysis, found)
        else:
            _renew(synergy, analysis, found)
    gone = [one.pk for one in known.values() if one.state == State.OPEN]
    Synergy.objects.filter(pk__in=gone).update(state=State.LAPSED, analysis=analysis)


def _known(place_id: int) -> QuerySet[Synergy]:
    """Give the suggestions there are, locked: what somebody decides meanwhile waits, and stands."""
    found = Synergy.objects.filter(place_id=place_id).select_for_update().order_by("pk")
    return found.prefetch_related("pieces", "organisations")


def _begin(analysis: Analysis, found: Mapping[str, Any]) -> None:
    synergy = Synergy(place_id=analysis.place_id, signature=found["signature"], kind=found["kind"])
    _write(synergy, analysis, found)
    synergy.pieces.set(found["pieces"])
    synergy.organisations.set(found["organisations"])


def _renew(synergy: Synergy, analysis: Analysis, found: Mapping[str, Any]) -> None:
    """Bring a known suggestion up to date; a decision holds as long as the facts it was taken on."""
    if synergy.state == State.LAPSED:
        synergy.state = State.OPEN
    elif synergy.facts != found["facts"] and synergy.state in {State.REFUSED, State.PARKED}:
        synergy.has_changed = True
        if synergy.state == State.REFUSED:
            synergy.state = State.OPEN
    _write(synergy, analysis, found)
    for name in ("pieces", "organisations"):  # a file taken back and brought in again has new rows for old facts
        if {one.pk for one in getattr(synergy, name).all()} != set(found[name]):
            getattr(synergy, name).set(found[name])


def _write(synergy: Synergy, analysis: Analysis, found: Mapping[str, Any]) -> None:
    synergy.analysis, synergy.facts, synergy.score = analysis, found["facts"], found["score"]
    synergy.reason, synergy.need_id, synergy.issue_id = found["reason"], found["need"], found["issue"]
    synergy.likely, synergy.valuable = found["likely"], found["valuable"]
    synergy.save()
