"""Decide whether the groups found may be called groups, from re-draws of people and from shuffled votes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from placeweave.engines.opinion.chance import shuffled_silhouettes
from placeweave.engines.opinion.fit import regrouped
from placeweave.engines.opinion.records import NOWHERE, Model, Stability, Votes

HOLDS = 0.6
"""Groups that re-draws agree with less than this (median adjusted Rand index) are not stable."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The model, without groups where they do not hold; and the sentences that say why."""

    model: Model
    stable: bool
    reasons: tuple[str, ...] = ()


def settled(votes: Votes, model: Model, held: Stability) -> Settled:
    """Keep groups that hold, and let go of those that do not.

    ``polis`` mode keeps its groups whatever is found, since Polis would; ``stable`` says so all the same. So does a
    model that was asked for groups by ``allow_one_group=False``.
    """
    if model.k < 2:
        return Settled(model, stable=False)
    reasons = []
    if not held.overall >= HOLDS:
        agreement = f"agreement {held.overall:.2f} of 1"
        reasons.append(f"{model.k} groups were found, but do not hold when people are drawn anew ({agreement}).")
    if model.config.mode == "own" and _clearest(model) <= max(shuffled_silhouettes(votes, model)):
        reasons.append(f"{model.k} groups were found, but no clearer than in votes shuffled by chance.")
    if not reasons or model.config.mode == "polis" or not model.config.allow_one_group:
        return Settled(model, stable=not reasons, reasons=tuple(reasons))
    return Settled(_without_groups(votes, model), stable=False, reasons=(*reasons, "No stable groups were found."))


def _clearest(model: Model) -> float:
    return max(model.silhouette.values(), default=-1.0)


def _without_groups(votes: Votes, model: Model) -> Model:
    everyone = np.where(model.included, 0, NOWHERE).astype(np.int32)
    together = regrouped(model, votes, everyone)
    return replace(together, labels=np.full_like(everyone, NOWHERE))
