"""A facilitator at the door and among the tables: by keyboard, by mouse, on a phone and on the wall."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.browsing import DESKTOP, PHONE, PROJECTOR, Windows, picture, turn, turn_by
from tests.journeys.looking import faults, violations

SMALLEST_TEXT = (
    "() => Math.min(...[...document.querySelectorAll('main *')]"
    ".filter((one) => one.childElementCount === 0 && one.textContent.trim())"
    ".map((one) => parseFloat(getComputedStyle(one).fontSize)))"
)


def among_the_tables(page: Page) -> None:
    """Come to the tables of Clachan's workshop the way people do."""
    page.goto("/p/clachan/gatherings/")
    turn(page.get_by_role("link", name="Getting through the winter").first)
    turn(page.get_by_role("link", name="Tables", exact=True))


def seat_of(page: Page, name: str) -> str:
    """Say at which table somebody sits."""
    return page.locator(".table-laid", has_text=name).locator("h2 span").first.inner_text()


def assert_sound(page: Page, windows: Windows) -> None:
    """See that a page keeps its own rules and has no barrier."""
    assert windows.watch.complaints() == []
    assert [*faults(page), *violations(page)] == []
    windows.watch.errors.clear()  # axe's own styles, which the page's policy refuses


def test_b11_somebody_is_moved_by_keys_and_by_mouse_and_the_rest_is_repaired(windows: Windows, pictures: Path) -> None:
    page = windows.open("convener", width=DESKTOP)
    among_the_tables(page)
    page.keyboard.press("j")
    first = page.locator("[data-board-card]").first
    expect(first).to_be_focused()
    name = first.locator(".seat__name").inner_text()
    page.keyboard.press("m")
    page.keyboard.press("ArrowDown")
    picture(page, pictures, "tables-moving")
    turn(first.get_by_role("button", name="Move", exact=True))
    expect(page.locator("main")).to_contain_text(f"{name} has moved, and the seat is locked.")
    assert seat_of(page, name) != "Table A"
    page.set_viewport_size({"width": DESKTOP, "height": 1600})  # so that nothing scrolls away under the mouse
    among_the_tables(page)
    dragged = page.locator("[data-board-column='1'] [data-board-card]", has_text="Ailsa Rendall")
    other = dragged.locator(".seat__name").inner_text()
    with page.expect_navigation():
        dragged.drag_to(page.locator("[data-board-column]").nth(3))
    expect(page.locator("main")).to_contain_text(f"{other} has moved")
    assert seat_of(page, other) == "Table D"
    turn(page.get_by_role("button", name="Repair the rest"))
    expect(page.locator("main")).to_contain_text("What the repair changed")
    assert seat_of(page, other) == "Table D", "what a person decided stays"
    picture(page, pictures, "tables-repaired")
    assert_sound(page, windows)
    turn(page.get_by_role("button", name="Undo the repair"))
    expect(page.locator("main")).to_contain_text("as they were before")


def test_b11_who_has_come_is_tapped_on_a_phone(windows: Windows, pictures: Path) -> None:
    page = windows.open("convener", width=PHONE)
    page.goto("/p/clachan/gatherings/1/attendance/")
    away = page.get_by_role("button", name=re.compile("Did not come.*Ross Budge"))
    turn(away)
    expect(away).to_have_attribute("aria-pressed", "true")
    picture(page, pictures, "door-on-a-phone")
    assert_sound(page, windows)
    turn(away)
    expect(page.locator("main")).to_contain_text("Did not come: 0")


def test_b11_a_wall_of_tables_is_read_from_the_back_and_turned_by_keys(windows: Windows, pictures: Path) -> None:
    page = windows.open("convener", width=PROJECTOR)
    among_the_tables(page)
    turn(page.get_by_role("link", name="Show on the wall"))
    turn_by("ArrowRight", page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Round 2 of 3")
    assert page.evaluate(SMALLEST_TEXT) >= 32
    picture(page, pictures, "wall-of-tables")
    assert_sound(page, windows)
    turn_by("ArrowLeft", page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Round 1 of 3")
