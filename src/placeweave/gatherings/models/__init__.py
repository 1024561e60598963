"""The records of gatherings."""

from __future__ import annotations

from placeweave.gatherings.models.application import Application, CohortEvent, Opening
from placeweave.gatherings.models.cohort import Cohort, Programme, Target
from placeweave.gatherings.models.letter import ApplicantLink, Letter, OwnLink
from placeweave.gatherings.models.session import Session
from placeweave.gatherings.models.signup import QueueEvent, SignUp

__all__ = [
    "ApplicantLink",
    "Application",
    "Cohort",
    "CohortEvent",
    "Letter",
    "Opening",
    "OwnLink",
    "Programme",
    "QueueEvent",
    "Session",
    "SignUp",
    "Target",
]
