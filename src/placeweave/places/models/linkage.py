"""One organisation under many names and numbers: what sources wrote, what may be one, what was put together."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models import Analysis, Batch, Dated
from placeweave.places.models.organisation import Organisation
from placeweave.places.models.person import Member
from placeweave.places.models.place import Place


class SourceRecord(Dated):
    """One organisation as a source wrote it: number and name as they came, kept for ever."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="records")
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=120)
    written_number = models.CharField(max_length=160, blank=True)
    name = models.CharField(max_length=200)
    postcode = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "source", "written_number", "name"], name="one_record_per_writing"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Pairing(Dated):
    """Two organisations that may be one: what speaks for it, and what was decided."""

    class Kind(models.TextChoices):
        """What has to be found out."""

        NAMES = "names", _("Alike by name and place")
        NUMBER = "number", _("Same number, different names")
        MISMATCH = "mismatch", _("Two numbers of one register")
        VALUES = "values", _("A person has to say")

    class State(models.TextChoices):
        """How far people are with it."""

        OPEN = "open", _("To be decided")
        LATER = "later", _("Put off")
        SAME = "same", _("The same")
        DIFFERENT = "different", _("Not the same")
        LAPSED = "lapsed", _("No longer alike")

    place = models.ForeignKey(Place, models.CASCADE, related_name="pairings")
    one = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    other = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NAMES)
    is_suggested = models.BooleanField(default=False, help_text="Taken for one, and ticked beforehand.")
    tier = models.CharField(max_length=1, blank=True)
    score = models.FloatField(default=0.0)
    reasons = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    why = models.CharField(max_length=400, blank=True)
    decided_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    analysis = models.ForeignKey(Analysis, models.SET_NULL, null=True, blank=True, related_name="+")
    has_changed = models.BooleanField(default=False, help_text="What speaks for it changed since it was decided.")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["tier", "-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_pairing_of_two"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="pairing_in_order"),
        ]
        indexes = [models.Index(fields=["place", "state", "kind"])]

    def __str__(self) -> str:
        return _("%(one)s and %(other)s") % {"one": self.one.name, "other": self.other.name}


class Merge(Dated):
    """Two organisations that became one: who or which rule did it, and everything needed to part them again.

    ``moved`` names the rows that were pointed at the survivor, ``left`` those that stayed because the survivor had
    their like, ``held`` those it had already: each a list of keys by relation. ``made`` names rows that came to be,
    ``altered`` holds fields of other rows, [key, before, after], and ``filled`` those of the survivor, [before, after].
    """

    place = models.ForeignKey(Place, models.CASCADE, related_name="merges")
    survivor = models.ForeignKey(Organisation, models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Organisation, models.CASCADE, related_name="merged_by")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    is_automatic = models.BooleanField(default=False)
    reasons = models.JSONField(default=list, blank=True)
    why = models.CharField(max_length=400, blank=True)
    moved = models.JSONField(default=dict, blank=True)
    left = models.JSONField(default=dict, blank=True)
    held = models.JSONField(default=dict, blank=True)
    made = models.JSONField(default=dict, blank=True)
    altered = models.JSONField(default=list, blank=True)
    filled = models.JSONField(default=dict, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at=None), name="gone_into_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return _("%(gone)s is now %(survivor)s") % {"gone": self.gone.name, "survivor": self.survivor.name}


class Remembered(Dated):
    """A decision that two organisations are, or are not, one. It holds until somebody lifts it.

    Each side is kept by canonical names and numbers ({"names": [...], "numbers": [[scheme, value], ...]}), so that it
    outlives the rows it was taken on. ``called`` is how people read it.
    """

    place = models.ForeignKey(Place, models.CASCADE, related_name="remembered")
    one = models.JSONField()
    other = models.JSONField()
    one_called = models.CharField(max_length=200)
    other_called = models.CharField(max_length=200)
    is_same = models.BooleanField()
    why = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = "remembered"

    def __str__(self) -> str:
        return _("%(one)s and %(other)s") % {"one": self.one_called, "other": self.other_called}
