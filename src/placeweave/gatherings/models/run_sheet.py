"""The run sheet of a session: its steps in order, and the recipes a place keeps to begin from again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings.models.session import Session
from placeweave.kit.models import Dated
from placeweave.places.models import Place

LONGEST_STEP = 720
"""Minutes: twelve hours."""


class Audience(models.TextChoices):
    """Whom a step is for, where some people are in a room and some online."""

    EVERYBODY = "everybody", _("Everybody")
    ROOM = "room", _("Those in the room")
    ONLINE = "online", _("Those online")


@dataclass(frozen=True)
class StepFacts:
    """What is said of a step, in a run sheet as in a recipe."""

    title: str
    minutes: int
    method: str = ""
    how: str = ""
    in_the_room: str = ""
    online: str = ""
    materials: str = ""
    led_by: str = ""
    audience: str = Audience.EVERYBODY
    is_break: bool = False


class Step(Dated):
    """One thing that happens in a session, for so many minutes.

    Where it stands in the order is no part of what people write in it: moving it leaves ``version`` alone, so that
    nobody is stopped who is writing in it meanwhile.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField()
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(LONGEST_STEP)])
    title = models.CharField(max_length=120)
    method = models.CharField(max_length=80, blank=True)
    how = models.TextField(blank=True, max_length=2000)
    in_the_room = models.TextField(blank=True, max_length=1000)
    online = models.TextField(blank=True, max_length=1000)
    materials = models.CharField(max_length=300, blank=True)
    led_by = models.CharField(max_length=120, blank=True)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYBODY)
    is_break = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["session", "position"])]
        constraints = [models.CheckConstraint(condition=models.Q(minutes__gte=1), name="a_step_takes_a_minute")]

    def __str__(self) -> str:
        return self.title

    def facts(self) -> StepFacts:
        """Give what is said of it, without where it stands."""
        return StepFacts(**{name: getattr(self, name) for name in StepFacts.__dataclass_fields__})


class OwnRecipe(Dated):
    """A run sheet that a place keeps under a name of its own, to begin from again."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="recipes")
    title = models.CharField(max_length=120)
    about = models.TextField(blank=True, max_length=600)
    purpose = models.TextField(blank=True, max_length=600)
    kind = models.CharField(max_length=12, choices=Session.Kind, default=Session.Kind.WORKSHOP)
    steps = models.JSONField(default=list)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["place", "title"], name="one_recipe_per_title")]

    def __str__(self) -> str:
        return self.title

    def in_steps(self) -> tuple[StepFacts, ...]:
        """Give its steps as they are said."""
        told: list[dict[str, Any]] = self.steps
        return tuple(StepFacts(**one) for one in told)
