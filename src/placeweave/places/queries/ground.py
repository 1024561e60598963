"""The council area of a place, who plans there by law, and which files of the first day are already here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placeweave.kit import imports
from placeweave.kit.models import Batch
from placeweave.kit.projection import Sheet, corners_of, size_of
from placeweave.places import areas
from placeweave.places.areas import Area
from placeweave.places.models import Boundary, Organisation, Place, PlaceCode, ZoneFigures

FIRST_DAY: Sequence[tuple[str, str | Promise, str | Promise]] = (
    ("oscr", _("Charities"), _("The register of Scottish charities as OSCR publishes it; those of the area are kept.")),
    ("360giving", _("Grants"), _("Who funds whom, as funders publish it in the 360Giving standard.")),
    ("hsds", _("Services"), _("A services directory that speaks Open Referral UK.")),
    ("aliss", _("Services in ALISS"), _("A search of ALISS, saved as a file.")),
    ("simd", _("Deprivation by small area"), _("The ranks of the Scottish Index of Multiple Deprivation.")),
    ("boundaries", _("Outlines for the map"), _("GeoJSON of the area or of the areas in it.")),
    ("pieces", _("Anything else that partners hold"), _("Any spreadsheet; you say what its columns mean.")),
)


@dataclass(frozen=True)
class CodeHere:
    """One code of the place with what it stands for."""

    what: str
    name: str
    scheme: str
    code: str
    vintage: str


@dataclass(frozen=True)
class Step:
    """One file of the first day: what it is, and the latest that was brought in."""

    format: str
    label: str
    hint: str
    batch: Batch | None

    @property
    def read_on(self) -> datetime | None:
        """When the latest one was brought in."""
        return self.batch.decided_at if self.batch else None


def area_of(codes: Sequence[PlaceCode]) -> Area | None:
    """Give the council area that codes name, once somebody has chosen it."""
    return next((area for one in codes if one.scheme == "GB-LAS" and (area := areas.coded(one.code))), None)


def codes_here(codes: Sequence[PlaceCode], area: Area | None) -> list[CodeHere]:
    """Give the codes of a place in words."""
    names = {one.code: one.name for one in area.codes} if area else {}
    return [
        CodeHere(areas.SCHEMES.get(one.scheme, ""), names.get(one.code, ""), one.scheme, one.code, one.vintage)
        for one in codes
    ]


def by_law(place: Place) -> QuerySet[Organisation]:
    """List who plans here by law, those who take part first."""
    return Organisation.objects.filter(place=place, is_statutory=True).order_by("-is_partner", "name", "pk")


def accepted(place: Place) -> dict[str, Batch]:
    """Give the latest batch of each format that was brought in and stands."""
    found = Batch.objects.filter(place_id=place.pk, state=Batch.State.ACCEPTED).order_by("decided_at", "pk")
    return {one.format: one for one in found}


def first_day(latest: dict[str, Batch]) -> list[Step]:
    """List the files that fill a place on its first day, as far as this version reads them."""
    known = {one.format for one in imports.formats()}
    return [Step(name, str(label), str(hint), latest.get(name)) for name, label, hint in FIRST_DAY if name in known]


@dataclass(frozen=True)
class Drawn:
    """One outline as the picture draws it."""

    code: str
    name: str
    path: str


@dataclass(frozen=True)
class Picture:
    """Outlines in one picture, as wide as it is high in truth."""

    width: int
    height: int
    shapes: Sequence[Drawn]
    left_out: int


MOST_POINTS = 20_000
"""Points drawn in one picture: more would make a page heavy that people open on phones."""


def drawable(place: Place) -> tuple[list[Boundary], int]:
    """Give the outlines that one picture can carry, and how many are left out."""
    drawn: list[Boundary] = []
    points, left_out = 0, 0
    for one in Boundary.objects.filter(place=place):
        size = size_of(one.geometry)
        if points + size > MOST_POINTS:
            left_out += 1
        else:
            points, drawn = points + size, [*drawn, one]
    return drawn, left_out


def picture(place: Place) -> Picture | None:
    """Draw the outlines of a place; the table beside it names each."""
    drawn, left_out = drawable(place)
    if not drawn:
        return None
    sheet = Sheet.over(corner for one in drawn for corner in corners_of(one.geometry))
    shapes = [Drawn(one.code, one.name, sheet.path(one.geometry)) for one in drawn]
    return Picture(sheet.width, sheet.height, shapes, left_out)


@dataclass(frozen=True)
class Deprivation:
    """The zones of a place by tenth of the country, the most deprived first."""

    index: str
    vintage: str
    zones: int
    tenths: Sequence[tuple[int, int]]


RANKED = {"2011": 6976}
"""How many zones of each vintage an index ranks."""


def deprivation(place: Place) -> Deprivation | None:
    """Count the zones of a place by tenth, in the index brought in last."""
    latest = ZoneFigures.objects.filter(place=place).order_by("pk").last()
    if latest is None:
        return None
    zones = ZoneFigures.objects.filter(place=place, index=latest.index, vintage=latest.vintage)
    counts = [0] * 10
    for figures in zones.values_list("figures", flat=True):
        if tenth := tenth_of(figures, latest.vintage):
            counts[tenth - 1] += 1
    return Deprivation(latest.index, latest.vintage, zones.count(), list(enumerate(counts, start=1)))


def tenth_of(figures: Mapping[str, str], vintage: str) -> int | None:
    """Give the tenth of the country a zone stands in, 1 for the most deprived; nothing where its rank says none."""
    rank, ranked = float(figures.get("Rank", 0)), RANKED.get(vintage, 0)
    return int((rank - 1) * 10 // ranked) + 1 if 0 < rank <= ranked else None


def zone_tenths(place: Place) -> dict[str, int]:
    """Give the tenth of each zone of a place by its code, in the index brought in last."""
    latest = ZoneFigures.objects.filter(place=place).order_by("pk").last()
    if latest is None:
        return {}
    zones = ZoneFigures.objects.filter(place=place, index=latest.index, vintage=latest.vintage)
    found = {zone: tenth_of(figures, latest.vintage) for zone, figures in zones.values_list("zone", "figures")}
    return {zone: tenth for zone, tenth in found.items() if tenth is not None}
