"""What left the workspace: who took what, when, in which scope, and whose words it holds."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from placeweave.kit.models.base import Dated


class Export(Dated):
    """A file somebody took away. It cannot be called back, so it is listed when words it holds are withdrawn."""

    place_id = models.BigIntegerField(db_index=True)
    format = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    scope = models.CharField(max_length=120, blank=True)
    rows = models.IntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class Holding(models.Model):
    """That an export holds the words of one contribution (known here only by its key)."""

    export = models.ForeignKey(Export, models.CASCADE, related_name="holdings")
    contribution_id = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "contribution_id"], name="one_holding_each")]

    def __str__(self) -> str:
        return f"{self.export_id} holds {self.contribution_id}"
