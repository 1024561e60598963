"""What is to be said of a plan: facts first, and plain sentences made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from placeweave.engines.grouping.judge import groups_of
from placeweave.engines.grouping.records import Fact, Plan, Why
from placeweave.engines.grouping.room import Room
from placeweave.engines.grouping.search import together

NAMED = 5
"""Of pairs that meet again, so many are named; the rest are counted."""

Seats = NDArray[np.int64]


def explain(room: Room, seats: Seats, plan: Plan, *, first_round: int = 0) -> Iterable[Fact]:
    """Give the facts about a plan that somebody would ask for.

    Yields
    ------
    Fact
        By code: ``contacts`` (count, of), ``none_shared``, ``crowded`` (group, count people, of tables, most at one),
        ``not_apart`` (tables, group, rounds, why), ``repeats`` (count pairs, of the least cost there can be), ``again``
        (people, count), ``met_least`` (people, count, of), ``moved`` (people, rounds, of the table gone to), ``stay``,
        ``proved``, ``open`` (count above the bound). Rounds and tables are counted from 1.
    """
    yield Fact("contacts", count=plan.contacts_across, of=plan.bounds.contacts_across)
    yield from _shared(room, seats, plan, first_round)
    yield from _repeats(room, seats, plan)
    yield from _least(room, seats)
    yield from _moved(room, plan)
    if plan.proved:
        yield Fact("proved")
    else:
        yield Fact("open", count=plan.cost - plan.lower_bound)


def _shared(room: Room, seats: Seats, plan: Plan, first_round: int) -> Iterable[Fact]:
    if not plan.same_organisation_meetings and any(room.organisations):
        yield Fact("none_shared")
    tables = len(room.tables)
    for name, group in groups_of(room.organisations).items():
        most = max(int(np.bincount(one[group]).max()) for one in seats)
        if len(group) > tables:
            yield Fact("crowded", group=name, count=len(group), of=tables, most=most)
        yield from _not_apart(room, seats, name, group, first_round)


def _not_apart(room: Room, seats: Seats, name: str, group: list[int], first_round: int) -> Iterable[Fact]:
    """Say of each round who of one organisation shares a table, those for one reason in one fact."""
    for number, one in enumerate(seats):
        found: dict[Why, list[list[int]]] = {}
        for table in np.unique(one[group]).tolist():
            mates = [person for person in group if one[person] == table]
            if len(mates) > 1:
                found.setdefault(_why(room, mates, number, len(group)), []).append(mates)
        for why, tables in found.items():
            named = tuple(tuple(room.name(person) for person in mates) for mates in tables)
            at = (number + 1 + first_round,)
            yield Fact("not_apart", (), name, at, len(group), len(room.tables), tables=named, why=why)


def _why(room: Room, mates: list[int], number: int, members: int) -> Why:
    if any(set(mates) <= set(block) for block in room.blocks):
        return "together"
    if room.may(number)[mates].sum(axis=1).max() == 1:
        return "one_table"
    return "too_many" if members > len(room.tables) else "traded"


def _repeats(room: Room, seats: Seats, plan: Plan) -> Iterable[Fact]:
    sat = together(seats).sum(axis=0)
    met = np.triu(np.where(sat > 0, room.met + sat, 0.0)).astype(int)
    pairs = sorted(np.argwhere(met > 1).tolist(), key=lambda pair: (-met[pair[0], pair[1]], pair))
    before = int((room.met * (room.met - 1)).sum() / 4)
    if pairs:
        yield Fact("repeats", count=len(pairs), of=plan.bounds.repeat_cost - before)
    for one, other in pairs[:NAMED]:
        yield Fact("again", (room.name(one), room.name(other)), count=int(met[one, other]))


def _least(room: Room, seats: Seats) -> Iterable[Fact]:
    meets = (together(seats).sum(axis=0) > 0).sum(axis=1)
    fewest = int(meets.min())
    if fewest < len(room.people) - 1:
        people = tuple(room.name(one) for one in np.flatnonzero(meets == fewest).tolist())
        yield Fact("met_least", people, count=fewest, of=len(room.people) - 1)


def _moved(room: Room, plan: Plan) -> Iterable[Fact]:
    if plan.has_fewest_moves and not plan.moved:
        yield Fact("stay")
    for (person, before, after), number in sorted(
        Counter((one.person, one.before, one.after) for one in plan.moved).items()
    ):
        rounds = tuple(
            one.round + 1 for one in plan.moved if (one.person, one.before, one.after) == (person, before, after)
        )
        name = room.name(room.position[person])
        yield Fact("moved", (name,), rounds=rounds, count=number, of=after + 1)


_BECAUSE: Mapping[Why, str] = {
    "together": "they are to sit together",
    "one_table": "each may sit at that one table only",
    "traded": "keeping them apart would have cost more repeated meetings, or no better plan was found",
}


def sentence(fact: Fact) -> str:
    """Say a fact in plain English."""
    return _SAID[fact.code](fact)


def _contacts(fact: Fact) -> str:
    if not fact.of:
        return "No plan lets people of different organisations meet."
    share = f"{100 * fact.count / fact.of:.1f}".removesuffix(".0")
    return f"Pairs from different organisations that meet: {fact.count} of at most {fact.of} ({share} %)."


def _crowded(fact: Fact) -> str:
    needed = -(-fact.count // fact.of)
    told = (
        f"{fact.group} brings {fact.count} people to {fact.of} tables: a table with {needed} of them cannot be avoided"
    )
    return f"{told}, and none has more." if fact.most <= needed else f"{told}; one has {fact.most}."


def _not_kept_apart(fact: Fact) -> str:
    because = _BECAUSE.get(fact.why, "") if fact.why else ""
    because = because or f"{fact.group} brings {fact.count} people to {fact.of} tables"
    share = "share a table" if len(fact.tables) == 1 else "share tables"
    who = "; ".join(_listed(one) for one in fact.tables)
    return f"In {_rounds(fact.rounds)}, people of {fact.group} {share} ({who}): {because}."


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _rounds(rounds: tuple[int, ...]) -> str:
    return f"round{'s' if len(rounds) > 1 else ''} {_listed([str(one) for one in rounds])}"


def _met_again(fact: Fact) -> str:
    return f"Pairs that meet more than once: {fact.count}; a repeat cost of {fact.of} cannot be avoided."


def _met_least(fact: Fact) -> str:
    few = ", ".join(fact.people[:NAMED]) + (f" and {len(fact.people) - NAMED} more" if len(fact.people) > NAMED else "")
    return f"Fewest others, {fact.count} of {fact.of}, are met by {few}."


_SAID: Mapping[str, Callable[[Fact], str]] = {
    "contacts": _contacts,
    "none_shared": lambda _fact: "No two people of one organisation share a table.",
    "crowded": _crowded,
    "not_apart": _not_kept_apart,
    "repeats": _met_again,
    "again": lambda fact: f"{fact.people[0]} and {fact.people[1]} meet {fact.count} times, past workshops included.",
    "met_least": _met_least,
    "moved": lambda fact: f"{fact.people[0]} moves to table {fact.of} in {_rounds(fact.rounds)}.",
    "stay": lambda _fact: "Nobody has to move.",
    "proved": lambda _fact: "Provably best: no plan for these people, tables and rounds costs less.",
    "open": lambda fact: (
        f"At most {fact.count} above the best there can be; whether a better plan exists is not known."
    ),
}
