"""A new convener carries a first thread from pasted notes to a promise, by clicking what is there."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.browsing import Windows, picture, turn
from tests.journeys.house import House

NOTES = (Path(__file__).parent / "notes" / "workshop.txt").read_text(encoding="utf-8")
TITLES = {
    "ferry": "The last boat is too early",
    "house": "No house to rent all year",
    "doctor": "Being seen by a doctor",
}
"""What she calls the suggestions that hold these words."""
FERRY = TITLES["ferry"]
WORKER_SECONDS = 60
FAR_BELOW_TEN_MINUTES = 180


class Steps:
    """One journey: what is clicked is what can be seen, and each step leaves a picture."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.folder, self.taken = page, folder, 0

    def show(self, name: str, page: Page | None = None) -> None:
        """Keep a picture of where we are."""
        self.taken += 1
        picture(page or self.page, self.folder, f"{self.taken:02d}-{name}")

    def follow(self, name: str, *, within: str = "main") -> None:
        """Click a link by its words."""
        turn(self.page.locator(within).get_by_role("link", name=name).first)

    def press(self, name: str) -> None:
        """Press a button by its words."""
        turn(self.page.locator("main").get_by_role("button", name=name).first)

    def bead(self, step: str) -> None:
        """Go to a step of the thread by its bead."""
        turn(self.page.locator(".strand").get_by_role("link", name=step).first)


def test_a_first_weave_from_notes_to_a_promise(demo: House, windows: Windows, pictures: Path) -> None:
    slug = f"port-sallow-{int(time.time())}"  # the house may have been walked before
    demo.command("place", "add", slug, "Port Sallow")
    link = demo.invitation(place=slug, name="Morag Tulloch", email=f"morag@{slug}.example")
    started = time.monotonic()
    steps = Steps(windows.open(), pictures / "first-weave")

    _come_in(steps, link)
    _begin_a_conversation(steps)
    _paste_the_notes(steps)
    _ask_for_suggestions(steps)
    _take_up_three(steps)
    told = _tell_back(steps)
    _open_as_a_stranger(steps, windows.open(width=390), told)
    _promise(steps)
    _follow_down_to_a_quote(steps)

    seconds = time.monotonic() - started
    sys.stdout.write(f"\nThe first weave took {seconds:.0f} seconds.\n")
    assert seconds < FAR_BELOW_TEN_MINUTES


def _come_in(steps: Steps, link: str) -> None:
    steps.page.goto(link)
    steps.show("invitation")
    steps.press("Come in")
    steps.show("came-in")
    steps.press("Keep my entry")
    steps.follow("Port Sallow", within=".head__place")
    steps.show("empty-home")


def _begin_a_conversation(steps: Steps) -> None:
    page = steps.page
    steps.follow("Write down what was said")
    steps.show("nothing-heard-yet")
    steps.follow("Add the first conversation")
    page.get_by_label("What do people call it?").fill("Workshop in the drill hall")
    page.get_by_label("How is it held?").select_option(label="Workshop")
    steps.show("new-conversation")
    steps.press("Add it")
    expect(page.get_by_role("heading", level=1)).to_have_text("Workshop in the drill hall")


def _paste_the_notes(steps: Steps) -> None:
    page = steps.page
    steps.show("new-conversation-is-there")
    steps.follow("Paste the notes of it")
    page.get_by_label("Your notes").fill(NOTES)
    page.get_by_label("Anybody", exact=True).check()
    page.get_by_label("Quoted without a name").check()
    page.get_by_label("How may they be described?").fill("at the drill hall workshop")
    steps.show("notes-pasted")
    steps.press("Show how they are cut")
    if page.get_by_label("I have looked").count():
        steps.show("looked-over")
        page.get_by_label("I have looked").check()
        steps.press("Show how they are cut")
    steps.show("notes-cut")
    steps.press("Keep these 50")
    expect(page.locator("main")).to_contain_text("50 contributions")
    steps.show("notes-kept")


def _ask_for_suggestions(steps: Steps) -> None:
    page = steps.page
    steps.bead("Themes")
    steps.show("empty-board")
    steps.follow("Have themes suggested")
    steps.show("before-suggestions")
    steps.press("Suggest themes")
    steps.show("working")
    expect(page.get_by_role("button", name="Take up the ticked ones")).to_be_visible(timeout=WORKER_SECONDS * 1000)
    steps.show("suggestions")


def _take_up_three(steps: Steps) -> None:
    page = steps.page
    for word, title in TITLES.items():
        card = page.locator("article.proposal").filter(has_text=word).first
        card.get_by_role("checkbox").check()
        card.get_by_label("Title, in your words").fill(title)
    steps.show("three-chosen")
    steps.press("Take up the ticked ones")
    steps.bead("Themes")
    for title in TITLES.values():
        expect(page.get_by_role("link", name=title).first).to_be_visible()
    steps.show("board")


def _tell_back(steps: Steps) -> str:
    page = steps.page
    steps.follow("What we heard")
    steps.show("nothing-told-yet")
    steps.press("Workshop in the drill hall")
    steps.show("what-we-heard-draft")
    steps.press("Share with anybody who has the link")
    steps.show("what-we-heard-shared")
    return page.get_by_label("Link of the page").input_value()


def _open_as_a_stranger(steps: Steps, stranger: Page, told: str) -> None:
    answer = stranger.goto(told)
    assert answer is not None
    assert answer.ok
    expect(stranger.locator("main")).to_contain_text(FERRY)
    expect(stranger.locator("blockquote").first).to_be_visible()
    steps.show("what-we-heard-as-a-stranger", stranger)


def _promise(steps: Steps) -> None:
    page = steps.page
    steps.bead("Themes")
    steps.follow(FERRY)
    steps.show("theme")
    steps.follow("Make a commitment")
    page.get_by_label("What is promised?").fill("Ask the ferry company for a seven o'clock sailing on two evenings")
    page.get_by_label("To whom?").fill("everybody who came to the drill hall")
    page.get_by_label("By when?").fill("2030-03-01")
    steps.show("promise")
    steps.press("Promise it")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ask the ferry company")
    steps.show("commitment")


def _follow_down_to_a_quote(steps: Steps) -> None:
    page = steps.page
    steps.follow("Follow the whole thread")
    steps.show("thread")
    steps.follow(FERRY)
    quote = page.locator("blockquote").first
    words = (quote.text_content() or "").strip().strip("“”").strip()
    assert any(words[:40] in line for line in NOTES.splitlines()), words
    steps.show("down-to-the-quote")
