"""The design of a programme, kept as versions, and the outline that a run of it follows in its place."""

from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings.models.cohort import Programme
from placeweave.gatherings.models.session import Session
from placeweave.kit.models import Dated
from placeweave.places.models import Place

LONGEST = 720
"""Minutes of the longest session, which is a whole day."""
WIDEST = 365


class Design(Dated):
    """What a programme is made of, whichever cohort runs it.

    A place that is given a design gets a copy of its own: no record points from one place into another. Copies know
    each other by ``lineage``, which says nothing about where else the design is used.
    """

    place = models.ForeignKey(Place, models.CASCADE, related_name="programme_designs")
    lineage = models.UUIDField(default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=160)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["place", "lineage"], name="one_copy_of_a_design_in_a_place")]

    def __str__(self) -> str:
        return self.title


class DesignVersion(Dated):
    """A design as it was on one day; it is never changed, the next improvement is the next version."""

    design = models.ForeignKey(Design, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    mark = models.UUIDField(default=uuid.uuid4, editable=False, help_text=_("The same in every copy."))
    because = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["design", "number"], name="one_version_of_each_number"),
            models.UniqueConstraint(fields=["design", "mark"], name="one_copy_of_each_version"),
        ]

    def __str__(self) -> str:
        return f"{self.design.title}, {self.number}"


class DesignSession(Dated):
    """One session of a version; ``key`` is the same session in other versions, places and runs."""

    version = models.ForeignKey(DesignVersion, models.CASCADE, related_name="sessions")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    purpose = models.TextField(blank=True, max_length=1200)
    kind = models.CharField(max_length=12, choices=Session.Kind, default=Session.Kind.LEARNING)
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(10), MaxValueValidator(LONGEST)])
    gap_days = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(WIDEST)])

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="each_session_once_in_a_version")]

    def __str__(self) -> str:
        return self.title


class OutlineSession(Dated):
    """One session as this run of a programme, in this place, means to hold it; it may differ from the design."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="outline")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    purpose = models.TextField(blank=True, max_length=1200)
    kind = models.CharField(max_length=12, choices=Session.Kind, default=Session.Kind.LEARNING)
    minutes = models.PositiveSmallIntegerField(
        default=150, validators=[MinValueValidator(10), MaxValueValidator(LONGEST)]
    )
    gap_days = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(WIDEST)])
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="each_session_once_in_an_outline")]

    def __str__(self) -> str:
        return self.title
