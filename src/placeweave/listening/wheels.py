"""The pictures and tables of an assessment: a wheel of medians, groups side by side, waves side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from placeweave.kit.figures import Spoke, WheelFigure, plain_number
from placeweave.listening import queries
from placeweave.listening.models.assessment import HIGHEST, LOWEST
from placeweave.listening.queries import Result, Spread


@dataclass(frozen=True, kw_only=True)
class ScoreWheel(WheelFigure):
    """A wheel of medians whose table says how scores spread and how many people they rest on."""

    scored: Sequence[Result] = ()

    @property
    def head(self) -> Sequence[str]:
        """The column heads of the table."""
        return [self.title, self.unit, _("Middle half"), _("People")]

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """One row a heading."""
        return [[one.heading.label, *_in_words(one.together)] for one in self.scored]


def _in_words(spread: Spread | None) -> Sequence[str]:
    return (plain_number(spread.median), spread.middle_half, spread.people) if spread else ("", "", "")


@dataclass(frozen=True)
class Lane:
    """What one group scored, laid along the scale from 1 to 7, in per cent of its width."""

    group: str
    spread: Spread
    at: float
    low: float
    width: float


@dataclass(frozen=True)
class View:
    """One heading that groups see differently, a lane for each group that may be shown."""

    heading: str
    lanes: Sequence[Lane]


def _along(score: float) -> float:
    return round(100 * (score - LOWEST) / (HIGHEST - LOWEST), 2)


def _lane(group: str, spread: Spread) -> Lane:
    low = _along(spread.low)
    return Lane(group, spread, at=_along(spread.median), low=low, width=round(_along(spread.high) - low, 2))


def views(scored: Sequence[Result]) -> list[View]:
    """Give the headings that groups see differently, those furthest apart first."""
    apart = sorted((one for one in scored if one.is_disputed), key=lambda one: -one.apart)
    return [
        View(one.heading.label, [_lane(part.group, part.spread) for part in one.by_group if part.spread])
        for one in apart
    ]


def drawn(scored: Sequence[Result]) -> dict[str, Any]:
    """Give a page what it draws of one wave."""
    if not scored:
        return {"scored": [], "taking_part": None}
    return {
        "scored": scored,
        "wheel": _wheel(scored),
        "views": views(scored),
        "taking_part": queries.taking_part(scored),
        "far_apart": queries.FAR_APART,
        "low": queries.LOW,
    }


def _wheel(scored: Sequence[Result]) -> ScoreWheel:
    return ScoreWheel(
        title=_("Scores of everybody together"),
        description=_("The median score for each theme, from 1 (much to improve) to 7 (little to improve)."),
        unit=_("Median"),
        hue="heard",
        spokes=[Spoke(one.heading.label, one.together.median if one.together else None) for one in scored],
        highest=float(HIGHEST),
        scored=scored,
    )


def lowest_first(scored: Sequence[Result]) -> list[Result]:
    """Give the results that may be told, the lowest median first."""
    told = [one for one in scored if one.together]
    return sorted(told, key=lambda one: one.together.median if one.together else HIGHEST)
