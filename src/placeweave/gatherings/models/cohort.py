"""Programmes, the cohorts that go through them, and the mix of people that a cohort hopes for."""

from __future__ import annotations

import secrets
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models import Dated
from placeweave.places.models import Member, Place

LETTERS = "bcdfghjkmnpqrstvwxz23456789"
"""What a code is made of: no vowels, so that it spells nothing, and nothing that looks like something else."""
LARGEST_COHORT = 300


def new_code() -> str:
    """Make the code that a public address ends in."""
    return "".join(secrets.choice(LETTERS) for _letter in range(8))


class Programme(Dated):
    """A course of learning that several cohorts go through, one after the other or side by side.

    Each run of it is a programme of its own: ``design_version`` is what it set out from, ``follows`` the run before.
    """

    place = models.ForeignKey(Place, models.CASCADE, related_name="learning_programmes")
    title = models.CharField(max_length=160)
    about = models.TextField(blank=True, max_length=4000)
    neighbourhoods = models.TextField(
        blank=True, max_length=2000, help_text=_("Where people may come from, one a line.")
    )
    design_version = models.ForeignKey(
        "gatherings.DesignVersion", models.SET_NULL, null=True, blank=True, related_name="programmes"
    )
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followed_by")
    version = models.PositiveIntegerField(default=1)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def neighbourhood_names(self) -> list[str]:
        """The neighbourhoods people may come from, in the order they were written in."""
        return list(dict.fromkeys(filter(None, (line.strip() for line in self.neighbourhoods.splitlines()))))


class Cohort(Dated):
    """The people who go through a programme together: so many places, the mix hoped for, and how far it is.

    Whatever changes who holds a place of it locks it first. ``code`` is what its public address ends in, once
    people have been able to apply.
    """

    class State(models.TextChoices):
        """How far it is."""

        PLANNING = "planning", _("Planning")
        OPEN = "open", _("Applications open")
        OFFERS = "offers", _("Offers out")
        RUNNING = "running", _("Running")
        CLOSED = "closed", _("Closed")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="cohorts")
    title = models.CharField(max_length=160)
    host = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    capacity = models.PositiveSmallIntegerField(
        default=24, validators=[MinValueValidator(1), MaxValueValidator(LARGEST_COHORT)]
    )
    most_of_one = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("At most so many people of one organisation.")
    )
    apply_by = models.DateField(null=True, blank=True)
    offer_hours = models.PositiveSmallIntegerField(default=168)
    code = models.CharField(max_length=12, blank=True, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNING)
    grown_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="further")
    version = models.PositiveIntegerField(default=1)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["programme", "created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="one_cohort_per_code"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="a_cohort_has_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.programme.title}: {self.title}"

    def takes_applications(self, today: date) -> bool:
        """Tell whether people can apply: it was opened to them, and the last day has not passed."""
        is_open = self.state in {self.State.OPEN, self.State.OFFERS}
        return is_open and (self.apply_by is None or today <= self.apply_by)


class Target(Dated):
    """How many of a cohort are to be of one sector or from one neighbourhood: wished for, not forced."""

    class Aspect(models.TextChoices):
        """What is counted."""

        SECTOR = "sector", _("Sector")
        NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood")

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="targets")
    aspect = models.CharField(max_length=13, choices=Aspect)
    value = models.CharField(max_length=120)
    least = models.PositiveSmallIntegerField(default=0)
    most = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-aspect", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "aspect", "value"], name="one_target_for_each"),
            models.CheckConstraint(condition=Q(most=None) | Q(most__gte=models.F("least")), name="a_target_can_be_met"),
        ]

    def __str__(self) -> str:
        return f"{self.aspect} {self.value} of cohort {self.cohort_id}"
