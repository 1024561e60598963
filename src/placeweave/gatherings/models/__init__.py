"""The records of gatherings."""

from __future__ import annotations

from placeweave.gatherings.models.application import Application, CohortEvent, Opening
from placeweave.gatherings.models.calendar import CalendarKey
from placeweave.gatherings.models.cohort import Cohort, Programme, Target
from placeweave.gatherings.models.hand_over import HandOver, Parked
from placeweave.gatherings.models.letter import ApplicantLink, Letter, OwnLink
from placeweave.gatherings.models.preparation import Material, Preparation
from placeweave.gatherings.models.run_sheet import OwnRecipe, Step
from placeweave.gatherings.models.session import Session
from placeweave.gatherings.models.signup import QueueEvent, SignUp

__all__ = [
    "ApplicantLink",
    "Application",
    "CalendarKey",
    "Cohort",
    "CohortEvent",
    "HandOver",
    "Letter",
    "Material",
    "Opening",
    "OwnLink",
    "OwnRecipe",
    "Parked",
    "Preparation",
    "Programme",
    "QueueEvent",
    "Session",
    "SignUp",
    "Step",
    "Target",
]
