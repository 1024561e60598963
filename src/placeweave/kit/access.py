"""Standings and permissions: nothing is allowed that a room has not granted by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit.errors import Refused


class Standing(models.TextChoices):
    """What a person is in one place."""

    CONVENER = "convener", gettext_lazy("Convener")
    FACILITATOR = "facilitator", gettext_lazy("Facilitator")
    PARTNER = "partner", gettext_lazy("Partner")
    COMMUNITY = "community", gettext_lazy("Community member")
    EVALUATOR = "evaluator", gettext_lazy("Evaluator")
    GUEST = "guest", gettext_lazy("Guest")
    VISITOR = "visitor", gettext_lazy("Visitor")


CONVENERS = frozenset({Standing.CONVENER})
TEAM = CONVENERS | {Standing.FACILITATOR}
"""Those who hold the space: they see what was said to them in confidence."""
# Partners and residents always stand together: one permission model for both.
TAKING_PART = TEAM | {Standing.PARTNER, Standing.COMMUNITY}
INSIDE = TAKING_PART | {Standing.EVALUATOR}
INVITED = INSIDE | {Standing.GUEST}
ANYONE = INVITED | {Standing.VISITOR}


class Actor(Protocol):
    """Somebody acting in a place: a member, or a visitor without an account."""

    @property
    def standing(self) -> str:
        """The standing this actor has in the place at hand."""


_granted: dict[str, frozenset[str]] = {}


def grant(permission: str, standings: Iterable[Standing]) -> None:
    """Let these standings do what ``permission`` names (``<room>.<verb>_<noun>``); each room's ``rules.py`` does."""
    _granted[permission] = frozenset(str(standing) for standing in standings)


def granted() -> dict[str, frozenset[str]]:
    """List every permission with the standings it is granted to."""
    return dict(_granted)


def may(actor: Actor, permission: str) -> bool:
    """Tell whether the actor may do this; an unknown permission is a no."""
    return str(actor.standing) in _granted.get(permission, frozenset())


def require(actor: Actor, permission: str) -> None:
    """Raise :class:`Refused` unless the actor may do this."""
    if not may(actor, permission):
        raise Refused(_("Your standing here does not allow this. Ask a convener of this place."))
