"""Place assessments: how people score their place, counted without any trace of who they are, and why."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models import Dated
from placeweave.listening.models.contribution import Contribution
from placeweave.listening.models.conversation import Conversation
from placeweave.places.models import Member, Place

LOWEST, HIGHEST = 1, 7


class Assessment(Dated):
    """One asking of how a place is for the people in it, wave after wave, so that change can be shown.

    The headings people score are those of one version of a framework, so that waves stay comparable when a later
    version words them otherwise.
    """

    class State(models.TextChoices):
        """Whether people can answer."""

        DRAFT = "draft", _("Being prepared")
        OPEN = "open", _("Open for answers")
        CLOSED = "closed", _("Closed")

    place = models.ForeignKey(Place, models.CASCADE, related_name="assessments")
    title = models.CharField(max_length=120)
    about = models.TextField(blank=True, max_length=2000)
    neighbourhood = models.ForeignKey(Place, models.SET_NULL, null=True, blank=True, related_name="+")
    framework_version = models.CharField(max_length=40)
    why_groups = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["place", "title"], name="one_assessment_per_title")]

    def __str__(self) -> str:
        return self.title


class AssessmentGroup(models.Model):
    """A group people may answer for: made by the team, asked once, and never needed."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="groups")
    name = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["assessment", "name"], name="one_assessment_group_per_name")]

    def __str__(self) -> str:
        return self.name


class Wave(models.Model):
    """One round of answering. Reasons people give are contributions to its conversation."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField()
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    conversation = models.OneToOneField(Conversation, models.PROTECT, related_name="wave")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="one_wave_per_number"),
            models.UniqueConstraint(
                fields=["assessment"], condition=models.Q(closed_on=None), name="one_open_wave_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}, {self.number}"


class ScoreCount(models.Model):
    """How many people of one group gave one score to one heading in one wave.

    This count is all that is kept of scores: no sheet, no order, no time and no account, so that nobody, with the
    whole database in hand, can tell what anyone answered.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="counts")
    group = models.ForeignKey(AssessmentGroup, models.PROTECT, null=True, blank=True, related_name="counts")
    heading = models.CharField(max_length=40)
    score = models.PositiveSmallIntegerField(validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)])
    people = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["wave", "group", "heading", "score"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__gte=LOWEST, score__lte=HIGHEST), name="a_score_is_from_one_to_seven"
            ),
            models.UniqueConstraint(fields=["wave", "group", "heading", "score"], name="one_count_per_group_and_score"),
            models.UniqueConstraint(
                fields=["wave", "heading", "score"],
                condition=models.Q(group=None),
                name="one_count_per_score_without_group",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.score}"


class ScoreReason(models.Model):
    """That somebody gave these words as a reason under a heading; nothing leads from them to a score."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="reasons")
    heading = models.CharField(max_length=40)
    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="reason_for")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"reason under {self.heading}"


class AssessmentPriority(Dated):
    """A heading the place chose to work on, and why."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="priorities")
    heading = models.CharField(max_length=40)
    why = models.TextField(max_length=600)
    order = models.PositiveSmallIntegerField(default=0)
    chosen_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["order", "pk"]
        verbose_name_plural = "assessment priorities"
        constraints = [
            models.UniqueConstraint(fields=["assessment", "heading"], name="one_assessment_priority_per_heading")
        ]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.heading}"
