"""The records of gatherings."""

from __future__ import annotations

from placeweave.gatherings.models.application import Application, CohortEvent, Opening
from placeweave.gatherings.models.arrangement import Arrangement, Seat
from placeweave.gatherings.models.attendee import Attendee, Bond, Feature, SessionTable
from placeweave.gatherings.models.calendar import CalendarKey
from placeweave.gatherings.models.cohort import Cohort, Programme, Target
from placeweave.gatherings.models.design import Design, DesignSession, DesignVersion, OutlineSession
from placeweave.gatherings.models.hand_over import HandOver, Parked
from placeweave.gatherings.models.learning import Asking, LearningNeed
from placeweave.gatherings.models.letter import ApplicantLink, Letter, OwnLink
from placeweave.gatherings.models.practice import Tried
from placeweave.gatherings.models.preparation import Material, Preparation
from placeweave.gatherings.models.reminder import Reminder
from placeweave.gatherings.models.run_sheet import OwnRecipe, Step
from placeweave.gatherings.models.session import Session
from placeweave.gatherings.models.signup import QueueEvent, SignUp

__all__ = [
    "ApplicantLink",
    "Application",
    "Arrangement",
    "Asking",
    "Attendee",
    "Bond",
    "CalendarKey",
    "Cohort",
    "CohortEvent",
    "Design",
    "DesignSession",
    "DesignVersion",
    "Feature",
    "HandOver",
    "LearningNeed",
    "Letter",
    "Material",
    "Opening",
    "OutlineSession",
    "OwnLink",
    "OwnRecipe",
    "Parked",
    "Preparation",
    "Programme",
    "QueueEvent",
    "Reminder",
    "Seat",
    "Session",
    "SessionTable",
    "SignUp",
    "Step",
    "Target",
    "Tried",
]
