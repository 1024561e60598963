"""Which records are worth comparing: those that share a number, name or postcode, or a rare word and a district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from placeweave.engines.linkage.features import Features
from placeweave.engines.linkage.registers import Number
from placeweave.engines.linkage.tiers import SAME_DISTRICT
from placeweave.engines.linkage.weights import Weights

MOST_IN_A_GROUP = 25
"""A postcode or a name that more records share than this brings nobody together by itself."""
MOST_PAIRED_UP = 8 * MOST_IN_A_GROUP
"""Of a number, or of a word in one district, that more records share than this, each is compared with its neighbours
alone, so that work grows with the records and not with their square."""
Link = tuple[Number, Number]


def candidates(ready: Sequence[Features], weights: Weights, links: Iterable[Link] = ()) -> list[tuple[int, int]]:
    """Give the pairs of positions to compare, each once, in order.

    No pair that a tier would take is passed over but in groups that are too large: a tier asks for a postcode, a name,
    or a district and half of the weighted words in common.

    Parameters
    ----------
    ready : sequence of Features
    weights : Weights
        Those that the tiers will weigh words with.
    links : iterable of (Number, Number)
        Numbers that a register says belong to one organisation.
    """
    found: set[tuple[int, int]] = set(linked(ready, links))
    for group in _groups(_postcodes(ready)):
        if len(group) <= MOST_IN_A_GROUP:
            found.update(combinations(group, 2))
    for group in _groups(_aliases(ready)):
        found.update(combinations(group, 2) if len(group) <= MOST_IN_A_GROUP else _by_district(group, ready))
    for keys in (_numbers(ready), _words_of_districts(ready, weights)):
        for group in _groups(keys):
            found.update(_all_of(group, ready))
    return sorted(found)


def _by_district(group: Sequence[int], ready: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """Pair up those of a common name who are in one district, and those of whom no place is known."""
    held = ((district, one) for one in group for district in ready[one].districts or ("",))
    for near in _groups(held):
        yield from _all_of(near, ready)


def linked(ready: Sequence[Features], links: Iterable[Link]) -> Iterator[tuple[int, int]]:
    """Give the pairs whose numbers a register links; a link is never followed further than one step."""
    held: dict[Number, list[int]] = defaultdict(list)
    for number, position in _numbers(ready):
        held[number].append(position)
    for one_number, other_number in links:
        for one in held.get(one_number, ()):
            yield from (_in_order(one, other) for other in held.get(other_number, ()) if one != other)


def _in_order(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _all_of(group: Sequence[int], ready: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """Pair all of a group up; of one too large for that, each with its neighbours."""
    return combinations(group, 2) if len(group) <= MOST_PAIRED_UP else _neighbours(group, ready)


def _neighbours(group: Sequence[int], ready: Sequence[Features]) -> Iterator[tuple[int, int]]:
    """Pair each of a group with the few whose names come next (the sorted neighbourhood of Hernández and Stolfo)."""
    ordered = sorted(group, key=lambda one: (ready[one].name, one))
    for start, one in enumerate(ordered):
        yield from (_in_order(one, other) for other in ordered[start + 1 : start + MOST_IN_A_GROUP])


def _postcodes(ready: Sequence[Features]) -> Iterator[tuple[str, int]]:
    return ((postcode, position) for position, one in enumerate(ready) for postcode in one.postcodes)


def _aliases(ready: Sequence[Features]) -> Iterator[tuple[str, int]]:
    return ((alias, position) for position, one in enumerate(ready) for alias in one.aliases if alias)


def _numbers(ready: Sequence[Features]) -> Iterator[tuple[Number, int]]:
    return ((number, position) for position, one in enumerate(ready) for number in one.record.numbers)


def _words_of_districts(ready: Sequence[Features], weights: Weights) -> Iterator[tuple[str, int]]:
    for position, one in enumerate(ready):
        if one.districts:
            names = (one.words, *one.other_words)
            words = {word for name in names for word in weights.telling(name, SAME_DISTRICT)}
            yield from ((f"{district} {word}", position) for district in one.districts for word in words)


def _groups(keys: Iterator[tuple[Hashable, int]]) -> Iterable[list[int]]:
    """Give the positions of each key that several have; most keys are one record's alone and get no list."""
    first: dict[Hashable, int] = {}
    found: dict[Hashable, list[int]] = {}
    for key, position in keys:
        if (before := first.setdefault(key, position)) != position:
            found.setdefault(key, [before]).append(position)
    return found.values()
