"""Ties: what partners report of each other, wave by wave, and a convener's own notes of whom she spoke with."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models import Dated
from placeweave.places.models import Member, Organisation, Place


class TieSurvey(Dated):
    """One wave in which every partner is asked with whom it works, and how closely. One is open at a time."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="tie_surveys")
    number = models.PositiveSmallIntegerField()
    lead = models.CharField(max_length=400, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="one_tie_survey_per_number"),
            models.UniqueConstraint(fields=["place"], condition=Q(closed_at=None), name="one_open_tie_survey"),
        ]

    def __str__(self) -> str:
        return f"Wave {self.number}"

    @property
    def is_open(self) -> bool:
        """Whether answers are still taken."""
        return self.closed_at is None


class TieReply(Dated):
    """One partner asked in one wave, and how far its answer has come.

    ``version`` counts the savings, so that two people of one partner never write over each other unseen.
    """

    survey = models.ForeignKey(TieSurvey, models.CASCADE, related_name="replies")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["organisation__name"]
        verbose_name_plural = "tie replies"
        constraints = [
            models.UniqueConstraint(fields=["survey", "organisation"], name="one_reply_per_partner_and_wave")
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.organisation_id}"


class TieQuerySet(models.QuerySet["Tie"]):
    """Reads of ties."""

    def current(self) -> TieQuerySet:
        """Keep those between two that stand for themselves; a tie between two that became one says nothing."""
        return self.filter(source__merged_into=None, target__merged_into=None)


class Tie(Dated):
    """What one partner reports of working with another, of its own accord or in a wave."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="ties")
    survey = models.ForeignKey(TieSurvey, models.CASCADE, null=True, blank=True, related_name="ties")
    source = models.ForeignKey(Organisation, models.CASCADE, related_name="ties_out")
    target = models.ForeignKey(Organisation, models.CASCADE, related_name="ties_in")
    level = models.PositiveSmallIntegerField(
        validators=[MaxValueValidator(5)], help_text=_("0 none to 5 collaboration")
    )
    kind = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=400, blank=True)
    reported_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    reported_on = models.DateField(null=True, blank=True)

    objects = TieQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["place", "reported_on"])]
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("target")), name="tie_between_two"),
            models.UniqueConstraint(
                fields=["source", "target", "kind", "reported_on"],
                condition=Q(survey=None),
                name="one_tie_report_a_day",
            ),
            models.UniqueConstraint(fields=["survey", "source", "target"], name="one_tie_report_a_wave"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} to {self.target_id}: {self.level}"


class TieRating(models.Model):
    """How one partner finds its work with another, 1 to 4 each: told in confidence, shown as sums of several only."""

    tie = models.OneToOneField(Tie, models.CASCADE, primary_key=True, related_name="rating")
    openness = models.PositiveSmallIntegerField(null=True, blank=True)
    reliability = models.PositiveSmallIntegerField(null=True, blank=True)
    shared_aim = models.PositiveSmallIntegerField(null=True, blank=True)
    influence = models.PositiveSmallIntegerField(null=True, blank=True)
    resources = models.PositiveSmallIntegerField(null=True, blank=True)
    involvement = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__range": (1, 4)}) | Q(**{name: None}), name=f"{name}_from_1_to_4"
            )
            for name in ("openness", "reliability", "shared_aim", "influence", "resources", "involvement")
        ]

    def __str__(self) -> str:
        return f"of {self.tie_id}"


class ContactNote(Dated):
    """Two lines of a convener's own: whom she spoke with, and what shifted. Nobody else ever sees it."""

    class Feel(models.TextChoices):
        """How it goes between her and them, as she sees it."""

        FINE = "fine", _("Fine")
        STRAINED = "strained", _("Under strain")
        THANKS = "thanks", _("A thank-you is due")

    author = models.ForeignKey(Member, models.CASCADE, related_name="contact_notes")
    organisations = models.ManyToManyField(Organisation, related_name="+")
    spoke_with = models.CharField(max_length=200)
    shifted = models.CharField(max_length=400, blank=True)
    feel = models.CharField(max_length=8, choices=Feel, default=Feel.FINE)
    happened_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["-happened_on", "-pk"]
        indexes = [models.Index(fields=["author", "-happened_on"])]

    def __str__(self) -> str:
        return f"{self.author_id} on {self.happened_on}"
