"""One person fills a place on its first day, from its council area and public files to a board and synergies."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.browsing import Windows, picture, turn
from tests.journeys.house import House
from tests.shared_data import shared

WORKER_MS = 120_000
TEN_MINUTES = 600
AREA = "Falkirk"
REGISTERS = ("clean", "messy")
"""Two invented registers that spell the same charities in two ways, as downloads a year apart would."""


def test_b5_b6_a_place_is_filled_on_its_first_day_by_one_person(demo: House, windows: Windows, pictures: Path) -> None:
    files = [("oscr", shared(f"standards/orgs/SYNTHETIC_oscr_register_{one}.csv")) for one in REGISTERS]
    files += [
        ("360giving", shared("standards/360giving/abct-grants.json")),
        ("hsds", shared("standards/hsds/uk-profile/examples/service_full.json")),
        ("hsds", shared("standards/hsds/hsds3/examples/service_full.json")),
    ]
    slug = f"falkirk-{int(time.time())}"
    demo.command("place", "add", slug, AREA)
    link = demo.invitation(place=slug, name="Ailsa Kerr", email=f"ailsa@{slug}.example")
    page = windows.open()
    day = Day(page, pictures / "first-day", slug)
    started = time.monotonic()

    day.come_in(link)
    day.choose_the_council_area()
    for name, path in files:
        day.bring_in(name, path)
    day.look_for_the_same_organisation()
    day.see_the_board()
    day.look_for_synergies()

    seconds = time.monotonic() - started
    sys.stdout.write(f"\nThe first day took {seconds:.0f} seconds; its pictures are in {day.folder}.\n")
    assert seconds < TEN_MINUTES


class Day:
    """One person's first day: each step clicks what can be seen, and leaves a picture."""

    def __init__(self, page: Page, folder: Path, slug: str) -> None:
        self.page, self.folder, self.home, self.taken = page, folder, f"/p/{slug}/", 0

    def show(self, name: str) -> None:
        """Keep a picture of where we are."""
        self.taken += 1
        picture(self.page, self.folder, f"{self.taken:02d}-{name}")

    def press(self, name: str) -> None:
        """Press a button by its words."""
        turn(self.page.locator("main").get_by_role("button", name=name).first)

    def come_in(self, link: str) -> None:
        """Take the invitation and look at the empty place."""
        self.page.goto(link)
        self.press("Come in")
        self.press("Keep my entry")
        self.page.goto(self.home)
        self.show("empty-home")

    def choose_the_council_area(self) -> None:
        """Give the place its codes and the partners who plan there by law."""
        turn(self.page.get_by_role("link", name="your council area, its charities, grants and services"))
        turn(self.page.get_by_role("link", name="Begin with your council area").first)
        self.page.get_by_label("In which council area does the place lie?").select_option(label=AREA)
        self.show("begin")
        self.press("Show what it would bring")
        self.accept("footprint")

    def accept(self, name: str) -> None:
        """Bring in what has been read, once it has been read."""
        button = self.page.get_by_role("button", name="Bring it in")
        expect(button).to_be_visible(timeout=WORKER_MS)
        self.show(f"{name}-read")
        turn(button)
        expect(self.page.get_by_text("This is what the file did.")).to_be_visible(timeout=WORKER_MS)
        self.show(f"{name}-brought-in")

    def bring_in(self, name: str, path: Path) -> None:
        """Upload a file from the list of the first day, look, and bring it in."""
        self.page.goto(f"{self.home}area/")
        turn(self.page.locator(f'main a[href$="format={name}"]').first)
        self.page.get_by_label("The file", exact=True).set_input_files(path)
        self.press("Read the file")
        self.accept(f"{name}-{path.stem.split('_')[-1]}")

    def look_for_the_same_organisation(self) -> None:
        """Find the queue of those that may be one, each pair with its reasons."""
        self.page.goto(f"{self.home}organisations/same/")
        pair = self.page.get_by_role("link", name="Look at both").first
        expect(pair).to_be_visible(timeout=WORKER_MS)
        self.show("same-organisation")
        turn(pair)
        self.show("same-pair")

    def see_the_board(self) -> None:
        """Look at who holds what, and at what nobody holds."""
        self.page.goto(f"{self.home}jigsaw/")
        self.show("board")

    def look_for_synergies(self) -> None:
        """Ask what might fit, and find at least ten suggestions, each with its reason and its facts."""
        self.page.goto(f"{self.home}jigsaw/synergies/")
        self.press("Look for what might fit")
        self.page.get_by_role("heading", name="For the same people").wait_for(timeout=WORKER_MS)
        self.show("synergies")
        self.page.goto(f"{self.home}jigsaw/synergies/?kind=kindred")
        cards = self.page.locator("article.suggestion")
        assert cards.count() >= 10
        for card in cards.all():
            expect(card).to_contain_text("Both are for:")
            assert card.get_by_role("link").count() > 1
        self.show("for-the-same-people")
