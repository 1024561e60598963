"""One item of a directory in its nested form: what is needed and missing holds it, everything else only warns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from placeweave.formats.hsds.records import Holder, Location, Schedule, Service, Term
from placeweave.formats.json_text import unstorable
from placeweave.formats.money import plain_number
from placeweave.formats.problems import Problem, Severity
from placeweave.formats.text import is_whole_number

STATUSES = ("active", "inactive", "defunct", "temporarily closed")
FREQUENCIES = frozenset({"", "DAILY", "WEEKLY", "MONTHLY"})
MOST_WITHIN = 200
_DAY = re.compile(r"(?:[+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)")
_MONTHDAY = re.compile(r"-?(?:[1-9]|[12]\d|3[01])")
_CLOCK = re.compile(r"(?P<clock>(?:[01]?\d|2[0-3]):[0-5]\d)(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?")
_DAY_OF_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"(?<![\w.])[+(]?\d[\d ()-]{4,22}\d(?: ?(?:ext\.?|x) ?\d{1,6})?(?![\w@])", re.IGNORECASE)
_WEST, _SOUTH, _EAST, _NORTH = -9.0, 49.0, 2.5, 61.5


def text_of(value: Any) -> str:
    """Give what stands in a field as text; anything that is neither text nor a number is nothing."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return plain_number(value) if isinstance(value, Decimal) else ""


def listed(value: Any) -> list[dict[str, Any]]:
    """Give the objects of a list, as many as any service can have."""
    return [one for one in value if isinstance(one, dict)][:MOST_WITHIN] if isinstance(value, list) else []


class _Stopped(Exception):
    """An item that becomes no service, with the problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


def _stopped(row: int, field: str, reason: str, value: str, severity: Severity) -> _Stopped:
    return _Stopped(Problem(row, field, reason, value, severity))


class ItemReader:
    """Reads items one after the other, and keeps what was wrong with each."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.first: dict[str, int] = {}

    def read(self, row: int, item: Any) -> Service | None:
        """Give one service, or nothing where a problem that holds or rejects it was told."""
        try:
            return self._item(row, item)
        except _Stopped as fault:
            self.problems.append(fault.problem)
            return None

    def _item(self, row: int, item: Any) -> Service:
        if not isinstance(item, dict):
            raise _stopped(row, "", "A service was expected here.", str(item)[:120], "rejected")
        if where := unstorable(item):
            reason = "This field holds a character that no text may hold (a NUL or half of a pair)."
            raise _stopped(row, where, reason, "", "rejected")
        key = text_of(item.get("id"))
        if not key or len(key) > 80:
            raise _stopped(
                row, "id", "There is no id of at most 80 characters, so it cannot be told which.", key, "rejected"
            )
        if (first := self.first.setdefault(key, row)) != row:
            raise _stopped(row, "id", f"Item {first} of this file has the same id.", key, "rejected")
        return self._service(row, key, item)

    def _service(self, row: int, key: str, item: dict[str, Any]) -> Service:
        name, status = text_of(item.get("name")), text_of(item.get("status")).casefold()
        holder = self._holder(item.get("organization"))
        if not name:
            raise _stopped(row, "name", "The name is needed and is not there.", "", "held")
        if status not in STATUSES:
            words = f"The status must be one of: {', '.join(STATUSES)}."
            raise _stopped(row, "status", words, text_of(item.get("status")), "held")
        if holder is None:
            raise _stopped(row, "organization", "It does not say which organisation offers it.", "", "held")
        return Service(
            row=row,
            id=key,
            name=" ".join(name.split()),
            status=status,
            holder=holder,
            description=text_of(item.get("description")),
            url=text_of(item.get("url"))[:1000],
            email=self._email(row, item),
            phones=tuple(dict.fromkeys(self._phones(row, item))),
            fees=text_of(item.get("fees")),
            locations=tuple(self._locations(row, item)),
            schedules=tuple(self._schedules(row, item)),
            costs=tuple(filter(None, map(_cost, listed(item.get("cost_options"))))),
            terms=tuple(_terms(item)),
            areas=tuple(filter(None, (text_of(one.get("name")) for one in listed(item.get("service_areas"))))),
            modified=text_of(item.get("last_modified")),
            assured=text_of(item.get("assured_date")),
        )

    def _warn(self, row: int, field: str, reason: str, value: str) -> None:
        self.problems.append(Problem(row, field, reason, value, "warning"))

    def _holder(self, told: Any) -> Holder | None:
        if not isinstance(told, dict) or not text_of(told.get("name")):
            return None
        numbers = (
            (text_of(one.get("identifier_scheme")), text_of(one.get("identifier")))
            for one in listed(told.get("organization_identifiers"))
        )
        return Holder(
            id=text_of(told.get("id"))[:80],
            name=" ".join(text_of(told.get("name")).split())[:200],
            description=text_of(told.get("description"))[:2000],
            website=text_of(told.get("website"))[:1000],
            numbers=tuple(number for number in numbers if all(number)),
        )

    def _email(self, row: int, item: dict[str, Any]) -> str:
        written = item.get("email")
        text = text_of(written)
        if written in (None, "") or _EMAIL.fullmatch(text):
            return text
        self._warn(row, "email", "This is not an e-mail address, so it was left out.", text or str(written))
        return ""

    def _phones(self, row: int, item: dict[str, Any]) -> Iterator[str]:
        """Give the numbers of the service itself: one that a contact is reached at is a person's, and stays out."""
        personal = {number for contact in listed(item.get("contacts")) for number in _numbers(contact)}
        own = [one for one in listed(item.get("phones")) if not text_of(one.get("contact_id"))]
        for written in _numbers({**item, "phones": own}):
            if written in personal:
                continue
            found = _PHONE.search(written)
            if found is None or found[0] != written.strip(' "'):
                reason = "Only a telephone number is kept of this" if found else "This is not a telephone number"
                self._warn(row, "phones", f"{reason}; other words are left out.", written)
            if found is not None:
                yield found[0]

    def _locations(self, row: int, item: dict[str, Any]) -> Iterator[Location]:
        for at in listed(item.get("service_at_locations")):
            place = at.get("location")
            if isinstance(place, dict) and text_of(place.get("location_type")).casefold() != "virtual":
                yield self._location(row, place)

    def _location(self, row: int, place: dict[str, Any]) -> Location:
        address = next(iter(listed(place.get("addresses"))), {})
        latitude, longitude = self._point(row, place)
        lines = [text_of(address.get(name)) for name in ("address_1", "address_2")]
        return Location(
            id=text_of(place.get("id"))[:80],
            name=text_of(place.get("name"))[:200],
            address=", ".join(line for line in lines if line)[:200],
            city=text_of(address.get("city"))[:120],
            region=text_of(address.get("state_province"))[:120],
            postcode=text_of(address.get("postal_code")).upper(),
            latitude=latitude,
            longitude=longitude,
        )

    def _point(self, row: int, place: dict[str, Any]) -> tuple[float | None, float | None]:
        written = [text_of(place.get(name)) for name in ("latitude", "longitude")]
        if not any(written):
            return None, None
        try:
            latitude, longitude = (float(one) for one in written)
        except ValueError:
            latitude = longitude = 0.0
        if _SOUTH <= latitude <= _NORTH and _WEST <= longitude <= _EAST:
            return latitude, longitude
        turned = _SOUTH <= longitude <= _NORTH and _WEST <= latitude <= _EAST
        reason = "Latitude and longitude seem to be swapped" if turned else "This point is not in the United Kingdom"
        self._warn(row, "latitude, longitude", f"{reason}, so it is not put on a map.", ", ".join(written))
        return None, None

    def _schedules(self, row: int, item: dict[str, Any]) -> Iterator[Schedule]:
        for told in listed(item.get("schedules")):
            schedule = _schedule(told)
            if not schedule.is_rule:
                reason = "This is not a rule a calendar could follow; its words are kept."
                self._warn(
                    row, "schedules", reason, f"{text_of(told.get('freq'))} {text_of(told.get('byday'))}".strip()
                )
            yield schedule


def _schedule(told: dict[str, Any]) -> Schedule:
    word = {
        name: text_of(told.get(name)) for name in ("freq", "interval", "byday", "bymonthday", "valid_from", "valid_to")
    }
    clocks = [_CLOCK.fullmatch(text_of(told.get(name))) for name in ("opens_at", "closes_at")]
    days, monthdays = word["byday"].upper().replace(" ", ""), word["bymonthday"].replace(" ", "")
    follows = (
        word["freq"].upper() in FREQUENCIES
        and all(_DAY.fullmatch(one) for one in days.split(",") if days)
        and all(_MONTHDAY.fullmatch(one) for one in monthdays.split(",") if monthdays)
        and (not word["interval"] or (is_whole_number(word["interval"]) and 0 < int(word["interval"]) < 1000))
    )
    dates = [word[name] if _DAY_OF_DATE.fullmatch(word[name]) else "" for name in ("valid_from", "valid_to")]
    return Schedule(
        freq=word["freq"].upper() if follows else "",
        interval=int(word["interval"] or 1) if follows else 1,
        byday=days if follows else "",
        bymonthday=monthdays if follows else "",
        opens_at=clocks[0]["clock"].zfill(5) if clocks[0] else "",
        closes_at=clocks[1]["clock"].zfill(5) if clocks[1] else "",
        valid_from=dates[0],
        valid_to=dates[1],
        description=text_of(told.get("description"))[:1000],
        is_rule=follows,
    )


def _numbers(told: dict[str, Any]) -> list[str]:
    """Give the telephone numbers of a service or a contact as they are written."""
    several = (one.get("number") for one in listed(told.get("phones")))
    return [number for one in (told.get("phone"), *several) if (number := text_of(one))]


def _cost(told: dict[str, Any]) -> str:
    amount = text_of(told.get("amount"))
    money = f"{text_of(told.get('currency')) or 'GBP'} {amount}" if amount else ""
    said = (text_of(told.get("option")), " ".join(filter(None, (money, text_of(told.get("amount_description"))))))
    return ": ".join(filter(None, said))[:300]


def _terms(item: dict[str, Any]) -> Iterator[Term]:
    for one in listed(item.get("attributes")):
        term = one.get("taxonomy_term")
        if isinstance(term, dict) and text_of(term.get("name")):
            key = text_of(term.get("id")) or text_of(term.get("name"))
            yield Term(key[:120], text_of(term.get("name"))[:200], text_of(term.get("taxonomy"))[:200])
