"""Choose what to ask somebody next, by chance with known odds, and say why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from placeweave.engines.opinion.records import Flags, Floats, Mode, Model, Route, Scores
from placeweave.engines.opinion.tallies import Tallies, tallies_of

SITTING = 10
"""Most statements in one go; then ask whether to go on."""
CHANCE_FOR_ALL = 0.5
"""In own mode the odds are this many parts in S the same for every statement, whatever has been said of it."""
BALANCE = 2.0
"""How much likelier a statement becomes when the group of whoever is asked has not seen it at all."""
META_PRIORITY = 49.0

FEW_ANSWERS = "Few people have answered this yet."
GROUP_BEHIND = "Fewer people who vote as you do have been asked this than others."
TELLS_APART = "Answers to this show best where people differ."
MUCH_AGREED = "Many people agree with this so far."
EQUAL_CHANCE = "Every statement is asked now and then."


@dataclass(frozen=True, slots=True)
class Odds:
    """How likely each statement is to be asked, shape (S,), and what its chance is made of.

    Attributes
    ----------
    weight : of the draw; 0 for what may not be asked
    floor : the part of it that every statement has
    behind : by how much the group of whoever is asked lags behind, 0 to 1
    """

    weight: Floats
    floor: Floats
    behind: Floats


def route(
    counts: Model | Tallies, scores: Scores | None, voted: Flags, n: int, seed: int, *, group: int | None = None,
    mode: Mode = "own",
) -> list[Route]:  # fmt: skip
    """Draw the next statements for one person, without repeating any.

    Parameters
    ----------
    counts : Model or Tallies
        A new conversation has no model yet; its plain counts are enough.
    scores : Scores, optional
        Used for how far each statement lies from the middle of the map; without it all lie in the middle.
    voted : ndarray of bool, shape (S,)
        What this person has answered already.
    n : int
        How many to draw; in own mode at most ``SITTING``.
    seed : int
        Another for each draw, else everybody is asked the same.
    group : int, optional
        The group of this person, if known: what that group has been asked less than others becomes likelier.
    mode : {"own", "polis"}
        ``polis`` draws by its priority alone.

    Returns
    -------
    list of Route
        In the order drawn. ``probability`` is that of being drawn first.

    Notes
    -----
    The n smallest of ``-log(u)/weight`` are a weighted draw without replacement; the cost is O(S).

    References
    ----------
    Efraimidis, P. and Spirakis, P. (2006). Weighted random sampling with a reservoir.
    """
    tallies = tallies_of(counts) if isinstance(counts, Model) else counts
    chances = odds(tallies, scores, voted, group=group, mode=mode)
    total = chances.weight.sum()
    wanted = min(n if mode == "polis" else min(n, SITTING), int((chances.weight > 0).sum()))
    if wanted <= 0:
        return []
    exponential = -np.log1p(-np.random.default_rng(seed).random(voted.size))
    keys = np.divide(exponential, chances.weight, out=np.full(voted.size, np.inf), where=chances.weight > 0)
    first = np.argpartition(keys, wanted - 1)[:wanted]
    return [
        Route(int(one), float(chances.weight[one] / total), _reason(int(one), chances, tallies, scores))
        for one in first[np.argsort(keys[first])]
    ]


def odds(
    tallies: Tallies, scores: Scores | None, voted: Flags, *, group: int | None = None, mode: Mode = "own"
) -> Odds:
    """Give the odds of each statement for one person; all 0 when there is nothing left to ask."""
    open_to_ask = tallies.active & ~voted
    wanted = np.where(open_to_ask, priority(tallies, scores), 0.0)
    nothing = np.zeros(voted.size)
    if mode == "polis" or not open_to_ask.any():
        return Odds(wanted, nothing, nothing)
    behind = _behind(tallies, group)
    share = wanted * (1 + BALANCE * behind)
    share *= (1 - CHANCE_FOR_ALL) / share.sum()
    floor = np.where(open_to_ask, CHANCE_FOR_ALL / open_to_ask.sum(), 0.0)
    return Odds(share + floor, floor, behind)


def priority(tallies: Tallies, scores: Scores | None = None) -> Floats:
    """Give the priority of each statement by the formula of Polis, shape (S,).

    Agreed, not passed, far from the middle, and above all new. Counts are of people in groups; while there are no
    groups, of everybody.
    """
    agree, seen, passed = _counts(tallies)
    extremity = np.zeros(seen.size) if scores is None else np.nan_to_num(scores.extremity)
    importance = (1 - (passed + 1) / (seen + 2)) * (extremity + 1) * (agree + 1) / (seen + 2)
    priorities = (importance * (1 + 8 * 2.0 ** (-seen / 5))) ** 2
    return np.where(tallies.meta, META_PRIORITY, priorities)


def _counts(tallies: Tallies) -> tuple[Floats, Floats, Floats]:
    """Give agreements, votes and passes of each statement."""
    if tallies.sizes.size:
        agree, disagree, seen = (cells.sum(axis=0) for cells in (tallies.agree, tallies.disagree, tallies.seen))
    else:
        agree, disagree, seen = tallies.all_agree, tallies.all_disagree, tallies.all_seen
    return agree.astype(np.float64), seen.astype(np.float64), (seen - agree - disagree).astype(np.float64)


def _behind(tallies: Tallies, group: int | None) -> Floats:
    """Say by how much a group lags behind the group that has been asked most, 0 (not at all) to 1 (never asked)."""
    if group is None or tallies.sizes.size < 2 or not 0 <= group < tallies.sizes.size:
        return np.zeros(tallies.active.size)
    asked = tallies.seen / np.maximum(1, tallies.sizes)[:, None]
    most = asked.max(axis=0)
    return np.where(most > 0, 1 - asked[group] / np.where(most > 0, most, 1), 0.0)


def _reason(one: int, chances: Odds, tallies: Tallies, scores: Scores | None) -> str:
    """Say in words what raised the odds of this statement most."""
    agree, seen, _ = (float(column[one]) for column in _counts(tallies))
    lifts = {
        EQUAL_CHANCE: 1.0 if chances.floor[one] * 2 > chances.weight[one] else 0.0,
        FEW_ANSWERS: 8 * 2.0 ** (-seen / 5) / 2,
        GROUP_BEHIND: float(chances.behind[one]) * BALANCE,
        TELLS_APART: 0.0 if scores is None else _above_usual(scores.extremity, one),
        MUCH_AGREED: (agree + 1) / (seen + 2),
    }
    return max(lifts, key=lambda reason: lifts[reason])


def _above_usual(extremity: Floats, one: int) -> float:
    """Compare a statement's extremity with the middle one of all."""
    usual = np.nanmedian(extremity)
    return float(np.nan_to_num(extremity[one]) / usual - 0.5) if usual > 0 else 0.0
