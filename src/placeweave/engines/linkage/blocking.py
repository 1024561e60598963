"""Which records are worth comparing: those that share a number, name or postcode, or whose names are spelt alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from placeweave.engines.linkage.features import Features
from placeweave.engines.linkage.nearest import Report, nearest
from placeweave.engines.linkage.places import shares
from placeweave.engines.linkage.registers import Number

MOST_IN_A_GROUP = 25
"""A postcode or a name that more records share than this brings nobody together by itself."""
Link = tuple[Number, Number]


def candidates(
    ready: Sequence[Features], links: Iterable[Link] = (), report: Report = lambda _share: None
) -> list[tuple[int, int]]:
    """Give the pairs of positions to compare, each once, in order.

    Parameters
    ----------
    ready : sequence of Features
    links : iterable of (Number, Number)
        Numbers that a register says belong to one organisation.
    report : callable, optional
        Told which share of the work is done.
    """
    found: set[tuple[int, int]] = set()
    for keys in (_postcodes(ready), _aliases(ready)):
        for group in _groups(keys):
            if len(group) <= MOST_IN_A_GROUP:
                found.update(combinations(group, 2))
    for group in _groups(_numbers(ready)):
        found.update(_all_of(group))
    found.update(linked(ready, links))
    alike = nearest([one.name for one in ready], report)
    found.update((one, other) for one, other in alike if _can_matter(ready[one], ready[other]))
    return sorted(found)


def _can_matter(one: Features, other: Features) -> bool:
    """Pass over those that are only spelt alike: no tier takes them without a district or a name in common."""
    return shares(one.districts, other.districts) or not one.aliases.isdisjoint(other.aliases)


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


def _all_of(group: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pair all of a group up; of one too large for that, each with its neighbours, so that the work stays bounded."""
    if len(group) <= MOST_IN_A_GROUP * 8:
        yield from combinations(group, 2)
        return
    for start in range(len(group) - 1):
        yield from ((group[start], other) for other in group[start + 1 : start + MOST_IN_A_GROUP])


def _postcodes(ready: Sequence[Features]) -> Iterator[tuple[str, int]]:
    return ((postcode, position) for position, one in enumerate(ready) for postcode in one.postcodes)


def _aliases(ready: Sequence[Features]) -> Iterator[tuple[str, int]]:
    return ((alias, position) for position, one in enumerate(ready) for alias in one.aliases if alias)


def _numbers(ready: Sequence[Features]) -> Iterator[tuple[Number, int]]:
    return ((number, position) for position, one in enumerate(ready) for number in one.record.numbers)


def _groups(keys: Iterator[tuple[Hashable, int]]) -> list[list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for key, position in keys:
        found[key].append(position)
    return [group for group in found.values() if len(group) > 1]
