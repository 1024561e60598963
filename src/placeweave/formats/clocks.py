"""How a clock changes through the years, as iCalendar says it.

The calendar library can write this too, but gives the change in spring an hour late (icalendar 7.3.2 says the time that
the clock is put to, where the standard asks for the time it is put from), and as lists of days, of which not every
calendar program reads more than one. So it is written here, as a yearly rule wherever there is one.

References
----------
Desruisseaux (2009). *Internet Calendaring and Scheduling Core Object Specification (iCalendar)*, RFC 5545, 3.6.5.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
A_DAY, A_SECOND = timedelta(days=1), timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a clock: ``at`` by the clock as it was just before."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str


def describe(zone: str, years: Iterable[int]) -> Timezone:
    """Describe a clock for these years, and for one before and after them."""
    used = sorted(years)
    first, last = used[0] - 1, used[-1] + 1
    described = Timezone()
    described.add("tzid", zone)
    found = changes(zone, first, last)
    if not found or found[0].at.year > first:
        described.add_component(_observance(_as_it_was(zone, first)))
    for group in _groups(found):
        rule = _yearly(group) if len(group) == last - first + 1 else None
        for one in group[:1] if rule else group:
            described.add_component(_observance(one, rule))
    return described


@lru_cache(maxsize=64)
def changes(zone: str, first: int, last: int) -> tuple[Change, ...]:
    """List the changes of a clock from the beginning of one year to the end of another, in their order."""
    clock, day, found = ZoneInfo(zone), datetime(first, 1, 1, tzinfo=UTC), []
    while day.year <= last:
        if _offset(clock, day) != _offset(clock, day + A_DAY):
            found.append(_change(clock, day, day + A_DAY))
        day += A_DAY
    return tuple(found)


def _offset(clock: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(clock).utcoffset() or timedelta()


def _change(clock: ZoneInfo, early: datetime, late: datetime) -> Change:
    """Close in on the second at which the clock changes."""
    before = _offset(clock, early)
    while late - early > A_SECOND:
        middle = (early + (late - early) / 2).replace(microsecond=0)
        early, late = (middle, late) if _offset(clock, middle) == before else (early, middle)
    at = (late + before).replace(tzinfo=None)
    return Change(at, before, _offset(clock, late), late.astimezone(clock).tzname() or "")


def _as_it_was(zone: str, year: int) -> Change:
    """Say how the clock stood at the beginning of a year in which it does not change, or not yet."""
    moment = datetime(year, 1, 1, tzinfo=UTC).astimezone(ZoneInfo(zone))
    offset = moment.utcoffset() or timedelta()
    return Change(datetime(year, 1, 1), offset, offset, moment.tzname() or "")  # noqa: DTZ001 - told without a zone


def _groups(found: Iterable[Change]) -> list[list[Change]]:
    """Put the changes together that do the same in each year."""
    groups: dict[tuple[timedelta, timedelta], list[Change]] = {}
    for one in found:
        groups.setdefault((one.before, one.after), []).append(one)
    return list(groups.values())


def _yearly(group: list[Change]) -> dict[str, object] | None:
    """Give the rule that a group follows, one change a year, as "the last Sunday of March"; None if there is none."""
    years = [one.at.year for one in group]
    if len(set(years)) < len(years) or len({(one.at.month, one.at.weekday(), one.at.time()) for one in group}) > 1:
        return None
    which = next((nth for nth in (-1, 1, 2, 3, 4) if all(_is_nth(one.at, nth) for one in group)), None)
    day = group[0].at
    return (
        None if which is None else {"freq": "yearly", "bymonth": day.month, "byday": f"{which}{_DAYS[day.weekday()]}"}
    )


def _is_nth(day: datetime, nth: int) -> bool:
    if nth < 0:
        return day.day + 7 > monthrange(day.year, day.month)[1]
    return (day.day - 1) // 7 + 1 == nth


def _observance(one: Change, rule: dict[str, object] | None = None) -> TimezoneStandard | TimezoneDaylight:
    written = TimezoneDaylight() if one.after > one.before else TimezoneStandard()
    written.add("dtstart", one.at)
    written.add("tzoffsetfrom", one.before)
    written.add("tzoffsetto", one.after)
    written.add("tzname", one.name)
    if rule:
        written.add("rrule", rule)
    return written
