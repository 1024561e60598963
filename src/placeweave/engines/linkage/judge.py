"""The verdict on one pair: decisions first, then numbers, then names with the postcode as a veto."""

from __future__ import annotations

from collections.abc import Iterator

from placeweave.engines.linkage.features import Comparison, features_of
from placeweave.engines.linkage.memory import Memory, Remembered
from placeweave.engines.linkage.records import Pair, Reason, Record, Tier, Verdict
from placeweave.engines.linkage.tiers import tier_of
from placeweave.engines.linkage.weights import Weights

_MOST_WORDS = 3


def judge(one: Record, other: Record, weights: Weights, memory: Memory | None = None) -> Pair | None:
    """Say what is to be thought of two records.

    Parameters
    ----------
    one, other : Record
        Their order changes nothing.
    weights : Weights
        Of all that is known; see :func:`placeweave.engines.linkage.weights.weigh`.
    memory : Memory, optional
        What people decided before.

    Returns
    -------
    Pair or None
        None where nothing brings the two together.

    Examples
    --------
    >>> from placeweave.engines.linkage.weights import weigh
    >>> shed = Record("1", "Clachan Men's Shed", postcodes=("ZE1 0AA",))
    >>> same = Record("2", "The Clachan Mens Shed", postcodes=("ze1 0aa",))
    >>> judge(shed, same, weigh([shed, same])).verdict
    'automatic'
    """
    return judged(Comparison(features_of(one, weights), features_of(other, weights), weights), memory or Memory())


def judged(pair: Comparison, memory: Memory, *, is_linked: bool = False) -> Pair | None:
    """Say what is to be thought of two records made ready; ``is_linked`` if a register links their numbers."""
    if pair.other.record.key < pair.one.record.key:
        pair = Comparison(pair.other, pair.one, pair.weights)
    decision = memory.of(pair.one.record, pair.other.record)
    tier = tier_of(pair)
    verdict = _decided(decision) or _verdict(pair, tier, is_linked=is_linked)
    if verdict is None:
        return None
    reasons = (*_told(decision), *_reasons(pair, verdict, is_linked=is_linked))
    return Pair(pair.one.record.key, pair.other.record.key, verdict, tier, _score(pair), reasons)


def _decided(decision: Remembered | None) -> Verdict | None:
    if decision is None:
        return None
    return "automatic" if decision.is_same else "different"


def _verdict(pair: Comparison, tier: Tier, *, is_linked: bool) -> Verdict | None:
    if pair.shared_numbers:
        return _by_number(pair)
    if tier in {"A", "B"}:
        is_sure = tier == "A" and pair.knows_both_places and not pair.differing
        return "automatic" if is_sure else "suggested"
    return "review" if tier or is_linked else None


def _by_number(pair: Comparison) -> Verdict:
    """An equal number is evidence, not proof: it is believed only of names that are no strangers to each other."""
    if not pair.has_agreeing_names:
        return "conflict"
    return "suggested" if pair.differing else "automatic"


def _told(decision: Remembered | None) -> Iterator[Reason]:
    if decision is not None:
        yield Reason("decided_same" if decision.is_same else "decided_different", {"told": decision.told})


def _reasons(pair: Comparison, verdict: Verdict, *, is_linked: bool) -> Iterator[Reason]:
    """Give the facts that counted, weightiest first: numbers, names, places."""
    for number in pair.shared_numbers:
        yield Reason("same_number", {"number": str(number)})
    if is_linked:
        yield Reason("numbers_are_linked")
    yield from _of_names(pair)
    yield _of_place(pair)
    for one, other in pair.differing:
        yield Reason("numbers_differ", {"one": str(one), "other": str(other)})
    if verdict == "conflict":
        yield Reason("renamed_or_wrong_number")
    elif pair.differing and verdict == "suggested":
        yield Reason("registered_anew_or_mistyped")


def _of_names(pair: Comparison) -> Iterator[Reason]:
    if pair.has_equal_names:
        yield Reason("same_name")
    elif pair.shared_aliases:
        yield Reason("shared_alias", {"alias": pair.shared_aliases[0]})
    shared = (pair.one.words & pair.other.words) if not pair.has_equal_names else frozenset()
    if rare := pair.weights.rare(shared):
        yield Reason("shared_words", {"words": ", ".join(rare[:_MOST_WORDS])})
    elif not pair.has_equal_names and not pair.shared_aliases:
        yield Reason("like_names" if pair.overlap else "strange_names")


def _of_place(pair: Comparison) -> Reason:
    """Say how the places stand to each other; never where they are, for it may be somebody's home."""
    if not pair.knows_both_places:
        return Reason("place_not_known")
    if pair.has_same_postcode:
        return Reason("same_postcode")
    return Reason("same_district" if pair.has_same_district else "other_district")


def _score(pair: Comparison) -> float:
    """Put agreement in order: names count twice, place and numbers once. No probability."""
    names = 1.0 if pair.has_equal_names else max(pair.overlap, 0.9 if pair.shared_aliases else 0.0)
    place = 1.0 if pair.has_same_postcode else 0.8 if pair.has_same_district else 0.0 if pair.is_elsewhere else 0.5
    number = 1.0 if pair.shared_numbers else 0.0 if pair.differing else 0.5
    return round((2 * names + place + number) / 4, 3)
