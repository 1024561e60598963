"""People, tables and rules as arrays, checked: what is asked wrongly is refused before anything is searched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.grouping.bounds import fill
from placeweave.engines.grouping.records import Impossible, Person, Rules, Table

Bools = NDArray[np.bool_]
Seats = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing a seating must keep to, of people by position; ``tables`` where it says where they may sit."""

    kind: str
    people: tuple[int, ...]
    words: str
    tables: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Room:
    """Everything about one workshop that does not change while seats are looked for.

    People are in the order of their keys, so that the order they came in changes nothing.
    """

    people: tuple[Person, ...]
    tables: tuple[Table, ...]
    rules: Rules
    rounds: int

    @cached_property
    def position(self) -> dict[str, int]:
        """Give the place of each key."""
        return {one.key: place for place, one in enumerate(self.people)}

    @cached_property
    def seats(self) -> list[int]:
        """Give how many can sit at each table."""
        return [one.seats for one in self.tables]

    @cached_property
    def even(self) -> list[int]:
        """Give how many sit at each table where all are as evenly filled as can be."""
        return fill(len(self.people), self.seats)

    @cached_property
    def organisations(self) -> list[str]:
        """Give everybody's organisation."""
        return [one.organisation for one in self.people]

    @cached_property
    def met(self) -> NDArray[np.float64]:
        """Count how often two have met in past workshops: shape (n, n), zero on the diagonal."""
        met = np.zeros((len(self.people), len(self.people)))
        for table in self.past_tables():
            met[np.ix_(table, table)] += 1.0
        np.fill_diagonal(met, 0.0)
        return met

    def past_tables(self) -> Iterable[list[int]]:
        """Give each table of the past as the positions of those who are here now."""
        for sitting in self.rules.history:
            for table in sitting:
                yield sorted({self.position[key] for key in table if key in self.position})

    def trait(self, name: str) -> list[str]:
        """Give what everybody is, in one respect."""
        return [one.traits.get(name, "") for one in self.people]

    def name(self, person: int) -> str:
        """Name somebody in a sentence."""
        return self.people[person].name or self.people[person].key

    def names(self, people: Iterable[int]) -> str:
        """Name several people in a sentence."""
        return _listed([self.name(one) for one in people])

    @cached_property
    def demands(self) -> tuple[tuple[Demand, ...], ...]:
        """Give everything that each round must keep to."""
        always = [*self._apart(), *self._together(), *self._needs(), *self._hosts()]
        return tuple((*always, *self._fixed(number)) for number in range(self.rounds))

    def _apart(self) -> Iterable[Demand]:
        for one, other in self.rules.apart:
            both = tuple(sorted({self.position[one], self.position[other]}))
            yield Demand("apart", both, f"{self.names(both)} are to sit apart")

    def _together(self) -> Iterable[Demand]:
        for group in self.rules.together:
            members = tuple(sorted({self.position[key] for key in group}))
            yield Demand("together", members, f"{self.names(members)} are to sit together")

    def _needs(self) -> Iterable[Demand]:
        offers = [set(one.offers) for one in self.tables]
        for person in self.people:
            if person.host_of is not None:
                offers[person.host_of] |= person.brings
        for place, person in enumerate(self.people):
            for need in sorted(person.needs):
                where = frozenset(table for table, offered in enumerate(offers) if need in offered)
                which = f"only {_tables(where)} {'offers' if len(where) == 1 else 'offer'}" if where else "no table has"
                yield Demand("needs", (place,), f"{self.name(place)} needs {need}, which {which}", where)

    def _hosts(self) -> Iterable[Demand]:
        for place, person in enumerate(self.people):
            if person.host_of is not None:
                words = f"{self.name(place)} hosts table {person.host_of + 1}"
                yield Demand("hosts", (place,), words, frozenset({person.host_of}))

    def _fixed(self, number: int) -> Iterable[Demand]:
        for seat in self.rules.fixed:
            if seat.round == number:
                place = self.position[seat.person]
                words = f"{self.name(place)} has a fixed seat at table {seat.table + 1}"
                yield Demand("fixed", (place,), words, frozenset({seat.table}))

    def may(self, number: int) -> Bools:
        """Say who may sit at which table in a round: shape (n, k)."""
        allowed = np.ones((len(self.people), len(self.tables)), dtype=bool)
        for demand in self.demands[number]:
            if demand.kind not in {"apart", "together"}:
                elsewhere = [table for table in range(len(self.tables)) if table not in demand.tables]
                allowed[demand.people[0], elsewhere] = False
        return allowed

    @cached_property
    def blocks(self) -> list[list[int]]:
        """Give those who must sit together, overlapping groups as one; everybody else is in none."""
        block_of: dict[int, set[int]] = {}
        for demand in self.demands[0]:
            if demand.kind == "together":
                members = set(demand.people)
                for one in list(members):
                    members |= block_of.get(one, set())
                block_of |= dict.fromkeys(members, members)
        return [list(one) for one in sorted({tuple(sorted(members)) for members in block_of.values()})]

    def held_together(self, number: int) -> list[int]:
        """Give everybody a number that two share only if a round must seat them at one table."""
        held = list(range(len(self.people)))
        for block in self.blocks:
            for one in block:
                held[one] = block[0]
        may = self.may(number)
        only_here = may & (may.sum(axis=1) == 1)[:, None]
        for table in np.flatnonzero(only_here.any(axis=0)).tolist():
            joined = {held[one] for one in np.flatnonzero(only_here[:, table]).tolist()}
            held = [min(joined) if one in joined else one for one in held]
        return held


def prepare(people: Iterable[Person], tables: Sequence[Table], rounds: int, rules: Rules) -> Room:
    """Put everybody in order and check that all that is said is about people and tables that are there.

    Raises
    ------
    Impossible
        If there are more people than seats, a key comes twice, or a rule names somebody or something unknown.
    """
    room = Room(tuple(sorted(people, key=lambda one: one.key)), tuple(tables), rules, rounds)
    _check_counts(room)
    _check_names(room)
    _check_places(room)
    return room


def _check_counts(room: Room) -> None:
    twice = [key for key, count in Counter(one.key for one in room.people).items() if count > 1]
    if twice:
        raise Impossible(f"{twice[0]} is there twice; each person needs a key of their own.")
    if not room.people or room.rounds < 1:
        raise Impossible("There is nobody to seat, or no round to seat them in.")
    if min(room.seats, default=0) < 1:
        raise Impossible("Every table needs at least one seat, and there must be a table.")
    if sum(room.seats) < len(room.people):
        raise Impossible(f"{len(room.people)} people do not fit {sum(room.seats)} seats.")


def _check_names(room: Room) -> None:
    rules = room.rules
    named: list[tuple[str, tuple[str, ...]]] = [("to be apart", one) for one in rules.apart]
    named += [("to be together", tuple(one)) for one in rules.together]
    named += [("to have a fixed seat", (one.person,)) for one in rules.fixed]
    for what, keys in named:
        unknown = [key for key in keys if key not in room.position]
        if unknown:
            raise Impossible(f"{unknown[0]} is {what}, but is not among the people.")
    alone = [keys for what, keys in named if what == "to be apart" and keys[0] == keys[-1]]
    if alone:
        raise Impossible(f"{alone[0][0]} cannot sit apart from themselves.")


def _check_places(room: Room) -> None:
    last = len(room.tables)
    hosts = [(one.key, one.host_of) for one in room.people if one.host_of is not None]
    for person, table in [*hosts, *[(one.person, one.table) for one in room.rules.fixed]]:
        if not 0 <= table < last:
            raise Impossible(f"{person} is to sit at table {table + 1}, and there are {last} tables.")
    for seat in room.rules.fixed:
        if not 0 <= seat.round < room.rounds:
            raise Impossible(f"{seat.person} has a fixed seat in round {seat.round + 1}; there are {room.rounds}.")
    for name in room.rules.mixed:
        if not any(room.trait(name)):
            raise Impossible(f"Nobody says what their {name} is, so tables cannot be mixed by it.")


def pairs_of(kinds: Sequence[str]) -> NDArray[np.float64]:
    """Say which two are of one kind: shape (n, n), zero on the diagonal and for those of no kind."""
    numbers = np.unique(np.array(kinds, dtype=object).astype(str), return_inverse=True)[1]
    there = np.array([bool(one) for one in kinds])
    same: NDArray[np.float64] = ((numbers[:, None] == numbers) & there[:, None] & there).astype(np.float64)
    np.fill_diagonal(same, 0.0)
    return same


def apart_pairs(room: Room) -> set[tuple[int, int]]:
    """Give the pairs that may not share a table, in order."""
    return {
        (one, other)
        for demand in room.demands[0]
        if demand.kind == "apart"
        for one, other in combinations(demand.people, 2)
    }


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _tables(tables: Iterable[int]) -> str:
    numbers = [str(one + 1) for one in sorted(tables)]
    return f"table{'s' if len(numbers) > 1 else ''} {_listed(numbers)}"
