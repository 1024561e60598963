"""What is worked out of each record once, and of a pair of records each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.fuzz import token_set_ratio

from placeweave.engines.linkage import places
from placeweave.engines.linkage.names import canonical
from placeweave.engines.linkage.records import Record
from placeweave.engines.linkage.registers import Number
from placeweave.engines.linkage.weights import Weights, aliases_of


@dataclass(frozen=True, slots=True)
class Features:
    """One record, made ready to be compared."""

    record: Record
    name: str
    other_words: tuple[frozenset[str], ...]
    aliases: frozenset[str]
    postcodes: tuple[str, ...]
    districts: tuple[str, ...]

    @property
    def words(self) -> frozenset[str]:
        """The words of the name; asked of few records, so made when asked."""
        return frozenset(self.name.split())


def features_of(record: Record, weights: Weights) -> Features:
    """Make a record ready; aliases that are too common to tell anything are left out, unless they are its own name."""
    name = canonical(record.name)
    others = {frozenset(canonical(one).split()) for one in record.other_names}
    postcodes = places.tidied(record.postcodes)
    return Features(
        record,
        name,
        tuple(sorted(others, key=sorted)),
        _told_apart(aliases_of(record), name, weights.common),
        postcodes,
        tuple(sorted({places.outward(one) for one in postcodes})),
    )


def _told_apart(found: frozenset[str], name: str, common: frozenset[str]) -> frozenset[str]:
    """Leave out what is too common; most records keep the one set that was made of their name."""
    return found if name in found and common.isdisjoint(found) else (found - common) | {name}


class Comparison:
    """Two records side by side; each question is answered when it is first asked."""

    def __init__(self, one: Features, other: Features, weights: Weights) -> None:
        self.one, self.other, self.weights = one, other, weights

    @property
    def has_equal_names(self) -> bool:
        """Whether the canonical names are equal."""
        return bool(self.one.name) and self.one.name == self.other.name

    @cached_property
    def shared_aliases(self) -> list[str]:
        """What both are called, longest first."""
        return sorted(self.one.aliases & self.other.aliases - {""}, key=lambda alias: (-len(alias), alias))

    @cached_property
    def overlap(self) -> float:
        """The weighted share of words in common, of the two names that are closest."""
        ours, theirs = (self.one.words, *self.one.other_words), (self.other.words, *self.other.other_words)
        return max(self.weights.overlap(mine, their) for mine in ours for their in theirs)

    @cached_property
    def likeness(self) -> float:
        """The likeness of the names as sets of words, from 0 to 100."""
        return token_set_ratio(self.one.name, self.other.name)

    @cached_property
    def has_same_postcode(self) -> bool:
        """Whether a full postcode is known of both, and equal."""
        return places.shares(self.one.postcodes, self.other.postcodes)

    @cached_property
    def has_same_district(self) -> bool:
        """Whether the outward part is known of both, and equal."""
        return places.shares(self.one.districts, self.other.districts)

    @property
    def knows_both_places(self) -> bool:
        """Whether a postcode is known of both."""
        return bool(self.one.postcodes and self.other.postcodes)

    @property
    def is_elsewhere(self) -> bool:
        """Whether the two are known to be in different districts: the veto."""
        return self.knows_both_places and not self.has_same_district

    @cached_property
    def shared_numbers(self) -> list[Number]:
        """The numbers both have."""
        return sorted(set(self.one.record.numbers) & set(self.other.record.numbers))

    @cached_property
    def differing(self) -> list[tuple[Number, Number]]:
        """A number of each, for every register in which both are and share none."""
        return _differing(self.one.record.numbers, self.other.record.numbers)

    @property
    def has_agreeing_names(self) -> bool:
        """Whether the names agree well enough for an equal number to be believed."""
        return self.has_equal_names or bool(self.shared_aliases) or self.overlap >= AGREEING


AGREEING = 0.30
"""Names that share less than this of their weighted words are strangers to each other."""


def _differing(ours: Sequence[Number], theirs: Sequence[Number]) -> list[tuple[Number, Number]]:
    found = []
    for scheme in sorted({one.scheme for one in ours} & {one.scheme for one in theirs}):
        mine = {one for one in ours if one.scheme == scheme}
        their = {one for one in theirs if one.scheme == scheme}
        if not mine & their:
            found.append((min(mine), min(their)))
    return found
