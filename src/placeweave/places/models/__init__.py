"""The records of places."""

from __future__ import annotations

from placeweave.places.models.area import Boundary, ZoneFigures
from placeweave.places.models.framework import Crosswalk, Framework, FrameworkNode
from placeweave.places.models.issue import Issue, Question
from placeweave.places.models.linkage import Merge, Pairing, Remembered, SourceRecord
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
    "Merge",
    "Organisation",
    "OrganisationIdentifier",
    "OrganisationName",
    "Pairing",
    "Person",
    "Place",
    "PlaceCode",
    "Question",
    "RegisterEntry",
    "Remembered",
    "Sector",
    "Site",
    "SourceRecord",
    "ZoneFigures",
]
