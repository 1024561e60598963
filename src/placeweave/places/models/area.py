"""The ground of a place: outlines for its map, and published figures of its small areas."""

from __future__ import annotations

from django.db import models

from placeweave.kit.models import Batch, Dated
from placeweave.places.models.place import Place


class Boundary(Dated):
    """The outline of the place or of an area in it: longitude before latitude, WGS84."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="boundaries")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    geometry = models.JSONField()
    said = models.JSONField(default=dict, blank=True, help_text="The properties the file gave it.")
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["name", "code"]
        verbose_name_plural = "boundaries"
        constraints = [models.UniqueConstraint(fields=["place", "code"], name="one_boundary_per_code")]

    def __str__(self) -> str:
        return self.name


class ZoneFigures(Dated):
    """What a published index says of one small area; ``vintage`` names the edition of areas it was drawn up for."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="zones")
    index = models.CharField(max_length=40)
    vintage = models.CharField(max_length=20)
    zone = models.CharField(max_length=20)
    name = models.CharField(max_length=200, blank=True)
    figures = models.JSONField(default=dict)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["index", "zone"]
        verbose_name_plural = "zone figures"
        constraints = [models.UniqueConstraint(fields=["place", "index", "vintage", "zone"], name="one_zone_per_index")]

    def __str__(self) -> str:
        return f"{self.index} {self.zone}"
