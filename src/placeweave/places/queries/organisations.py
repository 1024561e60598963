"""Organisations of a place."""

from __future__ import annotations

from django.db.models import Count, Prefetch, Q, QuerySet

from placeweave.places.models import Organisation, Place, RegisterEntry, Sector, Site


def partners(place: Place) -> QuerySet[Organisation]:
    """Those who take part, by name."""
    return Organisation.objects.filter(place=place, is_partner=True)


def partners_by_sector(organisations: list[Organisation]) -> list[tuple[str, list[Organisation]]]:
    """Group partners by the name of their sector, in the order of the list of sectors."""
    grouped = [(str(sector.label), [one for one in organisations if one.sector == sector.value]) for sector in Sector]
    return [(label, held) for label, held in grouped if held]


def known_organisations(
    place: Place, *, words: str = "", sector: str = "", only_partners: bool = False
) -> QuerySet[Organisation]:
    """Every organisation known in a place, partners or only named in a file."""
    found = Organisation.objects.filter(place=place).annotate(people_count=Count("people", distinct=True))
    if words:
        found = found.filter(Q(name__icontains=words) | Q(names__name__icontains=words)).distinct()
    if sector:
        found = found.filter(sector=sector)
    if only_partners:
        found = found.filter(is_partner=True)
    return found.order_by("-is_partner", "name", "pk")


def organisation_page(place: Place, pk: int, *, with_private: bool) -> Organisation | None:
    """One organisation with its numbers, names, people and the sites that may be seen."""
    sites = Site.objects.select_related("neighbourhood").order_by("label", "pk")
    if not with_private:
        sites = sites.filter(is_private=False)
    found = Organisation.objects.filter(place=place, pk=pk).select_related("batch")
    entries = RegisterEntry.objects.select_related("batch")
    beside = ("identifiers", "names", "people", Prefetch("sites", sites), Prefetch("entries", entries))
    return found.prefetch_related(*beside).first()
