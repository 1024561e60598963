"""Which boundaries something crosses: sectors, organisations and neighbourhoods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from placeweave.places.models import Organisation, Place, Sector, Site

EXPECTED = (
    Sector.LOCAL_GOVERNMENT,
    Sector.HEALTH,
    Sector.HSCP,
    Sector.POLICING,
    Sector.FIRE,
    Sector.THIRD_SECTOR,
    Sector.COMMUNITY,
)
"""The sectors without which the work of a place is not yet shared; a missing one is named."""


@dataclass(frozen=True)
class Boundaries:
    """What a set of organisations and neighbourhoods reaches across."""

    sectors: tuple[str, ...]
    organisations: int
    places: int

    @property
    def is_one_sector(self) -> bool:
        """Whether all of it rests on a single sector."""
        return len(self.sectors) == 1

    @property
    def missing(self) -> list[str]:
        """The expected sectors that are not on it."""
        return [str(one.label) for one in EXPECTED if str(one.label) not in self.sectors]


def boundaries_of(organisations: Iterable[Organisation], neighbourhoods: Iterable[Place]) -> Boundaries:
    """Count the boundaries crossed; sectors by name, in the order of the list of sectors."""
    held = list(organisations)
    present = {one.sector for one in held if one.sector != Sector.UNKNOWN}
    names = tuple(str(sector.label) for sector in Sector if sector.value in present)
    return Boundaries(names, len(held), len(list(neighbourhoods)))


def missing_sectors(partners: Sequence[Organisation]) -> list[str]:
    """Name the expected sectors that no partner of a place belongs to."""
    return boundaries_of(partners, ()).missing


@dataclass(frozen=True)
class Whereabouts:
    """Partners by neighbourhood: rows of an organisation and, per neighbourhood, how many sites it has there."""

    neighbourhoods: Sequence[Place]
    rows: Sequence[tuple[Organisation, Sequence[int]]]


def whereabouts(place: Place, partners: Sequence[Organisation], *, with_private: bool) -> Whereabouts:
    """Lay partners against neighbourhoods; a private site counts only for those who may see it."""
    neighbourhoods = list(place.neighbourhoods.order_by("name"))
    sites = Site.objects.filter(organisation__in=[one.pk for one in partners], neighbourhood__in=neighbourhoods)
    if not with_private:
        sites = sites.filter(is_private=False)
    found: dict[tuple[int, int | None], int] = {}
    for organisation_id, neighbourhood_id in sites.values_list("organisation_id", "neighbourhood_id"):
        found[organisation_id, neighbourhood_id] = found.get((organisation_id, neighbourhood_id), 0) + 1
    rows = [(one, [found.get((one.pk, area.pk), 0) for area in neighbourhoods]) for one in partners]
    return Whereabouts(neighbourhoods, rows)
