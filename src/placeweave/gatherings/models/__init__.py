"""The records of gatherings."""

from __future__ import annotations

from placeweave.gatherings.models.letter import Letter, OwnLink
from placeweave.gatherings.models.session import Cohort, Programme, Session
from placeweave.gatherings.models.signup import QueueEvent, SignUp

__all__ = ["Cohort", "Letter", "OwnLink", "Programme", "QueueEvent", "Session", "SignUp"]
