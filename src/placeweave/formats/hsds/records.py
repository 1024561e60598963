"""Services as plain records."""

from __future__ import annotations

from dataclasses import dataclass

from placeweave.formats.problems import Problem


@dataclass(frozen=True, slots=True)
class Holder:
    """Who offers a service; ``id`` is known within one directory only, ``numbers`` are (scheme, number) as written."""

    id: str
    name: str
    description: str = ""
    website: str = ""
    numbers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Location:
    """Where a service is to be found; without coordinates where those given cannot be right."""

    id: str
    name: str
    address: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a service is open, in the words of a calendar rule; ``is_rule`` is false where only the text can be used."""

    freq: str = ""
    interval: int = 1
    byday: str = ""
    bymonthday: str = ""
    opens_at: str = ""
    closes_at: str = ""
    valid_from: str = ""
    valid_to: str = ""
    description: str = ""
    is_rule: bool = True


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a taxonomy under which a service stands."""

    id: str
    name: str
    taxonomy: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """One service as a directory lists it; contact people and their numbers are not in it."""

    row: int
    id: str
    name: str
    status: str
    holder: Holder
    description: str = ""
    url: str = ""
    email: str = ""
    phones: tuple[str, ...] = ()
    fees: str = ""
    locations: tuple[Location, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    costs: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    areas: tuple[str, ...] = ()
    modified: str = ""
    assured: str = ""

    @property
    def is_active(self) -> bool:
        """Whether it counts as there; anything else is kept and set aside."""
        return self.status == "active"


@dataclass(frozen=True, slots=True)
class Services:
    """A whole directory file: services read, problems by row, and what was noticed on the way."""

    services: tuple[Service, ...]
    rows: int
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    licence: str = ""
    attribution: str = ""
