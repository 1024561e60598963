"""The records of places."""

from __future__ import annotations

from placeweave.places.models.area import Boundary, ZoneFigures
from placeweave.places.models.framework import Crosswalk, Framework, FrameworkNode
from placeweave.places.models.issue import Issue, Question
from placeweave.places.models.linkup import LinkUp
from placeweave.places.models.organisation import (
    Organisation,
    OrganisationIdentifier,
    OrganisationName,
    Sector,
    Site,
)
from placeweave.places.models.person import Invitation, Member, Person
from placeweave.places.models.place import DutyContact, Place, PlaceCode
from placeweave.places.models.register import RegisterEntry

__all__ = [
    "Boundary",
    "Crosswalk",
    "DutyContact",
    "Framework",
    "FrameworkNode",
    "Invitation",
    "Issue",
    "LinkUp",
    "Member",
    "Organisation",
    "OrganisationIdentifier",
    "OrganisationName",
    "Person",
    "Place",
    "PlaceCode",
    "Question",
    "RegisterEntry",
    "Sector",
    "Site",
    "ZoneFigures",
]
