"""A facilitator reads what came in and runs a room: by keyboard, on a wall, with the network lost and found."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.browsing import DESKTOP, PHONE, PROJECTOR, Windows, picture, step_by, turn, turn_by
from tests.journeys.looking import faults, violations

LARGEST_SMALL_TEXT = (
    "() => Math.min(...[...document.querySelectorAll('#wall-now *, .wall__corner *')]"
    ".filter((one) => one.childElementCount === 0 && one.textContent.trim())"
    ".map((one) => parseFloat(getComputedStyle(one).fontSize)))"
)


def held(page: Page) -> str:
    """Open Clachan's voting, and give the address that its pages begin with."""
    page.goto("/p/clachan/heard/")
    turn(page.get_by_role("link", name="Sixty short statements").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sixty short statements")
    return page.url.removesuffix("statements/")


def open_room(page: Page, base: str) -> None:
    page.goto(f"{base}room/")
    title = page.get_by_label("What is this sitting called?")
    if title.is_visible():
        title.fill("Tuesday evening in the hall")
        turn(page.get_by_role("button", name="Open the room"))


def test_statements_are_read_and_decided_by_keyboard(windows: Windows, pictures: Path) -> None:
    page = windows.open("convener")
    base = held(page)
    page.goto(f"{base}moderate/")
    waiting = page.locator("[data-board-card]").count()
    page.keyboard.press("j")
    page.keyboard.press("r")
    expect(page.get_by_label("Why is it not let in?").first).to_be_focused()
    picture(page, pictures, "moderate-refusing")
    page.keyboard.press("Escape")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("j")
    turn_by("a", page)
    expect(page.locator("[data-board-card]")).to_have_count(waiting - 1)
    turn_by("u", page)
    expect(page.locator("[data-board-card]")).to_have_count(waiting)


def test_every_page_that_needs_an_open_room_is_sound(windows: Windows, pictures: Path) -> None:
    """The others of a voting are looked at wherever pages are followed from link to link."""
    page = windows.open("convener")
    base = held(page)
    open_room(page, base)
    found = []
    for path in ("room/", "room/order/", "statements/", "close/"):
        page.set_viewport_size({"width": DESKTOP, "height": 900})
        page.goto(base + path)
        picture(page, pictures, f"voting-{path.strip('/').replace('/', '-')}")
        found += windows.watch.complaints()
        found += [f"{path}: {one}" for one in faults(page)]
        windows.watch.errors.clear()  # axe's own styles, which the page's policy refuses
    assert found == []


def test_a_wall_is_run_by_keys_read_from_afar_and_says_when_it_lost_the_server(
    windows: Windows, pictures: Path
) -> None:
    page = windows.open("convener")
    base = held(page)
    open_room(page, base)
    turn(page.locator("#run-1"))  # begin at the door, wherever another sitting was left
    expect(page.locator(".console__words")).to_have_text("How to join")
    page.goto(f"{base}wall/")
    step_by("ArrowRight", page)
    expect(page.locator(".wall__statement")).to_be_visible()
    expect(page.get_by_text("have answered")).to_be_visible()
    step_by("r", page)
    expect(page.get_by_text("people answered, here and elsewhere")).to_be_visible()
    for width in (DESKTOP, PROJECTOR):
        page.set_viewport_size({"width": width, "height": 1080 if width == PROJECTOR else 800})
        assert page.evaluate(LARGEST_SMALL_TEXT) >= 32
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert windows.watch.complaints() + violations(page) == []
        windows.watch.errors.clear()  # axe's own styles, which the page's policy refuses
        picture(page, pictures, f"wall-{width}", whole=False)
    other = windows.open("facilitator")
    other.goto(f"{base}room/")
    turn(other.get_by_role("button", name="Next", exact=True))
    expect(page.get_by_text("Statement 2")).to_be_visible()
    page.route("**/wall/**", lambda route: route.abort())
    expect(page.get_by_text("No connection. Trying again…")).to_be_visible()
    page.unroute("**/wall/**")
    expect(page.get_by_text("No connection. Trying again…")).to_be_hidden()


def test_a_room_is_run_without_script_and_on_a_phone(windows: Windows) -> None:
    page = windows.open("convener", script=False, width=PHONE)
    base = held(page)
    open_room(page, base)
    turn(page.get_by_role("button", name="Where we stand"))
    turn(page.get_by_role("button", name="Show results"))
    page.goto(f"{base}wall/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where we stand")
    expect(page.locator(".wall__list li")).to_have_count(5)
