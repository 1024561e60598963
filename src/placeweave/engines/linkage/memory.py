"""Decisions that hold for ever: this is, or is not, the same organisation.

A decision speaks of what organisations are called and numbered, never of where a row is kept, so that it holds after
a file is brought in anew and after a place has moved to another installation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from placeweave.engines.linkage.names import canonical
from placeweave.engines.linkage.records import Record
from placeweave.engines.linkage.registers import Number


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two organisations a decision speaks of: its canonical names, and its numbers."""

    names: frozenset[str]
    numbers: frozenset[Number]

    def speaks_of(self, record: Record, *, beside: Side) -> bool:
        """Tell whether a record is the one meant here.

        A number finds it under any name, unless the other side has that number too. A name finds it unless the
        numbers are known and share none.
        """
        numbers = frozenset(record.numbers)
        if (self.numbers - beside.numbers) & numbers:
            return True
        names = {canonical(name) for name in (record.name, *record.other_names)}
        return bool(self.names & names) and (not self.numbers or not numbers or bool(self.numbers & numbers))


def side_of(record: Record) -> Side:
    """Take down a record as a decision will speak of it."""
    return Side(
        frozenset(canonical(name) for name in (record.name, *record.other_names)),
        frozenset(record.numbers),
    )


@dataclass(frozen=True, slots=True)
class Remembered:
    """What somebody decided of two organisations, and who it was, in words for the reason."""

    one: Side
    other: Side
    is_same: bool
    told: str = ""

    def speaks_of(self, one: Record, other: Record) -> bool:
        """Tell whether this decision is about these two, whichever comes first."""
        return self._matches(one, other) or self._matches(other, one)

    def _matches(self, one: Record, other: Record) -> bool:
        return self.one.speaks_of(one, beside=self.other) and self.other.speaks_of(other, beside=self.one)


class Memory:
    """All remembered decisions, found by the names and numbers they speak of. Where two speak, "not the same" wins."""

    def __init__(self, decisions: Sequence[Remembered] = ()) -> None:
        self._found: dict[object, list[Remembered]] = defaultdict(list)
        for decision in sorted(decisions, key=lambda one: one.is_same):
            for key in decision.one.names | decision.one.numbers:
                self._found[key].append(decision)

    def pairs(self, records: Sequence[Record]) -> Iterator[tuple[int, int]]:
        """Give the positions of pairs a decision speaks of, however little else brings them together."""
        held: dict[object, list[int]] = defaultdict(list)
        for position, record in enumerate(records if self._found else ()):
            for key in _keys(record):
                held[key].append(position)
        for decision in {one: None for found in self._found.values() for one in found}:
            for one, other in product(_held_by(decision.one, held), _held_by(decision.other, held)):
                if one != other and decision.speaks_of(records[one], records[other]):
                    yield min(one, other), max(one, other)

    def of(self, one: Record, other: Record) -> Remembered | None:
        """Give the decision about two records, if there is one."""
        if not self._found:
            return None
        about = (held for key in (*_keys(one), *_keys(other)) for held in self._found.get(key, ()))
        spoken = [held for held in about if held.speaks_of(one, other)]
        return min(spoken, key=lambda held: held.is_same, default=None)


def _held_by(side: Side, held: Mapping[object, Sequence[int]]) -> set[int]:
    return {position for key in side.names | side.numbers for position in held.get(key, ())}


def _keys(record: Record) -> Iterable[object]:
    yield from (canonical(name) for name in (record.name, *record.other_names))
    yield from record.numbers
