"""Small records that keep things from happening twice, or at once."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Submission(models.Model):
    """A form that has been acted upon: the same form sent again leads to the same place."""

    key = models.UUIDField(primary_key=True)
    location = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.key)


class Turn(models.Model):
    """The row one locks to be the only one changing many records of a place at a time."""

    place_id = models.BigIntegerField(unique=True)

    def __str__(self) -> str:
        return f"turn of place {self.place_id}"


class WorkerPulse(models.Model):
    """That a worker was alive a moment ago."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.worker_id
