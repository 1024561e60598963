"""An introduction somebody made between two partners, and what came of it."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from placeweave.jigsaw.models.synergy import Synergy
from placeweave.kit.models import Dated
from placeweave.places.models import Member, Organisation, Place

ASK_AFTER = timedelta(days=30)


class Introduction(Dated):
    """Two partners brought together, why, and what they say a month later.

    The mail is drafted here and sent by the person from their own post: the words stay theirs, and no address of
    anybody is kept in it.
    """

    class Outcome(models.TextChoices):
        """What came of it."""

        WAITING = "waiting", _("Not asked yet")
        MET = "met", _("They met")
        TOGETHER = "together", _("They do something together")
        NOTHING = "nothing", _("Nothing came of it")

    place = models.ForeignKey(Place, models.CASCADE, related_name="introductions")
    synergy = models.ForeignKey(Synergy, models.SET_NULL, null=True, blank=True, related_name="introductions")
    one = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    other = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    subject = models.CharField(max_length=160)
    words = models.TextField(max_length=4000)
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    made_on = models.DateField()
    ask_on = models.DateField()
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING)
    outcome_words = models.CharField(max_length=400, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["ask_on", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(one=F("other")), name="introduction_between_two")]
        indexes = [models.Index(fields=["place", "outcome", "ask_on"])]

    def __str__(self) -> str:
        return self.subject
