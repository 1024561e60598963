"""The choice of a cohort as plain values for machines, and as a page to read."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from placeweave.engines.grouping.applicants import Applicant, Cohort, Quota, Rank, Shortfall
from placeweave.engines.grouping.cohort import ENGINE, select
from placeweave.engines.grouping.quotas import line_of

RULE = (
    "Every place is filled; quotas are missed by as few people as can be; then whoever has waited longest is in, if "
    "they can be. Those who have waited as long are put in order by lot."
)


def analyse(
    applicants: Sequence[Applicant],
    places: int,
    quotas: Sequence[Quota],
    *,
    seed: int = 0,
    seconds: float | None = None,
) -> dict[str, Any]:
    """Choose one cohort, as plain JSON values.

    Returns
    -------
    dict
        ``members``, ``waiting`` (``id`` and ``reason``, in the order in which they would enter), ``shortfalls`` (each
        with ``words``), ``proved``, ``rule``; ``seconds``, the only value that differs from run to run.
    """
    started = time.perf_counter()
    found = select(applicants, [Cohort("", places)], quotas, seed=seed, seconds=seconds)
    names = {one.key: one.name for one in applicants if one.name}
    return {
        "engine": ENGINE,
        "seed": seed,
        "applicants": len(applicants),
        "places": places,
        "rule": RULE,
        "members": list(found.members[0]),
        "waiting": [_waits(one, quotas) for one in found.waiting],
        "shortfalls": [_told(one) for one in found.shortfalls],
        "proved": found.proved,
        "names": names,
        "seconds": round(time.perf_counter() - started, 3),
    }


def _waits(rank: Rank, quotas: Sequence[Quota]) -> dict[str, Any]:
    line = f"{line_of(quotas)} {rank.line or 'not said'}" if quotas else ""
    return {
        "id": rank.key,
        "reason": f"{reason(rank)} {place_in_line(rank, line)}",
        "line": rank.line,
        "in_line": rank.in_line,
        "by_waiting_time": rank.of_all,
    }


def _told(shortfall: Shortfall) -> dict[str, Any]:
    return {name: value for name, value in asdict(shortfall).items() if name != "cohort"} | {"words": words(shortfall)}


def place_in_line(rank: Rank, line: str) -> str:
    """Say when somebody would enter."""
    where = f" for a place of {line}" if line else ""
    return f"{_th(rank.in_line)} in line{where}; {_th(rank.of_all)} of all by waiting time."


def reason(rank: Rank) -> str:
    """Say in a sentence why somebody waits."""
    if rank.kept == "all_longer":
        return "Everybody chosen has waited longer."
    if rank.kept == "lot":
        return "Everybody chosen has waited longer, or as long with a better lot."
    if rank.kept == "unsettled":
        return f"Chosen though they have waited less: {rank.shorter}. Whether a better choice exists is not known."
    missed = "; ".join(_would_be(one) for one in rank.quotas)
    return f"Chosen though they have waited less: {rank.shorter}. In place of the last of them, {missed}."


def _would_be(shortfall: Shortfall) -> str:
    wanted = f"at {shortfall.side} {shortfall.wanted} wanted"
    return f"{shortfall.aspect} {shortfall.value} would have {shortfall.got} ({wanted})"


def words(shortfall: Shortfall) -> str:
    """Say in a sentence which quota is not met, by how much and why."""
    differs = abs(shortfall.wanted - shortfall.got)
    amount = f"{differs} too few" if shortfall.side == "least" else f"{differs} too many"
    head = f"{shortfall.aspect} {shortfall.value} has {shortfall.got}, at {shortfall.side} {shortfall.wanted} wanted"
    why = {
        "few_applied": f"only {shortfall.applied} applied" if shortfall.applied else "nobody of it applied",
        "few_others": "there are too few others to fill the places",
        "other_quotas": "every choice that does better misses another quota by as much",
        "unsettled": "whether a better choice exists is not known",
    }[shortfall.because]
    return f"{head}, {amount}: {why}."


def _th(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def as_table(result: Mapping[str, Any]) -> str:
    """Write a choice for reading: who is in, which quotas are missed, who waits and why."""

    def name(key: str) -> str:
        return f"{result['names'][key]} ({key})" if key in result["names"] else key

    lines = [f"{len(result['members'])} of {result['applicants']} applicants for {result['places']} places:"]
    lines += [f"  {number:>3}  {name(key)}" for number, key in enumerate(result["members"], start=1)]
    lines += ["", "Quotas not met:" if result["shortfalls"] else "All quotas are met."]
    lines += [f"  {one['words']}" for one in result["shortfalls"]]
    lines += ["", "Waiting, in the order in which they would enter:" if result["waiting"] else "Nobody waits."]
    lines += [
        f"  {number:>3}  {name(one['id'])}: {one['reason']}" for number, one in enumerate(result["waiting"], start=1)
    ]
    settled = "Provably best by this rule" if result["proved"] else "Not proved best: the search ended before"
    lines += ["", result["rule"], f"{settled} ({result['engine']}, seed {result['seed']}, {result['seconds']} s)."]
    return "\n".join(lines)
