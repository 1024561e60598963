"""Introductions worth making: likely and valuable told apart, with the contacts, sectors and needs behind each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from placeweave.engines.network import records as network
from placeweave.engines.network.introduce import introductions
from placeweave.engines.synergy.records import Fact, Finding, Jigsaw, Partner
from placeweave.engines.synergy.signing import digest, signature

MOST_PARTNERS = 1200
"""Beyond so many the distances of all pairs are not worked out; those with the most ties are looked at."""
MOST_EACH = 20


def meetings(jigsaw: Jigsaw, matches: Sequence[Finding]) -> list[Finding]:
    """Find who should meet whom among partners without a tie; ordered by value, with likelihood beside it.

    Parameters
    ----------
    jigsaw : Jigsaw
        Its partners with their sectors, and its ties.
    matches : sequence of Finding
        Offers that meet needs: what a meeting would be for.
    """
    partners = _chosen(jigsaw)
    if len(partners) < 2:
        return []
    sectors = {one.key: one.sector for one in partners}
    best = _best_match(matches)
    fits = [network.Fit(one, other, min(match.score, 1.0)) for (one, other), match in best.items()]
    ties = [network.Tie(tie.source, tie.target, tie.level) for tie in jigsaw.ties]
    inside = [tie for tie in ties if tie.source in sectors and tie.target in sectors]
    by_key: dict[int | str, str] = dict(sectors.items())
    net = network.PartnerNet([one.key for one in partners], inside, {"sector": by_key})
    found = introductions(net, "sector", fits, k=MOST_EACH)
    pairs = {(one.one, one.other): one for one in (*found.likely, *found.valuable)}
    return [_finding(one, best.get((int(one.one), int(one.other))), sectors) for one in pairs.values()]


def _chosen(jigsaw: Jigsaw) -> list[Partner]:
    degree: Counter[int] = Counter()
    for tie in jigsaw.ties:
        degree.update((tie.source, tie.target))
    ranked = sorted(jigsaw.partners, key=lambda one: (-degree[one.key], one.key))
    return sorted(ranked[:MOST_PARTNERS], key=lambda one: one.key)


def _best_match(matches: Sequence[Finding]) -> dict[tuple[int, int], Finding]:
    best: dict[tuple[int, int], Finding] = {}
    for match in sorted(matches, key=lambda one: (one.score, one.signature)):
        if len(match.organisations) == 2:
            best[match.organisations[0], match.organisations[1]] = match
    return best


def _finding(one: network.Introduction, match: Finding | None, sectors: dict[int, str]) -> Finding:
    pair = tuple(sorted((int(one.one), int(one.other))))
    common = [int(key) for key in one.common]
    reason: list[Fact] = []
    if match is not None and one.fit > 0:
        reason.append({"code": "would_meet", "need": match.need, "piece": match.pieces[0]})
    if common:
        reason.append({"code": "common", "organisations": common})
    if one.nearer > 0:
        reason.append({"code": "bridges", "sectors": sorted(sectors[key] for key in pair)})
    reason.append({"code": "no_tie", "organisations": list(pair), "level": 0})
    told = [common, match.facts if match else "", one.nearer > 0]
    valuable = round(one.fit + one.nearer, 4)
    return Finding(
        "meeting",
        signature("meeting", pair),
        digest(told),
        valuable,
        tuple(reason),
        match.need if match else None,
        match.pieces if match else (),
        (*pair, *common),
        likely=round(one.likely, 4),
        valuable=valuable,
    )
