"""From the ties of a place to the measured network and its picture, in the background."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from placeweave.engines import network as engine
from placeweave.jigsaw.models import Synergy, TieSurvey
from placeweave.jigsaw.queries import changes, ties
from placeweave.jigsaw.queries.ties import TiePair
from placeweave.jigsaw.services.network import KIND
from placeweave.kit import analyses
from placeweave.kit.analyses import Finding, Parameters, Report
from placeweave.kit.errors import NotReady

BY = "sector"
LEVELS = (1, 3)
"""Any tie at all, and ties in which two plan around each other."""
INTRODUCTIONS = 10
MOST_PARTNERS = 2000
"""Every pair is looked at: more than this would keep the worker from everything else for hours."""


@dataclasses.dataclass(frozen=True)
class Gathered:
    """What the engine looks at, and the pairs as they stand."""

    net: engine.PartnerNet
    told: ties.Told
    pairs: Sequence[TiePair]
    fits: Sequence[engine.Fit]


def gather(place_id: int, parameters: Parameters) -> Gathered:
    """Read partners, what each side last said, who has answered, and which offers meet which needs."""
    told = ties.told(place_id, parameters.get("survey") or None)
    pairs = told.pairs()
    here = {party.pk for pair in pairs for party in (pair.one, pair.other)} | (told.asked.keys() or told.partners)
    sectors: dict[int | str, str] = {key: told.parties[key].sector for key in sorted(here)}
    net = engine.PartnerNet(sorted(here), _ties(pairs), {BY: sectors}, _answered(told))
    return Gathered(net, told, pairs, _fits(place_id))


def _ties(pairs: Sequence[TiePair]) -> list[engine.Tie]:
    return [engine.Tie(*report) for pair in pairs for report in pair.reports]


def _answered(told: ties.Told) -> frozenset[int]:
    """Name who has spoken: in a wave, who sent an answer; without one, who reported anything."""
    if told.asked:
        return frozenset(key for key, is_sent in told.asked.items() if is_sent)
    return frozenset(source for source, _target in told.reports)


def _fits(place_id: int) -> list[engine.Fit]:
    """Take the strength of suggested matches, as a share of the strongest, for pairs of partners."""
    matches = Synergy.objects.filter(place=place_id, kind=Synergy.Kind.MATCH, state__in=["open", "accepted", "parked"])
    rows = matches.filter(need__asked_by__isnull=False).order_by("pk")
    pairs = rows.values_list("score", "need__asked_by", "pieces__organisation")
    found = [(score, one, other) for score, one, other in pairs if other is not None and one != other]
    strongest = max((score for score, _one, _other in found), default=1.0) or 1.0
    return [engine.Fit(one, other, round(score / strongest, 4)) for score, one, other in found]


def _basis(place_id: int, parameters: Parameters) -> Sequence[Any]:
    gathered = gather(place_id, parameters)
    net = gathered.net
    return [
        list(net.attributes[BY].items()),
        [(tie.source, tie.target, tie.level) for tie in net.ties],
        sorted(net.answered or ()),
        [dataclasses.astuple(fit) for fit in gathered.fits],
    ]


def compute(place_id: int, parameters: Parameters, report: Report) -> Finding:
    """Measure the network at both levels, list introductions, and place everybody in the picture."""
    report(_("Reading who works with whom"), 0.05)
    gathered = gather(place_id, parameters)
    if len(gathered.net.partners) > MOST_PARTNERS:
        raise NotReady(_("This is measured for up to 2,000 partners. Ask a wave of those who work together most."))
    measured: dict[str, Any] = {}
    for number, level in enumerate(LEVELS):
        report(_("Measuring"), 0.15 + 0.3 * number)
        measured[str(level)] = dataclasses.asdict(engine.measures(gathered.net, BY, at_least=level))
    report(_("Looking for introductions"), 0.75)
    met = engine.introductions(gathered.net, BY, gathered.fits, k=INTRODUCTIONS)
    report(_("Drawing the picture"), 0.85)
    return Finding(
        {
            "levels": measured,
            "introductions": {name: _listed(getattr(met, name)) for name in ("likely", "valuable")},
            "positions": {str(key): point for key, point in engine.positions(gathered.net, BY).items()},
            "since": _since(place_id, gathered.told, parameters),
            "ties": [[pair.one.pk, pair.other.pk, pair.level, pair.standing] for pair in gathered.pairs],
        },
        n=len(gathered.net.partners),
    )


def _since(place_id: int, now: ties.Told, parameters: Parameters) -> Mapping[str, Any] | None:
    """Set a wave beside the one before, and say how full that one was."""
    wave = TieSurvey.objects.filter(place=place_id, pk=parameters.get("before") or 0).first()
    if wave is None:
        return None
    before = ties.told(place_id, wave.pk)
    answered, asked = sum(before.asked.values()), len(before.asked)
    is_incomplete = answered < engine.FULL_ENOUGH * asked
    told = {"wave": wave.number, "answered": answered, "asked": asked, "is_incomplete": is_incomplete}
    return told | changes.changes(before, now)


def _listed(found: Sequence[engine.Introduction]) -> list[Mapping[str, Any]]:
    return [dataclasses.asdict(one) for one in found]


def register() -> None:
    """Make the analysis known."""
    analyses.register(analyses.Kind(KIND, engine.ENGINE, _basis, "placeweave.jigsaw.jobs.network.compute"))
