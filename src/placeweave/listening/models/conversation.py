"""Conversations, and the series they belong to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models import Batch, Dated
from placeweave.places.models import Issue, Member, Organisation, Place


class Series(Dated):
    """A run of conversations held around one guiding question."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="series")
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, blank=True, related_name="series")
    title = models.CharField(max_length=120)
    guiding_question = models.CharField(max_length=400)
    intention = models.TextField(blank=True, max_length=2000)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "series"
        constraints = [models.UniqueConstraint(fields=["place", "title"], name="one_series_per_title")]

    def __str__(self) -> str:
        return self.title


class Conversation(Dated):
    """Convened, lightly structured talk with a guiding question: the unit of listening.

    A conversation in statements (imported from Polis, say) holds statements and votes instead of contributions.
    """

    class Method(models.TextChoices):
        """How it was held."""

        CIRCLE = "circle", _("Conversation in a circle")
        ONE_TO_ONE = "one_to_one", _("One to one")
        WORKSHOP = "workshop", _("Workshop")
        WALK = "walk", _("Walk and talk")
        DROP_IN = "drop_in", _("Drop-in")
        ONLINE = "online", _("Online")
        WRITTEN = "written", _("In writing")
        STATEMENTS = "statements", _("Statements and votes")

    place = models.ForeignKey(Place, models.CASCADE, related_name="conversations")
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="conversations")
    title = models.CharField(max_length=160)
    guiding_question = models.CharField(max_length=400, blank=True)
    method = models.CharField(max_length=12, choices=Method, default=Method.CIRCLE)
    held_on = models.DateField(null=True, blank=True)
    neighbourhood = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+")
    host = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    invited = models.ManyToManyField(Organisation, blank=True, related_name="invited_to")
    description = models.TextField(blank=True, max_length=4000)
    harvest_note = models.TextField(blank=True, max_length=4000)
    external_url = models.URLField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["place", "-held_on"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_in_statements(self) -> bool:
        """Whether people answered statements here instead of speaking freely."""
        return self.method == self.Method.STATEMENTS
