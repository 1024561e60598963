"""Frameworks as dated, licensed data: policies change, so none is written into the code."""

from __future__ import annotations

from django.db import models


class Framework(models.Model):
    """One version of a published framework, or of our own."""

    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=160)
    version = models.CharField(max_length=40)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    owner = models.CharField(max_length=160)
    licence = models.CharField(max_length=240)
    source_url = models.URLField(max_length=300, blank=True)
    jurisdiction = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["title", "version"]
        constraints = [models.UniqueConstraint(fields=["slug", "version"], name="one_framework_version_each")]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class FrameworkNode(models.Model):
    """One heading of a framework."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="nodes")
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["framework", "order"]
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="one_node_per_code")]

    def __str__(self) -> str:
        return self.label


class Crosswalk(models.Model):
    """That a heading of one framework stands for, or is part of, a heading of another."""

    source = models.ForeignKey(FrameworkNode, models.CASCADE, related_name="crosswalks_out")
    target = models.ForeignKey(FrameworkNode, models.CASCADE, related_name="crosswalks_in")
    relation = models.CharField(max_length=20, default="same")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "target"], name="one_crosswalk_each")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation} {self.target_id}"
