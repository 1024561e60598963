"""Look at a page as people with other eyes, other hands and other screens meet it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

from tests.journeys.browsing import HEIGHTS, PHONE

NARROWEST = 320
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
LOOKS = Path(__file__).parent / "looks"


def look(page: Page, name: str, given: object = None) -> Any:
    """Ask an open page one of the questions in the folder ``looks``, once it is there, whole."""
    page.wait_for_load_state()
    return page.evaluate((LOOKS / f"{name}.js").read_text(encoding="utf-8").rstrip().rstrip(";"), given)


def violations(page: Page, *, colours: bool = True) -> list[str]:
    """List what axe finds against WCAG 2.2 AA, one line each; without ``colours`` they are not compared."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE)  # past the page's own policy, which stays as strict as it is
    found = look(page, "axe", colours)
    return [
        f"axe at {page.viewport_size['width'] if page.viewport_size else '?'} px: {rule['id']}: {node['html'][:160]} "
        f"({' '.join(node.get('failureSummary', '').split())[:220]})"
        for rule in found
        for node in rule["nodes"][:3]
    ]


def faults(page: Page) -> list[str]:
    """List everything that is wrong with an open page, at the width of a desk, of a phone and of the smallest phone.

    Colours are compared once: they take half the time, and only a few things show on a phone alone.
    """
    found = _facts(page) + violations(page)
    page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
    found += violations(page, colours=False)
    return found + scrolls_sideways(page)


def scrolls_sideways(page: Page) -> list[str]:
    """Say what makes a page wider than the narrowest screen, where something does."""
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    wide = look(page, "wide")
    return [f"sideways scroll at {NARROWEST} px: {'; '.join(wide)}"] if wide else []


def _facts(page: Page) -> list[str]:
    facts = look(page, "facts")
    wrong = []
    if facts["h1"] != 1:
        wrong.append(f"{facts['h1']} h1")
    if not facts["title"].endswith("placeweave") or facts["title"].startswith("·"):
        wrong.append(f"title “{facts['title']}”")
    if not facts["lang"].startswith("en"):
        wrong.append(f"lang “{facts['lang']}”")
    wrong += [f"leads nowhere: {one}" for one in facts["leadNowhere"]]
    wrong += [f"left over: {one}" for one in facts["unsaid"]]
    return wrong + [f"inline style: {one}" for one in facts["inline"]]
