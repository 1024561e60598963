"""What the opinion engine reads and what it finds, as frozen records of arrays.

Letters used throughout: P people, S statements, V standing votes, G groups. A vote is +1 agree, 0 pass, -1 disagree;
a statement that somebody has not seen has no vote. People and statements are dense indices from 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Mode = Literal["own", "polis"]
Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Signs = NDArray[np.int8]
Flags = NDArray[np.bool_]

NOWHERE = -1
"""The label of somebody who is in no group: too few votes, or no stable groups at all."""


@dataclass(frozen=True, slots=True)
class Votes:
    """The standing votes, one a person and statement: three arrays of shape (V,)."""

    participant: Ints
    statement: Ints
    value: Signs
    n_participants: int
    n_statements: int


@dataclass(frozen=True, slots=True)
class Statements:
    """Which statements count: ``active`` and ``meta``, both of shape (S,). A moderated-out statement is not active."""

    active: Flags
    meta: Flags


@dataclass(frozen=True, slots=True)
class Config:
    """How to fit.

    Attributes
    ----------
    mode
        ``own``, or ``polis`` for parity with what Polis publishes.
    min_votes
        Votes that a person must have cast to be placed in a group.
    k_max
        The largest number of groups looked for.
    min_group
        No group is formed of fewer people (nor of fewer than 2 % of those included).
    allow_one_group
        Whether "no stable groups" may be the answer.
    seed
        Where chance starts; the same votes and seed give the same bytes.
    """

    mode: Mode = "own"
    min_votes: int = 7
    k_max: int = 5
    min_group: int = 5
    allow_one_group: bool = True
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Model:
    """Where people and statements stand.

    Attributes
    ----------
    mean : (S,) mean vote of each statement; 0 where nobody voted
    axes : (2, S) loadings, rows of unit length, the largest in size positive
    singular : (2,) singular values of the two axes
    explained : share of the variation that the two axes show, each
    xy : (P, 2) positions
    xy_cov : (P, 2, 2) how unsure each position is; zeros in ``polis`` mode
    included : (P,) who has voted enough to be placed
    labels : (P,) group of each, or ``NOWHERE``; groups are numbered from the largest
    k : number of groups; 1 means no stable groups
    silhouette : of each k that was tried, weighted by people
    centres : (k, 2)
    agree, disagree, seen : (k, S) votes of each group; ``seen`` counts passes too
    all_agree, all_disagree, all_seen : (S,) votes of everybody, in a group or not
    """

    config: Config
    statements: Statements
    mean: Floats
    axes: Floats
    singular: Floats
    explained: Floats
    xy: Floats
    xy_cov: Floats
    included: Flags
    labels: Ints
    k: int
    silhouette: Mapping[int, float]
    centres: Floats
    agree: Ints
    disagree: Ints
    seen: Ints
    all_agree: Ints
    all_disagree: Ints
    all_seen: Ints
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """What is said of each statement; arrays of shape (S,) or (G, S), NaN where there is too little to say.

    Attributes
    ----------
    gac : (S,) group-aware consensus, the product over groups of (A+1)/(N+2)
    floor : (S,) the lowest group's lower 5 % bound of its share of agreement
    floor_against : (S,) the same of disagreement
    weakest : (S,) the group with the lowest bound, or ``NOWHERE``
    consensus : (S,) two-sided test of everybody's agreement, z (positive: agreed, negative: disagreed)
    divisiveness : (S,) largest difference of agreement between a group and the rest
    divisive_p : (S,) its p-value, adjusted by Benjamini-Hochberg over all tests made
    bridging : (S,) the floor, lowered by how far the statement lies along the axes
    extremity : (S,) length of the statement's own position
    repness : (G, S, 2) metric of how well a statement represents a group: agree side, disagree side
    repness_z : (G, S, 2) the two-proportion z of the same
    priority : (S,) weight in routing, by the formula of Polis
    """

    gac: Floats
    floor: Floats
    floor_against: Floats
    weakest: Ints
    consensus: Floats
    divisiveness: Floats
    divisive_p: Floats
    bridging: Floats
    extremity: Floats
    repness: Floats
    repness_z: Floats
    priority: Floats


@dataclass(frozen=True, slots=True)
class Pick:
    """A statement that was picked out: which side, how strongly, between which bounds, and why in words."""

    statement: int
    side: Literal["agree", "disagree"]
    value: float
    low: float
    high: float
    reasons: tuple[str, ...] = ()
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Stability:
    """How far the findings hold when people are drawn anew.

    Attributes
    ----------
    overall : median adjusted Rand index of the re-draws
    groups : (k,) for each group, the median share of its pairs that stay together and apart from the rest (Jaccard)
    members : (P,) share of re-draws in which a person keeps the group; NaN for who is in none
    k_seen : how often each number of groups was found in re-draws from scratch
    picks : share of re-draws in which a statement stays among the picked, by kind of pick
    resamples : how many re-draws
    """

    overall: float
    groups: Floats
    members: Floats
    k_seen: Mapping[int, int]
    picks: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    resamples: int = 0


@dataclass(frozen=True, slots=True)
class Route:
    """A statement to ask next, how likely it was to be drawn, and why."""

    statement: int
    probability: float
    reason: str


@dataclass(frozen=True, slots=True)
class Slate:
    """A short list in which every large enough group that agrees on something finds it: who is covered, who is not."""

    statements: tuple[int, ...]
    represented_share: float
    uncovered: Ints
