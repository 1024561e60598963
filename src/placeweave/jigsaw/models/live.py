"""An address at which the map of a place can be read by a program, for as long as its convener lets it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from placeweave.kit.models import Dated
from placeweave.places.models import Member, Place


class LiveAddress(Dated):
    """One secret address of a place; withdrawn ones are kept, so that the log of the place can be followed.

    ``digest`` and ``changed_at`` say when what it gives out last became different.
    """

    place = models.ForeignKey(Place, models.CASCADE, related_name="live_addresses")
    key = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = "live addresses"
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(withdrawn_at=None), name="one_live_address_open_per_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.place_id}"
