"""What partners have in common: difficulties, programmes, and the people who work on the same things."""

from __future__ import annotations

from django.db.models import Count, Prefetch, Q, QuerySet

from placeweave.jigsaw.models import Difficulty, Programme
from placeweave.places.models import Issue, Organisation, Person, Place
from placeweave.themes.models import Theme

MOST_PEOPLE = 60


def difficulties(place: Place) -> QuerySet[Difficulty]:
    """List what is hard, the most widely shared first; organisations are named, since they said so themselves."""
    bodies = Prefetch("organisations", Organisation.objects.order_by("name"))
    found = Difficulty.objects.filter(place=place).annotate(bodies=Count("organisations"))
    return found.prefetch_related(bodies).order_by("-bodies", "wording", "pk")


def partners_counted(place: Place) -> int:
    """Count those who take part in a place."""
    return Organisation.objects.filter(place=place, is_partner=True).count()


def programmes(place: Place) -> QuerySet[Programme]:
    """List the programmes of a place with their partners and outcomes."""
    bodies = Prefetch("partners", Organisation.objects.order_by("name"))
    return Programme.objects.filter(place=place).prefetch_related(bodies, "outcomes__framework")


def who_works_on(place: Place, *, issue: Issue | None = None, theme: Theme | None = None) -> list[Person]:
    """Find people whose organisation is on an issue or holds a piece for it: only those who agreed to be found."""
    about = Q()
    if issue is not None:
        about |= Q(organisation__issues=issue) | Q(organisation__pieces__issues=issue)
    if theme is not None:
        about |= Q(organisation__pieces__themes=theme) | Q(organisation__needs__themes=theme)
    if not about:
        return []
    found = Person.objects.filter(about, place=place, is_listed=True).select_related("organisation")
    return list(found.order_by("name").distinct()[:MOST_PEOPLE])
