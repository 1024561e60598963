"""Those who come to a session, one by one, whether they have arrived, and who of them sits with whom."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings.models.session import Session
from placeweave.gatherings.models.signup import SignUp
from placeweave.kit.models import Dated
from placeweave.places.models import Sector


class Feature(models.TextChoices):
    """What a table may offer to whoever needs it; languages come besides, as people write them."""

    NEAR_DOOR = "near_door", _("near the door")
    STEP_FREE = "step_free", _("step-free")
    HEARING_LOOP = "hearing_loop", _("hearing loop")
    QUIET = "quiet", _("a quiet corner")
    NEAR_FRONT = "near_front", _("near the front")


class SessionTable(Dated):
    """A table of the room a session is held in; without a name it is called by its letter."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField(help_text=_("From 0, as they are lettered."))
    name = models.CharField(max_length=40, blank=True)
    offers = models.JSONField(default=list, blank=True, help_text="Features by their key, languages as written.")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="one_table_of_each_number")]

    def __str__(self) -> str:
        return self.name or self.letter

    @property
    def letter(self) -> str:
        """Its letter: A to Z, then AA and so on."""
        before, last = divmod(self.number, 26)
        return (chr(ord("A") + before - 1) if before else "") + chr(ord("A") + last)


class Attendee(Dated):
    """One person of a party, or somebody who walked in; there is a row once anything is noted of them.

    ``number`` is 0 for whoever signed up, and counts those they bring. Whoever walked in has no sign-up, and a name
    of their own. When a party leaves, its rows go, and with them every seat.
    """

    class State(models.TextChoices):
        """Whether they are there."""

        EXPECTED = "expected", _("Not seen yet")
        HERE = "here", _("Has arrived")
        AWAY = "away", _("Did not come")

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendees")
    sign_up = models.ForeignKey(SignUp, models.CASCADE, null=True, blank=True, related_name="attendees")
    number = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.EXPECTED)
    stays_at = models.ForeignKey(SessionTable, models.SET_NULL, null=True, blank=True, related_name="hosts")
    needs = models.JSONField(default=list, blank=True, help_text="What their table must offer, as tables say it.")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["sign_up", "number"], name="one_attendee_for_each_of_a_party")]

    def __str__(self) -> str:
        return f"attendee {self.pk}"


class Bond(Dated):
    """Two who are never to sit at one table, or always."""

    class Kind(models.TextChoices):
        """Which of the two."""

        APART = "apart", _("Never at one table")
        TOGETHER = "together", _("Always at one table")

    session = models.ForeignKey(Session, models.CASCADE, related_name="bonds")
    kind = models.CharField(max_length=8, choices=Kind)
    one = models.ForeignKey(Attendee, models.CASCADE, related_name="+")
    other = models.ForeignKey(Attendee, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_bond_between_two"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="nobody_is_bound_to_themselves"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.one_id} {self.other_id}"
