"""Commitments: who promises what to whom by when, what it rests on, and what was heard of it since."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.action.models.purpose import Purpose
from placeweave.jigsaw.models import Need, Piece, Synergy
from placeweave.kit.models import Dated
from placeweave.places.models import Member, Organisation, Person, Place
from placeweave.themes.models import Quote, Theme


class Commitment(Dated):
    """A named person, for an organisation or for themselves, promises something by a date to named others."""

    class State(models.TextChoices):
        """What its makers say of it. "Overdue" and "no word" are worked out, never stored."""

        PROMISED = "promised", _("Promised")
        UNDER_WAY = "under_way", _("Under way")
        KEPT = "kept", _("Kept")
        CHANGED = "changed", _("Changed")
        DROPPED = "dropped", _("Dropped")

    place = models.ForeignKey(Place, models.CASCADE, related_name="commitments")
    purpose = models.ForeignKey(Purpose, models.SET_NULL, null=True, blank=True, related_name="commitments")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=240)
    detail = models.TextField(blank=True, max_length=2000)
    person = models.ForeignKey(Person, models.PROTECT, related_name="commitments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="commitments")
    together_with = models.ManyToManyField(Organisation, blank=True, related_name="shares_commitments")
    promised_to = models.CharField(max_length=240)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROMISED)
    themes = models.ManyToManyField(Theme, blank=True, related_name="commitments")
    quotes = models.ManyToManyField(Quote, blank=True, related_name="commitments")
    needs = models.ManyToManyField(Need, blank=True, related_name="commitments")
    synergies = models.ManyToManyField(Synergy, blank=True, related_name="commitments")
    pieces: models.ManyToManyField[Piece, Pledge] = models.ManyToManyField(
        Piece, through="Pledge", related_name="commitments"
    )
    last_word_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_on", "number"]
        constraints = [models.UniqueConstraint(fields=["place", "number"], name="one_commitment_per_number")]
        indexes = [models.Index(fields=["place", "state", "due_on"])]

    def __str__(self) -> str:
        return self.what


class Pledge(Dated):
    """That a piece is put at the service of a commitment."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="pledges")
    piece = models.ForeignKey(Piece, models.PROTECT, related_name="pledges")
    note = models.CharField(max_length=240, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commitment", "piece"], name="one_pledge_each")]

    def __str__(self) -> str:
        return f"{self.piece_id} to {self.commitment_id}"


class Update(Dated):
    """A word on how a commitment goes, and the state it moved to, if it did."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="updates")
    words = models.TextField(max_length=2000)
    state = models.CharField(max_length=10, choices=Commitment.State, blank=True)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"update {self.pk}"
