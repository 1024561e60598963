"""Who sits at which table in each round of a session, as it was planned, mended and moved by hand."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings.models.attendee import Attendee, SessionTable
from placeweave.gatherings.models.session import Session
from placeweave.kit.models import Dated
from placeweave.places.models import Member

MOST_ROUNDS = 8


class Arrangement(Dated):
    """Tables for some rounds, with what they were worked out from; the newest of a session holds.

    A new plan, or a repair, is a new arrangement, so that undoing it is going back to the one before. Moves by hand
    change the newest as it stands.
    """

    class Kind(models.TextChoices):
        """How it came to be."""

        PLANNED = "planned", _("planned")
        REPAIRED = "repaired", _("repaired")

    class Past(models.TextChoices):
        """Whose meeting before counts."""

        COHORT = "cohort", _("earlier sessions of the same cohort")
        PLACE = "place", _("all earlier sessions of this place")
        NONE = "none", _("none: everybody meets afresh")

    session = models.ForeignKey(Session, models.CASCADE, related_name="arrangements")
    kind = models.CharField(max_length=8, choices=Kind)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    tables = models.PositiveSmallIntegerField()
    size = models.PositiveSmallIntegerField(help_text=_("Seats at each table."))
    rounds = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MOST_ROUNDS)])
    rounds_over = models.PositiveSmallIntegerField(default=0)
    most_of_one = models.PositiveSmallIntegerField(default=2, validators=[MinValueValidator(1)])
    past = models.CharField(max_length=6, choices=Past, default=Past.COHORT)
    seed = models.PositiveIntegerField(default=0)
    engine = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=64)
    people = models.PositiveSmallIntegerField()
    cost = models.PositiveIntegerField()
    lower_bound = models.PositiveIntegerField()
    is_proved = models.BooleanField(default=False)
    has_fewest_moves = models.BooleanField(default=False)
    facts = models.JSONField(default=list, help_text="What is to be said of it; people by key.")
    hand_moves = models.PositiveSmallIntegerField(default=0, help_text=_("Moves by hand since it was worked out."))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"arrangement {self.pk} of session {self.session_id}"

    @property
    def mark(self) -> str:
        """Tell this arrangement, as it stands, from every other, so that a form can say what it was written against."""
        return f"{self.pk}.{self.version}"


class Seat(models.Model):
    """One person at one table in one round; a locked seat is kept by every repair."""

    arrangement = models.ForeignKey(Arrangement, models.CASCADE, related_name="seats")
    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="seats")
    round = models.PositiveSmallIntegerField(help_text=_("From 1, as people count them."))
    table = models.ForeignKey(SessionTable, models.CASCADE, related_name="seats")
    is_locked = models.BooleanField(default=False)

    class Meta:
        ordering = ["round", "table", "attendee"]
        constraints = [
            models.UniqueConstraint(fields=["arrangement", "attendee", "round"], name="one_seat_in_each_round")
        ]

    def __str__(self) -> str:
        return f"seat {self.pk}"
