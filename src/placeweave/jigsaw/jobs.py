"""From the pieces, needs and ties of a place to suggested synergies, in the background."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.engines import synergy as engine
from placeweave.jigsaw.models import Need, Piece, Tie
from placeweave.jigsaw.queries.lists import STALE_AFTER
from placeweave.jigsaw.services.synergies import KIND, keep_findings
from placeweave.kit import analyses
from placeweave.kit.analyses import Finding, Parameters, Report
from placeweave.places.models import Place

FRESH = timedelta(days=60)
_PIECE = ("pk", "organisation", "kind", "title", "note", "when", "neighbourhood", "sharability", "last_checked_on")
_NEED = ("pk", "kind", "title", "detail", "asked_by", "asked_for", "when", "neighbourhood", "priority")


def gather(place_id: int) -> engine.Jigsaw:
    """Read what the engine looks at: pieces still there that somebody holds, open needs, and the newest ties."""
    today = timezone.localdate()
    still = Q(expires_on=None) | Q(expires_on__gte=today)
    held = Piece.objects.filter(still, place=place_id, is_gone=False, organisation__isnull=False).order_by("pk")
    pieces = [_piece(row, today) for row in held.values(*_PIECE)]
    wanted = Need.objects.filter(place=place_id, state=Need.State.OPEN).order_by("pk")
    needs = [engine.Need(*row) for row in wanted.values_list(*_NEED)]
    names = Place.objects.filter(Q(pk=place_id) | Q(parent_workspace=place_id)).order_by("pk")
    return engine.Jigsaw(pieces, needs, _ties(place_id), list(names.values_list("name", flat=True)))


def _piece(row: Mapping[str, Any], today: date) -> engine.Piece:
    told = {name: row[name] for name in _PIECE if name not in {"pk", "last_checked_on"}}
    checked = row["last_checked_on"]
    return engine.Piece(key=row["pk"], **told, age=_age(today - checked if checked else None))


def _ties(place_id: int) -> list[engine.Tie]:
    reports = Tie.objects.filter(place=place_id).order_by("reported_on", "pk").values_list("source", "target", "level")
    newest = {(source, target): level for source, target, level in reports}
    return [engine.Tie(source, target, level) for (source, target), level in sorted(newest.items())]


def _age(since: timedelta | None) -> Literal["fresh", "known", "stale"]:
    if since is None:
        return "known"
    return "fresh" if since <= FRESH else "stale" if since > STALE_AFTER else "known"


def _basis(place_id: int, _parameters: Parameters) -> Sequence[Any]:
    return [dataclasses.asdict(gather(place_id))]


def compute(place_id: int, _parameters: Parameters, report: Report) -> Finding:
    """Run the engine over the jigsaw of a place."""
    report(_("Laying offers beside needs"), 0.1)
    jigsaw = gather(place_id)
    findings = engine.find(jigsaw)
    report(_("Writing the reasons down"), 0.9)
    return Finding(
        {"findings": [dataclasses.asdict(one) for one in findings]}, n=len(jigsaw.pieces) + len(jigsaw.needs)
    )


def register() -> None:
    """Make the analysis known."""
    analyses.register(analyses.Kind(KIND, engine.ENGINE, _basis, "placeweave.jigsaw.jobs.compute", keep_findings))
