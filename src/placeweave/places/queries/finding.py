"""Finding organisations and people by their names."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from placeweave.kit.access import may
from placeweave.kit.finding import MOST, Hit, holding
from placeweave.places.models import Issue, Member, Organisation, Person, Place


def search(place: Place, member: Member, words: str) -> list[Hit]:
    """Find issues, organisations and listed people that this member may see."""
    found: list[Hit] = []
    if may(member, "places.see_place"):
        issues = Issue.objects.filter(holding(words, "title"), place=place)[:MOST]
        bodies = Organisation.objects.filter(holding(words, "name"), place=place)[:MOST]
        found += [Hit(_("Issue"), one.title, reverse("places:issue", args=[place.slug, one.pk])) for one in issues]
        found += [
            Hit(_("Organisation"), one.name, reverse("places:organisation", args=[place.slug, one.pk]))
            for one in bodies
        ]
    if may(member, "places.see_people"):
        people = Person.objects.filter(holding(words, "name"), place=place, is_listed=True)[:MOST]
        found += [Hit(_("Person"), one.name, reverse("places:people", args=[place.slug])) for one in people]
    return found
