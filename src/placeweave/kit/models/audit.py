"""What was done, by whom, when: written in the same transaction as the deed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from placeweave.kit.models.base import Dated


class AuditEntry(Dated):
    """One deed. ``summary`` never holds anybody's words, so that withdrawing them leaves no copy here."""

    place_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    actor_name = models.CharField(max_length=120, blank=True)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField(null=True, blank=True)
    summary = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["place_id", "-created_at"]),
            models.Index(fields=["subject_type", "subject_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"
