"""Themes a machine suggests; nothing comes of one until a person decides."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models import Analysis, Dated
from placeweave.listening.models import Contribution
from placeweave.places.models import Member, Place
from placeweave.themes.models.theme import Theme


class Suggestion(Dated):
    """A group of similar words found by the engine, described by its terms and by spans, never by made-up text."""

    class State(models.TextChoices):
        """What a person decided."""

        OPEN = "open", _("Waiting for a decision")
        ACCEPTED = "accepted", _("Taken up")
        REFUSED = "refused", _("Refused")
        SUPERSEDED = "superseded", _("Replaced by a newer run")

    place = models.ForeignKey(Place, models.CASCADE, related_name="theme_suggestions")
    analysis = models.ForeignKey(Analysis, models.CASCADE, related_name="+")
    engine_id = models.CharField(max_length=64)
    terms = models.JSONField(default=list)
    size = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="suggestions")
    decided_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["-size", "pk"]
        indexes = [models.Index(fields=["place", "state"])]

    def __str__(self) -> str:
        return f"suggestion {self.pk}"


class SuggestedSpan(models.Model):
    """One stretch of a contribution that the engine put into a suggestion."""

    suggestion = models.ForeignKey(Suggestion, models.CASCADE, related_name="spans")
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    is_example = models.BooleanField(default=False)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.contribution_id}[{self.start}:{self.end}]"
