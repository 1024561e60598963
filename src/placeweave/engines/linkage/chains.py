"""Three organisations are one only if every two of them are: a chain is never closed by itself."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, product

from placeweave.engines.linkage.records import Pair, Reason, Record, is_automatic

Supports = Callable[[Record, Record], bool]
"""Whether two records would be taken for one organisation."""


def without_chains(pairs: Sequence[Pair], records: Mapping[str, Record], supports: Supports) -> list[Pair]:
    """Leave to a person what would come together only through a third.

    Parameters
    ----------
    pairs : sequence of Pair
        Every verdict of one search.
    records : mapping of key to Record
    supports : callable
        Asked of pairs the search did not compare, and of the parts that records were put together from.
    """
    held = {frozenset((pair.one, pair.other)): pair for pair in pairs}
    chained = {key for group in _groups(pairs) if not _agrees(group, held, records, supports) for key in group}
    return [_with_a_doubt(pair, records, supports, chained) for pair in pairs]


def _with_a_doubt(pair: Pair, records: Mapping[str, Record], supports: Supports, chained: set[str]) -> Pair:
    if pair.verdict != "automatic" or pair.reasons[0].code == "decided_same":
        return pair
    if {pair.one, pair.other} <= chained:
        return _doubted(pair, "stands_in_a_chain")
    one, other = records[pair.one], records[pair.other]
    parts = product(one.parts or (one,), other.parts or (other,))
    return pair if all(supports(*two) for two in parts) else _doubted(pair, "parts_disagree")


def _doubted(pair: Pair, code: str) -> Pair:
    return dataclasses.replace(pair, verdict="suggested", reasons=(*pair.reasons, Reason(code)))


def _agrees(
    group: Sequence[str], held: Mapping[frozenset[str], Pair], records: Mapping[str, Record], supports: Supports
) -> bool:
    for one, other in combinations(group, 2):
        found = held.get(frozenset((one, other)))
        if not (is_automatic(found) if found else supports(records[one], records[other])):
            return False
    return True


def _groups(pairs: Sequence[Pair]) -> Iterator[list[str]]:
    """Give each set of three or more that automatic verdicts would join into one."""
    beside: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        if pair.verdict == "automatic":
            beside[pair.one].add(pair.other)
            beside[pair.other].add(pair.one)
    seen: set[str] = set()
    for start in sorted(beside):
        if start not in seen:
            group = _reached(start, beside)
            seen |= group
            if len(group) > 2:
                yield sorted(group)


def _reached(start: str, beside: Mapping[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        for key in beside[waiting.pop()] - found:
            found.add(key)
            waiting.append(key)
    return found
