"""The key to a member's own calendar: the address their calendar program asks for the sessions they may see."""

from __future__ import annotations

from django.db import models

from placeweave.kit.models import Dated
from placeweave.places.models import Member


class CalendarKey(Dated):
    """One member's key, of which only a digest is kept; a new one ends the old one."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="calendar_key")
    key_digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"calendar key {self.pk}"
