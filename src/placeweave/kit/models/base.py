"""The one abstract base of all records."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Dated(models.Model):
    """A record that knows when it came to be; a plain default, so that history can be imported with its own dates."""

    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
