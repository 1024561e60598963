"""A plan of tables as plain values for machines, and as a page to read."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from placeweave.engines.grouping.explain import sentence
from placeweave.engines.grouping.records import Person, Plan, Rules, Sitting, Table
from placeweave.engines.grouping.repair import repair
from placeweave.engines.grouping.rounds import ENGINE, even_tables, plan


def analyse(
    people: Sequence[Person],
    tables: Sequence[Table] | int,
    rounds: int,
    *,
    rules: Rules | None = None,
    seed: int = 0,
    iterations: int | None = None,
) -> dict[str, Any]:
    """Seat people for some rounds, as plain JSON values.

    Parameters
    ----------
    people : sequence of Person
    tables : sequence of Table, or int
        The tables there are, or how many may sit at each of as few as are needed.

    Returns
    -------
    dict
        ``rounds``, ``same_organisation_meetings``, ``repeat_cost``, ``lower_bound``, ``proved`` and the other figures
        of :class:`.records.Plan`; ``explain`` as sentences; ``seconds``, the only value that differs from run to run.
    """
    there = even_tables(len(people), tables) if isinstance(tables, int) else tables
    return _timed(lambda: plan(people, there, rounds, rules=rules, seed=seed, iterations=iterations), people, seed)


def mend(
    given: Sequence[Sitting],
    people: Sequence[Person],
    tables: Sequence[Table] | int,
    *,
    rules: Rules | None = None,
    played: int = 0,
    seed: int = 0,
    iterations: int | None = None,
) -> dict[str, Any]:
    """Mend a plan for those who are here now, moving as few as can be: as :func:`analyse`, with ``moved``."""
    most = max(len(one) for one in given)
    there = _at_least(even_tables(len(people), tables), most) if isinstance(tables, int) else tables
    return _timed(
        lambda: repair(given, people, there, rules=rules, played=played, seed=seed, iterations=iterations), people, seed
    )


def _at_least(tables: list[Table], count: int) -> list[Table]:
    """Keep every table of a plan, even where fewer would do now."""
    size = max((one.seats for one in tables), default=1)
    return [Table(size)] * max(count, len(tables))


def _timed(made: Callable[[], Plan], people: Sequence[Person], seed: int) -> dict[str, Any]:
    started = time.perf_counter()
    found = made()
    return {
        "engine": ENGINE,
        "seed": seed,
        "people": len(people),
        **asdict(replace(found, explain=())),
        "rounds": [{"tables": [list(table) for table in one]} for one in found.rounds],
        "moved": [{"id": one.person, "round": one.round + 1, "from": one.before + 1, "to": one.after + 1}
                  for one in found.moved],
        "explain": [sentence(one) for one in found.explain],
        "names": {one.key: one.name for one in people if one.name},
        "seconds": round(time.perf_counter() - started, 3),
    }  # fmt: skip


def as_table(result: Mapping[str, Any]) -> str:
    """Write a plan for reading: every table of every round, then what is to be said of it."""
    lines = []
    for number, one in enumerate(result["rounds"], start=1):
        lines.append(f"Round {number}")
        for table, keys in enumerate(one["tables"], start=1):
            lines.append(f"  table {table:>2}  {', '.join(result['names'].get(key, key) for key in keys)}")
        lines.append("")
    lines += [*result["explain"], "", _figures(result)]
    return "\n".join(lines)


def _figures(result: Mapping[str, Any]) -> str:
    return (
        f"{result['people']} people; of one organisation together {result['same_organisation_meetings']}, repeats "
        f"{result['repeat_cost']}, different pairs {result['distinct_contacts']}; cost {result['cost']}, lower bound "
        f"{result['lower_bound']} ({result['engine']}, seed {result['seed']}, {result['seconds']} s)."
    )
