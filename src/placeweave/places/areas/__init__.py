"""Council areas as published: their codes, what else covers them, and who plans with the council by law.

The tables beside this module are data with a source and a vintage. Areas of other nations are tables to be added here,
or files of the same columns that are brought in.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

SCHEMES = {
    "GB-LAS": "council",
    "S12": "council area",
    "S08": "health board",
    "S37": "health and social care partnership",
    "S32": "police division",
    "S39": "fire and rescue area",
}
"""The registers whose codes a footprint gives, and what each of them numbers."""


@dataclass(frozen=True)
class Code:
    """One code of one register, with the name it stands for."""

    scheme: str
    code: str
    name: str


@dataclass(frozen=True)
class Partner:
    """A body that plans with the council by law; ``note`` says in which part of the area, or by which of its parts."""

    name: str
    sector: str
    has_duty: bool = False
    note: str = ""
    code: Code | None = None


@dataclass(frozen=True)
class Area:
    """One council area."""

    council: Code
    name: str
    former_codes: tuple[str, ...]
    also_called: tuple[str, ...]
    codes: tuple[Code, ...]
    first_zone: str
    last_zone: str

    @property
    def code(self) -> str:
        """The code by which councils know each other."""
        return self.council.code

    @property
    def current_code(self) -> str:
        """The code of the area itself."""
        return next(one.code for one in self.codes if one.scheme == "S12")

    def named(self, scheme: str) -> str:
        """Give the name of what covers the area in one register."""
        return next(one.name for one in self.codes if one.scheme == scheme)

    def has_zone(self, zone: str) -> bool:
        """Tell whether a data zone of the vintage of this table lies in the area."""
        return len(zone) == len(self.first_zone) and self.first_zone <= zone <= self.last_zone


@dataclass(frozen=True)
class Edition:
    """What the table says of itself."""

    vintage: str
    zones: str
    source: str
    licence: str
    attribution: str


@cache
def _partners() -> dict[str, Any]:
    text = resources.files(__name__).joinpath("scotland.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def edition() -> Edition:
    """Give source, vintage and licence of the table."""
    told = _partners()
    return Edition(*(told[name] for name in ("vintage", "zones", "source", "licence", "attribution")))


@cache
def known() -> tuple[Area, ...]:
    """List the council areas that come with this version, by name."""
    text = resources.files(__name__).joinpath("scotland.csv").read_text(encoding="utf-8")
    return tuple(_area(row) for row in csv.DictReader(text.splitlines()))


def _area(row: dict[str, str]) -> Area:
    covering = {"S08": "health_board", "S37": "partnership", "S32": "police_division", "S39": "fire_area"}
    council = Code("GB-LAS", row["code"], row["council"])
    codes = [council, Code("S12", row["gss"], row["name"])]
    codes += [Code(scheme, row[column], row[f"{column}_name"]) for scheme, column in covering.items()]
    return Area(
        council=council,
        name=row["name"],
        former_codes=tuple(filter(None, row["former_gss"].split("|"))),
        also_called=tuple(filter(None, row["also_called"].split("|"))),
        codes=tuple(codes),
        first_zone=row["first_zone"],
        last_zone=row["last_zone"],
    )


def _plain(name: str) -> str:
    return " ".join(name.replace("&", " and ").split()).casefold()


@cache
def _by_name() -> dict[str, Area]:
    return {_plain(name): area for area in known() for name in (area.name, area.council.name, *area.also_called)}


@cache
def _by_code() -> dict[str, Area]:
    return {code: area for area in known() for code in (area.code, area.current_code, *area.former_codes)}


def called(name: str) -> Area | None:
    """Find a council area by any name it is listed under; nothing is guessed."""
    return _by_name().get(_plain(name))


def coded(code: str) -> Area | None:
    """Find a council area by its code, present or former."""
    return _by_code().get(code.strip().upper())


_VINTAGES = (("2001", 1, 6505), ("2011", 6506, 13481), ("2022", 13482, 20873))
_ZONE = re.compile(r"S01(\d{6})")


def vintage_of_zone(zone: str) -> str:
    """Name the vintage a Scottish data zone belongs to: each vintage was given a run of numbers of its own."""
    found = _ZONE.fullmatch(zone.strip())
    number = int(found[1]) if found else 0
    return next((vintage for vintage, first, last in _VINTAGES if first <= number <= last), "")


def partners(area: Area) -> Sequence[Partner]:
    """List who plans with the council of an area by law, the council first."""
    health, joint = area.named("S08"), area.named("S37")
    of = {one.scheme: one for one in area.codes}
    listed = [
        Partner(area.council.name, "local_government", has_duty=True, code=of["GB-LAS"]),
        Partner(f"NHS {health}", "health", has_duty=True, code=of["S08"]),
        Partner("Police Scotland", "policing", has_duty=True, note=f"Local division: {area.named('S32')}."),
        Partner("Scottish Fire and Rescue Service", "fire", has_duty=True, note=f"Local area: {area.named('S39')}."),
        Partner(f"{joint} Health and Social Care Partnership", "hscp", code=of["S37"]),
    ]
    return [*listed, *(_partner(one) for one in _partners()["partner"] if _applies(one, area))]


def _applies(partner: dict[str, Any], area: Area) -> bool:
    return area.code in partner.get("within", [area.code]) and area.code not in partner.get("except", [])


def _partner(told: dict[str, Any]) -> Partner:
    return Partner(told["name"], told["sector"], has_duty=told.get("duty", False), note=told.get("note", ""))
