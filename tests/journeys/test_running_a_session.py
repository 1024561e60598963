"""A facilitator starts a session that nobody planned, runs it from its sheet, and leaves it to a stand-in."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import PHONE, Windows, picture, turn
from tests.journeys.looking import look

GATHERINGS = "/p/clachan/gatherings/"
A4_BETWEEN_MARGINS = 680


def started(page: Page, recipe: str, title: str) -> None:
    """Start a session from a recipe, as somebody does who needs it tomorrow."""
    page.goto(GATHERINGS)
    turn(page.get_by_role("link", name="Start from a recipe"))
    turn(page.get_by_role("link", name=recipe))
    tomorrow = datetime.now(ZoneInfo("Europe/London")) + timedelta(days=1)
    page.get_by_label("What is it called?").fill(title)
    page.get_by_label("Day").fill(f"{tomorrow:%Y-%m-%d}")
    page.get_by_label("Where?").fill("Pier Hall")
    turn(page.get_by_role("button", name="Start it, and open it"))


def test_b52_a_session_is_started_from_a_recipe_and_its_steps_are_put_in_order(
    windows: Windows, pictures: Path
) -> None:
    page = windows.open("facilitator")
    started(page, "Exploratory conversation", "The ferry is off")
    expect(page.get_by_role("heading", level=1)).to_have_text("The ferry is off")
    expect(page.get_by_role("img", name="The same address as a square for phones")).to_be_visible()
    turn(page.get_by_role("link", name="Run sheet"))
    steps = page.locator(".step h3")
    expect(steps.first).to_have_text("Arriving")
    turn(page.get_by_role("button", name="Move down Arriving"))
    expect(steps.first).to_have_text("Check-in")
    turn(page.get_by_role("button", name="Break after it").first)
    expect(page.get_by_text("it runs over by 15 minutes")).to_be_visible()
    picture(page, pictures, "run-sheet-over")
    assert windows.watch.complaints() == []


def test_b50_something_is_parked_on_a_phone_without_script_and_handed_over(windows: Windows) -> None:
    page = windows.open("facilitator", script=False, width=PHONE)
    page.goto(GATHERINGS)
    turn(page.get_by_role("link", name="Getting through the winter: who does what").first)
    turn(page.get_by_role("link", name="Parking space"))
    page.get_by_label("What is parked?").fill("Who keeps the key of the boat shed?")
    turn(page.get_by_role("button", name="Park it"))
    turn(page.get_by_role("link", name="Hand-over"))
    told = page.locator("main")
    for needed in ("Who keeps the key of the boat shed?", "The key hangs in the library", "An evening on Shore Road"):
        expect(told).to_contain_text(needed)
    expect(told).to_contain_text("A seat near the door")  # whoever stands in reads what people need


@pytest.mark.parametrize("sheet", ["run-sheet", "hand-over"])
def test_b11_a_facilitators_sheet_is_whole_on_two_pages(sheet: str, windows: Windows, pictures: Path) -> None:
    page = windows.open("convener", width=A4_BETWEEN_MARGINS)
    page.goto(f"{GATHERINGS}1/{sheet}/")
    page.emulate_media(media="print")
    picture(page, pictures / "print", sheet)
    pages = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True))
    assert 1 <= len(pages) <= 2
    assert look(page, "cut") == []
    assert look(page, "offers") == []
