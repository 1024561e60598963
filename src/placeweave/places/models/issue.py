"""Wicked issues, each framed as a live question that its participants author."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models import Dated
from placeweave.places.models.framework import FrameworkNode
from placeweave.places.models.organisation import Organisation
from placeweave.places.models.person import Member
from placeweave.places.models.place import Place


class Issue(Dated):
    """A complex issue that no one organisation can resolve alone; never closed, only resting."""

    class State(models.TextChoices):
        """Whether it is being worked on."""

        LIVE = "live", _("Live")
        RESTING = "resting", _("Resting")

    place = models.ForeignKey(Place, models.CASCADE, related_name="issues")
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State, default=State.LIVE)
    facilitators = models.ManyToManyField(Member, blank=True, related_name="facilitates")
    topics = models.ManyToManyField(FrameworkNode, blank=True, related_name="issues")
    organisations = models.ManyToManyField(Organisation, blank=True, related_name="issues")
    neighbourhoods = models.ManyToManyField(Place, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["state", "pk"]
        constraints = [models.UniqueConstraint(fields=["place", "title"], name="one_issue_per_title")]

    def __str__(self) -> str:
        return self.title


class Question(Dated):
    """One wording of an issue's inquiry question: suggested by a participant, adopted by the group, or not."""

    class State(models.TextChoices):
        """What became of the wording."""

        SUGGESTED = "suggested", _("Suggested")
        ADOPTED = "adopted", _("In use")
        PAST = "past", _("Earlier wording")
        SET_ASIDE = "set_aside", _("Set aside")

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="questions")
    number = models.PositiveIntegerField()
    wording = models.CharField(max_length=400)
    why = models.CharField(max_length=400, blank=True)
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State, default=State.SUGGESTED)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "number"], name="one_wording_per_number"),
            models.UniqueConstraint(fields=["issue"], condition=models.Q(state="adopted"), name="one_question_in_use"),
        ]

    def __str__(self) -> str:
        return self.wording
