"""The sessions people come to."""

from __future__ import annotations

from datetime import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings.models.cohort import Cohort, new_code
from placeweave.kit.models import Dated
from placeweave.places.models import Member, Place

MOST_PEOPLE = 2000


class Session(Dated):
    """One gathering with a beginning, an end and so many places; it may belong to a cohort, or stand alone.

    ``version`` and ``changed_at`` move together: calendars know by them what is newer. Whoever has its address can
    sign up; ``is_listed`` puts it on the public list of the place besides.
    """

    class Kind(models.TextChoices):
        """What sort of gathering it is."""

        EXPLORING = "exploring", _("Exploratory conversation")
        WORKSHOP = "workshop", _("Workshop")
        LEARNING = "learning", _("Learning session")
        PUBLIC = "public", _("Public event")

    class Mode(models.TextChoices):
        """Where people meet."""

        ROOM = "room", _("In a room")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("In a room and online")

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Open")
        CANCELLED = "cancelled", _("Cancelled")
        HELD = "held", _("Held")

    place = models.ForeignKey(Place, models.CASCADE, related_name="sessions")
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, blank=True, related_name="sessions")
    host = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    title = models.CharField(max_length=160)
    about = models.TextField(blank=True, max_length=4000)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.WORKSHOP)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    mode = models.CharField(max_length=8, choices=Mode, default=Mode.ROOM)
    where = models.CharField(max_length=240, blank=True)
    joining_link = models.URLField(max_length=300, blank=True)
    capacity = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MOST_PEOPLE)])
    offer_hours = models.PositiveSmallIntegerField(default=48)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    is_listed = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["begins_at", "pk"]
        indexes = [models.Index(fields=["place", "state", "begins_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(capacity__gte=1), name="a_session_has_a_place"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="a_session_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def badge(self) -> str:
        """Name the chip it is shown with: a session that was held asks nothing of anybody."""
        return "done" if self.state == self.State.HELD else self.state

    def takes_people(self, now: datetime) -> bool:
        """Tell whether places are given out: it is open, and has not begun."""
        return self.state == self.State.OPEN and now < self.begins_at
