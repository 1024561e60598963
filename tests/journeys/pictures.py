"""Take the picture of the README, and every main screen as people see it, for looking at."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.journeys import browsing, house
from tests.journeys.browsing import DESKTOP, PHONE, PROJECTOR, Windows

HOME = "/p/clachan/"
FOR_THE_README = Path("docs/pictures/home.png")
SCREENS = {
    "home": HOME,
    "monday": f"{HOME}monday/",
    "search": f"{HOME}search/?q=bus",
    "broken": f"{HOME}broken/",
    "heard": f"{HOME}heard/",
    "conversation": f"{HOME}heard/1/",
    "statements": f"{HOME}heard/6/statements/",
    "capture": f"{HOME}heard/1/add/",
    "paste": f"{HOME}heard/1/paste/",
    "contribution": f"{HOME}heard/said/1/",
    "bring-in": f"{HOME}imports/add/",
    "board": f"{HOME}themes/",
    "theme": f"{HOME}themes/1/",
    "coding": f"{HOME}themes/code/1/",
    "suggested": f"{HOME}themes/suggested/",
    "told-pages": f"{HOME}themes/told/",
    "told": f"{HOME}themes/told/1/",
    "told-edit": f"{HOME}themes/told/1/edit/",
    "jigsaw": f"{HOME}jigsaw/",
    "pieces": f"{HOME}jigsaw/pieces/",
    "piece": f"{HOME}jigsaw/pieces/1/",
    "piece-new": f"{HOME}jigsaw/pieces/new/",
    "needs": f"{HOME}jigsaw/needs/",
    "need": f"{HOME}jigsaw/needs/1/",
    "synergies": f"{HOME}jigsaw/synergies/",
    "ties": f"{HOME}jigsaw/ties/",
    "tie-new": f"{HOME}jigsaw/ties/new/",
    "wave": f"{HOME}jigsaw/ties/waves/2/",
    "wave-new": f"{HOME}jigsaw/ties/waves/new/",
    "answer": f"{HOME}jigsaw/ties/waves/2/answer/?for=6",
    "contact-log": f"{HOME}jigsaw/ties/log/",
    "network": f"{HOME}jigsaw/network/",
    "network-of-one": f"{HOME}jigsaw/network/?focus=6",
    "measures": f"{HOME}jigsaw/network/measures/",
    "flows": f"{HOME}jigsaw/flows/",
    "gatherings": f"{HOME}gatherings/",
    "gathering": f"{HOME}gatherings/1/",
    "gathering-new": f"{HOME}gatherings/new/",
    "gathering-queue": f"{HOME}gatherings/1/queue/",
    "door": f"{HOME}gatherings/1/attendance/",
    "walk-in": f"{HOME}gatherings/1/attendance/walk-in/",
    "tables": f"{HOME}gatherings/1/tables/",
    "tables-as-table": f"{HOME}gatherings/1/tables/?as=table",
    "tables-plan": f"{HOME}gatherings/1/tables/plan/",
    "table-rules": f"{HOME}gatherings/1/tables/rules/",
    "table-cards": f"{HOME}gatherings/1/tables/cards/",
    "table-wall": f"{HOME}gatherings/1/tables/wall/",
    "letters": f"{HOME}gatherings/1/letters/",
    "call-off": f"{HOME}gatherings/call-off/",
    "call-off-look": f"{HOME}gatherings/call-off/?sessions=1&sessions=3",
    "own-calendar": f"{HOME}gatherings/calendar/",
    "run-sheet": f"{HOME}gatherings/1/run-sheet/",
    "run-sheet-step": f"{HOME}gatherings/1/run-sheet/add/",
    "recipes": f"{HOME}gatherings/recipes/",
    "recipe": f"{HOME}gatherings/recipes/synergy-session/",
    "prepare": f"{HOME}gatherings/1/prepare/",
    "hand-over": f"{HOME}gatherings/1/hand-over/",
    "hand-over-write": f"{HOME}gatherings/1/hand-over/write/",
    "parking": f"{HOME}gatherings/1/parking/",
    "harvest": f"{HOME}heard/session/2/",
    "programme": f"{HOME}gatherings/programmes/1/",
    "programme-design": f"{HOME}gatherings/programmes/1/design/",
    "cohort": f"{HOME}gatherings/cohorts/1/",
    "cohort-applicants": f"{HOME}gatherings/cohorts/1/applicants/",
    "cohort-choice": f"{HOME}gatherings/cohorts/1/choice/",
    "cohort-mix": f"{HOME}gatherings/cohorts/1/mix/",
    "cohort-log": f"{HOME}gatherings/cohorts/1/log/",
    "practice": f"{HOME}gatherings/practice/",
    "practice-card": f"{HOME}gatherings/practice/hold-the-silence/",
    "learning": f"{HOME}gatherings/learning/",
    "action": f"{HOME}action/",
    "commitments": f"{HOME}action/table/",
    "commitment": f"{HOME}action/1/",
    "promise": f"{HOME}action/new/",
    "purpose": f"{HOME}action/purpose/1/",
    "trace": f"{HOME}trace/commitment/1/",
    "about": f"{HOME}about/",
    "people": f"{HOME}people/",
    "members": f"{HOME}members/",
    "organisations": f"{HOME}organisations/",
    "organisation": f"{HOME}organisations/1/",
    "issue": f"{HOME}issues/1/",
    "imports": f"{HOME}imports/",
    "exports": f"{HOME}exports/",
    "log": f"{HOME}log/",
    "area": f"{HOME}area/",
    "same": f"{HOME}organisations/same/",
    "horizon": f"{HOME}jigsaw/horizon/",
    "pool": f"{HOME}jigsaw/pool/",
    "map": f"{HOME}jigsaw/map/",
    "live": f"{HOME}jigsaw/live/",
    "common": f"{HOME}jigsaw/common/",
    "who-else": f"{HOME}jigsaw/who/",
    "help": f"{HOME}jigsaw/help/",
    "introductions": f"{HOME}jigsaw/introductions/",
    "elsewhere": f"{HOME}jigsaw/elsewhere/",
    "portfolio": "/",
    "profile": f"{HOME}me/",
    "frameworks": "/frameworks/",
}
"""What a convener sees."""
OUTSIDE = {
    "welcome": "/",
    "sign-in": "/account/login/",
    "home-of-a-guest": HOME,
    "accessibility": "/accessibility/",
    "events": "/g/place/clachan/",
}
"""What a stranger sees."""


def main() -> None:
    """Take pictures of a running demonstration of its own."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", nargs="?", type=Path, help="Where every screen goes; without it, the README's alone.")
    asked.add_argument("--only", default="", help="Take only these screens, with commas between their names.")
    asked.add_argument("--widths", default=f"{PHONE},{DESKTOP},{PROJECTOR},print")
    given = asked.parse_args()
    with _windows() as windows:
        convener, stranger = windows.open("convener"), windows.open()
        if given.folder is None:
            _take(convener, HOME, FOR_THE_README, DESKTOP, whole=False)
            sys.stdout.write(f"{FOR_THE_README}\n")
            return
        chosen = set(filter(None, given.only.split(",")))
        for page, screens in ((convener, SCREENS), (stranger, OUTSIDE)):
            for name, path in screens.items():
                if not chosen or name in chosen:
                    _take_all(page, path, given.folder, name, given.widths.split(","))
        for complaint in windows.watch.complaints():
            sys.stderr.write(f"{complaint}\n")


@contextmanager
def _windows() -> Iterator[Windows]:
    with (
        tempfile.TemporaryDirectory(prefix="placeweave-pictures-") as folder,
        house.running(Path(folder) / "home") as demo,
        sync_playwright() as playwright,
        browsing.launched(playwright) as browser,
    ):
        windows = Windows(browser, demo.address, demo.doors)
        yield windows
        windows.close()


def _take_all(page: Page, path: str, folder: Path, name: str, widths: list[str]) -> None:
    for width in widths:
        page.emulate_media(media="print" if width == "print" else "screen")
        _take(page, path, folder / f"{name}-{width}.png", 680 if width == "print" else int(width))


def _take(page: Page, path: str, picture: Path, width: int, *, whole: bool = True) -> None:
    page.set_viewport_size({"width": width, "height": browsing.HEIGHTS.get(width, 900)})
    answer = page.goto(path)  # anew at each width: what was drawn at another leaves blank bands
    if answer is None or not answer.ok:
        sys.stderr.write(f"{path} answers {answer.status if answer else 'nothing'}\n")
    browsing.photograph(page, picture, whole=whole)


if __name__ == "__main__":
    main()
