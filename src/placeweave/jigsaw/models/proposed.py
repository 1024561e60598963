"""What a person decided about a need that low scores of the place suggest."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.jigsaw.models.piece import Need
from placeweave.kit.models import Dated
from placeweave.places.models import Member, Place


class ProposedNeed(Dated):
    """A decision on one low score: taken up as a need, or refused for good.

    Jigsaw does not know assessments, so it keeps what the score is about by key, and in ``rests_on`` the figures as
    they stood when the decision was taken. A score nobody decided on has no row.
    """

    class State(models.TextChoices):
        """What a person decided."""

        TAKEN_UP = "taken_up", _("Taken up")
        REFUSED = "refused", _("Refused")

    place = models.ForeignKey(Place, models.CASCADE, related_name="proposed_needs")
    assessment = models.PositiveBigIntegerField()
    heading = models.CharField(max_length=40)
    group = models.PositiveBigIntegerField(default=0, help_text="0 stands for everybody who answered.")
    rests_on = models.CharField(max_length=600)
    state = models.CharField(max_length=8, choices=State)
    need = models.ForeignKey(Need, models.SET_NULL, null=True, blank=True, related_name="proposed")
    decided_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "assessment", "heading", "group"], name="one_decision_per_low_score"
            )
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.state}"

    @property
    def subject(self) -> tuple[int, str, int]:
        """What it is about, as the low score itself says it."""
        return self.assessment, self.heading, self.group
