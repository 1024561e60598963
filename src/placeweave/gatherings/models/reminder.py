"""When those who have a place are reminded of a session."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings.models.session import Session
from placeweave.kit.models import Dated


class Reminder(Dated):
    """That everybody who has a place is reminded so many hours before a session begins; nobody is for times gone by."""

    class Before(models.IntegerChoices):
        """How long beforehand."""

        A_WEEK = 168, _("a week before")
        A_DAY = 24, _("a day before")
        TWO_HOURS = 2, _("two hours before")

    session = models.ForeignKey(Session, models.CASCADE, related_name="reminders")
    hours_before = models.PositiveSmallIntegerField(choices=Before)

    class Meta:
        ordering = ["-hours_before"]
        constraints = [models.UniqueConstraint(fields=["session", "hours_before"], name="one_reminder_of_each_kind")]

    def __str__(self) -> str:
        return f"{self.hours_before} hours before {self.session_id}"
