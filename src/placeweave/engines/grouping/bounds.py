"""What no seating can be better than: pigeonholes filled as evenly as they can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations, zip_longest


def fill(count: int, room: Sequence[int]) -> list[int]:
    """Spread so many as evenly as can be over places that hold so many each, the first places first.

    Raises
    ------
    ValueError
        If they do not fit.

    Examples
    --------
    >>> fill(13, [6, 6, 2])
    [6, 5, 2]
    """
    if count > sum(room):
        raise ValueError(f"{count} do not fit into {sum(room)}.")
    level, filled = 0, [0] * len(room)
    while sum(filled) < count:
        level += 1
        filled = [min(one, level) for one in room]
    for place in reversed(range(len(room))):
        if sum(filled) > count and filled[place] == level:
            filled[place] -= 1
    return filled


def pairs(counts: Iterable[int]) -> int:
    """Count the pairs inside groups of these sizes."""
    return sum(one * (one - 1) // 2 for one in counts)


def fewest_pairs(kinds: Sequence[int], tables: Sequence[int], tied: Sequence[int] = ()) -> int:
    """Say how many pairs of one kind must share a table, at the very least.

    A kind of c people over the tables makes the fewest pairs when it is spread evenly; so does a table that draws its
    people from the kinds. Both bounds hold; the larger one counts.

    Parameters
    ----------
    kinds : sequence of int
        How many people are of each kind; those of no kind do not count.
    tables : sequence of int
        How many people sit at each table.
    tied : sequence of int, optional
        For each kind, how many of its pairs a rule keeps at one table.

    References
    ----------
    The pigeonhole principle, with the convexity of c (c - 1) / 2.

    Examples
    --------
    >>> fewest_pairs([8], [4, 4, 4, 4, 4, 4]), fewest_pairs([6] * 5, [6] * 5)
    (2, 5)
    """
    alone = sum(tables) - sum(kinds)
    all_kinds = [*kinds, *[1] * alone]
    by_kind = sum(max(pairs(fill(one, tables)), held) for one, held in zip_longest(kinds, tied, fillvalue=0))
    by_table = sum(pairs(fill(one, all_kinds)) for one in tables)
    return max(by_kind, by_table)


def fewest_repeats(sizes: Sequence[Sequence[int]], history: Sequence[Sequence[int]] = ()) -> int:
    """Bound the sum over all pairs of m (m - 1) / 2 from below, m being how often two sit together.

    Every two rounds are compared: the sum counts, for each two of them, the pairs that share a table in both.

    Parameters
    ----------
    sizes : sequence of sequence of int
        The sizes of the tables of each round to be planned.
    history : sequence of sequence of int
        Of each past round, how many of those seated now sat at each table. What two past rounds have in common is not
        counted here.
    """
    planned = sum(fewest_pairs(one, other) for one, other in combinations(sizes, 2))
    return planned + sum(fewest_pairs(past, tables) for past in history for tables in sizes)


def counts_of(kinds: Iterable[str]) -> list[int]:
    """Count how many are of each kind, in the order of their names; those of no kind are left out."""
    counted = Counter(one for one in kinds if one)
    return [counted[one] for one in sorted(counted)]
