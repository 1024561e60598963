"""Background analyses: what was computed, from what, how, and how long it took."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models.base import Dated


class Analysis(Dated):
    """One run of an engine over the data of one place."""

    class State(models.TextChoices):
        """How far the run has come."""

        QUEUED = "queued", _("Waiting to start")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Finished")
        FAILED = "failed", _("Did not finish")
        FORGOTTEN = "forgotten", _("Removed: words it rested on were withdrawn")

    place_id = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=40)
    topic = models.CharField(max_length=40, blank=True, help_text="What it is about, where a place has several.")
    parameters = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    step = models.CharField(max_length=120, blank=True)
    progress = models.FloatField(default=0.0)
    fingerprint = models.CharField(max_length=64, blank=True)
    engine = models.CharField(max_length=120, blank=True)
    seed = models.IntegerField(default=0)
    n = models.IntegerField(default=0)
    seconds = models.FloatField(default=0.0)
    result = models.JSONField(null=True, blank=True)
    failure = models.CharField(max_length=400, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = "analyses"
        indexes = [models.Index(fields=["place_id", "kind", "topic", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} ({self.state})"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of this run."""
        return self.state not in {self.State.QUEUED, self.State.RUNNING}
