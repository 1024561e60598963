"""Themes, the clusters they stand in, and everything that ever happened to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models import Dated
from placeweave.places.models import Member, Place


class Cluster(Dated):
    """A headline group of themes: one column of the board.

    One that is no longer wanted is put away, not deleted: the board of an earlier date still shows it.
    """

    place = models.ForeignKey(Place, models.CASCADE, related_name="clusters")
    title = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=0)
    put_away_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "title"], condition=Q(put_away_at=None), name="one_cluster_per_title"
            )
        ]

    def __str__(self) -> str:
        return self.title


class ClusterName(Dated):
    """A title that a cluster had until this was written, so that an earlier board reads as it did."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="earlier_names")
    title = models.CharField(max_length=120)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class ThemeQuerySet(models.QuerySet["Theme"]):
    """Reads of themes."""

    def current(self) -> ThemeQuerySet:
        """Keep those that were not folded into another."""
        return self.filter(merged_into=None)


class Theme(Dated):
    """Something that several people are saying.

    A theme is never deleted: merging keeps the old one pointing at the new, so that anything built on it can still
    be traced to the words beneath. ``version`` counts changes, so that two people editing at once are told.
    """

    class Status(models.TextChoices):
        """How far the group has come with it."""

        EMERGING = "emerging", _("Emerging")
        SETTLED = "settled", _("Settled")
        RETIRED = "retired", _("Retired")

    place = models.ForeignKey(Place, models.CASCADE, related_name="themes")
    cluster = models.ForeignKey(Cluster, models.SET_NULL, null=True, blank=True, related_name="themes")
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True, max_length=2000)
    status = models.CharField(max_length=10, choices=Status, default=Status.EMERGING)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="split_off")
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    from_suggestion = models.BooleanField(default=False, help_text=_("Began as a machine's suggestion."))
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "title"], condition=Q(merged_into=None), name="one_current_theme_per_title"
            )
        ]

    def __str__(self) -> str:
        return self.title


class ThemeEvent(Dated):
    """One thing done to a theme: never changed, never removed; undoing adds another.

    ``before`` and ``after`` hold keys and titles, never quoted words. ``other`` is the second theme of a merge (the
    one that stays) or of a split (the new one).
    """

    class Verb(models.TextChoices):
        """What was done."""

        MADE = "made", _("made")
        RENAMED = "renamed", _("renamed")
        DESCRIBED = "described", _("described")
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")
        MOVED = "moved", _("moved")
        STATUS = "status", _("changed the status of")
        CODED = "coded", _("added a quote to")
        UNCODED = "uncoded", _("took a quote from")
        UNDONE = "undone", _("undid a change to")

    place = models.ForeignKey(Place, models.CASCADE, related_name="theme_events")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="events")
    other = models.ForeignKey(Theme, models.PROTECT, null=True, blank=True, related_name="events_beside")
    verb = models.CharField(max_length=10, choices=Verb)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    why = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=120, blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["place", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.theme_id}"


class Dissent(Dated):
    """That somebody sees a theme differently: kept beside it, never smoothed away."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="dissents")
    text = models.TextField(max_length=1000)
    may_be_told = models.BooleanField(default=False, help_text=_("May stand on a page outside, without a name."))
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"dissent {self.pk}"
