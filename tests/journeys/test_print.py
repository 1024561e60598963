"""What people take to a meeting on paper is whole, and holds no buttons."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.browsing import Windows, picture
from tests.journeys.looking import look

HOME = "/p/clachan/"
SHEETS = {
    "what-we-heard": f"{HOME}themes/told/1/",
    "commitments": f"{HOME}action/table/",
    "board": f"{HOME}themes/",
    "jigsaw": f"{HOME}jigsaw/",
    "horizon": f"{HOME}jigsaw/horizon/",
    "council-area": f"{HOME}area/",
    "home": HOME,
    "assessment": f"{HOME}heard/assessments/1/",
    "table-cards": f"{HOME}gatherings/1/tables/cards/",
}
A4_BETWEEN_MARGINS = 680


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_is_whole_and_offers_nothing_to_press(sheet: str, windows: Windows, pictures: Path) -> None:
    page = windows.open("convener", width=A4_BETWEEN_MARGINS)
    page.goto(SHEETS[sheet])
    page.emulate_media(media="print")
    picture(page, pictures / "print", sheet)
    assert page.pdf(format="A4", prefer_css_page_size=True)
    cut = look(page, "cut")
    assert not cut, "cut off:\n" + "\n".join(cut)
    offers = look(page, "offers")
    assert not offers, "offered on paper:\n" + "\n".join(offers[:6])
