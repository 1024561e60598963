"""From a public event to the calendar of a stranger, and from one's own address to the calendar of a member."""

from __future__ import annotations

import json
from pathlib import Path

import icalendar
import vobject
from playwright.sync_api import expect

from tests.journeys.browsing import Windows, picture, turn
from tests.journeys.looking import violations

LIST, HOME = "/g/place/clachan/", "/p/clachan/"


def test_a33_a_stranger_finds_an_event_and_their_calendar_strikes_out_what_was_called_off(
    windows: Windows, pictures: Path
) -> None:
    phone = windows.open(width=390)
    phone.goto(LIST)
    expect(phone.locator("s").first).to_have_text("Walk along the dark way home")
    looked_at = windows.open(width=390, bypass_csp=True)
    looked_at.goto(LIST)
    assert violations(looked_at) == []
    picture(phone, pictures / "calendars", "1-list")
    feed = phone.request.get(phone.get_by_label("asks for an address").input_value())
    events = icalendar.Calendar.from_ical(feed.body()).walk("VEVENT")
    [calendar] = vobject.readComponents(feed.text())
    assert [str(one["status"]) for one in events] == ["CANCELLED", "CONFIRMED"]
    assert [one.dtstart.value for one in calendar.vevent_list] == [one["dtstart"].dt for one in events]
    assert phone.request.get(feed.url, headers={"If-None-Match": feed.headers["etag"]}).status == 304
    turn(phone.get_by_role("link", name="Come and see"))
    told = json.loads(phone.locator("script[type='application/ld+json']").text_content() or "")
    assert (told["@type"], told["startDate"]) == ("Event", events[1]["dtstart"].dt.isoformat())
    assert "meet.clachan.example" not in phone.content() + feed.text()
    with phone.expect_download() as taken:
        phone.get_by_role("link", name="Put it into your calendar").click()
    assert taken.value.suggested_filename.endswith(".ics")


def test_a33_a_member_makes_an_address_of_their_own_and_ends_it(windows: Windows) -> None:
    partner, stranger = windows.open("partner"), windows.open()
    partner.goto(f"{HOME}gatherings/")
    turn(partner.get_by_role("link", name="In your calendar"))
    turn(partner.get_by_role("button", name="Make an address"))
    address = partner.get_by_label("Your address").input_value()
    assert b"Getting through the winter" in stranger.request.get(address).body().replace(b"\r\n ", b"")
    turn(partner.get_by_role("button", name="End the address"))
    assert stranger.request.get(address).status == 404


def test_a33_a_convener_looks_at_letters_and_at_what_would_be_called_off_by_keyboard(windows: Windows) -> None:
    convener = windows.open("convener", script=False)
    convener.goto(f"{HOME}gatherings/")
    turn(convener.get_by_role("link", name="Call off several sessions"))
    convener.get_by_role("checkbox").last.press("Space")
    turn(convener.get_by_role("button", name="Go on"))
    expect(convener.get_by_text("Shall this session be called off?")).to_be_visible()
    turn(convener.get_by_role("link", name="Choose again"))
    convener.goto(f"{HOME}gatherings/1/")
    turn(convener.get_by_role("link", name="Letters"))
    expect(convener.get_by_role("heading", name="The outbox")).to_be_visible()
    assert convener.get_by_role("button", name="It came back").count() > 0
