"""Say how far groups and picks hold when people are drawn anew, so that chance is not taken for a finding.

Each re-draw gives every person a weight from a Poisson distribution of mean 1, which is drawing people with replacement
in all but name. A re-draw starts from the axes and centres that were found, so it is cheap and keeps the number of
groups; that understates how unsure the groups are, so a few re-draws start from nothing and count the groups anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.opinion.fit import fit
from placeweave.engines.opinion.likeness import adjusted_rand, crossed, jaccard_of_pairs
from placeweave.engines.opinion.records import Floats, Model, Stability, Votes
from placeweave.engines.opinion.redraws import Ground, Singles, drawn_votes, ground_of, redrawn_groups
from placeweave.engines.opinion.select import DIVISIVE_SHARE, SHARED

PICKED = 5
"""How many statements of each kind are picked."""
COLD = 20

_TOGETHER = 25
"""Re-draws computed at once: enough to keep the processor busy, few enough to stay in its cache."""
_LOWER = 1.645


def stability(votes: Votes, model: Model, resamples: int = 200, seed: int = 0, *, cold: int = COLD) -> Stability:
    """Draw people anew many times, and say what stayed.

    Parameters
    ----------
    votes : Votes
        The votes that the model was fitted on.
    model : Model
    resamples : int
        Re-draws from where the model stands.
    seed : int
        Chance is dealt out in an order that depends on what was voted alone: numbering people or statements otherwise
        changes nothing.
    cold : int
        Re-draws from nothing, which look for the number of groups again.

    Returns
    -------
    Stability
        Everybody in a group is placed in each re-draw, drawn or not. ``picks`` has the kinds ``common_ground`` and
        ``divisive`` by the rules of ``select``, ranked by the normal approximation of its bounds and without its
        p-values: the exact ones would cost more than all else.

    References
    ----------
    Chamandy, N. et al. (2012). Estimating uncertainty for massive data streams (the Poisson bootstrap).
    Hennig, C. (2007). Cluster-wise assessment of cluster stability. *Computational Statistics & Data Analysis* 52.
    """
    ground = ground_of(votes, model)
    chance = np.random.default_rng([seed, 1])
    tables, kept = [], np.zeros(ground.grouped.size)
    common, divisive = np.zeros(model.mean.size), np.zeros(model.mean.size)
    for count in _batches(resamples):
        weights = chance.poisson(1.0, (ground.people.size, count)).astype(np.float32)
        labels = redrawn_groups(ground, weights)
        tables.append(crossed(ground.labels, labels, (model.k, model.k)))
        kept += (labels == ground.labels[:, None]).sum(axis=1)
        agree, disagree, seen = drawn_votes(ground, weights, labels)
        common += _chosen(_common_ground(agree, disagree, seen), ground, common.size)
        divisive += _chosen(_division(agree, seen), ground, divisive.size)
    members = np.full(votes.n_participants, np.nan)
    if model.k > 1:
        members[ground.people[ground.grouped]] = kept / max(1, resamples)
    overall, groups = _held(tables, model.k)
    picks = {"common_ground": _shares(common, resamples), "divisive": _shares(divisive, resamples)}
    return Stability(overall, groups, members, _groups_seen(votes, model, ground, cold, seed), picks, resamples)


def _batches(resamples: int) -> Iterator[int]:
    for start in range(0, resamples, _TOGETHER):
        yield min(_TOGETHER, resamples - start)


def _common_ground(agree: Singles, disagree: Singles, seen: Singles) -> Singles:
    """Give the lowest group's bound of the side more agreed on, (S', B), NaN where it is no common ground."""
    bounds = []
    for side in (agree, disagree):
        share = (side + 1) / (seen + 2)
        bounds.append((share - _LOWER * np.sqrt(share * (1 - share) / (seen + 3))).min(axis=1))
    higher = np.maximum(*bounds)
    return np.where(higher > SHARED, higher, np.nan)


def _division(agree: Singles, seen: Singles) -> Singles:
    """Give the largest difference of agreement between a group and the rest, (S', B), NaN where it divides nobody."""
    rest_agree, rest_seen = agree.sum(axis=1, keepdims=True) - agree, seen.sum(axis=1, keepdims=True) - seen
    apart = np.abs((agree + 1) / (seen + 2) - (rest_agree + 1) / (rest_seen + 2))
    widest = np.where((seen > 0) & (rest_seen > 0), apart, 0).max(axis=1)
    return np.where(widest >= DIVISIVE_SHARE, widest, np.nan)


def _chosen(measure: Singles, ground: Ground, n_statements: int) -> Floats:
    """Count in how many re-draws each statement is among the picked: (S,)."""
    best = np.argsort(-measure, axis=0, kind="stable")[:PICKED]
    best = best[~np.isnan(np.take_along_axis(measure, best, axis=0))]
    return np.bincount(ground.statements[best], minlength=n_statements).astype(np.float64)


def _held(tables: list[NDArray[np.int64]], k: int) -> tuple[float, Floats]:
    """Give the median likeness of all re-draws, and each group's own."""
    if k < 2 or not tables:
        return float("nan"), np.full(k, np.nan)
    crossings = np.concatenate(tables)
    return float(np.median(adjusted_rand(crossings))), np.median(jaccard_of_pairs(crossings), axis=0)


def _shares(times: Floats, resamples: int) -> dict[int, float]:
    return {int(one): float(times[one] / resamples) for one in np.flatnonzero(times)}


def _groups_seen(votes: Votes, model: Model, ground: Ground, cold: int, seed: int) -> dict[int, int]:
    """Fit re-draws from nothing, and count how many groups each finds."""
    chance = np.random.default_rng([seed, 2])
    found: Counter[int] = Counter()
    for _ in range(cold):
        times = np.empty(votes.n_participants, np.int64)
        times[ground.people] = chance.poisson(1.0, ground.people.size)
        found[fit(_drawn(votes, times), model.statements, model.config).k] += 1
    return dict(sorted(found.items()))


def _drawn(votes: Votes, times: NDArray[np.int64]) -> Votes:
    """Take each person so many times, every time as somebody else."""
    copies = times[votes.participant]
    first = np.cumsum(times) - times
    which = np.repeat(np.arange(votes.value.size), copies)
    nth = np.arange(which.size) - np.repeat(np.cumsum(copies) - copies, copies)
    person = first[votes.participant[which]] + nth
    return replace(
        votes, participant=person.astype(np.int32), statement=votes.statement[which], value=votes.value[which],
        n_participants=int(times.sum()),
    )  # fmt: skip
