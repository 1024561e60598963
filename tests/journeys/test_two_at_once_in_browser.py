"""Two people at one form in two browsers: what was typed long ago is never sent over what somebody wrote since."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.browsing import Windows, turn
from tests.journeys.looking import scrolls_sideways

EDIT = "/p/clachan/jigsaw/pieces/1/edit/"


def test_words_kept_on_a_device_meet_what_somebody_wrote_since(windows: Windows) -> None:
    mine, theirs = windows.open("convener"), windows.open("facilitator")
    mine.goto(EDIT)
    mine.locator("[name=note]").fill("Mine, written first and not sent.")
    mine.goto("/p/clachan/")
    theirs.goto(EDIT)
    theirs.locator("[name=note]").fill("Theirs, sent meanwhile.")
    turn(theirs.get_by_role("button", name="Keep the change"))

    mine.goto(EDIT)
    expect(mine.locator("[name=note]")).to_have_value("Mine, written first and not sent.")
    turn(mine.get_by_role("button", name="Keep the change"))
    told = mine.locator(".conflict")
    expect(told).to_contain_text("Theirs, sent meanwhile.")
    expect(told).to_contain_text("Mine, written first and not sent.")
    expect(mine.locator("[name=note]")).to_have_value("Mine, written first and not sent.")
    assert not scrolls_sideways(mine)
    turn(mine.get_by_role("button", name="Keep the change"))
    expect(mine.get_by_text("Mine, written first and not sent.")).to_be_visible()
