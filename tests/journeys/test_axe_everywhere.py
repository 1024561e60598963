"""Every page of the product can be read, by everybody, on every screen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import crawling, looking
from tests.journeys.browsing import Windows
from tests.journeys.house import House

HOME = "/p/clachan/"
SAMPLES = int(os.environ.get("PLACEWEAVE_SAMPLES", "2"))
"""How many addresses of one route are opened."""
LOOKED_AT = int(os.environ.get("PLACEWEAVE_LOOKED_AT", "1"))
"""How many of them are looked at closely."""

EYES: dict[str, tuple[str, ...]] = {
    "convener": (
        "/",
        HOME,
        f"{HOME}monday/",
        f"{HOME}search/?q=bus",
        f"{HOME}search/",
        f"{HOME}exports/",
        "/account/second-step/",
        "/account/second-step/app/",
        "/account/second-step/again/",
        "/account/logout/",
    ),
    "steward": ("/", "/styleguide/", "/styleguide/page/", "/places/add/"),
    "stranger": ("/", "/account/login/", "/account/closed/", HOME, "/accessibility/", "/privacy/", "/health/"),
}
"""Where each walk begins; a stranger's pages are the public ones."""

UNWALKED = {
    "demo_door": "a door for personas, used to sign in to every journey",
    "account_request_login_code": "sends people on to signing in",
}
"""Routes that no link leads to, and why."""


@dataclass(frozen=True)
class Eyes:
    """A window of one person, and what a walk through it found."""

    page: Page
    windows: Windows
    walk: crawling.Walk


@pytest.fixture(scope="module")
def eyes(browser: Browser, demo: House) -> Iterator[dict[str, Eyes]]:
    """Walk the house once as each person who sees it differently."""
    seen = {}
    for part, starts in EYES.items():
        windows = Windows(browser, demo.address, demo.doors)
        page = windows.open(None if part == "stranger" else part)
        seen[part] = Eyes(page, windows, crawling.walk(page.request, starts=starts, samples=SAMPLES))
    yield seen
    for one in seen.values():
        one.windows.close()


def _look(eyes: Eyes, path: str) -> list[str]:
    eyes.windows.watch.errors.clear()
    eyes.page.set_viewport_size({"width": 1280, "height": 900})
    eyes.page.goto(path)
    complaints = eyes.windows.watch.complaints()  # before axe, whose own styles the page's policy refuses
    return [f"{path}: {fault}" for fault in complaints + looking.faults(eyes.page)]


@pytest.mark.parametrize("part", EYES)
def test_everything_that_a_page_offers_leads_somewhere(part: str, eyes: dict[str, Eyes]) -> None:
    broken = eyes[part].walk.broken()
    assert not broken, "\n".join(broken)


def test_no_route_is_missed(eyes: dict[str, Eyes]) -> None:
    walked = set().union(*(one.walk.routes() for one in eyes.values())) | set(UNWALKED)
    missed = sorted(set(crawling.every_route()) - walked)
    assert not missed, "\n".join(missed)


@pytest.mark.parametrize("route", crawling.every_route())
@pytest.mark.parametrize("part", EYES)
def test_i5_a_page_has_no_barrier(part: str, route: str, eyes: dict[str, Eyes]) -> None:
    paths = eyes[part].walk.pages(route)
    if part == "steward" and eyes["convener"].walk.pages(route):
        return  # the same page, seen by somebody else
    faults = [fault for path in paths[:LOOKED_AT] for fault in _look(eyes[part], path)]
    assert not faults, "\n".join(faults)
