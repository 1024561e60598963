"""Suggested synergies, each with its reason and what a person decided about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.jigsaw.models.piece import Need, Piece
from placeweave.kit.models import Analysis, Dated
from placeweave.places.models import Issue, Member, Organisation, Place


class Synergy(Dated):
    """Something that the pieces, needs, ties and issues of a place show might be worth a conversation.

    ``signature`` says what it is about, so that a decision survives computing again; ``facts`` is a digest of what it
    rests on, so that a refused suggestion whose facts changed can come back marked as changed. It outlives the need and
    the pieces it speaks of: a file taken back and brought in again must not bring a refused suggestion back.
    """

    class Kind(models.TextChoices):
        """What sort of fit it is."""

        MATCH = "match", _("Offer meets need")
        OVERLAP = "overlap", _("Overlap")
        GAP = "gap", _("Gap")
        MEETING = "meeting", _("Introduction")
        JOINT = "joint", _("Two programmes")
        SHARED = "shared", _("Shared difficulty")
        ALONE = "alone", _("Rests on one")
        KINDRED = "kindred", _("For the same people")

    class State(models.TextChoices):
        """What a person decided."""

        OPEN = "open", _("Waiting for a decision")
        ACCEPTED = "accepted", _("Taken up")
        PARKED = "parked", _("Not now")
        REFUSED = "refused", _("Refused")
        LAPSED = "lapsed", _("No longer so")

    place = models.ForeignKey(Place, models.CASCADE, related_name="synergies")
    analysis = models.ForeignKey(Analysis, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    signature = models.CharField(max_length=64)
    facts = models.CharField(max_length=64)
    score = models.FloatField(default=0.0)
    likely = models.FloatField(null=True, blank=True, help_text="Of introductions alone: contacts in common.")
    valuable = models.FloatField(null=True, blank=True, help_text="Of introductions alone: what it would join.")
    reason = models.JSONField(default=list, help_text=_("Reason codes with the records they speak of."))
    need = models.ForeignKey(Need, models.SET_NULL, null=True, blank=True, related_name="synergies")
    pieces = models.ManyToManyField(Piece, blank=True, related_name="synergies")
    organisations = models.ManyToManyField(Organisation, blank=True, related_name="synergies")
    issue = models.ForeignKey(Issue, models.SET_NULL, null=True, blank=True, related_name="synergies")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    has_changed = models.BooleanField(default=False)
    decided_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=400, blank=True)
    is_suggested: ClassVar[bool] = True
    """A file can be taken back though a suggestion speaks of what it brought."""

    class Meta:
        ordering = ["-score", "pk"]
        verbose_name_plural = "synergies"
        constraints = [models.UniqueConstraint(fields=["place", "signature"], name="one_synergy_per_signature")]
        indexes = [models.Index(fields=["place", "state", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
