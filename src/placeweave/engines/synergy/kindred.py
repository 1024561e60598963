"""Bodies that work for the same people to the same ends without a tie: what registers alone show on a first day."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.synergy.nearness import WORKS_TOGETHER, levels
from placeweave.engines.synergy.records import Body, Fact, Finding, Jigsaw
from placeweave.engines.synergy.signing import digest, signature

MOST_BODIES = 3000
"""Beyond so many, those who take part and those who say most of themselves are compared; each pair is looked at."""
MOST_EACH, MOST = 3, 60
"""One body stands in so few suggestions, and a place gets so many: a list nobody reads to its end helps nobody."""
PEOPLE_AT, PURPOSES_AT = 0.5, 0.34
DISTRICT, FUNDER, MOST_FUNDERS = 0.3, 0.2, 2


def kindred(jigsaw: Jigsaw) -> list[Finding]:
    """Find pairs of bodies alike in whom they serve and what for, who do not plan together.

    What few bodies of the place say weighs more than what most say (the weight is the logarithm of one over its share).
    Alike is the weight of what both say over the weight of what either says, for people and for purposes apart; a pair
    has to be alike in both. A postcode district and funders in common add to it.

    Parameters
    ----------
    jigsaw : Jigsaw
        Its bodies with what a register says of them, and its ties.

    Returns
    -------
    list of Finding
        At most ``MOST``, and ``MOST_EACH`` of any body, strongest first.
    """
    bodies = _chosen(jigsaw.bodies)
    if len(bodies) < 2:
        return []
    people, purposes = _Said(bodies, lambda one: one.people), _Said(bodies, lambda one: one.purposes)
    near, perhaps_one = levels(jigsaw.ties), {frozenset(pair) for pair in jigsaw.perhaps_one}
    found: list[Finding] = []
    times: Counter[int] = Counter()
    for score, one, other in _ranked_pairs(bodies, people.alike(), purposes.alike()):
        pair = frozenset({one.key, other.key})
        level = near[pair]
        if level >= WORKS_TOGETHER or pair in perhaps_one or max(times[key] for key in pair) >= MOST_EACH:
            continue
        times.update(pair)
        found.append(_finding(score, one, other, level, (people, purposes)))
        if len(found) == MOST:
            break
    return found


def _chosen(bodies: Iterable[Body]) -> list[Body]:
    telling = [one for one in bodies if one.people and one.purposes]
    telling.sort(key=lambda one: (not one.takes_part, -len(one.people) - len(one.purposes), one.key))
    return sorted(telling[:MOST_BODIES], key=lambda one: one.key)


class _Said:
    """One thing that bodies say of themselves, as a table of bodies by words."""

    def __init__(self, bodies: Sequence[Body], read: Callable[[Body], tuple[str, ...]]) -> None:
        self.read = read
        counts = Counter(word for one in bodies for word in read(one))
        self.weights = {word: math.log1p(len(bodies) / count) for word, count in counts.items()}
        words = sorted(counts)
        column = {word: n for n, word in enumerate(words)}
        self.table = np.zeros((len(bodies), len(words)))
        for row, one in enumerate(bodies):
            self.table[row, [column[word] for word in read(one)]] = 1.0
        self.scale = np.array([self.weights[word] for word in words])

    def alike(self) -> NDArray[np.float64]:
        """Give the weighted share in common of every pair, shape (bodies, bodies)."""
        both: NDArray[np.float64] = (self.table * self.scale) @ self.table.T
        own = both.diagonal()
        return both / (own[:, None] + own[None, :] - both)

    def shared(self, one: Body, other: Body) -> list[str]:
        """Name what both say, the rarest first."""
        return sorted(set(self.read(one)) & set(self.read(other)), key=lambda word: (-self.weights[word], word))


def _ranked_pairs(
    bodies: Sequence[Body], people: NDArray[np.float64], purposes: NDArray[np.float64]
) -> list[tuple[float, Body, Body]]:
    """Give the pairs alike in both with their scores, the strongest first."""
    near = np.triu((people >= PEOPLE_AT) & (purposes >= PURPOSES_AT), 1)
    rows, columns = np.nonzero(near)
    plain = people[rows, columns] + purposes[rows, columns]
    best = np.lexsort((columns, rows, -plain.round(9)))[: MOST * MOST_BODIES]
    pairs = ((float(plain[n]), bodies[rows[n]], bodies[columns[n]]) for n in best)
    scored = [(round(score + _beside(one, other), 6), one, other) for score, one, other in pairs]
    return sorted(scored, key=lambda found: (-found[0], found[1].key, found[2].key))


def _beside(one: Body, other: Body) -> float:
    same = bool(one.district) and one.district == other.district
    return DISTRICT * same + FUNDER * min(MOST_FUNDERS, len(_common_funders(one, other)))


def _common_funders(one: Body, other: Body) -> list[int]:
    return sorted(set(one.funders) & set(other.funders))


def _finding(score: float, one: Body, other: Body, level: int, said: tuple[_Said, _Said]) -> Finding:
    pair = sorted([one.key, other.key])
    people, purposes = (each.shared(one, other) for each in said)
    funders = _common_funders(one, other)
    reason: list[Fact] = [{"code": "same_people", "people": people}, {"code": "same_purposes", "purposes": purposes}]
    if one.district and one.district == other.district:
        reason.append({"code": "same_district"})
    if funders:
        reason.append({"code": "same_funders", "organisations": funders})
    reason.append({"code": "no_tie" if level < 0 else "loose_tie", "organisations": pair, "level": max(level, 0)})
    known = sorted(str(each.identity or each.key) for each in (one, other))
    return Finding(
        "kindred",
        signature("kindred", known),
        digest([sorted(people), sorted(purposes), len(funders), max(level, 0)]),
        score,
        tuple(reason),
        None,
        (),
        (*pair, *funders),
    )
