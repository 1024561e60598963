"""People, members and invitations of a place."""

from __future__ import annotations

from django.db.models import Case, F, QuerySet, When

from placeweave.kit.access import Standing
from placeweave.places.models import Invitation, Member, Person, Place


def people(place: Place, words: str = "") -> QuerySet[Person]:
    """Everybody in the directory, with organisation and standing; ``words`` looks through name, role and body."""
    found = Person.objects.filter(place=place).select_related("organisation", "member")
    for word in words.split()[:6]:
        found = (
            found.filter(name__icontains=word)
            | found.filter(role__icontains=word)
            | found.filter(organisation__name__icontains=word)
        )
    return found.order_by("name", "pk")


def listed_people(place: Place) -> QuerySet[Person]:
    """Those who chose to be found by others."""
    return Person.objects.filter(place=place, is_listed=True).select_related("organisation").order_by("name", "pk")


def members(place: Place) -> QuerySet[Member]:
    """Current members, conveners first."""
    found = Member.objects.current().filter(place=place).select_related("account", "person__organisation")
    order = Case(*(When(standing=one, then=n) for n, one in enumerate(Standing)), default=99)
    return found.order_by(order, "person__name", "pk")


def invitations(place: Place) -> QuerySet[Invitation]:
    """Invitations that were not accepted, newest first."""
    found = Invitation.objects.filter(place=place, accepted_at=None).select_related("organisation")
    return found.order_by(F("revoked_at").asc(nulls_first=True), "-created_at")
