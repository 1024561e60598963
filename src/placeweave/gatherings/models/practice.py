"""The log of practices tried, which belongs to whoever writes it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings import practices
from placeweave.gatherings.models.cohort import Cohort
from placeweave.kit.models import Dated
from placeweave.places.models import Member, Place


class Tried(Dated):
    """A practice somebody tried and what happened: read by its writer alone until they share it."""

    class Sharing(models.TextChoices):
        """Who may read it."""

        OWN = "own", _("Only me")
        COHORT = "cohort", _("My cohort, and the team")
        PLACE = "place", _("Everybody who takes part in this place")

    place = models.ForeignKey(Place, models.CASCADE, related_name="practices_tried")
    member = models.ForeignKey(Member, models.CASCADE, related_name="practices_tried")
    card = models.CharField(max_length=60)
    on = models.DateField()
    done = models.TextField(max_length=2000)
    noticed = models.TextField(max_length=3000)
    next_step = models.TextField(blank=True, max_length=1000)
    sharing = models.CharField(max_length=6, choices=Sharing, default=Sharing.OWN)
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, blank=True, related_name="practices_tried")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name_plural = "practices tried"
        indexes = [models.Index(fields=["place", "sharing"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(sharing="cohort", cohort__isnull=False) | (~Q(sharing="cohort") & Q(cohort=None)),
                name="what_is_shared_with_a_cohort_names_it",
            )
        ]

    def __str__(self) -> str:
        return f"{self.card} on {self.on}"

    @property
    def title(self) -> str:
        """The title of its card; a card of an earlier version that is gone is called by its key."""
        found = practices.card(self.card)
        return found.title if found else self.card
