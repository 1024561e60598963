"""People vote on their phones: by touch and by keys, offline for a while, in a paused room, and without script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import held_here
from tests.journeys.browsing import HEIGHTS, PHONE, Windows, picture, turn
from tests.journeys.house import House
from tests.journeys.looking import faults

SAVED = "Your last answer is saved."
A_WHILE = 40_000
"""Longer than a phone waits before it asks again whether the room goes on."""


@pytest.fixture
def code(demo: House) -> str:
    """A voting of its own for each journey, open, with a room."""
    return held_here.within(demo.environment, "hold")


def come_in(page: Page, code: str) -> None:
    page.goto(f"/v/{code}/")
    turn(page.get_by_role("button", name="Start"))
    be_asked(page)


def be_asked(page: Page) -> None:
    expect(page.locator("[data-said]")).to_be_visible()


def agree(page: Page) -> str:
    """Press the first button; give the statement that was answered."""
    said = page.locator("[data-said]").inner_text()
    page.get_by_role("button", name="Agree", exact=True).click()
    return said


def look(page: Page, windows: Windows, pictures: Path, name: str) -> list[str]:
    """Keep a picture at the width of a phone, and list everything that is wrong with the page."""
    picture(page, pictures / "vote", name)
    found = windows.watch.complaints() + faults(page)
    windows.watch.errors.clear()  # axe's own styles, which the page's policy refuses
    page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
    return [f"{name}: {one}" for one in found]


def test_a_phone_goes_offline_and_loses_nothing(code: str, windows: Windows, pictures: Path) -> None:
    page = windows.open(width=PHONE)
    come_in(page, code)
    expect(page.locator("[data-count]")).to_have_text("1 of 5")
    page.keyboard.press("1")
    expect(page.locator("[data-state-words]")).to_have_text(SAVED)
    expect(page.locator("[data-count]")).to_have_text("2 of 5")

    page.context.set_offline(True)
    agree(page)
    expect(page.locator("[data-state-words]")).to_contain_text("Not sent yet")
    agree(page)
    expect(page.locator("[data-state-words]")).to_contain_text("2 answers not sent yet")
    picture(page, pictures / "vote", "offline")
    later = page.context.new_page()
    page.close()  # as when the tab is swept away

    later.context.set_offline(False)
    later.goto(f"/v/{code}/statements/")
    expect(later.locator("[data-state-words]")).to_have_text(SAVED)
    later.goto(f"/v/{code}/you/")
    expect(later.locator(".door-list--all > li")).to_have_count(3)


def test_a_phone_that_comes_back_sends_by_itself(code: str, windows: Windows) -> None:
    page = windows.open(width=PHONE)
    come_in(page, code)
    page.context.set_offline(True)
    agree(page)
    expect(page.locator("[data-state-words]")).to_contain_text("Not sent yet")
    page.context.set_offline(False)
    expect(page.locator("[data-state-words]")).to_have_text(SAVED)


def test_the_last_answer_is_changed_and_the_later_one_stands(code: str, windows: Windows) -> None:
    page = windows.open(width=PHONE)
    come_in(page, code)
    first = agree(page)
    expect(page.locator("[data-state-words]")).to_have_text(SAVED)
    page.get_by_role("button", name="Change my last answer").click()
    expect(page.locator("[data-said]")).to_have_text(first)
    page.keyboard.press("2")
    expect(page.locator("[data-count]")).to_have_text("2 of 5")
    expect(page.locator("[data-state-words]")).to_have_text(SAVED)
    page.goto(f"/v/{code}/you/")
    expect(page.locator(".door-list--all > li")).to_have_count(1)
    expect(page.locator(".door-list--all")).to_contain_text("You answered “disagree”.")


def test_a_change_made_offline_is_sent_though_nothing_is_left_to_ask(code: str, windows: Windows) -> None:
    page = windows.open(width=PHONE)
    come_in(page, code)
    for place in range(len(held_here.STATEMENTS)):
        if place == 5:
            page.get_by_role("link", name="2 more?").click()
        agree(page)
    expect(page.get_by_text("You have answered everything there is. Thank you.").first).to_be_visible()
    expect(page.locator("[data-state-words]")).to_have_text(SAVED)
    page.goto(f"/v/{code}/you/")
    turn(page.get_by_role("link", name="Change it").first)
    be_asked(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Disagree").click()
    expect(page.locator("[data-state-words]")).to_contain_text("Not sent yet")
    later = page.context.new_page()
    page.close()
    later.context.set_offline(False)
    later.goto(f"/v/{code}/statements/")
    expect(later.locator("[data-state-words]")).to_have_text(SAVED)
    later.goto(f"/v/{code}/you/")
    expect(later.locator(".door-list--all")).to_contain_text("You answered “disagree”.")


def test_two_tabs_of_one_phone_do_not_undo_each_other(code: str, windows: Windows) -> None:
    page = windows.open(width=PHONE)
    come_in(page, code)
    other = page.context.new_page()
    other.goto(f"/v/{code}/statements/")
    said = agree(page)
    expect(page.locator("[data-state-words]")).to_have_text(SAVED)
    expect(other.locator("[data-said]")).to_have_text(said)
    other.get_by_role("button", name="Disagree").click()
    expect(other.locator("[data-state-words]")).to_have_text(SAVED)
    page.goto(f"/v/{code}/you/")
    expect(page.locator(".door-list--all")).to_contain_text("You answered “disagree”.")


def test_a_sitting_ends_with_a_choice_and_goes_on_without_a_network(
    code: str, windows: Windows, pictures: Path
) -> None:
    page = windows.open(width=PHONE)
    come_in(page, code)
    for _statement in range(5):
        agree(page)
    expect(page.get_by_role("heading", name="Thank you. That was one sitting.")).to_be_focused()
    expect(page.locator("[data-state-words]")).to_have_text(SAVED)
    assert look(page, windows, pictures, "end-of-a-sitting") == []
    page.context.set_offline(True)
    page.get_by_role("link", name="2 more?").click()
    expect(page.locator("[data-count]")).to_have_text("1 of 2")
    page.context.set_offline(False)


def test_a_paused_room_looks_up_and_goes_on(code: str, demo: House, windows: Windows, pictures: Path) -> None:
    page = windows.open(width=PHONE)
    page.clock.install()
    come_in(page, code)
    held_here.within(demo.environment, "pause", code)
    agree(page)
    page.clock.fast_forward(A_WHILE)
    expect(page.get_by_text("Please look up", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Agree", exact=True)).to_be_hidden()
    picture(page, pictures / "vote", "paused")
    held_here.within(demo.environment, "go_on", code)
    page.clock.fast_forward(A_WHILE)
    expect(page.get_by_role("button", name="Agree", exact=True)).to_be_visible()


def test_closed_meanwhile_is_said_and_what_was_kept_stays(
    code: str, demo: House, windows: Windows, pictures: Path
) -> None:
    page = windows.open(width=PHONE)
    come_in(page, code)
    agree(page)
    expect(page.locator("[data-state-words]")).to_have_text(SAVED)
    held_here.within(demo.environment, "close", code)
    agree(page)
    expect(page.get_by_text("This is closed now", exact=True)).to_be_visible()
    picture(page, pictures / "vote", "closed-meanwhile")
    page.goto(f"/v/{code}/you/")
    expect(page.locator(".door-list--all > li")).to_have_count(1)


def test_a_whole_sitting_without_script(code: str, windows: Windows, pictures: Path) -> None:
    page = windows.open(width=PHONE, script=False)
    page.goto("/v/")
    page.get_by_label("Code").fill(code.upper().replace("-", " "))
    turn(page.get_by_role("button", name="Go to the door"))
    turn(page.get_by_role("button", name="Start"))
    for place in range(1, 6):
        expect(page.locator("[data-count]")).to_have_text(f"{place} of 5")
        turn(page.get_by_role("button", name="Pass, or not sure"))
        expect(page.locator("[data-state-words]")).to_contain_text("Your last answer is saved: pass.")
    picture(page, pictures / "vote", "no-script-end")
    turn(page.get_by_role("link", name="2 more?"))
    expect(page.locator("[data-count]")).to_have_text("1 of 2")


def test_every_page_of_the_door_is_sound_on_a_phone(code: str, demo: House, windows: Windows, pictures: Path) -> None:
    held_here.within(demo.environment, "crowd", code)
    key = held_here.within(demo.environment, "preview", code)
    page = windows.open(width=PHONE)
    found: list[str] = []
    for name, address in (("code", "/v/"), ("door", f"/v/{code}/"), ("no-such-door", "/v/heron-1/")):
        page.goto(address)
        found += look(page, windows, pictures, name)
    come_in(page, code)
    found += look(page, windows, pictures, "statement")
    for _statement in range(5):
        agree(page)
    expect(page.locator("[data-state-words]")).to_have_text(SAVED)
    page.goto(f"/v/{code}/say/")
    page.get_by_label("Your statement").fill("The last bus should leave when the choir ends")
    found += look(page, windows, pictures, "say")
    turn(page.get_by_role("button", name="Send it"))
    expect(page.get_by_text("Somebody has said something near this")).to_be_visible()
    found += look(page, windows, pictures, "near")
    turn(page.get_by_role("button", name="Mine is different, send it"))
    expect(page.get_by_text("A person of the team will read it.")).to_be_visible()
    found += look(page, windows, pictures, "mine")
    for name in ("about", "you", "leave"):
        page.goto(f"/v/{code}/{name}/")
        found += look(page, windows, pictures, name)
    turn(page.get_by_role("button", name="Take my answers back"))
    expect(page).to_have_url(re.compile(r"/v/left/$"))
    found += look(page, windows, pictures, "left")
    for at in (0, 1, 6):
        page.goto(f"/v/preview/{key}/?at={at}")
        found += look(page, windows, pictures, f"preview-{at}")
    held_here.within(demo.environment, "close", code)
    page.goto(f"/v/{code}/")
    found += look(page, windows, pictures, "closed")
    assert not found, "\n".join(found)
