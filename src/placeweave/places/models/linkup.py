"""Asking another place that works on the same thing to get in touch."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models import Dated
from placeweave.places.models.framework import FrameworkNode
from placeweave.places.models.person import Member
from placeweave.places.models.place import Place


class LinkUp(Dated):
    """One place asks another to talk; nothing but the topic and the two places' names passes between them."""

    class State(models.TextChoices):
        """What came of the asking."""

        ASKED = "asked", _("Asked")
        WELCOMED = "welcomed", _("Welcomed")
        DECLINED = "declined", _("Not now")

    asking = models.ForeignKey(Place, models.CASCADE, related_name="linkups_asked")
    asked = models.ForeignKey(Place, models.CASCADE, related_name="linkups_received")
    topic = models.ForeignKey(FrameworkNode, models.PROTECT, related_name="+")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    answered_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asking", "asked", "topic"], name="one_linkup_per_topic"),
            models.CheckConstraint(condition=~models.Q(asking=models.F("asked")), name="linkup_between_two_places"),
        ]

    def __str__(self) -> str:
        return f"{self.asking_id} asks {self.asked_id}"
