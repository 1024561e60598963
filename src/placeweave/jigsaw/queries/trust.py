"""How partners find their work with each other: sums of several ratings only, never what one said of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from django.utils.translation import gettext_lazy as _

from placeweave.jigsaw.models import TieRating, TieSurvey
from placeweave.kit import smallnumbers
from placeweave.kit.figures import Bar, BarFigure
from placeweave.places.models import Place

Row = Mapping[str, Any]
TRUST = ("openness", "reliability", "shared_aim")
VALUE = ("influence", "resources", "involvement")
ITEMS = {
    "openness": _("They tell us what we need to know, bad news too"),
    "reliability": _("They do what they said they would"),
    "shared_aim": _("They want the same for this place as we do"),
    "influence": _("They can open doors here"),
    "resources": _("They bring time, money, rooms or people"),
    "involvement": _("They take part, and not only on paper"),
}
"""The six items in our own words; each is answered from 1 to 4."""
ANSWERS = ((1, _("1 · hardly")), (2, _("2 · a little")), (3, _("3 · mostly")), (4, _("4 · fully")))


@dataclass(frozen=True)
class Received:
    """What one partner received: means from 1 to 4; None where too few have rated it."""

    name: str
    trust: float | None
    value: float | None


@dataclass(frozen=True)
class Ratings:
    """All that may be said of the ratings of one wave."""

    raters: int
    is_shown: bool
    figure: BarFigure | None
    received: Sequence[Received]


def ratings(place: Place, survey: TieSurvey | None) -> Ratings:
    """Sum the ratings of a closed wave, under the small-number rule of the place; partners by name, never ranked.

    While a wave is open nothing is told: whoever looks before and after a partner answers would know what it said.
    """
    if survey is None or survey.is_open:
        return Ratings(0, is_shown=False, figure=None, received=())
    rows = list(
        TieRating.objects.filter(tie__survey=survey).values("tie__source", "tie__target", "tie__target__name", *ITEMS)
    )
    raters = len({row["tie__source"] for row in rows})
    if raters < place.threshold:
        return Ratings(raters, is_shown=False, figure=None, received=())
    figure = BarFigure(
        title=str(_("How partners find working with each other")),
        description=str(_("Means over all ratings of this wave, from 1 (hardly) to 4 (fully).")),
        unit=str(_("Mean, 1 to 4")),
        n=raters,
        hue="jigsaw",
        bars=[Bar(str(label), _over_all(rows, name, place.threshold)) for name, label in ITEMS.items()],
    )
    return Ratings(raters, is_shown=True, figure=figure, received=_received(rows, place.threshold))


def _over_all(rows: Sequence[Row], name: str, threshold: int) -> float | None:
    given = [row for row in rows if row[name] is not None]
    if len({row["tie__source"] for row in given}) < threshold:
        return None
    return round(fmean(row[name] for row in given), 1)


def _received(rows: Sequence[Row], threshold: int) -> Sequence[Received]:
    """Give each partner's means; a blank can never be worked out from the whole (two at least are blank, or none)."""
    by_target: dict[str, list[Row]] = {}
    for row in rows:
        if all(row[name] is not None for name in ITEMS):
            by_target.setdefault(str(row["tie__target"]), []).append(row)
    shown = smallnumbers.suppress({key: len(some) for key, some in by_target.items()}, threshold=threshold)
    found = [
        Received(some[0]["tie__target__name"], _mean(some, TRUST), _mean(some, VALUE))
        if shown[key] is not None
        else Received(some[0]["tie__target__name"], None, None)
        for key, some in by_target.items()
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def _mean(rows: Sequence[Row], names: Sequence[str]) -> float:
    return round(fmean(row[name] for row in rows for name in names), 1)
