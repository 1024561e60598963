"""Grants as plain records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from placeweave.formats.problems import Problem


@dataclass(frozen=True, slots=True)
class Funder:
    """The organisation that gave."""

    external_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """The organisation that received; numbers are here only if they have the shape of one."""

    external_id: str
    name: str
    charity_number: str = ""
    company_number: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A place the grant is meant for, as the publisher wrote it."""

    name: str
    geo_code: str = ""
    geo_code_type: str = ""


@dataclass(frozen=True, slots=True)
class Grant:
    """One grant.

    A grant to a private person has ``individual`` set and no recipient: the name was dropped as it was read.
    ``extra`` holds every other column by its path in the standard (``grantProgramme/0/code``) or its own header.
    ``flags`` are short names of what a person may want to look at.
    """

    external_id: str
    title: str
    description: str
    currency: str
    amount: Decimal
    award_date: date
    funder: Funder
    recipient: Recipient | None
    individual: bool = False
    planned_start: date | None = None
    planned_end: date | None = None
    planned_end_derived: bool = False
    locations: tuple[Location, ...] = ()
    programme: str = ""
    url: str = ""
    data_source: str = ""
    modified: datetime | None = None
    flags: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class GrantsFile:
    """A whole file: grants accepted, problems by row, and what the package says of itself.

    ``date_question`` is set where the order of day and month could not be told and rows wait for the answer.
    ``ids`` names the grant of each row that could be taken apart, whether or not the row became one.
    """

    grants: tuple[Grant, ...]
    rows: int
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    licence: str = ""
    publisher: str = ""
    attribution: str = ""
    date_question: str = ""
    ids: Mapping[int, str] = field(default_factory=dict)

    @property
    def totals(self) -> dict[str, Decimal]:
        """Sum the amounts, never across currencies."""
        totals: dict[str, Decimal] = {}
        for grant in self.grants:
            totals[grant.currency] = totals.get(grant.currency, Decimal(0)) + grant.amount
        return totals

    @property
    def held(self) -> frozenset[int]:
        """Name the rows that wait for an answer."""
        return self._rows("held") - self.rejected

    @property
    def rejected(self) -> frozenset[int]:
        """Name the rows that cannot become a grant."""
        return self._rows("rejected")

    def _rows(self, severity: str) -> frozenset[int]:
        return frozenset(p.row for p in self.problems if p.row is not None and p.severity == severity)
