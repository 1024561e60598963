"""What one facilitator hands over to another: who stands in, how to get in, what happened, and what was parked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from placeweave.gatherings.models.session import Session
from placeweave.kit.models import Dated
from placeweave.places.models import Member


class HandOver(Dated):
    """What somebody must know who runs a session in another's place.

    ``happened`` and ``promised`` are written after the session: they stand on the hand-over page of the next one.
    """

    session = models.OneToOneField(Session, models.CASCADE, primary_key=True, related_name="hand_over")
    stand_in = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    way_in = models.TextField(blank=True, max_length=1500)
    contacts = models.TextField(blank=True, max_length=1500)
    word = models.TextField(blank=True, max_length=1500)
    happened = models.TextField(blank=True, max_length=3000)
    promised = models.TextField(blank=True, max_length=1500)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.session)


class ParkedQuerySet(models.QuerySet["Parked"]):
    """Reads of what was parked."""

    def open(self) -> ParkedQuerySet:
        """Keep what nobody has settled yet."""
        return self.filter(settled_at=None)


class Parked(Dated):
    """Something that came up in a session and was set aside; it is carried on through the series until settled."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="parked")
    words = models.CharField(max_length=400)
    parked_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=600, blank=True)

    objects = ParkedQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name_plural = "parked"
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, outcome="") | (Q(settled_at__isnull=False) & ~Q(outcome="")),
                name="what_is_settled_says_what_came_of_it",
            )
        ]

    def __str__(self) -> str:
        return self.words
