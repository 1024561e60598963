"""Figures drawn on the server: a few plain facts, laid out as SVG, always with the same facts as a table.

The marks carry SVG attributes and classes only, never inline style, which the security policy forbids. Words stay
real text beside the marks, so that they wrap on a phone and speak in a screen reader.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Literal

from django.utils.translation import gettext as _

Hue = Literal["", "heard", "themes", "system", "jigsaw", "action", "learning", "change"]


def plain_number(value: float) -> str:
    """Write a number as people do: 1,240 or 0.62, never 1240.0."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Bar:
    """One row of a bar figure; a value of None is a count too small to show."""

    label: str
    value: float | None
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Dot:
    """One estimate with the interval it may lie in."""

    label: str
    value: float
    low: float
    high: float
    n: int
    url: str = ""


@dataclass(frozen=True)
class Spoke:
    """One direction of a wheel; None where nobody has said."""

    label: str
    value: float | None
    note: str = ""


@dataclass(frozen=True)
class Mark:
    """One row as drawn: words, and lengths in per cent of the width."""

    label: str
    shown: str
    at: float = 0.0
    low: float = 0.0
    width: float = 0.0
    is_suppressed: bool = False
    note: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What every figure says about itself, whatever it draws."""

    title: str
    description: str
    unit: str = ""
    n: int | None = None
    hue: Hue = ""
    note: str = ""
    shape: ClassVar[str] = ""

    @property
    def head(self) -> Sequence[str]:
        """The column heads of the table."""
        raise NotImplementedError

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """The rows of the table, in words; an empty text is a figure too small to show."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class BarFigure(Figure):
    """Amounts side by side, each from zero."""

    bars: Sequence[Bar] = field(default_factory=tuple)
    shape: ClassVar[str] = "bars"

    @property
    def head(self) -> Sequence[str]:
        """The column heads of the table."""
        return [self.title, self.unit or _("Number")]

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """One row a bar."""
        return [[bar.label, "" if bar.value is None else plain_number(bar.value)] for bar in self.bars]

    @cached_property
    def marks(self) -> Sequence[Mark]:
        """The bars as drawn, the longest across the whole width."""
        largest = max((bar.value or 0 for bar in self.bars), default=0) or 1
        return [
            Mark(bar.label, "", is_suppressed=True, note=bar.note, url=bar.url)
            if bar.value is None
            else Mark(
                bar.label,
                plain_number(bar.value),
                width=round(100 * max(bar.value, 0) / largest, 2),
                note=bar.note,
                url=bar.url,
            )
            for bar in self.bars
        ]


@dataclass(frozen=True, kw_only=True)
class DotFigure(Figure):
    """Estimates with their intervals on one scale."""

    dots: Sequence[Dot] = field(default_factory=tuple)
    lowest: float = 0.0
    highest: float = 100.0
    interval: str = ""
    shape: ClassVar[str] = "dots"

    @property
    def head(self) -> Sequence[str]:
        """The column heads of the table."""
        return [self.title, self.unit or _("Estimate"), _("From"), _("To"), "n"]

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """One row an estimate."""
        return [
            [dot.label, plain_number(dot.value), plain_number(dot.low), plain_number(dot.high), plain_number(dot.n)]
            for dot in self.dots
        ]

    def _share(self, value: float) -> float:
        span = (self.highest - self.lowest) or 1
        return round(100 * min(max((value - self.lowest) / span, 0), 1), 2)

    @cached_property
    def marks(self) -> Sequence[Mark]:
        """The estimates as drawn."""
        return [
            Mark(
                dot.label,
                plain_number(dot.value),
                at=self._share(dot.value),
                low=self._share(dot.low),
                width=round(self._share(dot.high) - self._share(dot.low), 2),
                note=_("%(low)s to %(high)s, n = %(n)s")
                % {"low": plain_number(dot.low), "high": plain_number(dot.high), "n": plain_number(dot.n)},
                url=dot.url,
            )
            for dot in self.dots
        ]

    @cached_property
    def ticks(self) -> Sequence[tuple[float, str]]:
        """Five marks along the scale."""
        step = (self.highest - self.lowest) / 4
        return [(25 * index, plain_number(self.lowest + index * step)) for index in range(5)]


@dataclass(frozen=True)
class Petal:
    """One slice of a wheel as drawn: its outline, the outline it could fill, and where its number stands."""

    number: int
    label: str
    path: str
    track: str
    x: float
    y: float
    shown: str
    is_suppressed: bool


_RADIUS, _HUB, _RIM = 100.0, 14.0, 118.0


@dataclass(frozen=True, kw_only=True)
class WheelFigure(Figure):
    """Ratings around a circle, such as those of an assessment of a place; numbers on the wheel, words in its key."""

    spokes: Sequence[Spoke] = field(default_factory=tuple)
    highest: float = 7.0
    shape: ClassVar[str] = "wheel"

    @property
    def head(self) -> Sequence[str]:
        """The column heads of the table."""
        return [self.title, self.unit or _("Rating")]

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """One row a spoke."""
        return [[spoke.label, "" if spoke.value is None else plain_number(spoke.value)] for spoke in self.spokes]

    def _slice(self, index: int, radius: float) -> str:
        turn = 2 * math.pi / len(self.spokes)
        start, end = index * turn - math.pi / 2 + 0.02, (index + 1) * turn - math.pi / 2 - 0.02
        large = 1 if end - start > math.pi else 0
        corners = [
            (radius * math.cos(start), radius * math.sin(start)),
            (radius * math.cos(end), radius * math.sin(end)),
            (_HUB * math.cos(end), _HUB * math.sin(end)),
            (_HUB * math.cos(start), _HUB * math.sin(start)),
        ]
        (a, b), (c, d), (e, f), (g, h) = [(round(x, 2), round(y, 2)) for x, y in corners]
        return (
            f"M{a} {b}A{round(radius, 2)} {round(radius, 2)} 0 {large} 1 {c} {d}"
            f"L{e} {f}A{_HUB} {_HUB} 0 {large} 0 {g} {h}Z"
        )

    @cached_property
    def petals(self) -> Sequence[Petal]:
        """The slices as drawn, clockwise from the top."""
        drawn = []
        for index, spoke in enumerate(self.spokes):
            share = min(max((spoke.value or 0) / self.highest, 0), 1)
            middle = (index + 0.5) * 2 * math.pi / len(self.spokes) - math.pi / 2
            drawn.append(
                Petal(
                    number=index + 1,
                    label=spoke.label,
                    path=self._slice(index, _HUB + share * (_RADIUS - _HUB)) if share else "",
                    track=self._slice(index, _RADIUS),
                    x=round(_RIM * math.cos(middle), 2),
                    y=round(_RIM * math.sin(middle), 2),
                    shown="" if spoke.value is None else plain_number(spoke.value),
                    is_suppressed=spoke.value is None,
                )
            )
        return drawn
