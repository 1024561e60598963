"""The ledger of mutual help: who helped whom with what, and thanks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from placeweave.jigsaw.models.piece import Need
from placeweave.kit.models import Dated
from placeweave.places.models import Member, Organisation, Place


class Help(Dated):
    """One partner's answer to an ask: offered, given, and thanked for. Nobody is ranked by it."""

    class State(models.TextChoices):
        """How far it has come."""

        OFFERED = "offered", _("Offered")
        GIVEN = "given", _("Given")
        WITHDRAWN = "withdrawn", _("Taken back")

    place = models.ForeignKey(Place, models.CASCADE, related_name="help")
    need = models.ForeignKey(Need, models.SET_NULL, null=True, blank=True, related_name="help")
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="help_given")
    receiver = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="help_received")
    received_by = models.CharField(max_length=160, blank=True, help_text="Who asked, where no organisation did.")
    words = models.CharField(max_length=400)
    state = models.CharField(max_length=10, choices=State, default=State.OFFERED)
    given_on = models.DateField(null=True, blank=True)
    thanks = models.CharField(max_length=400, blank=True)
    thanked_on = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = "help"
        constraints = [
            models.UniqueConstraint(
                fields=["need", "giver"], condition=~Q(state="withdrawn"), name="one_answer_per_need_and_partner"
            ),
            models.CheckConstraint(
                condition=~Q(state="given") | Q(given_on__isnull=False), name="help_given_on_some_day"
            ),
        ]
        indexes = [models.Index(fields=["place", "state", "given_on"])]

    def __str__(self) -> str:
        return self.words
