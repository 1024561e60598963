"""Score every statement: what is shared, what divides, what represents a group, what to ask next."""

from __future__ import annotations

import numpy as np
from scipy import special

from placeweave.engines.opinion.proportions import Side, adjusted, against_half, bound, sides
from placeweave.engines.opinion.records import NOWHERE, Flags, Floats, Ints, Model, Scores

META_PRIORITY = 49.0


def score(model: Model) -> Scores:
    """Score the statements of a fitted conversation.

    Group-aware consensus, representativeness and priority are the formulas of Polis. The floor is ours: the bound that
    the share of agreement exceeds with 95 % certainty, in the group where it is lowest; a group that has not been
    asked holds it down, where the product of Polis would let it pass.

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. *JRSS B* 57.
    """
    agree, disagree = sides(model)
    asked = model.all_seen > 0
    low = np.where(asked, bound(model.agree, model.seen), np.nan)
    low_against = np.where(asked, bound(model.disagree, model.seen), np.nan)
    floor = low.min(axis=0)
    difference, p_value = _division(model, agree)
    far = extremity(model)
    return Scores(
        gac=agree.share.prod(axis=0),
        floor=floor,
        floor_against=low_against.min(axis=0),
        weakest=_weakest(low, asked),
        consensus=_consensus(model),
        divisiveness=difference,
        divisive_p=p_value,
        bridging=floor * (1 - along_axes(model)),
        extremity=far,
        repness=np.stack([agree.metric, disagree.metric], axis=2),
        repness_z=np.stack([agree.against_rest, disagree.against_rest], axis=2),
        priority=_priority(model, far),
    )


def extremity(model: Model) -> Floats:
    """Give the length of each statement's place: where somebody who agreed with it alone would stand in Polis."""
    placed = model.statements.active & ~model.statements.meta
    many = (model.all_seen > 0) if model.config.mode == "polis" else placed
    lengths = np.hypot(model.axes[0], model.axes[1])
    return np.asarray(np.where(placed, np.sqrt(many.sum()) * (1 - model.mean) * lengths, 0.0))


def along_axes(model: Model) -> Floats:
    """Give the share of each statement's variation that lies along the map, in [0, 1]."""
    total = model.all_agree + model.all_disagree - model.all_seen * model.mean**2
    shown = (model.singular[:, None] ** 2 * model.axes**2).sum(axis=0)
    share = np.divide(shown, total, out=np.zeros_like(shown), where=total > 1e-12)
    clipped: Floats = np.minimum(share, 1.0)
    return clipped


def _weakest(low: Floats, asked: Flags) -> Ints:
    weakest = np.where(asked, low, 0.0).argmin(axis=0)
    return np.where(asked, weakest, NOWHERE).astype(np.int32)


def _consensus(model: Model) -> Floats:
    for_it = against_half(model.all_agree, model.all_seen)
    against = against_half(model.all_disagree, model.all_seen)
    z = np.where(model.all_agree >= model.all_disagree, for_it, -against)
    return np.asarray(np.where(model.all_seen > 0, z, np.nan))


def _division(model: Model, agree: Side) -> tuple[Floats, Floats]:
    """Compare each group with the rest; of two groups the one comparison is made once."""
    nothing = np.full(model.all_seen.shape, np.nan)
    if model.k < 2:
        return nothing, nothing.copy()
    once = slice(0, 1 if model.k == 2 else model.k)
    rest = (model.agree.sum(axis=0) - model.agree + 1) / (model.seen.sum(axis=0) - model.seen + 2)
    comparable = (model.seen > 0) & (model.seen.sum(axis=0) > model.seen) & model.statements.active
    apart = np.where(comparable, np.abs(agree.share - rest), np.nan)[once]
    p_value = np.where(comparable, special.erfc(np.abs(agree.against_rest) / np.sqrt(2)), np.nan)[once]
    known = ~np.isnan(apart)
    widest = np.where(known, apart, -1.0).argmax(axis=0)[None]
    return np.take_along_axis(apart, widest, 0)[0], np.take_along_axis(adjusted(p_value), widest, 0)[0]


def _priority(model: Model, far: Floats) -> Floats:
    """Weigh statements for routing by the formula of Polis, from the votes of those in groups."""
    agreed, seen = model.agree.sum(axis=0), model.seen.sum(axis=0)
    passed = seen - agreed - model.disagree.sum(axis=0)
    importance = (1 - (passed + 1) / (seen + 2)) * (far + 1) * (agreed + 1) / (seen + 2)
    weight = (importance * (1 + 8 * np.exp2(-seen / 5))) ** 2
    return np.where(model.statements.meta, META_PRIORITY, weight)
