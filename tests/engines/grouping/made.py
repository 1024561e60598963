"""People to be seated: made up ones, those of affine planes, and the shared instances."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from placeweave.engines.grouping.records import Person, Plan
from tests.shared_data import shared

Round = tuple[tuple[str, ...], ...]


def crew(organisations: Iterable[object]) -> list[Person]:
    """Make one person for each organisation named; ``None`` is nobody's."""
    return [Person(f"p{place:03}", "" if one is None else f"o{one}") for place, one in enumerate(organisations)]


def strangers(people: int) -> list[Person]:
    return crew([None] * people)


def skewed(people: int, largest: int) -> list[Person]:
    """Make organisations of which each is three quarters as large as the one before."""
    organisations: list[int] = []
    size = largest
    while len(organisations) < people:
        organisations += [len(set(organisations))] * min(size, people - len(organisations))
        size = max(1, round(size * 0.75))
    return crew(organisations)


def affine_plane(q: int) -> tuple[list[Person], list[list[list[str]]]]:
    """Give q^2 people of q organisations and q perfect rounds: the parallel classes of the plane over a prime q."""
    name = {(x, y): f"{x:02}-{y:02}" for x in range(q) for y in range(q)}
    people = [Person(name[x, y], f"o{x}") for x in range(q) for y in range(q)]
    rounds = [[[name[x, (slope * x + start) % q] for x in range(q)] for start in range(q)] for slope in range(q)]
    return people, rounds


def instance(name: str) -> dict[str, Any]:
    """Give one of the shared grouping instances."""
    found = json.loads(shared("systems/grouping.json").read_text())["instances"]
    chosen: dict[str, Any] = next(one for one in found if one["id"] == name)
    return chosen


def met(rounds: Iterable[Round]) -> dict[frozenset[str], int]:
    """Count how often each two sit together."""
    counted: dict[frozenset[str], int] = {}
    for one in rounds:
        for table in one:
            for pair in combinations(table, 2):
                counted[frozenset(pair)] = counted.get(frozenset(pair), 0) + 1
    return counted


def recounted(plan: Plan, people: Sequence[Person]) -> tuple[int, int, int, int]:
    """Count by hand: same organisation, repeats, different pairs, those across organisations."""
    of = {one.key: one.organisation for one in people}
    together = met(plan.rounds)
    same = {pair for pair in together if len({of[key] for key in pair}) == 1 and all(of[key] for key in pair)}
    return (
        sum(together[pair] for pair in same),
        sum(count * (count - 1) // 2 for count in together.values()),
        len(together),
        len(set(together) - same),
    )


def seatings(keys: Sequence[str], sizes: Sequence[int]) -> Iterator[Round]:
    """List every way to seat people at tables of these sizes."""
    if not sizes:
        yield ()
        return
    for table in combinations(keys, sizes[0]):
        rest = [key for key in keys if key not in table]
        for others in seatings(rest, sizes[1:]):
            yield (table, *others)


@st.composite
def parties(draw: st.DrawFn, least: int = 4, most: int = 24) -> list[Person]:
    """Draw people of up to five organisations, some of none."""
    return crew(draw(st.lists(st.sampled_from([None, 0, 1, 2, 3, 4]), min_size=least, max_size=most)))
