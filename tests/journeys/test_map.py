"""The map by eye, by key and without script: every mark is reached, says its name, and leads on."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Windows
from tests.journeys.looking import faults

JIGSAW = "/p/clachan/jigsaw/"


@pytest.mark.parametrize("path", [f"{JIGSAW}map/", f"{JIGSAW}live/"])
def test_the_page_is_sound_at_every_width(path: str, windows: Windows) -> None:
    page = windows.open("convener")
    page.goto(path)
    if path.endswith("map/"):
        expect(page.locator(".ground--moving")).to_be_visible()
    complaints = windows.watch.complaints()
    assert complaints + faults(page) == []
    windows.watch.errors.clear()  # axe's own styles, which the page's policy refuses


def test_every_mark_of_the_map_is_reached_by_tab_and_opens_by_enter(windows: Windows) -> None:
    page = windows.open("partner")
    page.goto(f"{JIGSAW}map/")
    marks = page.locator(".ground__moving path[role='button']")
    expect(page.locator(".ground--moving")).to_be_visible()
    assert marks.count() == page.locator(".ground__still path, .ground__still circle").count()
    assert all(mark.get_attribute("aria-label") for mark in marks.all())
    first = marks.filter(visible=True).nth(1)
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup-content a")).to_be_focused()
    page.keyboard.press("Escape")
    expect(first).to_be_focused()


def test_the_picture_and_its_tables_are_there_without_script(windows: Windows) -> None:
    page = windows.open("partner", script=False)
    page.goto(f"{JIGSAW}map/?kind=service")
    expect(page.locator(".ground__still")).to_be_visible()
    expect(page.locator(".ground__moving")).to_be_hidden()
    assert (
        page.locator(".ground__still circle").count()
        == page.locator("#on-map-tables ~ .table-scroll").last.locator("tbody tr").count()
    )
