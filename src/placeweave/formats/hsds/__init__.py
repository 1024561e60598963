"""Directories of services: Open Referral UK (HSDS 3) as JSON or as a package of tables, and what ALISS answers."""

from __future__ import annotations

from placeweave.formats.hsds.reading import read_aliss, read_services
from placeweave.formats.hsds.records import Holder, Location, Schedule, Service, Services, Term
from placeweave.formats.hsds.writing import write_services

__all__ = [
    "Holder",
    "Location",
    "Schedule",
    "Service",
    "Services",
    "Term",
    "read_aliss",
    "read_services",
    "write_services",
]
