"""How closely two organisations work already, whichever of them says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from placeweave.engines.synergy.records import Tie

WORKS_TOGETHER = 3
"""From this level on (coordination) two organisations know of each other's pieces already."""


def levels(ties: Iterable[Tie]) -> Mapping[frozenset[int], int]:
    """Give the highest level that either side reports of each pair; -1 where nobody reports any."""
    found: dict[frozenset[int], int] = defaultdict(lambda: -1)
    for tie in ties:
        pair = frozenset({tie.source, tie.target})
        found[pair] = max(found[pair], tie.level)
    return found
