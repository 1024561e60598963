"""Files that places gives out: outlines, and the contacts of those who agreed to it."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats.geojson import write_outlines
from placeweave.formats.vcard import Contact, write_vcards
from placeweave.kit import exports
from placeweave.kit.exports import Exported, Exporter, Taker
from placeweave.places.models import Boundary, Person, Place


def outlines(place_id: int, _taker: Taker) -> Exported:
    """Write the outlines of a place, with the line their licence asks for."""
    place = Place.objects.get(pk=place_id)
    found = list(Boundary.objects.filter(place=place).select_related("batch"))
    lines = dict.fromkeys(one.batch.attribution for one in found if one.batch and one.batch.attribution)
    content = write_outlines(((one.said, one.geometry) for one in found), "; ".join(lines))
    return Exported(content, f"{place.slug}-outlines.geojson", "application/geo+json", len(found), _("all outlines"))


def contacts(place_id: int, _taker: Taker) -> Exported:
    """Write a card for each person who chose both to be found and to show how."""
    place = Place.objects.get(pk=place_id)
    found = Person.objects.filter(place=place, shows_contact=True, is_listed=True).select_related("organisation")
    cards = [
        Contact(
            key=f"placeweave:{place.slug}:person:{one.pk}",
            name=one.name,
            organisation=one.organisation.name if one.organisation else "",
            role=one.role,
            email=one.email,
            phone=one.phone,
        )
        for one in found.order_by("name", "pk")
    ]
    scope = _("people who agreed to be found and show how")
    return Exported(write_vcards(cards), f"{place.slug}-contacts.vcf", "text/vcard", len(cards), scope)


def register() -> None:
    """Offer the files."""
    exports.register(Exporter("geojson", gettext_lazy("Outlines (GeoJSON)"), "places.see_work", outlines))
    exports.register(
        Exporter("vcard", gettext_lazy("Contacts of those who agreed (vCard)"), "places.see_people", contacts)
    )
