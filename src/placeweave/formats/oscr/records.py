"""Charities as plain records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from placeweave.formats.problems import Problem


@dataclass(frozen=True, slots=True)
class Charity:
    """One charity as the register has it.

    ``address`` is of a principal office or of a trustee, so it may be somebody's home. ``money`` holds the figures the
    row fills, by their column; ``extra`` every column that is not among those the register is known to have.
    """

    row: int
    number: str
    name: str
    known_as: str = ""
    status: str = ""
    notes: str = ""
    registered_on: date | None = None
    postcode: str = ""
    address: str = ""
    form: str = ""
    previous_form: str = ""
    spread: str = ""
    works_in: str = ""
    purposes: tuple[str, ...] = ()
    beneficiaries: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    objectives: str = ""
    website: str = ""
    year_end: str = ""
    parent_name: str = ""
    parent_number: str = ""
    parent_country: str = ""
    religious_body: str = ""
    regulatory_type: str = ""
    money: Mapping[str, Decimal] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Register:
    """A whole file: charities read, problems by row, and what was noticed on the way.

    ``numbers`` gives what each row has for a charity number, whether or not the row could be read further.
    """

    charities: tuple[Charity, ...]
    rows: int
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    numbers: Mapping[int, str] = field(default_factory=dict)
