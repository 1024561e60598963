"""Postcodes: equal in full, equal in the outward part, or not to be told apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_INWARD = 3


def tidy(postcode: str) -> str:
    """Give a postcode without spaces, in capitals."""
    return "".join(postcode.split()).upper()


def outward(postcode: str) -> str:
    """Give the part of a tidy postcode that names the district."""
    return postcode[:-_INWARD]


def tidied(postcodes: Iterable[str]) -> tuple[str, ...]:
    """Give each known postcode once, tidy and in order; what is too short to be one counts as unknown."""
    return tuple(sorted({full for one in postcodes if len(full := tidy(one)) > _INWARD}))


def shares(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two lists of few postcodes, or of districts, have any in common."""
    return any(postcode in other for postcode in one)
