"""Two spellings of one organisation, from the list to one page and back, with a keyboard and on a phone."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys import looking
from tests.journeys.browsing import Windows, picture, turn, turn_by

HOME = "/p/clachan/organisations/"


def _add(page: Page, name: str, *, number: str = "") -> None:
    page.goto(f"{HOME}add/")
    page.get_by_label("Name", exact=True).fill(name)
    turn(page.locator("main form").last.get_by_role("button").last)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    if number:
        turn(page.get_by_role("link", name="Add a number"))
        page.get_by_label("Number, as the register").fill(number)
        turn(page.locator("main form").last.get_by_role("button").last)
        expect(page.get_by_role("heading", level=1)).to_have_text(name)


def _has_no_barrier(page: Page, windows: Windows, pictures: Path, name: str) -> None:
    for width, height in ((390, 844), (1280, 900)):
        page.set_viewport_size({"width": width, "height": height})
        assert windows.watch.complaints() + looking.faults(page) == []
        page.set_viewport_size({"width": width, "height": height})
        picture(page, pictures, f"same-{name}-{width}")
        page.reload()  # axe leaves styles of its own
        windows.watch.errors.clear()


def test_two_spellings_become_one_and_two_again(windows: Windows, pictures: Path) -> None:
    page = windows.open("convener")
    _add(page, "Skerry Otter Watch", number="SC012345")
    _add(page, "The Skerry Otter Watch Ltd")
    _add(page, "Lutra Fund", number="SC012345")
    page.goto(f"{HOME}same/")
    turn(page.get_by_role("button", name="Look"))
    expect(page.get_by_role("checkbox", name="Skerry Otter Watch")).to_be_checked(timeout=30_000)
    _has_no_barrier(page, windows, pictures, "list")

    turn(page.get_by_role("link", name="With a question"))
    turn(page.get_by_role("link", name="Look at both"))
    expect(page.get_by_role("group", name="whose is the number they share?")).to_be_visible()
    _has_no_barrier(page, windows, pictures, "pair")
    page.get_by_label("No, they are different").check()
    page.get_by_label("It belongs to “Skerry").check()
    page.get_by_label("Why").fill("A copied row")
    turn(page.get_by_role("button", name="Keep this decision"))
    expect(page.get_by_text("Your decision is kept.")).to_be_visible()

    page.goto(f"{HOME}same/?list=suggested")
    tick = page.get_by_role("checkbox", name="Skerry Otter Watch")
    tick.focus()
    page.keyboard.press("Space")
    expect(tick).not_to_be_checked()
    page.keyboard.press("Space")
    turn_by("Enter", page)
    expect(page.get_by_text(re.compile(r"pairs? (was|were) put together"))).to_be_visible()

    page.goto(f"{HOME}merged/")
    _has_no_barrier(page, windows, pictures, "merged")
    turn(page.get_by_role("link", name="Let go of it").last)
    _has_no_barrier(page, windows, pictures, "lift")
    page.goto(f"{HOME}merged/")
    turn(page.get_by_role("link", name="Part them").first)
    _has_no_barrier(page, windows, pictures, "part")
    turn(page.get_by_role("button", name="Part them"))
    expect(page.get_by_text("They are two organisations again")).to_be_visible()
