"""Test shares of agreement and disagreement in groups against one half and against the rest, exactly as Polis does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from placeweave.engines.opinion.records import Floats, Ints, Model

Z90 = 1.2816
"""One-sided 90 % bound of the normal distribution, with the digits that Polis uses."""

LOWER = 0.05


@dataclass(frozen=True, slots=True)
class Side:
    """One side (agree or disagree) of every group and statement, each of shape (G, S).

    Attributes
    ----------
    share : (A+1)/(N+2)
    against_half : z of the share against one half
    ratio : share over the share of all other groups together
    against_rest : z of the difference from all other groups together
    """

    share: Floats
    against_half: Floats
    ratio: Floats
    against_rest: Floats

    @property
    def metric(self) -> Floats:
        """How well a statement represents a group: the product of all four."""
        return self.ratio * self.against_rest * self.share * self.against_half


def side(count: Ints, seen: Ints) -> Side:
    """Test one side of every group: ``count`` and ``seen`` of shape (G, S)."""
    votes, n = count.astype(np.float64), seen.astype(np.float64)
    rest, n_rest = votes.sum(axis=0) - votes, n.sum(axis=0) - n
    share = (votes + 1) / (n + 2)
    return Side(
        share=share,
        against_half=against_half(votes, n),
        ratio=share / ((rest + 1) / (n_rest + 2)),
        against_rest=two_proportions(votes + 1, n + 1, rest + 1, n_rest + 1),
    )


def sides(model: Model) -> tuple[Side, Side]:
    """Test agreement and disagreement of a model's groups."""
    return side(model.agree, model.seen), side(model.disagree, model.seen)


def against_half(count: NDArray[np.float64] | Ints, seen: NDArray[np.float64] | Ints) -> Floats:
    """Give the one-proportion z against one half, with one vote added."""
    return np.asarray(2 * np.sqrt(seen + 1) * ((count + 1) / (seen + 1) - 0.5))


def two_proportions(count: Floats, seen: Floats, other: Floats, other_seen: Floats) -> Floats:
    """Give the z of two proportions; 0 where both are whole."""
    pooled = (count + other) / (seen + other_seen)
    variance = pooled * (1 - pooled) * (1 / seen + 1 / other_seen)
    spread = np.sqrt(np.maximum(variance, 0.0))
    return np.asarray(np.divide(count / seen - other / other_seen, spread, out=np.zeros_like(count), where=spread > 0))


def bound(count: NDArray[np.integer], seen: NDArray[np.integer], share: float = LOWER) -> Floats:
    """Give a bound of a share after ``count`` of ``seen``: the quantile of Beta(count + 1, seen - count + 1)."""
    return np.asarray(special.betaincinv(count + 1.0, seen - count + 1.0, share))


def adjusted(p_values: Floats) -> Floats:
    """Adjust p-values for their number by Benjamini and Hochberg (1995); of any shape, NaN stays NaN."""
    flat = p_values.ravel()
    tested = np.flatnonzero(~np.isnan(flat))
    result = np.full_like(flat, np.nan)
    if tested.size:
        descending = tested[np.argsort(-flat[tested], kind="stable")]
        scaled = flat[descending] * tested.size / np.arange(tested.size, 0, -1)
        result[descending] = np.minimum(1.0, np.minimum.accumulate(scaled))
    return result.reshape(p_values.shape)
