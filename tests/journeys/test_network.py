"""The network of partners by eye, by key and on paper, and a partner's answer saved as it is given."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import PHONE, Windows, picture, turn_by
from tests.journeys.looking import faults, look

JIGSAW = "/p/clachan/jigsaw/"
PAGES = {
    "ties": f"{JIGSAW}ties/",
    "wave": f"{JIGSAW}ties/waves/2/",
    "answer": f"{JIGSAW}ties/waves/2/answer/?for=6",
    "new wave": f"{JIGSAW}ties/waves/new/",
    "log": f"{JIGSAW}ties/log/",
    "network": f"{JIGSAW}network/",
    "focus": f"{JIGSAW}network/?focus=6",
    "measures": f"{JIGSAW}network/measures/",
}
A4_BETWEEN_MARGINS = 680


@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_sound_at_every_width_and_on_paper(name: str, windows: Windows, pictures: Path) -> None:
    page = windows.open("convener")
    page.goto(PAGES[name])
    picture(page, pictures / "network", name)
    page.set_viewport_size({"width": PHONE, "height": 844})
    picture(page, pictures / "network", f"{name}-phone")
    page.set_viewport_size({"width": 1280, "height": 900})
    complaints = windows.watch.complaints()
    assert complaints + faults(page) == []
    windows.watch.errors.clear()  # axe's own styles, which the page's policy refuses
    page.set_viewport_size({"width": A4_BETWEEN_MARGINS, "height": 900})
    page.emulate_media(media="print")
    picture(page, pictures / "network", f"{name}-print")
    cut = look(page, "cut")
    assert not cut, "cut off:\n" + "\n".join(cut)


def test_arrow_keys_walk_from_neighbour_to_neighbour(windows: Windows) -> None:
    page = windows.open("partner")
    page.goto(PAGES["network"])
    assert page.locator("[data-key][tabindex='0']").count() == 1
    start = page.locator("[data-key][tabindex='0']")
    start.focus()
    walked = [start.get_attribute("data-key")]
    near = (start.get_attribute("data-near") or "").split()
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        here = page.locator("[data-key]:focus").get_attribute("data-key")
        if here != walked[-1]:
            assert here in near
            walked.append(here)
            near = (page.locator("[data-key]:focus").get_attribute("data-near") or "").split()
    assert len(walked) > 1
    turn_by("Enter", page)
    expect(page.locator(".net__node--focus")).to_have_count(1)


def test_the_picture_says_the_same_without_script(windows: Windows) -> None:
    page = windows.open("partner", script=False)
    page.goto(PAGES["network"])
    nodes = page.locator("[data-key]")
    assert nodes.count() == page.locator("#net-table + .table-scroll tbody tr").count()
    nodes.first.focus()
    turn_by("Enter", page)
    expect(page.locator(".net__node--focus")).to_have_count(1)


def test_an_answer_is_saved_as_it_is_given_on_a_phone(windows: Windows) -> None:
    page = windows.open("partner", width=PHONE)
    page.goto(f"{JIGSAW}ties/waves/2/answer/")
    first = page.locator(".reply__one select").first
    changed = "2" if first.input_value() != "2" else "1"
    first.select_option(changed)
    expect(page.locator("[data-reply-note]")).to_have_text("Saved")
    page.locator(".reply__one select[name^='level-']").nth(1).select_option("3")
    expect(page.locator("[data-reply-note]")).to_have_text("Saved")
    page.reload()
    assert page.locator(".reply__one select[name^='level-']").first.input_value() == changed
