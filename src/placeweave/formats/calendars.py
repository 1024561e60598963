"""Writing iCalendar: feeds that calendars subscribe to, and the one entry that goes with a letter.

References
----------
Desruisseaux (2009). *Internet Calendaring and Scheduling Core Object Specification (iCalendar)*, RFC 5545.
Daboo (2009). *iCalendar Transport-Independent Interoperability Protocol (iTIP)*, RFC 5546.
Daboo (2016). *New Properties for iCalendar*, RFC 7986.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from placeweave.formats.clocks import describe

PRODUCT = "-//placeweave//gatherings//EN"
LOOK_AGAIN_AFTER = timedelta(hours=1)
_LINE_END = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_AT_GREENWICH = frozenset({"UTC", "Etc/UTC", "Etc/Zulu", "Zulu", "Etc/Universal", "Universal"})


class Method(StrEnum):
    """What an entry asks the calendar that reads it to do."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Status(StrEnum):
    """How sure it is that something takes place, for whoever reads the entry."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Address:
    """Somebody's name and e-mail address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that takes place, as a calendar holds it.

    ``uid`` stays the same for ever, ``sequence`` rises with each change; ``zone`` names the clock whose local time the
    entry keeps.
    """

    uid: str
    sequence: int
    changed_at: datetime
    begins_at: datetime
    ends_at: datetime
    zone: str
    title: str
    about: str = ""
    where: str = ""
    page: str = ""
    joining_link: str = ""
    status: Status = Status.CONFIRMED


class _Text(vText):
    r"""Text escaped as the standard says; the library's own takes the two characters ``\N`` for a new line."""

    def to_ical(self) -> bytes:
        """Give the text as it stands in the file."""
        escaped = str(self)
        for mark in ("\\", ";", ","):
            escaped = escaped.replace(mark, f"\\{mark}")
        return escaped.replace("\n", "\\n").encode()


def write_feed(happenings: Sequence[Happening], *, name: str, organiser: Address) -> bytes:
    """Write what a calendar subscribes to; the same happenings give the same bytes."""
    calendar = _calendar(Method.PUBLISH, happenings)
    calendar.add("name", _line(name))
    calendar.add("x-wr-calname", _line(name))
    calendar.add("refresh-interval", LOOK_AGAIN_AFTER, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for one in happenings:
        calendar.add_component(_event(one, organiser))
    return bytes(calendar.to_ical())


def write_entry(
    happening: Happening, *, organiser: Address, invited: Address | None = None, method: Method = Method.PUBLISH
) -> bytes:
    """Write one entry, to be kept as a file, or to go with a letter to whoever it is for."""
    calendar, event = _calendar(method, [happening]), _event(happening, organiser)
    if invited is not None:
        event.add("attendee", _person(invited, partstat="ACCEPTED", rsvp="FALSE", role="REQ-PARTICIPANT"))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar(method: Method, happenings: Sequence[Happening]) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    for clock in _clocks(happenings):
        calendar.add_component(clock)
    return calendar


def _clocks(happenings: Iterable[Happening]) -> list[Timezone]:
    """Write each clock that is used, with its changes in the years it is used in."""
    years: dict[str, list[int]] = {}
    for one in happenings:
        if one.zone not in _AT_GREENWICH:
            years.setdefault(one.zone, []).extend((one.begins_at.year, one.ends_at.year))
    return [describe(zone, used) for zone, used in sorted(years.items())]


def _event(one: Happening, organiser: Address) -> Event:
    event, clock = Event(), UTC if one.zone in _AT_GREENWICH else ZoneInfo(one.zone)
    event.add("uid", one.uid)
    event.add("sequence", one.sequence)
    event.add("dtstamp", one.changed_at.astimezone(UTC))
    event.add("last-modified", one.changed_at.astimezone(UTC))
    event.add("dtstart", one.begins_at.astimezone(clock))
    event.add("dtend", one.ends_at.astimezone(clock))
    event.add("summary", _line(one.title))
    event.add("status", one.status.value)
    event.add("transp", "OPAQUE" if one.status is Status.CONFIRMED else "TRANSPARENT")
    event.add("organizer", _person(organiser))
    for name, text in (("description", one.about), ("location", one.where)):
        if text:
            event.add(name, _text(text))
    if one.page:
        event.add("url", _address(one.page))
    if one.joining_link:
        event.add("conference", _address(one.joining_link), parameters={"value": "URI"})
    return event


def _text(text: str) -> _Text:
    return _Text(_CONTROL.sub(" ", _LINE_END.sub("\n", text)))


def _line(text: str) -> _Text:
    return _Text(" ".join(_CONTROL.sub(" ", _LINE_END.sub(" ", text)).split()))


def _address(address: str) -> str:
    return "".join(address.split())


def _person(one: Address, **parameters: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{_address(one.email)}")
    for name, value in {"cn": _line(one.name).replace('"', "'"), **parameters}.items():
        if value:
            address.params[name] = value
    return address
