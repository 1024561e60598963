"""Calendars that are written: read back by two readers that know nothing of each other."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from placeweave.formats.calendars import Address, Happening, Method, Status, write_entry, write_feed
from placeweave.formats.clocks import describe

HOUSE = Address("Clachan", "place@example.org")
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=120) | st.sampled_from(
    [
        "a\r\nEND:VEVENT\r\nBEGIN:VEVENT",
        "C:\\New; x, y\\",
        "\\n\\N\\;",
        "é" * 90,
        "👩‍👩‍👧" * 30,
        "BEGIN:VALARM",
        '"; x=":',
        "\x85\u2028a",
    ]
)


def happening(begins_at: datetime, *, zone: str = "Europe/London", **more: Any) -> Happening:
    said: dict[str, Any] = {
        "uid": "u-1",
        "sequence": 3,
        "title": "Winter",
        "changed_at": datetime(2026, 9, 1, tzinfo=UTC),
    }
    return Happening(begins_at=begins_at, ends_at=begins_at + timedelta(hours=2), zone=zone, **said | more)


def local(*parts: int, zone: str = "Europe/London") -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone))  # type: ignore[arg-type]


def by_icalendar(content: bytes) -> list[tuple[str, datetime]]:
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return [(str(one["summary"]), one["dtstart"].dt) for one in events]


def by_vobject(content: bytes) -> list[tuple[str, datetime]]:
    [calendar] = vobject.readComponents(content.decode())
    return [(one.summary.value, one.dtstart.value) for one in calendar.vevent_list]


@pytest.mark.parametrize("read", [by_icalendar, by_vobject])
@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("Europe/London", [(2026, 10, 24), (2026, 10, 25), (2026, 10, 26), (2027, 3, 27), (2027, 3, 28)]),
        ("America/New_York", [(2026, 10, 31), (2026, 11, 1), (2027, 3, 13), (2027, 3, 14)]),
        ("Australia/Lord_Howe", [(2026, 10, 3), (2026, 10, 4), (2027, 4, 3), (2027, 4, 4)]),
    ],
)
def test_a33_half_past_six_stays_half_past_six_when_the_clocks_change(
    read: Any, zone: str, days: list[tuple[int, int, int]]
) -> None:
    evenings = [local(*day, 18, 30, zone=zone) for day in days]
    content = write_feed([happening(one.astimezone(UTC), zone=zone) for one in evenings], name="x", organiser=HOUSE)
    found = [moment for _title, moment in read(content)]
    assert [one.replace(tzinfo=None) for one in found] == [one.replace(tzinfo=None) for one in evenings]
    assert [one.astimezone(UTC) for one in found] == [one.astimezone(UTC) for one in evenings]
    assert f"DTSTART;TZID={zone}:" in content.decode()


def test_a33_the_hour_that_comes_twice_is_told_by_the_clock_of_the_entry() -> None:
    [found] = by_icalendar(write_entry(happening(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)), organiser=HOUSE))
    assert found[1].astimezone(UTC).hour == 0


def test_at_greenwich_no_clock_is_described() -> None:
    content = write_entry(happening(local(2026, 10, 25, 18, 30), zone="Etc/UTC"), organiser=HOUSE).decode()
    assert "VTIMEZONE" not in content
    assert "DTSTART:20261025T183000Z" in content


@settings(max_examples=60, deadline=None)
@given(title=ANY_TEXT, about=ANY_TEXT, name=ANY_TEXT)
def test_a33_no_title_breaks_out_of_its_line_and_both_readers_read_the_same(title: str, about: str, name: str) -> None:
    content = write_feed(
        [happening(local(2026, 10, 25, 18, 30), title=title, about=about, where=title)],
        name=name,
        organiser=Address(name, "place@example.org"),
    )
    lines = content.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]", "".join(lines))
    assert sum(line.startswith("BEGIN:VEVENT") for line in lines) == 1
    said = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", title).split())
    assert [one for one, _when in by_icalendar(content)] == [one for one, _when in by_vobject(content)] == [said]


def test_an_entry_says_whom_it_is_for_and_asks_nothing_of_them() -> None:
    entry = write_entry(
        happening(local(2026, 10, 25, 18, 30), joining_link="https://meet.example.org/a?b=c"),
        organiser=HOUSE,
        invited=Address('Isla "the tide"; Manson', "isla@example.org"),
        method=Method.REQUEST,
    )
    calendar = icalendar.Calendar.from_ical(entry)
    [event] = calendar.walk("VEVENT")
    assert calendar["method"] == "REQUEST"
    assert event["attendee"] == "mailto:isla@example.org"
    assert (event["attendee"].params["rsvp"], event["attendee"].params["partstat"]) == ("FALSE", "ACCEPTED")
    assert event["conference"] == "https://meet.example.org/a?b=c"
    assert event["organizer"] == "mailto:place@example.org"


def test_what_is_called_off_is_cancelled_and_takes_up_no_time() -> None:
    content = write_feed(
        [happening(local(2026, 10, 25, 18, 30), status=Status.CANCELLED)], name="x", organiser=HOUSE
    ).decode()
    assert "STATUS:CANCELLED" in content
    assert "TRANSP:TRANSPARENT" in content
    assert "SEQUENCE:3" in content


def test_a_feed_with_nothing_in_it_is_a_calendar_still() -> None:
    content = write_feed([], name="Clachan", organiser=HOUSE)
    assert icalendar.Calendar.from_ical(content)["x-wr-calname"] == "Clachan"


@pytest.mark.parametrize(
    ("zone", "rules"),
    [
        ("Europe/London", ["1SU", "BYMONTH=3", "BYMONTH=10"]),
        ("America/New_York", ["BYDAY=2SU;BYMONTH=3", "BYDAY=1SU;BYMONTH=11"]),
        ("Asia/Tokyo", []),
        ("Africa/Casablanca", []),
    ],
)
def test_a_clock_is_told_by_a_yearly_rule_where_it_follows_one(zone: str, rules: list[str]) -> None:
    told = describe(zone, [2026]).to_ical().decode()
    assert ("RRULE" in told) == bool(rules)
    assert all(rule in told for rule in rules)


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Africa/Casablanca", "Australia/Lord_Howe"])
def test_a_described_clock_goes_as_the_real_one_does_to_the_second_before_and_after_each_change(zone: str) -> None:
    [read] = icalendar.Calendar.from_ical(
        write_feed([happening(local(2026, 6, 1, 12, zone=zone), zone=zone)], name="x", organiser=HOUSE)
    ).walk("VTIMEZONE")
    onsets = [
        (moment - one["tzoffsetfrom"].td, one["tzoffsetto"].td)
        for one in read.walk()[1:]
        for moment in (
            rrulestr(one["rrule"].to_ical().decode(), dtstart=one["dtstart"].dt)[:3]
            if "rrule" in one
            else [one["dtstart"].dt]
        )
    ]
    real = ZoneInfo(zone)
    for onset, offset in onsets:
        if onset.year < 2026:
            continue
        after = onset.replace(tzinfo=UTC)
        assert after.astimezone(real).utcoffset() == offset
        assert (after - timedelta(seconds=1)).astimezone(real).utcoffset() != offset
