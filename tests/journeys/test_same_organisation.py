"""Two spellings of one organisation, from the list to one page and back, with a keyboard and on a phone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys import looking
from tests.journeys.browsing import Windows, picture

HOME = "/p/clachan/organisations/"


def _add(page: Page, name: str, *, number: str = "") -> None:
    page.goto(f"{HOME}add/")
    page.get_by_label("Name", exact=True).fill(name)
    page.locator("main form").last.get_by_role("button").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    if number:
        page.get_by_role("link", name="Add a number").click()
        page.get_by_label("Number, as the register").fill(number)
        page.locator("main form").last.get_by_role("button").last.click()
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
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_role("checkbox", name="Skerry Otter Watch")).to_be_checked(timeout=30_000)
    _has_no_barrier(page, windows, pictures, "list")

    page.get_by_role("link", name="With a question").click()
    page.get_by_role("link", name="Look at both").click()
    expect(page.get_by_role("group", name="whose is the number they share?")).to_be_visible()
    _has_no_barrier(page, windows, pictures, "pair")
    page.get_by_label("No, they are different").check()
    page.get_by_label("It belongs to “Skerry").check()
    page.get_by_label("Why").fill("A copied row")
    page.get_by_role("button", name="Keep this decision").click()
    expect(page.locator("main, [role=status]").first).to_be_visible()

    page.goto(f"{HOME}same/?list=suggested")
    tick = page.get_by_role("checkbox", name="Skerry Otter Watch")
    tick.focus()
    page.keyboard.press("Space")
    expect(tick).not_to_be_checked()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 pair was put together.")).to_be_visible()

    page.goto(f"{HOME}merged/")
    _has_no_barrier(page, windows, pictures, "merged")
    page.get_by_role("link", name="Let go of it").last.click()
    _has_no_barrier(page, windows, pictures, "lift")
    page.goto(f"{HOME}merged/")
    page.get_by_role("link", name="Part them").first.click()
    _has_no_barrier(page, windows, pictures, "part")
    page.get_by_role("button", name="Part them").click()
    expect(page.get_by_text("They are two organisations again")).to_be_visible()
