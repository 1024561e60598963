"""One allocation as plain values for machines, and as a table for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from placeweave.engines.matching import ENGINE_VERSION
from placeweave.engines.matching.allocate import allocate
from placeweave.engines.matching.fit import OTHER, likeness
from placeweave.engines.matching.records import Aspect, Left, Need, Offer

_WORDS = {"same": "same {}", "unsaid": "{} left open", "other": "other {}"}
_NAMES: Mapping[Aspect, str] = {"place": "place", "audience": "people", "hours": "hours"}


def analyse(offers: Sequence[Offer], needs: Sequence[Need]) -> dict[str, Any]:
    """Match offers to needs, and say of every pair why it fits.

    Returns
    -------
    dict
        ``pairs``, ``unmet``, ``spare``, ``total`` (see :class:`.records.Allocation`), ``engine`` and ``counts``.
    """
    answer = allocate(offers, needs)
    held = {one.key: one for one in offers}
    wanted = {one.key: one for one in needs}
    pairs = [asdict(one) | {"reason": _reason(held[one.offer], wanted[one.need])} for one in answer.pairs]
    return {
        "engine": ENGINE_VERSION,
        "counts": {"offers": len(held), "needs": len(wanted)},
        "pairs": pairs,
        "unmet": [_told("need", one, wanted) for one in answer.unmet],
        "spare": [_told("offer", one, held) for one in answer.spare],
        "total": answer.total,
        "titles": {
            "offers": {one.key: one.title for one in offers if one.title},
            "needs": {one.key: one.title for one in needs if one.title},
        },
    }


def _reason(offer: Offer, need: Need) -> list[str]:
    return [_WORDS[likeness(aspect, offer, need)].format(_NAMES[aspect]) for aspect in OTHER]


def _told(word: str, one: Left, records: Mapping[str, Offer] | Mapping[str, Need]) -> dict[str, Any]:
    record = records[one.key]
    return {word: one.key, "title": record.title, "kind": record.kind, "left": one.left, "of": one.of}


def as_table(result: Mapping[str, Any]) -> str:
    """Lay the answer out for people: who gets what and why, then who goes without, then what is spare."""
    counts, titles = result["counts"], result["titles"]
    lines = [f"{counts['offers']} offers beside {counts['needs']} needs.", ""]
    for pair in result["pairs"]:
        offer = _name(titles["offers"], pair["offer"])
        need = _name(titles["needs"], pair["need"])
        lines.append(f"{pair['amount']:>8g}  {offer} -> {need}  [{'; '.join(pair['reason'])}]")
    lines += ["", *_rest("Not met", "need", result["unmet"]), *_rest("Spare", "offer", result["spare"])]
    lines.append(
        f"Total of amount x fit x priority: {result['total']:g}; no other way of sharing out has more. A machine "
        f"suggests: people decide ({result['engine']})."
    )
    return "\n".join(lines)


def _name(titles: Mapping[str, str], key: str) -> str:
    return f"{titles[key]} ({key})" if key in titles else key


def _rest(heading: str, word: str, rest: Sequence[Mapping[str, Any]]) -> list[str]:
    if not rest:
        return [f"{heading}: none.", ""]
    told = [f"{one['left']:>8g} of {one['of']:g}  {one['title'] or one[word]}  ({one['kind']})" for one in rest]
    return [f"{heading}: {len(rest)}", *told, ""]
