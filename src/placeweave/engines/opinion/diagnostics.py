"""Ask what a finding leans on: moderation, a few busy people, copied answers, unclear words, who was asked."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.opinion.fit import fit
from placeweave.engines.opinion.likeness import alike
from placeweave.engines.opinion.proportions import bound
from placeweave.engines.opinion.records import Config, Floats, Ints, Model, Statements, Votes
from placeweave.engines.opinion.tallies import Tallies

COPIED_VOTES, COPIED_SHARE = 15, 0.95
"""Two people count as near-identical from this many votes each, if they share this part of all that either answered."""
TOP = 10
ENOUGH = 5
"""Votes below which nothing is said of a statement."""
UNCLEAR_TIMES, UNCLEAR_SHARE = 1.5, 0.2
"""A statement is passed on a lot if it surely is this many times as often as usual, and this often at least."""

_HASHES, _BANDS = 32, 8
_ODD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class ModerationEffect:
    """Groups with the moderated statements left out, and with them back in.

    ``likeness`` is the adjusted Rand index over the ``compared`` people who are in a group both times, NaN if none is.
    """

    moderated: int
    groups_without: int
    groups_with: int
    likeness: float
    compared: int


@dataclass(frozen=True, slots=True)
class Influence:
    """What would be different without one person.

    Attributes
    ----------
    participant, votes : who, and how many votes
    share : of all votes
    turn : by how many degrees the map's plane would turn, to first order
    swapped : how many of the top ten of the group-aware consensus would be others
    """

    participant: int
    votes: int
    share: float
    turn: float
    swapped: int


def moderation_effect(votes: Votes, statements: Statements, config: Config | None = None) -> ModerationEffect:
    """Fit with and without the statements that moderation took out, and say whether the groups are the same."""
    settings = config or Config()
    without = fit(votes, statements, settings)
    whole = fit(votes, replace(statements, active=np.ones_like(statements.active)), settings)
    compared = int(((without.labels >= 0) & (whole.labels >= 0)).sum())
    return ModerationEffect(
        int((~statements.active).sum()), without.k, whole.k, alike(without.labels, whole.labels), compared
    )


def near_identical(
    votes: Votes, *, min_votes: int = COPIED_VOTES, share: float = COPIED_SHARE
) -> tuple[tuple[int, ...], ...]:
    """Find people whose answers are the same or almost so.

    Parameters
    ----------
    votes : Votes
    min_votes : int
        Whoever cast fewer is left out: few answers are alike by chance.
    share : float
        Answers in common, of all that either gave (Jaccard).

    Returns
    -------
    tuple of tuples of int
        Each a set of people where everybody is alike to the first; largest first. Alike is no proof of anything: a
        household or a group that prepared its answers together looks the same.

    Notes
    -----
    Candidates are those whose smallest hashes agree in one of eight bands, which two people with 95 % in common miss
    once in a million times or so; each candidate is then compared in full. The cost grows with the votes alone.

    References
    ----------
    Broder, A. (1997). On the resemblance and containment of documents.
    """
    enough = np.bincount(votes.participant, minlength=votes.n_participants) >= min_votes
    kept = np.flatnonzero(enough[votes.participant])
    if not kept.size:
        return ()
    by_person = kept[np.argsort(votes.participant[kept], kind="stable")]
    person, answer = votes.participant[by_person], votes.statement[by_person].astype(np.uint64) * np.uint64(3)
    answer += (votes.value[by_person] + 1).astype(np.uint64)
    starts = np.flatnonzero(np.diff(person, prepend=-1))
    people, ends = person[starts], np.append(starts[1:], person.size)
    given = [frozenset(answer[start:end].tolist()) for start, end in zip(starts, ends, strict=True)]
    first = _first_alike(_bands(answer, starts), given, share)
    sets = [np.flatnonzero(first == one) for one in np.unique(first[first != np.arange(first.size)])]
    return tuple(sorted((tuple(people[one].tolist()) for one in sets), key=lambda one: (-len(one), one)))


def unclear(tallies: Tallies) -> Ints:
    """Give the active statements that people pass on more than usual, most passed first: perhaps unclearly worded.

    At least ``ENOUGH`` people have answered, and the lower 5 % bound of the share of passes exceeds both
    ``UNCLEAR_SHARE`` and ``UNCLEAR_TIMES`` what is usual.
    """
    passed = tallies.all_seen - tallies.all_agree - tallies.all_disagree
    counting = tallies.active & (tallies.all_seen > 0)
    usual = passed[counting].sum() / max(1, tallies.all_seen[counting].sum())
    low = np.where(counting, bound(passed, tallies.all_seen), 0.0)
    enough = tallies.all_seen >= ENOUGH
    found = np.flatnonzero(enough & (low > max(UNCLEAR_SHARE, UNCLEAR_TIMES * usual)))
    return found[np.argsort(-low[found], kind="stable")].astype(np.int32)


def coverage(tallies: Tallies) -> Floats:
    """Give the share of each group that has answered each statement, shape (G, S)."""
    return np.asarray(tallies.seen / np.maximum(1, tallies.sizes)[:, None])


def not_asked(tallies: Tallies) -> tuple[Ints, ...]:
    """Give for each group the active statements that too few of it have answered to say anything."""
    return tuple(np.flatnonzero(tallies.active & (row < ENOUGH)).astype(np.int32) for row in tallies.seen)


def influence(votes: Votes, model: Model, top: int = TOP) -> tuple[Influence, ...]:
    """Say of those who voted most how much the map and the consensus lean on each.

    The turn is that of one step of subspace iteration without the person, so it is cheap and a little too small.
    Beside it, the group-aware consensus is counted without their votes; groups stay as they are.
    """
    n_votes = np.bincount(votes.participant, minlength=votes.n_participants)
    busiest = np.lexsort((np.arange(n_votes.size), -n_votes))[: min(top, int((n_votes > 0).sum()))]
    image = (model.axes * model.singular[:, None] ** 2).T
    usual = _top_ten(model, model.agree, model.seen)
    found = []
    for one in busiest:
        mine = votes.participant == one
        topics, value = votes.statement[mine], votes.value[mine]
        swapped = len(usual - _without(model, int(model.labels[one]), topics, value))
        turn = _turn(model.axes, image, topics, value - model.mean[topics])
        found.append(Influence(int(one), int(n_votes[one]), float(n_votes[one] / votes.value.size), turn, swapped))
    return tuple(found)


def _turn(axes: Floats, image: Floats, topics: Ints, centred: Floats) -> float:
    """Give the largest angle, in degrees, between the map's plane and that without one row."""
    without = image.copy()
    without[topics] -= np.outer(centred, centred @ axes[:, topics].T)
    plane = np.linalg.qr(without)[0]
    cosines = np.linalg.svd(axes @ plane, compute_uv=False)
    return float(np.degrees(np.arccos(np.clip(cosines.min(), 0.0, 1.0))))


def _without(model: Model, label: int, topics: Ints, value: NDArray[np.int8]) -> set[int]:
    """Give the top ten once somebody's votes are taken out of their group."""
    agree, seen = model.agree.copy(), model.seen.copy()
    if label >= 0:
        agree[label, topics[value > 0]] -= 1
        seen[label, topics] -= 1
    return _top_ten(model, agree, seen)


def _top_ten(model: Model, agree: Ints, seen: Ints) -> set[int]:
    consensus = ((agree + 1) / (seen + 2)).prod(axis=0)
    ranked = np.argsort(-np.where(model.statements.active, consensus, -1.0), kind="stable")
    return set(ranked[: min(TOP, int(model.statements.active.sum()))].tolist())


def _bands(answer: NDArray[np.uint64], starts: NDArray[np.intp]) -> NDArray[np.uint64]:
    """Give each person's smallest hashes, gathered into bands: (people, bands)."""
    bands = np.zeros((_BANDS, starts.size), np.uint64)
    for number in range(_HASHES):
        key = (answer + np.uint64(1)) * (_ODD + np.uint64(2 * number * 0x1000193))
        key = (key ^ (key >> np.uint64(31))) * np.uint64(0xBF58476D1CE4E5B9)
        least = np.minimum.reduceat(key ^ (key >> np.uint64(29)), starts)
        band = number % _BANDS
        bands[band] = (bands[band] ^ least) * _ODD
    return bands.T


def _first_alike(bands: NDArray[np.uint64], given: list[frozenset[int]], share: float) -> NDArray[np.intp]:
    """Give for each person the first person that they are alike to, themselves if nobody."""
    first = np.arange(len(given))
    heads: set[int] = set()
    for band in bands.T:
        for bucket in _shared(band):
            head = int(first[bucket[0]])
            others = [one for one in bucket[1:].tolist() if first[one] == one and one != head and one not in heads]
            copies = [one for one in others if _jaccard(given[head], given[one]) >= share]
            first[copies] = head
            if copies:
                heads.add(head)
    return first


def _shared(band: NDArray[np.uint64]) -> list[NDArray[np.intp]]:
    """Give the people of each value that several have, in their order."""
    order = np.argsort(band, kind="stable")
    starts = np.flatnonzero(np.append(True, band[order][1:] != band[order][:-1]))
    ends = np.append(starts[1:], order.size)
    several = np.flatnonzero(ends - starts > 1)
    return [order[starts[run] : ends[run]] for run in several]


def _jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common)
