"""What partners have in common: difficulties they share, and programmes they run."""

from __future__ import annotations

from django.db import models

from placeweave.kit.models import Dated
from placeweave.places.models import FrameworkNode, Member, Organisation, Place
from placeweave.themes.models import Theme


class Difficulty(Dated):
    """Something that makes the work hard, in plain words; partners say "ours too"."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="difficulties")
    wording = models.CharField(max_length=200)
    themes = models.ManyToManyField(Theme, blank=True, related_name="difficulties")
    organisations = models.ManyToManyField(Organisation, blank=True, related_name="difficulties")
    added_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "difficulties"
        constraints = [models.UniqueConstraint(fields=["place", "wording"], name="one_difficulty_per_wording")]

    def __str__(self) -> str:
        return self.wording


class Programme(Dated):
    """A piece of work several partners run together, with the outcomes it is for."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="programmes")
    name = models.CharField(max_length=160)
    about = models.TextField(blank=True, max_length=2000)
    partners = models.ManyToManyField(Organisation, blank=True, related_name="programmes")
    outcomes = models.ManyToManyField(FrameworkNode, blank=True, related_name="programmes")
    added_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="one_programme_per_name")]

    def __str__(self) -> str:
        return self.name
