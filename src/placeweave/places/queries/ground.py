"""The council area of a place, who plans there by law, and which files of the first day are already here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placeweave.kit import imports
from placeweave.kit.models import Batch
from placeweave.places import areas
from placeweave.places.areas import Area
from placeweave.places.models import Organisation, Place, PlaceCode

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
