"""Reads of the practice log: as far as each writer shares it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from placeweave.gatherings import practices
from placeweave.gatherings.models import Application, Cohort, Tried
from placeweave.gatherings.practices import Card
from placeweave.kit.access import TEAM
from placeweave.places.models import Member


def cohorts_of(member: Member) -> QuerySet[Cohort]:
    """Give the cohorts somebody is in: those that gave a place to the address they sign in with.

    The team accompanies every cohort of its place.
    """
    here = Cohort.objects.filter(programme__place=member.place_id)
    if member.standing in TEAM:
        return here
    email = member.account.email if member.account_id else ""
    placed = Application.objects.filter(state=Application.State.IN, email__iexact=email).exclude(email="")
    return here.filter(pk__in=placed.values("cohort"))


def readable(member: Member) -> QuerySet[Tried]:
    """Give what somebody may read of the log: their own, and what others share with them."""
    shared = Q(sharing=Tried.Sharing.PLACE) | Q(
        sharing=Tried.Sharing.COHORT, cohort__in=cohorts_of(member).order_by().values("pk")
    )
    rows = Tried.objects.filter(Q(member=member.pk) | shared, place=member.place_id)
    return rows.select_related("member__person", "cohort__programme")


@dataclass(frozen=True)
class LaidOut:
    """A card with how often it was tried, as far as the reader may know."""

    card: Card
    tried: int


def laid_out(member: Member) -> Sequence[LaidOut]:
    """Give every card, each with how many entries of the log the reader may open."""
    counted = Counter(readable(member).order_by().values_list("card", flat=True))
    return [LaidOut(card, counted[card.key]) for card in practices.cards()]
