"""What every journey may ask for: a running house, windows onto it, and a folder for pictures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys import browsing, house

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as one that needs a browser."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    if browsing.chromium() is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright, browsing.launched(playwright) as browser:
        yield browser


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[house.House]:
    """A whole installation with Clachan in it, started once; a folder may be named that has one already."""
    named = os.environ.get("PLACEWEAVE_JOURNEYS_HOME")
    with house.running(Path(named) if named else _own_house(tmp_path_factory)) as running:
        yield running


def _own_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Furnish a house for this process; Clachan is loaded once, however many processes run the journeys."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return house.furnished(tmp_path_factory.mktemp("house") / "home", pattern=shared / "clachan")


@pytest.fixture
def windows(browser: Browser, demo: house.House) -> Iterator[browsing.Windows]:
    """Open windows onto the house; a page that asks elsewhere or breaks its own rules fails the test."""
    opened = browsing.Windows(browser, demo.address, demo.doors, demo.signed_in)
    yield opened
    opened.close()
    assert opened.watch.complaints() == []


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures of the journeys are kept, of which none are taken unless somebody names a folder for them."""
    return Path(browsing.PICTURES or tmp_path_factory.mktemp("pictures"))
