"""What looks at the pages sees what is wrong with them, also far down a long list."""

from __future__ import annotations

import pytest

from tests.journeys.browsing import Windows
from tests.journeys.looking import violations

PAGE = """<!doctype html><html lang="en"><title>A list</title><style>
a, button {{ display: inline-block; padding: 12px; margin: 12px }} .pale {{ color: #ccc; background: #fff }}</style>
<main><h1>A list</h1><ul>{rows}</ul></main></html>"""
SOUND = '<li><a href="#here">A row</a> <button type="button">Open it</button></li>'
WRONG = {
    "color-contrast": '<li><a href="#here">A row</a> <button type="button" class="pale">Open it</button></li>',
    "button-name": '<li><a href="#here">A row</a> <button type="button"></button></li>',
    "link-name": '<li><a href="#here"> </a> <button type="button">Open it</button></li>',
}


@pytest.mark.parametrize("rule", WRONG)
def test_what_is_wrong_in_one_row_is_seen_among_many_that_are_right(rule: str, windows: Windows) -> None:
    page = windows.open()
    page.set_content(PAGE.format(rows=SOUND * 30 + WRONG[rule] + SOUND * 30))
    assert [rule in one for one in violations(page)] == [True]


@pytest.mark.parametrize("rule", WRONG)
def test_what_is_wrong_in_every_row_is_seen(rule: str, windows: Windows) -> None:
    page = windows.open()
    page.set_content(PAGE.format(rows=WRONG[rule] * 30))
    assert [rule in one for one in violations(page)] == [True, True]


def test_rows_that_are_right_are_found_right(windows: Windows) -> None:
    page = windows.open()
    page.set_content(PAGE.format(rows=SOUND * 30))
    assert violations(page) == []
