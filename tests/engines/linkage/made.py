"""Records as short as a claim can have them."""

from __future__ import annotations

import csv
import json
from functools import cache

from placeweave.engines.linkage import Number, Pair, Record, Remembered, judge, side_of, split
from placeweave.engines.linkage.memory import Memory
from placeweave.engines.linkage.weights import Weights, weigh
from tests.shared_data import shared

BYSTANDERS = tuple(
    Record(f"other{number}", name)
    for number, name in enumerate(
        "Balta Community Council|Lerna Community Hall|Citizens Advice Bureau Voe|Age Concern Uyea|Burra Youth Club|"
        "Aith Development Trust|Skeld Public Hall|Sandness Food Bank|Walls Men's Shed|Quarff Playgroup|"
        "Norwick Carers Centre|Fetla Sports Club|Clachan Credit Union|Tresta Housing Association|Brae Gaelic Choir|"
        "Community Trust of Hillswick|Lerna Women's Aid|Voe Boating Club|Federation of Halls|Brae Law Centre".split("|")
    )
)
"""A register's worth of others, so that words have weights."""


def org(name: str, *numbers: str, at: str = "", key: str = "", also: tuple[str, ...] = ()) -> Record:
    read = [split(one) for one in numbers]
    sound: tuple[Number, ...] = tuple(one.number for one in read if one and one.number)
    return Record(key or f"{name}|{'|'.join(numbers)}|{at}", name, sound, (at,) if at else (), also)


def verdict(one: Record, other: Record, *decisions: Remembered) -> str:
    """Say what becomes of two records; empty where nothing brings them together."""
    pair = judged(one, other, *decisions)
    return pair.verdict if pair else ""


def judged(one: Record, other: Record, *decisions: Remembered) -> Pair | None:
    return judge(one, other, weigh([one, other, *BYSTANDERS]), Memory(decisions))


def codes(pair: Pair | None) -> list[str]:
    return [reason.code for reason in pair.reasons] if pair else []


def decided(one: Record, other: Record, *, is_same: bool) -> Remembered:
    return Remembered(side_of(one), side_of(other), is_same=is_same, told="By Ann.")


# --- Real pairs, judged by people -------------------------------------------------------------------------------------


@cache
def grant_weights() -> Weights:
    """Weigh the words of the recipients of one real funder."""
    content = json.loads(shared("standards/360giving/abct-grants.json").read_text(encoding="utf-8"))
    bodies = [one for grant in content["grants"] for one in grant["recipientOrganization"]]
    return weigh([org(name, org_id) for org_id, name in sorted({(one["id"], one["name"]) for one in bodies})])


@cache
def labelled() -> list[tuple[Record, Record, bool]]:
    with shared("standards/orgs/linkage_labelled_pairs.csv").open(encoding="utf-8-sig", newline="") as lines:
        return [(_side(row, "a"), _side(row, "b"), row["same_org"] == "1") for row in csv.DictReader(lines)]


def _side(row: dict[str, str], end: str) -> Record:
    return org(row[f"name_{end}"], row[f"id_{end}"], at=row[f"postcode_{end}"], key=f"{row['pair_id']}{end}")
