"""Pick out the few statements worth reading first, each with the reason and how sure it is."""

from __future__ import annotations

from typing import Literal

import numpy as np

from placeweave.engines.opinion.proportions import Z90, Side, against_half, bound, sides
from placeweave.engines.opinion.records import Flags, Floats, Ints, Model, Pick, Scores

Kind = Literal["common_ground", "divisive", "consensus", "representative"]

SHARED = 0.5
"""Common ground is what more than this share of every group agrees with, at its lower 5 % bound."""

DIVISIVE_P = 0.05
DIVISIVE_SHARE = 0.2
_LIMIT = 5


def select(model: Model, scores: Scores, kind: Kind, *, limit: int = _LIMIT) -> list[Pick]:
    """Pick statements of one kind, strongest first; of ``representative``, so many for each group.

    Kinds
    -----
    common_ground
        The lower bound of agreement (or of disagreement) is over one half in every group.
    divisive
        A group differs from the rest by a fifth or more, and by more than chance after correction for all comparisons.
    consensus
        What everybody agrees or disagrees with, by the rule of Polis; five of each side.
    representative
        What tells a group from the others, by the rule of Polis.
    """
    if kind == "representative":
        return [pick for group in range(model.k) for pick in representative(model, group, limit=limit)]
    if kind == "consensus":
        return consensus(model, limit=limit)
    return _common_ground(model, scores, limit) if kind == "common_ground" else _divisive(model, scores, limit)


def consensus(model: Model, *, limit: int = _LIMIT) -> list[Pick]:
    """Pick what everybody who voted agrees with, then what everybody disagrees with, by the rule of Polis."""
    picks = []
    for side, count in (("agree", model.all_agree), ("disagree", model.all_disagree)):
        share = (count + 1) / (model.all_seen + 2)
        z = against_half(count, model.all_seen)
        fits = _counting(model) & (share > 0.5) & (z > Z90)
        for statement in _strongest(np.where(fits, share * z, np.nan), limit):
            n = int(model.all_seen[statement])
            reason = f"{int(count[statement])} of all {n} who voted on it {side}"
            picks.append(_pick(statement, side, float(share[statement]), (count, model.all_seen), reason))
    return picks


def representative(model: Model, group: int, *, limit: int = _LIMIT) -> list[Pick]:
    """Pick what represents a group, agreements first, by the rule of Polis; the whole crowd has nothing of the kind."""
    if model.k < 2:
        return []
    agree, disagree = (_of_group(side, group) for side in sides(model))
    counting = _counting(model)
    sufficient = counting & (_telling(agree) | _telling(disagree))
    agreeing = agree.against_rest > disagree.against_rest
    best = _best_agree(agree, counting & (model.agree[group] + model.disagree[group] > 0))
    strength = np.where(sufficient, np.where(agreeing, agree.metric, disagree.metric), np.nan)
    ranked = [statement for statement in _strongest(strength, strength.size) if statement != best]
    chosen = [*([] if best is None else [best]), *ranked][:limit]
    picks = []
    for statement in chosen or _least_unlike(agree, disagree, counting):
        agrees = statement == best or bool(agreeing[statement])
        picks.append(_representative_pick(model, group, statement, agree if agrees else disagree, agrees=agrees))
    return sorted(picks, key=lambda pick: pick.side)


def _counting(model: Model) -> Flags:
    return model.statements.active & ~model.statements.meta


def _strongest(values: Floats, limit: int) -> list[int]:
    """Give where the highest values are, highest first, equals by number; NaN is nowhere."""
    ranked = np.argsort(-values, kind="stable")[:limit]
    return [int(place) for place in ranked if not np.isnan(values[place])]


def _of_group(side: Side, group: int) -> Side:
    return Side(side.share[group], side.against_half[group], side.ratio[group], side.against_rest[group])


def _telling(side: Side) -> Flags:
    return (side.against_rest > Z90) & (side.against_half > Z90)


def _best_agree(agree: Side, candidates: Flags) -> int | None:
    """Scan for the best agreed statement: against the rest while the current one beats the rest, else against one half.

    Which of two measures decides depends on the statement held so far, so the scan is part of the rule.
    """
    plain = agree.share * agree.against_half
    acceptable = candidates & ((agree.against_half > Z90) | ((agree.ratio > 1) & (agree.share > 0.5)))
    best: int | None = None
    for statement in np.flatnonzero(candidates):
        if best is None:
            better = bool(acceptable[statement])
        else:
            measure = agree.metric if agree.ratio[best] > 1 else plain
            better = bool(measure[statement] > measure[best])
        best = int(statement) if better else best
    return best


def _least_unlike(agree: Side, disagree: Side, counting: Flags) -> list[int]:
    largest = np.where(counting, np.maximum(agree.against_rest, disagree.against_rest), np.nan)
    return _strongest(largest, 1)


def _representative_pick(model: Model, group: int, statement: int, side: Side, *, agrees: bool) -> Pick:
    count = model.agree[group] if agrees else model.disagree[group]
    word: Literal["agree", "disagree"] = "agree" if agrees else "disagree"
    n = int(model.seen[group, statement])
    reason = (
        f"{int(count[statement])} of {n} in this group {word}, {side.ratio[statement]:.1f} times the share elsewhere"
    )
    return _pick(statement, word, float(side.metric[statement]), (count, model.seen[group]), reason, group=group)


def _common_ground(model: Model, scores: Scores, limit: int) -> list[Pick]:
    higher = np.fmax(scores.floor, scores.floor_against)
    fits = _counting(model) & (higher > SHARED)
    picks = []
    for statement in _strongest(np.where(fits, higher, np.nan), limit):
        agrees = bool(scores.floor[statement] >= scores.floor_against[statement])
        counts = model.agree if agrees else model.disagree
        word: Literal["agree", "disagree"] = "agree" if agrees else "disagree"
        group = int(bound(counts[:, statement], model.seen[:, statement]).argmin())
        n = int(model.seen[group, statement])
        where = "in the group least sure of it" if model.k > 1 else "of those placed"
        reason = f"{int(counts[group, statement])} of {n} {where} {word}"
        value = float(higher[statement])
        picks.append(_pick(statement, word, value, (counts[group], model.seen[group]), reason))
    return picks


def _divisive(model: Model, scores: Scores, limit: int) -> list[Pick]:
    fits = _counting(model) & (scores.divisive_p <= DIVISIVE_P) & (scores.divisiveness >= DIVISIVE_SHARE)
    rest_agree, rest_seen = model.agree.sum(axis=0) - model.agree, model.seen.sum(axis=0) - model.seen
    share, rest = (model.agree + 1) / (model.seen + 2), (rest_agree + 1) / (rest_seen + 2)
    picks = []
    for statement in _strongest(np.where(fits, scores.divisiveness, np.nan), limit):
        group = int(np.abs(share - rest)[:, statement].argmax())
        own, other = float(share[group, statement]), float(rest[group, statement])
        n, n_rest = int(model.seen[group, statement]), int(rest_seen[group, statement])
        spread = 1.645 * float(np.sqrt(own * (1 - own) / (n + 2) + other * (1 - other) / (n_rest + 2)))
        reason = f"{round(100 * own)} % of one group agree ({n} votes), {round(100 * other)} % of the others ({n_rest})"
        word: Literal["agree", "disagree"] = "agree" if own > other else "disagree"
        gap = abs(own - other)
        picks.append(Pick(statement, word, gap, max(0.0, gap - spread), min(1.0, gap + spread), (reason,), group))
    return picks


def _pick(
    statement: int,
    side: str,
    value: float,
    counts: tuple[Ints, Ints],
    reason: str,
    *,
    group: int | None = None,
) -> Pick:
    """Make a pick with the 90 % interval of the share it rests on."""
    n, of = counts[0][statement], counts[1][statement]
    word: Literal["agree", "disagree"] = "agree" if side == "agree" else "disagree"
    return Pick(statement, word, value, float(bound(n, of)), float(bound(n, of, 0.95)), (reason,), group)
