"""The network of partners as a picture: where each stands, narrowed as asked, read off the kept analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from placeweave.kit.asking import number_of
from placeweave.kit.models import Analysis
from placeweave.places.models import Organisation, OrganisationName, Place, Sector

WIDE, HIGH, ACROSS, DOWN = 1000, 680, 90, 60
MOST, MOST_TIES = 120, 400
"""More than this in one picture is a ball of wool: those with the most ties are drawn, and the page says so."""
LABELLED = 45
SHORT = 24
SIZES = {"ties": _("Number of ties"), "between": _("Standing between others"), "same": _("All alike")}
Point = tuple[float, float]
SECTORS = dict(Sector.choices)


@dataclass(frozen=True)
class Asked:
    """How somebody narrowed the picture; narrowing comes first, then size."""

    level: int = 1
    sector: str = ""
    size: str = "ties"
    focus: int | None = None

    @classmethod
    def read(cls, told: QueryDict) -> Asked:
        """Read it off an address; what makes no sense is left out."""
        level = number_of(told.get("level")) or 1
        sector, size = told.get("sector", ""), told.get("size", "")
        return cls(
            level=level if 1 <= level <= 5 else 1,
            sector=sector if sector in SECTORS else "",
            size=size if size in SIZES else "ties",
            focus=number_of(told.get("focus")),
        )


@dataclass(frozen=True)
class Node:
    """One partner as drawn."""

    pk: int
    name: str
    label: str
    sector: str
    x: float
    y: float
    r: float
    ties: int
    spoken: str
    near: str
    is_weak: bool
    is_focus: bool
    is_labelled: bool

    @property
    def ring(self) -> float:
        """How wide the ring of a weak point is."""
        return round(self.r + 5, 1)

    @property
    def label_y(self) -> float:
        """Where the label stands: under the circle."""
        return round(self.y + self.r + 19, 1)


@dataclass(frozen=True)
class Edge:
    """One tie as drawn, with its ends in words for the table."""

    one: Node
    other: Node
    level: int
    standing: str


@dataclass(frozen=True)
class Picture:
    """What is drawn, and what is left out of it."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    left_out: int
    is_bounded: bool
    sectors: Sequence[tuple[str, str]]
    wide: int = WIDE
    high: int = HIGH


def full_names(place: Place, analysis: Analysis) -> dict[int, str]:
    """Give the names of those who were measured and are still there."""
    return dict(_measured(place, analysis.result or {}).values_list("pk", "name"))


def _measured(place: Place, result: Mapping[str, Any]) -> QuerySet[Organisation]:
    keys = [one["key"] for one in result["levels"]["1"]["partners"]]
    return Organisation.objects.filter(place=place, pk__in=keys)


def _named(place: Place, result: Mapping[str, Any]) -> dict[int, tuple[str, str]]:
    """Give the name of everybody measured, and the one it is known by, if it has one."""
    known_as = OrganisationName.objects.filter(organisation=OuterRef("pk"), kind="known_as").order_by("pk")
    rows = _measured(place, result).annotate(short=Subquery(known_as.values("name")[:1]))
    return {pk: (name, short or name) for pk, name, short in rows.values_list("pk", "name", "short")}


def picture(place: Place, analysis: Analysis, asked: Asked) -> Picture:
    """Draw the kept network, narrowed to a level, a sector with all it works with, or one partner and its own."""
    drawing = _Drawing(place, analysis.result or {}, asked)
    nodes = drawing.nodes()
    present = {one["sector"] for one in drawing.measured.values()}
    return Picture(
        nodes=sorted(nodes.values(), key=lambda node: node.name.casefold()),
        edges=[
            Edge(nodes[one], nodes[other], level, standing)
            for one, other, level, standing in drawing.ties
            if one in nodes and other in nodes
        ],
        left_out=len(drawing.known) - len(nodes),
        is_bounded=len(nodes) < drawing.asked_for,
        sectors=[(value, str(label)) for value, label in Sector.choices if value in present],
    )


class _Drawing:
    """One drawing under way: what is known, whom to show, and how large."""

    def __init__(self, place: Place, result: Mapping[str, Any], asked: Asked) -> None:
        self.asked = asked
        self.measured = {one["key"]: one for one in result["levels"]["1"]["partners"]}
        self.positions = result["positions"]
        self.asked_for, self.frame = 0, _frame([])
        self.names = _named(place, result)
        self.known = self.measured.keys() & self.names.keys()
        self.ties = [
            tie for tie in result["ties"] if tie[2] >= asked.level and tie[0] in self.known and tie[1] in self.known
        ]

    def nodes(self) -> dict[int, Node]:
        chosen = _chosen(self.measured, self.known, self.ties, self.asked)
        self.asked_for = len(chosen)
        near = _near(self.ties, chosen)
        shown = _bounded(sorted(chosen, key=lambda key: (key != self.asked.focus, -len(near[key]), key)), near)
        near = _near(self.ties, set(shown))
        self.frame = _frame([self.positions[str(key)] for key in shown])
        weights = {key: _weight(self.measured[key], near[key], self.asked.size) for key in shown}
        largest = max(weights.values(), default=0) or 1
        return {
            key: self._node(key, near[key], weights[key] / largest, is_labelled=rank < LABELLED)
            for rank, key in enumerate(shown)
        }

    def _node(self, key: int, near: Sequence[int], share: float, *, is_labelled: bool) -> Node:
        measured, at = self.measured[key], _within(self.positions[str(key)], self.frame)
        name, short = self.names[key]
        sector = str(SECTORS.get(measured["sector"], measured["sector"]))
        counted = ngettext("%(n)s tie", "%(n)s ties", len(near)) % {"n": len(near)}
        return Node(
            pk=key,
            name=name,
            label=short if len(short) <= SHORT else f"{short[: SHORT - 1].rstrip()}…",
            sector=sector,
            x=round(ACROSS + at[0] * (WIDE - 2 * ACROSS), 1),
            y=round(DOWN + at[1] * (HIGH - 2 * DOWN), 1),
            r=round(9 + 17 * share**0.5, 1),
            ties=len(near),
            spoken=f"{name}: {sector}, {counted}",
            near=" ".join(map(str, sorted(near))),
            is_weak=measured["cut_off"] > 0,
            is_focus=key == self.asked.focus,
            is_labelled=is_labelled,
        )


def _chosen(measured: Mapping[int, Any], known: set[int], ties: Sequence[Sequence[Any]], asked: Asked) -> set[int]:
    """Narrow first: one partner and its own; or a sector and whoever works with it."""
    if asked.focus in known:
        return {asked.focus, *(key for tie in ties if asked.focus in tie[:2] for key in tie[:2])}
    if asked.sector:
        own = {key for key in known if measured[key]["sector"] == asked.sector}
        return own | {key for tie in ties if own & set(tie[:2]) for key in tie[:2]}
    return set(known)


def _bounded(ranked: Sequence[int], near: Mapping[int, Sequence[int]]) -> Sequence[int]:
    """Take partners in their order until the picture is full, of circles or of lines."""
    shown: dict[int, int] = {}
    lines = 0
    for key in ranked[:MOST]:
        lines += sum(other in shown for other in near[key])
        if lines > MOST_TIES:
            break
        shown[key] = lines
    return list(shown)


def _frame(points: Sequence[Point]) -> tuple[Point, Point]:
    """Give the corner and the size of what is drawn, so that a few partners fill the picture like many."""
    if not points:
        return (0.0, 0.0), (1.0, 1.0)
    low = (min(x for x, _y in points), min(y for _x, y in points))
    return low, (max(x for x, _y in points) - low[0], max(y for _x, y in points) - low[1])


def _within(point: Point, frame: tuple[Point, Point]) -> Point:
    (left, top), (wide, high) = frame
    return ((point[0] - left) / wide if wide else 0.5, (point[1] - top) / high if high else 0.5)


def _near(ties: Sequence[Sequence[Any]], chosen: set[int]) -> dict[int, list[int]]:
    near: dict[int, list[int]] = {key: [] for key in chosen}
    for one, other, *_rest in ties:
        if one in near and other in near:
            near[one].append(other)
            near[other].append(one)
    return near


def _weight(measured: Mapping[str, Any], near: Sequence[int], size: str) -> float:
    if size == "same":
        return 0.35
    return float(measured["between"]) if size == "between" else float(len(near))
