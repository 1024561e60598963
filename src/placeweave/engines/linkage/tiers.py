"""How well two records agree by names and postcodes alone."""

from __future__ import annotations

from placeweave.engines.linkage.features import Comparison
from placeweave.engines.linkage.records import Tier

CLOSE_WORDS = 80
"""Likeness of names as sets of words, of 100, at which two at one address are looked at first."""
SAME_ADDRESS = 0.20
SHARED_NAME = 0.30
SAME_DISTRICT = 0.50
"""The least weighted share of words that makes a pair worth looking at, by what else the two have in common."""


def tier_of(pair: Comparison) -> Tier:
    """Put a pair into the first tier it reaches.

    A
        Equal canonical names, and not known to be in different districts.
    B
        A shared alias, and not known to be in different districts.
    C
        The same full postcode, and names that are close.
    D
        Worth a look: equal names anywhere, or some likeness that place or alias bears out.
    """
    if pair.has_equal_names and not pair.is_elsewhere:
        return "A"
    if pair.shared_aliases and not pair.is_elsewhere:
        return "B"
    if pair.has_same_postcode and pair.likeness >= CLOSE_WORDS and pair.overlap >= SHARED_NAME:
        return "C"
    return "D" if _is_worth_a_look(pair) else ""


def _is_worth_a_look(pair: Comparison) -> bool:
    return (
        pair.has_equal_names
        or (pair.has_same_postcode and pair.overlap >= SAME_ADDRESS)
        or (bool(pair.shared_aliases) and pair.overlap >= SHARED_NAME)
        or (pair.has_same_district and pair.overlap >= SAME_DISTRICT)
    )
