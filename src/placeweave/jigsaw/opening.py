"""Opening times and directory entries in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats.hsds import Schedule

STALE_AFTER_DAYS = 365
DAYS = {
    "MO": gettext_lazy("Monday"),
    "TU": gettext_lazy("Tuesday"),
    "WE": gettext_lazy("Wednesday"),
    "TH": gettext_lazy("Thursday"),
    "FR": gettext_lazy("Friday"),
    "SA": gettext_lazy("Saturday"),
    "SU": gettext_lazy("Sunday"),
}
ORDINALS = {
    "1": gettext_lazy("first %(day)s"),
    "2": gettext_lazy("second %(day)s"),
    "3": gettext_lazy("third %(day)s"),
    "4": gettext_lazy("fourth %(day)s"),
    "-1": gettext_lazy("last %(day)s"),
}
_DAY = re.compile(r"(?P<which>[+-]?\d*)(?P<day>[A-Z]{2})")


def opening_times(schedules: Iterable[Schedule]) -> str:
    """Say when a service is open, each rule once; words stand where there is no rule."""
    return "; ".join(dict.fromkeys(filter(None, map(_one, schedules))))


def _one(schedule: Schedule) -> str:
    days = [name for code in schedule.byday.split(",") if (name := _day(code))]
    spoken = get_text_list(days, _("and"))
    if schedule.interval > 1 and spoken:
        weekly = _("every %(n)s weeks on %(days)s")
        monthly = _("every %(n)s months on %(days)s")
        spoken = (monthly if schedule.freq == "MONTHLY" else weekly) % {"n": schedule.interval, "days": spoken}
    if schedule.opens_at and schedule.closes_at:
        hours = _("%(opens)s to %(closes)s") % {"opens": schedule.opens_at, "closes": schedule.closes_at}
        return f"{spoken}, {hours}" if spoken else hours
    return spoken or schedule.description


def _day(code: str) -> str:
    found = _DAY.fullmatch(code)
    if found is None or found["day"] not in DAYS:
        return ""
    day, which = str(DAYS[found["day"]]), found["which"].lstrip("+")
    return str(ORDINALS[which]) % {"day": day} if which in ORDINALS else day


@dataclass(frozen=True)
class Entry:
    """What a directory says of a service, as its page shows it."""

    places: Sequence[str]
    costs: Sequence[str]
    terms: Sequence[str]
    areas: Sequence[str]
    contacts: Sequence[str]
    times: Sequence[str]
    url: str
    changed_on: date | None
    is_stale: bool


def entry_of(said: Mapping[str, Any]) -> Entry:
    """Put a directory's entry into words."""
    times = [Schedule(**one) for one in said.get("schedules", [])]
    changed = _latest(said.get("modified", ""), said.get("assured", ""))
    url = str(said.get("url", ""))
    return Entry(
        places=[_place(one) for one in said.get("locations", [])],
        costs=[*said.get("costs", []), *([said["fees"]] if said.get("fees") else [])],
        terms=[one["name"] for one in said.get("terms", [])],
        areas=list(said.get("areas", [])),
        contacts=[*said.get("phones", []), *([said["email"]] if said.get("email") else [])],
        times=[told for one in times for told in (opening_times([one]), one.description) if told],
        url=url if url.startswith(("https://", "http://")) else "",
        changed_on=changed,
        is_stale=changed is not None and (timezone.localdate() - changed).days > STALE_AFTER_DAYS,
    )


def _place(one: Mapping[str, Any]) -> str:
    return ", ".join(dict.fromkeys(filter(None, (one["name"], one["address"], one["city"], one["postcode"]))))


def _latest(*written: str) -> date | None:
    found = []
    for text in written:
        try:
            moment = parse_datetime(text)
            found.append(moment.date() if moment else date.fromisoformat(text[:10]))
        except ValueError:
            continue
    return max(found, default=None)
