"""Statements that say nearly the same, told by the letters they share; a hint for people, who alone decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from placeweave.listening.models import Statement

NEAR = 0.5
"""Share of three-letter runs in common (Dice 1945) from which two statements are shown beside each other."""
_NO_LETTER = re.compile(r"[\W_]+")


def alike(text: str, others: Iterable[Statement], *, most: int = 2) -> Sequence[Statement]:
    """List the statements nearest to a text, the nearest first, leaving out those far from it."""
    own = _runs(text)
    near = [(_share(own, _runs(one.text)), one) for one in others]
    found = sorted((pair for pair in near if pair[0] >= NEAR), key=lambda pair: -pair[0])
    return [one for _how_near, one in found[:most]]


def _runs(text: str) -> frozenset[str]:
    letters = f" {_NO_LETTER.sub(' ', text.casefold()).strip()} "
    return frozenset(letters[start : start + 3] for start in range(len(letters) - 2))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
