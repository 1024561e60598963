"""The measures of a network as a record for machines and as a table to read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from placeweave.engines.network.introduce import introductions
from placeweave.engines.network.measure import ENGINE, measures
from placeweave.engines.network.records import PartnerNet

_SHOWN = 15


def analyse(net: PartnerNet, by: str, *, at_least: int = 1, seed: int = 0, k: int = 10) -> dict[str, Any]:
    """Measure a network and list introductions, as plain JSON values.

    Raises
    ------
    ValueError
        If no partner has the attribute ``by``.
    """
    if not net.attributes.get(by):
        known = ", ".join(sorted(name for name in net.attributes if name != "id")) or "none"
        raise ValueError(f"No partner has “{by}”. Attributes in this file: {known}.")
    found = introductions(net, by, at_least=at_least, k=k)
    result = {"engine": ENGINE, **dataclasses.asdict(measures(net, by, at_least=at_least, seed=seed))}
    for partner in result["partners"]:
        partner["is_weak_point"] = partner["cut_off"] > 0
    lists = {"likely": found.likely, "valuable": found.valuable}
    return result | {
        "flags": flags(result),
        "introductions": {name: [dataclasses.asdict(one) for one in some] for name, some in lists.items()},
    }


def flags(result: dict[str, Any]) -> list[str]:
    """Name what limits the figures: the words that a reader must see beside them."""
    found = []
    if result["coverage"]["rate"] is None:
        found.append("response_unknown")
    if result["coverage"]["is_incomplete"]:
        found.append("incomplete")
    if not result["core"]["is_clear"]:
        found.append("no_clear_core")
    if not result["groups"]["is_clear"]:
        found.append("no_clear_groups")
    return found


def as_table(result: dict[str, Any]) -> str:
    """Write the result for reading in a terminal."""
    lines = [*_head(result), "", *_sectors(result), "", *_partners(result), "", *_introductions(result)]
    return "\n".join(lines)


def _head(result: dict[str, Any]) -> Iterable[str]:
    coverage, core = result["coverage"], result["core"]
    yield f"{coverage['partners']} partners, {result['ties']} ties (level {result['at_least']} or more), density " + _n(
        result["density"]
    )
    if coverage["rate"] is None:
        yield "How many answered is not known."
    else:
        told = f"{coverage['answered']} of {coverage['partners']} answered ({coverage['rate']:.0%})"
        yield told + (": INCOMPLETE, every figure counts too few ties." if coverage["is_incomplete"] else ".")
    yield f"E-I index by {result['by']}: {_n(result['silos']['index'])} (-1 all inside, +1 all across)"
    yield (
        f"Core: {len(core['partners'])} partners, correlation {_n(core['correlation'])}"
        if core["is_clear"]
        else (f"No clear core (correlation {_n(core['correlation'])})")
    )
    groups = result["groups"]
    told = f"{sum(len(one) > 1 for one in groups['members'])} groups" if groups["is_clear"] else "No clear groups"
    yield f"{told} (modularity {_n(groups['modularity'])}); {result['components']} separate parts"
    if result["bridges"]:
        yield "Bridges: " + ", ".join(f"{one} - {other}" for one, other in result["bridges"][:_SHOWN])


def _n(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _sectors(result: dict[str, Any]) -> Iterable[str]:
    yield f"{result['by'][:24]:<24}{'partners':>9}{'inside':>8}{'across':>8}{'E-I':>8}"
    for one in result["silos"]["sectors"]:
        name = one["sector"][:24] or "not known"
        yield f"{name:<24}{one['partners']:>9}{one['inside']:>8}{one['across']:>8}{_n(one['index']):>8}"


def _partners(result: dict[str, Any]) -> Iterable[str]:
    yield f"{'partner':<24}{'ties':>5}{'between':>9}{'constr.':>9}{'eff.size':>9}{'core':>5}{'cut off':>8}  main role"
    ranked = sorted(result["partners"], key=lambda one: (-one["between"], str(one["key"])))
    for one in ranked[:_SHOWN]:
        role = max(one["roles"], key=lambda name: one["roles"][name]["count"]) if one["open_paths"] else "-"
        yield (
            f"{str(one['key'])[:23]:<24}{one['ties']:>5}{one['between']:>9.1f}{_n(one['constraint']):>9}"
            f"{_n(one['effective_size']):>9}{one['core_number']:>5}{one['cut_off']:>8}  {role}"
        )
    if len(ranked) > _SHOWN:
        yield f"... and {len(ranked) - _SHOWN} more (--json has all)"


def _introductions(result: dict[str, Any]) -> Iterable[str]:
    found = result["introductions"]
    yield "Likely to meet anyway: " + (_pairs(found["likely"]) or "nobody")
    yield "Worth introducing:     " + (_pairs(found["valuable"]) or "nobody")


def _pairs(rows: list[dict[str, Any]]) -> str:
    return ", ".join(f"{one['one']} - {one['other']}" for one in rows[:5])
