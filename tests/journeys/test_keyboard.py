"""Everything can be reached and done by keyboard alone, and one always sees where one is."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Windows, turn_by
from tests.journeys.looking import look

HOME = "/p/clachan/"
MOST_STOPS = 600
PAGES = (
    HOME,
    f"{HOME}monday/",
    f"{HOME}heard/",
    f"{HOME}heard/assessments/1/",
    f"{HOME}themes/",
    f"{HOME}themes/1/",
    f"{HOME}themes/code/1/",
    f"{HOME}themes/told/1/",
    f"{HOME}jigsaw/",
    f"{HOME}jigsaw/synergies/",
    f"{HOME}action/",
    f"{HOME}me/",
)


@pytest.mark.parametrize("path", PAGES)
def test_i5_every_control_is_reached_and_seen_by_tab(path: str, windows: Windows) -> None:
    page = windows.open("convener")
    page.goto(path)
    wanted = look(page, "stops")
    stops = _walk(page)
    reached = {one["stop"] for one in stops}
    missed = [
        page.locator(f'[data-stop="{number}"]').evaluate("(one) => one.outerHTML.slice(0, 110)")
        for number in range(wanted)
        if str(number) not in reached
    ]
    assert not missed, "\n".join(missed)
    hidden = [one["what"] for one in stops if not one["isSeen"] and not one["isRegion"]]
    assert not hidden, "hidden while focused:\n" + "\n".join(hidden)
    unmarked = [one["what"] for one in stops if not one["isMarked"]]
    assert not unmarked, "no mark of focus:\n" + "\n".join(unmarked)


def _walk(page: Page) -> list[dict[str, Any]]:
    """Press Tab until the page is left."""
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = look(page, "focus")
        if here is None or (stops and here["stop"] == stops[0]["stop"]):
            break
        stops.append(here)
    return stops


def test_the_first_tab_offers_the_way_past_the_frame(windows: Windows) -> None:
    page = windows.open("convener")
    page.goto(HOME)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_menu_opens_and_closes_by_keyboard(windows: Windows) -> None:
    page = windows.open("convener")
    page.goto(HOME)
    menu = page.locator("details[data-menu]")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Your places")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-menu] a') !== null")
    page.keyboard.press("Escape")
    expect(menu.locator("summary")).to_be_focused()
    expect(menu.get_by_role("link", name="Your places")).to_be_hidden()


def test_the_strand_is_walked_by_keyboard(windows: Windows) -> None:
    page = windows.open("convener")
    page.goto(HOME)
    beads = page.locator(".strand a")
    beads.first.focus()
    for bead in beads.all()[1:]:
        page.keyboard.press("Tab")
        expect(bead).to_be_focused()
    beads.nth(1).focus()
    turn_by("Enter", page)
    page.wait_for_url("**/themes/")


def test_a_theme_is_moved_and_moved_back_by_keyboard_alone(windows: Windows) -> None:
    page = windows.open("convener")
    page.goto(f"{HOME}themes/")
    cards = page.locator("[data-board-card]")
    for key, number in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(cards.nth(number)).to_be_focused()
    title, before = _card(page)
    page.keyboard.press("m")
    chooser = cards.nth(0).locator("select")
    expect(chooser).to_be_focused()
    others = [one.get_attribute("value") for one in chooser.locator("option").all()]
    there = next(one for one in others if one and one != before)
    label = chooser.locator(f'option[value="{there}"]').inner_text()
    page.keyboard.type(label)
    expect(chooser).to_have_value(there)
    page.keyboard.press("Tab")
    turn_by("Enter", page)
    expect(_column(page, there).get_by_role("link", name=title, exact=True)).to_be_visible()
    turn_by("u", page)
    expect(_column(page, before).get_by_role("link", name=title, exact=True)).to_be_visible()


def _card(page: Page) -> tuple[str, str]:
    """Name the focused card, and the column it stands in."""
    card = page.locator("[data-board-card]:focus")
    column = card.evaluate("(one) => one.closest('[data-board-column]').dataset.boardColumn")
    return card.locator(".card__title").inner_text().strip(), column


def _column(page: Page, key: str) -> Any:
    return page.locator(f'[data-board-column="{key}"]')


def test_the_keys_of_the_board_are_told_and_s_begins_a_split(windows: Windows) -> None:
    page = windows.open("convener")
    page.goto(f"{HOME}themes/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys on this board")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("j")
    turn_by("s", page)
    page.wait_for_url("**/split/")


def test_words_are_put_under_a_theme_by_keyboard_alone(windows: Windows) -> None:
    page = windows.open("convener")
    page.goto(f"{HOME}themes/code/")
    page.locator("main .tray__item a").first.focus()
    turn_by("Enter", page)
    page.wait_for_url("**/themes/code/*/**")
    page.get_by_label("Theme", exact=True).focus()
    page.keyboard.type("Told by keyboard")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # opens the sentences
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Put it there").focus()
    turn_by("Enter", page)
    expect(page.locator("main")).to_contain_text("Told by keyboard")


def test_a_cell_of_the_jigsaw_opens_by_keyboard(windows: Windows) -> None:
    page = windows.open("convener")
    page.goto(f"{HOME}jigsaw/")
    cell = page.locator("table.matrix td a").first
    cell.focus()
    turn_by("Enter", page)
    page.wait_for_url("**/jigsaw/pieces/**")
