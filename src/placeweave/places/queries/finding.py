"""Finding organisations and people by their names."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from placeweave.kit.access import may
from placeweave.kit.finding import Hit, Kind, hits, holding, page
from placeweave.places.models import Issue, Member, Organisation, Person, Place


def search(place: Place, member: Member, words: str) -> list[Hit]:
    """Find issues, organisations and listed people that this member may see."""
    kinds: list[Kind] = []
    if may(member, "places.see_place"):
        issues = Issue.objects.filter(holding(words, "title"), place=place)
        bodies = Organisation.objects.filter(holding(words, "name"), place=place)
        kinds += [Kind(_("Issue"), issues, "title", page(place.slug, "places:issue"))]
        kinds += [Kind(_("Organisation"), bodies, "name", page(place.slug, "places:organisation"))]
    if may(member, "places.see_people"):
        people, listed = Person.objects.filter(holding(words, "name"), place=place, is_listed=True), "places:people"
        kinds += [Kind(_("Person"), people, "name", lambda _key: reverse(listed, args=[place.slug]))]
    return hits(*kinds) if kinds else []
