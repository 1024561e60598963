"""What partners say they need to learn, and the joint session that answers it."""

from __future__ import annotations

from django.db import models

from placeweave.gatherings.models.session import Session
from placeweave.kit.models import Dated
from placeweave.places.models import Member, Organisation, Place


class LearningNeed(Dated):
    """Something that partners or residents of a place want to learn; several may have the same need."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="learning_needs")
    title = models.CharField(max_length=160)
    about = models.TextField(blank=True, max_length=1000)
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="learning_needs")

    class Meta:
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["place", "title"], name="one_learning_need_per_title")]

    def __str__(self) -> str:
        return self.title


class Asking(Dated):
    """That somebody has a learning need: an organisation, or a person for themselves where none is named."""

    need = models.ForeignKey(LearningNeed, models.CASCADE, related_name="askings")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="+")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"asking {self.pk}"
