"""A browser of our own, which tells of everything that a page should not do."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    Request,
    StorageState,
    WebError,
    expect,
)

PHONE, DESKTOP, PROJECTOR = 390, 1280, 1920
HEIGHTS = {PHONE: 844, DESKTOP: 900, PROJECTOR: 1080}
OURS = frozenset({"127.0.0.1", "localhost"})
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PICTURES = os.environ.get("PLACEWEAVE_SCREENSHOTS")
"""The folder in which somebody wants to see the pictures of the journeys; without it none are taken."""
PATIENCE_MS = 30_000
"""How long something may take that will happen: the machine may be doing much else."""
expect.set_options(timeout=PATIENCE_MS)
EXPECTED_STATUS = "Failed to load resource"
"""What the console says of any answer that is no 200; the journeys look at the status themselves."""


def chromium() -> str | None:
    """Find the browser: the one that is named, else Debian's."""
    return os.environ.get("PLACEWEAVE_CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")


@contextmanager
def launched(playwright: Playwright) -> Iterator[Browser]:
    """Start the browser once, for every journey."""
    with tempfile.TemporaryDirectory(prefix="placeweave-browser-", ignore_cleanup_errors=True) as profile:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=list(QUIET), env={**os.environ, "HOME": profile}
        )
        yield browser
        browser.close()


@dataclass
class Watch:
    """What was seen of a browser window: what it asked for elsewhere, and what went wrong in it."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Begin to watch."""
        context.on("request", self._asked)
        context.on("console", self._said)
        context.on("weberror", self._broke)

    def complaints(self) -> list[str]:
        """List everything that a page did and should not have done."""
        return [f"asked elsewhere: {url}" for url in self.outside] + self.errors

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.hostname not in OURS:
            self.outside.append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and EXPECTED_STATUS not in message.text:
            where = message.page.url if message.page else ""
            self.errors.append(f"{where}: {message.text}")

    def _broke(self, error: WebError) -> None:
        self.errors.append(f"{error.page.url if error.page else ''}: {error.error}")


@dataclass
class Windows:
    """Opens windows for the people of one journey, and closes them all at its end.

    A persona comes in by its door once; later windows of it, of this journey or another, begin where nothing is open
    and are signed in already.
    """

    browser: Browser
    address: str
    doors: dict[str, str]
    signed_in: dict[str, StorageState] = field(default_factory=dict)
    watch: Watch = field(default_factory=Watch)
    _open: list[BrowserContext] = field(default_factory=list)

    def open(self, part: str | None = None, *, width: int = DESKTOP, script: bool = True, **options: Any) -> Page:
        """Open a window, signed in as one of Clachan's personas, or as a stranger."""
        known = self.signed_in.get(part or "")
        context = self.browser.new_context(
            storage_state=known,
            base_url=self.address,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            java_script_enabled=script,
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/London",
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        self.watch.over(context)
        self._open.append(context)
        page = context.new_page()
        if part is not None and known is None:
            answer = page.goto(self.doors[part])
            assert answer, part
            assert answer.ok, f"the door of the {part} is shut"
            self.signed_in[part] = context.storage_state()
        return page

    def close(self) -> None:
        """Close every window."""
        for context in self._open:
            context.close()
        self._open.clear()


def turn(control: Locator) -> None:
    """Click what leads to another page, and wait until that page is there, whole.

    A click is done once it was made. What looks at the window straight after it sees the page that is left, where any
    claim about the next one may hold that should not, or the moment between the two, where there is nothing to see.
    """
    with control.page.expect_navigation():
        control.click()


def turn_by(key: str, page: Page) -> None:
    """Press a key that leads to another page, and wait until that page is there, whole."""
    with page.expect_navigation():
        page.keyboard.press(key)


def step_by(key: str, wall: Page) -> None:
    """Press a key that changes a wall where it stands, and wait until that is done: until then it takes no other."""
    wall.keyboard.press(key)
    expect(wall.locator("#wall-controls")).not_to_have_attribute("aria-busy", "true")


def picture(page: Page, folder: Path, name: str, *, whole: bool = True) -> None:
    """Keep a picture of the page as it stands, where somebody asked for pictures."""
    if PICTURES:
        photograph(page, folder / f"{name}.png", whole=whole)


def photograph(page: Page, path: Path, *, whole: bool = True) -> None:
    """Take a picture of the page as it stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=whole, caret="initial")  # hiding the caret takes a style the policy refuses
