"""From the pieces, needs and ties of a place to suggested synergies, in the background."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.engines import synergy as engine
from placeweave.jigsaw.jobs.bodies import bodies, perhaps_one
from placeweave.jigsaw.models import Difficulty, Need, Piece, Programme, Tie
from placeweave.jigsaw.queries.elsewhere import shared_beyond
from placeweave.jigsaw.queries.lists import STALE_AFTER
from placeweave.jigsaw.services.synergies import KIND, keep_findings
from placeweave.kit import analyses
from placeweave.kit.analyses import Finding, Parameters, Report
from placeweave.places.models import Issue, Organisation, Place

FRESH = timedelta(days=60)
_PIECE = ("pk", "organisation", "kind", "title", "note", "when", "neighbourhood", "sharability", "last_checked_on")
_NEED = ("pk", "kind", "title", "detail", "asked_by", "asked_for", "when", "neighbourhood", "priority", "external_id")


def gather(place_id: int) -> engine.Jigsaw:
    """Read what the engine looks at: pieces still there that somebody holds, open needs, and the newest ties."""
    today = timezone.localdate()
    still = Q(expires_on=None) | Q(expires_on__gte=today)
    held = Piece.objects.filter(still, place=place_id, is_gone=False, organisation__isnull=False).order_by("pk")
    serving = _grouped(Piece.issues.through.objects.filter(piece__place=place_id).values_list("piece", "issue"))
    pieces = [_piece(row, today, serving.get(row["pk"], ())) for row in held.values(*_PIECE, "external_id")]
    wanted = Need.objects.filter(place=place_id, state=Need.State.OPEN).order_by("pk")
    names = Place.objects.filter(Q(pk=place_id) | Q(parent_workspace=place_id)).order_by("pk")
    partners = Organisation.objects.filter(place=place_id, is_partner=True).order_by("pk")
    return engine.Jigsaw(
        pieces,
        [engine.Need(*row) for row in wanted.values_list(*_NEED)],
        _ties(place_id),
        list(names.values_list("name", flat=True)),
        [engine.Partner(*row) for row in partners.values_list("pk", "sector")],
        _programmes(place_id),
        _difficulties(place_id),
        _issues(place_id),
        bodies(place_id),
        perhaps_one(place_id),
    )


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for key, other in pairs:
        found.setdefault(key, []).append(other)
    return {key: tuple(sorted(some)) for key, some in found.items()}


def _piece(row: Mapping[str, Any], today: date, issues: tuple[int, ...]) -> engine.Piece:
    told = {name: row[name] for name in _PIECE if name not in {"pk", "last_checked_on"}}
    checked = row["last_checked_on"]
    age = _age(today - checked if checked else None)
    return engine.Piece(key=row["pk"], **told, age=age, identity=row["external_id"], issues=issues)


def _programmes(place_id: int) -> list[engine.Programme]:
    rows = Programme.objects.filter(place=place_id).order_by("pk").prefetch_related("partners", "outcomes")
    return [
        engine.Programme(
            one.pk,
            one.name,
            tuple(sorted(body.pk for body in one.partners.all())),
            tuple(sorted((node.pk, node.label) for node in one.outcomes.all())),
        )
        for one in rows
    ]


def _difficulties(place_id: int) -> list[engine.Difficulty]:
    rows = Difficulty.objects.filter(place=place_id).order_by("pk").prefetch_related("organisations")
    return [
        engine.Difficulty(one.pk, one.wording, tuple(sorted(body.pk for body in one.organisations.all())))
        for one in rows
    ]


def _issues(place_id: int) -> list[engine.Issue]:
    live = Issue.objects.filter(place=place_id, state=Issue.State.LIVE).order_by("pk")
    return [
        engine.Issue(
            one.pk,
            one.title,
            tuple(sorted(body.pk for body in one.organisations.all())),
            tuple(sorted(area.pk for area in one.neighbourhoods.all())),
        )
        for one in live.prefetch_related("organisations", "neighbourhoods")
    ]


def _ties(place_id: int) -> list[engine.Tie]:
    reports = (
        Tie.objects.current()
        .filter(place=place_id)
        .order_by("reported_on", "pk")
        .values_list("source", "target", "level")
    )
    newest = {(source, target): level for source, target, level in reports}
    return [engine.Tie(source, target, level) for (source, target), level in sorted(newest.items())]


def _age(since: timedelta | None) -> Literal["fresh", "known", "stale"]:
    if since is None:
        return "known"
    return "fresh" if since <= FRESH else "stale" if since > STALE_AFTER else "known"


def _basis(place_id: int, _parameters: Parameters) -> Sequence[Any]:
    return [dataclasses.asdict(gather(place_id)), [dataclasses.asdict(one) for one in _offers_elsewhere(place_id)]]


def compute(place_id: int, _parameters: Parameters, report: Report) -> Finding:
    """Run the engine over the jigsaw of a place."""
    report(_("Laying offers beside needs"), 0.1)
    jigsaw = gather(place_id)
    findings = engine.find(jigsaw)
    report(_("Looking at what other places share"), 0.7)
    elsewhere = _elsewhere(place_id, jigsaw)
    report(_("Writing the reasons down"), 0.9)
    kept = {"findings": [dataclasses.asdict(one) for one in findings], "elsewhere": elsewhere}
    return Finding(kept, n=len(jigsaw.pieces) + len(jigsaw.needs))


def _offers_elsewhere(place_id: int) -> list[engine.Piece]:
    """Read what other places let be seen, without its holder and its note: each place stands as one holder."""
    rows = shared_beyond(place_id).order_by("pk").values_list("pk", "place", "kind", "title", "when")
    return [
        engine.Piece(key, -place, kind, title, when=when, sharability="ask") for key, place, kind, title, when in rows
    ]


def _elsewhere(place_id: int, jigsaw: engine.Jigsaw) -> list[dict[str, Any]]:
    """Run the same search over the needs of this place and the offers of others; keys alone are kept."""
    offers = _offers_elsewhere(place_id)
    if not offers:
        return []
    found = engine.find(engine.Jigsaw(offers, jigsaw.needs, place_names=jigsaw.place_names))
    matches = [one for one in found if one.kind == "match"]
    return [{"need": one.need, "piece": one.pieces[0], "words": _words(one.reason)} for one in matches]


def _words(reason: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(word) for fact in reason for name in ("words", "about") for word in fact.get(name, ())]


def register() -> None:
    """Make the analysis known."""
    analyses.register(
        analyses.Kind(KIND, engine.ENGINE, _basis, "placeweave.jigsaw.jobs.synergies.compute", keep_findings)
    )
