"""What a directory of services says of a piece."""

from __future__ import annotations

from django.db import models

from placeweave.jigsaw.models.piece import Piece
from placeweave.kit.models import Batch, Dated


class Service(Dated):
    """A piece of kind service as a directory lists it: where, when, for what it costs, and under which words.

    ``said`` is the entry field by field, so that the next file can tell what changed, and so that it can leave again.
    """

    piece = models.OneToOneField(Piece, models.CASCADE, related_name="service")
    directory = models.CharField(max_length=20)
    external_id = models.CharField(max_length=80)
    said = models.JSONField(default=dict)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.directory} {self.external_id}"
