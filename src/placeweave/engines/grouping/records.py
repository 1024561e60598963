"""What the seating of tables reads and what it answers, as frozen records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Sitting = Sequence[Sequence[str]]
"""One round, ours or of a past workshop: the tables, each as the keys of those who sat there."""

Why = Literal["too_many", "one_table", "together", "traded"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to be seated.

    Attributes
    ----------
    key : str
        Tells this person from all others.
    organisation : str
        Whom they should meet others than; empty for nobody's.
    traits : mapping of str to str
        What else is to be mixed at every table, such as a sector.
    needs, brings : frozenset of str
        What their table must offer (step-free, Polish), and what a host brings to the table they host.
    host_of : int, optional
        The table, from 0, that they stay at in every round.
    name : str
        As sentences name them; the key where it is empty.
    """

    key: str
    organisation: str = ""
    traits: Mapping[str, str] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()
    brings: frozenset[str] = frozenset()
    host_of: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with so many seats, and what it offers to those who need it."""

    seats: int
    offers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at a table, both rounds and tables counted from 0."""

    person: str
    round: int
    table: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What a plan must keep to, and what it should take into account.

    Attributes
    ----------
    apart : sequence of pairs of keys
        Never at one table.
    together : sequence of sequences of keys
        Always at one table, such as somebody and their interpreter.
    fixed : sequence of Seat
        Seats that somebody has decided on.
    history : sequence of Sitting
        Rounds of past workshops; who met there has met.
    mixed : sequence of str
        Traits to be spread over the tables, such as ``sector``.
    """

    apart: Sequence[tuple[str, str]] = ()
    together: Sequence[Sequence[str]] = ()
    fixed: Sequence[Seat] = ()
    history: Sequence[Sitting] = ()
    mixed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to be said of a plan; which fields count depends on ``code`` (see :mod:`.explain`)."""

    code: str
    people: tuple[str, ...] = ()
    group: str = ""
    rounds: tuple[int, ...] = ()
    count: int = 0
    of: int = 0
    most: int = 0
    tables: tuple[tuple[str, ...], ...] = ()
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What no plan of these people, tables and rounds can be below; the last what none can be above."""

    same_organisation_meetings: int
    repeat_cost: int
    spread_cost: int
    contacts_across: int


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody who sits elsewhere than they were told before."""

    person: str
    round: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Who sits where in every round, how good that is, and how good it could be.

    Attributes
    ----------
    rounds : tuple of tuple of tuple of str
        ``rounds[r][t]`` are the keys of those at table ``t`` in round ``r``, in order.
    same_organisation_meetings : int
        Pairs of one organisation at one table, counted once a round.
    repeat_cost : int
        Sum over all pairs of m (m - 1) / 2, where m is how often the two sit together, past workshops included.
    spread_cost : int
        As ``same_organisation_meetings``, for the traits to be mixed.
    cost, lower_bound : int
        ``3 x same organisation + repeats + spread``; no plan is below the bound.
    proved : bool
        Whether the cost is the bound: then no plan is better.
    distinct_contacts, contacts_across : int
        Different pairs that meet in this plan, and those of them from different organisations.
    moved : tuple of Move
        After a repair, those who must be told of another table.
    has_fewest_moves : bool
        Whether it is proved that no repair moves fewer.
    explain : tuple of Fact
    """

    rounds: tuple[tuple[tuple[str, ...], ...], ...]
    same_organisation_meetings: int
    repeat_cost: int
    spread_cost: int
    cost: int
    lower_bound: int
    bounds: Bounds
    proved: bool
    distinct_contacts: int
    contacts_across: int
    iterations: int
    moved: tuple[Move, ...] = ()
    has_fewest_moves: bool = False
    explain: tuple[Fact, ...] = ()


class Impossible(ValueError):
    """What is asked cannot be had; the message is one sentence that names what stands against what."""
