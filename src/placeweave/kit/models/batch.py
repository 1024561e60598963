"""Staged imports: a file read but not yet believed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models.base import Dated


class Outcome(models.TextChoices):
    """What becomes of one row; every row has exactly one."""

    CREATED = "created", _("New")
    UPDATED = "updated", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    CONFLICT = "conflict", _("Needs a choice")
    HELD = "held", _("Needs an answer")
    REJECTED = "rejected", _("Cannot be used")


class Batch(Dated):
    """One file on its way in: previewed, then accepted or discarded, and undoable as one."""

    class State(models.TextChoices):
        """How far the batch has come."""

        READING = "reading", _("Being read")
        ASKING = "asking", _("Waiting for your answer")
        STAGED = "staged", _("Waiting for your decision")
        APPLYING = "applying", _("Being brought in")
        ACCEPTED = "accepted", _("Brought in")
        DISCARDED = "discarded", _("Not brought in")
        UNDONE = "undone", _("Undone")
        REFUSED = "refused", _("Could not be read")

    place_id = models.BigIntegerField(db_index=True)
    format = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    upload = models.UUIDField(default=uuid.uuid4, editable=False, help_text="Name of the kept file until the decision.")
    options = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    totals = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True, help_text="What the file holds, in its own nouns.")
    notes = models.JSONField(default=list, blank=True, help_text="Sentences the reader has to tell.")
    failure = models.CharField(max_length=400, blank=True)
    licence = models.CharField(max_length=300, blank=True)
    attribution = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    progress = models.FloatField(default=0.0)

    UNDECIDED = (State.READING, State.ASKING, State.STAGED, State.APPLYING)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"{self.file_name} ({self.get_state_display()})"


class BatchRow(models.Model):
    """What becomes of one row of the file, in words; values are wiped once the batch is decided."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows")
    part = models.CharField(max_length=80, blank=True, help_text="File or sheet the row stands in.")
    row = models.IntegerField(null=True)
    key = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    field = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    value = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["batch", "outcome"])]

    def __str__(self) -> str:
        return f"{self.part} {self.row}: {self.outcome}"


class BatchQuestion(models.Model):
    """What a file leaves open, with as much of it as a person must see to answer; gone once the batch is decided."""

    batch = models.OneToOneField(Batch, models.CASCADE, related_name="question")
    about = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.batch_id}"


class BatchChange(models.Model):
    """What the fields of an existing record were before a batch changed them, and what it made of them."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="changes")
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    before = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"


class ColumnMapping(Dated):
    """Which column meant what, remembered by the fingerprint of the file's header."""

    place_id = models.BigIntegerField()
    format = models.CharField(max_length=40)
    header = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place_id", "format", "header"], name="one_mapping_per_header"),
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.header[:8]}"
