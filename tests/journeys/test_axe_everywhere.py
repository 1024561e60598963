"""Every page of the product can be read, by everybody, on every screen."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import crawling, looking
from tests.journeys.browsing import PHONE, Windows, turn
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
        f"{HOME}heard/6/statements/",
        f"{HOME}heard/said/1/",
        f"{HOME}action/purpose/new/",
        "/account/second-step/",
        "/account/second-step/app/",
        "/account/second-step/again/",
        "/account/logout/",
    ),
    "steward": ("/", "/styleguide/", "/styleguide/page/", "/places/add/"),
    "stranger": (
        "/",
        "/account/login/",
        "/account/closed/",
        HOME,
        "/accessibility/",
        "/privacy/",
        "/health/",
        "/v/",
        "/v/left/",
    ),
}
"""Where each walk begins; a stranger's pages are the public ones."""

UNWALKED = {
    "demo_door": "a door for personas, used to sign in to every journey",
    "account_request_login_code": "sends people on to signing in",
    "account_confirm_login_code": "comes after an address, walked below",
    "mfa_authenticate": "comes after a code, where a second step was set up",
    "mfa_deactivate_totp": "offered once a second step was set up",
    "mfa_view_recovery_codes": "offered once a second step was set up",
    "mfa_generate_recovery_codes": "offered once a second step was set up",
    "mfa_download_recovery_codes": "offered once a second step was set up",
    "places:join": "the first step of the first weave",
    "places:place_added": "comes after a form",
    "places:linkup_ask": "needs another place that works on the same",
    "places:linkup_answer": "needs another place that has asked",
    "places:revoke": "offered while an invitation waits",
    "places:same_pair": "offered once two organisations are alike, in a journey of its own",
    "places:same_part": "offered once two organisations are one, in a journey of its own",
    "places:same_lift": "offered once it was decided that two are not one, in a journey of its own",
    "jigsaw:survey_new": "offered once no wave is open, in the journey of the network",
    "places:work": "comes after a large file",
    "places:import": "comes after a file, walked below",
    "places:import_discard": "offered on the page of a file",
    "places:import_undo": "offered on the page of a file",
    "listening:kept": "comes after words are written down, in the walk without script",
    "listening:open_voting": "offered on a draft, in the journey of a live room",
    "listening:archive_voting": "offered once a voting is closed, in the journey of a live room",
    "listening:room_order": "offered while a room is open, in the journey of a live room",
    "listening:wall": "offered while a room is open, in the journey of a live room",
    "voting:wall": "what a wall asks for every second",
    "listening:take_opinion": "offered once answers were worked out",
    "listening:paper_undo": "offered once answers on paper were kept",
    "places:import_answer": "comes after a file, walked below",
    "listening:answered_assessment": "comes after a sheet is sent, in the walk without script",
    "jigsaw:flow": "comes after a file of grants",
    "jigsaw:map_shapes": "what the map asks for by itself, in a journey of its own",
    "live:kumu": "offered once a convener has opened it, and read by a program",
    "jigsaw:introduction_outcome": "comes once partners have been introduced",
    "gatherings:open": "offered on a draft",
    "gatherings:held": "offered once a session has begun",
    "gatherings:undo_tables": "offered once tables were planned twice",
    "gatherings:forget_walk_in": "offered once somebody has walked in",
    "gatherings:run_sheet_lay": "offered while a run sheet is empty",
    "gatherings:recipe_drop": "offered on a recipe of the place's own",
    **{f"apply:{page}": "somebody's own page, in the journey of a cohort" for page in ("mine", "leave")},
    **{f"apply:{deed}": "offered while an offer stands" for deed in ("accept", "decline")},
    "apply:again": "offered once an offer has passed",
    "signup:mine": "somebody's own page, walked below",
    "signup:accept": "offered while an offer stands",
    "signup:leave": "somebody's own page, walked below",
    "signup:again": "offered once an offer has passed",
    "signup:mine_calendar": "offered on somebody's own page, and read by a program",
    "signup:member_calendar": "an address that is shown once, and read by a program",
    "signup:place_calendar": "read by a program",
    **dict.fromkeys(
        (f"apply:{name}" for name in ("mine", "accept", "decline", "leave", "again")),
        "an applicant's own page, in the journey of a second cohort",
    ),
    "thread:mine": "a teller's own page, walked below",
    "thread:withdraw": "a teller's own page, walked below",
    "thread:pause": "a teller's own page, walked below",
    "thread:resume": "offered once a teller has paused",
    **dict.fromkeys(
        (
            *("voting:preview", "voting:door", "voting:answer", "voting:now", "voting:statements", "voting:say"),
            *("voting:mine", "voting:about", "voting:you", "voting:leave"),
        ),
        "walked and looked at by a phone, in a journey of its own",
    ),
}
"""Routes that no link of these walks leads to, and why."""


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
        windows = Windows(browser, demo.address, demo.doors, demo.signed_in)
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
    missed = [route for route in missed if not _only_takes_forms(eyes["convener"], route)]
    assert not missed, "\n".join(missed)


def _only_takes_forms(eyes: Eyes, route: str) -> bool:
    path = crawling.address_of(route, place="clachan")
    return path is not None and eyes.page.request.get(path).status == 405


@pytest.mark.parametrize("route", crawling.every_route())
def test_i5_a_page_has_no_barrier(route: str, eyes: dict[str, Eyes]) -> None:
    seen = {part: one.walk.pages(route)[:LOOKED_AT] for part, one in eyes.items()}
    if seen["convener"]:
        seen.pop("steward")  # the same page, seen by somebody else
    faults = [fault for part, paths in seen.items() for path in paths for fault in _look(eyes[part], path)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", [HOME, f"{HOME}members/", f"{HOME}themes/", f"{HOME}jigsaw/pieces/"])
def test_i5_what_shows_on_a_phone_alone_can_be_told_from_its_ground(path: str, windows: Windows) -> None:
    page = windows.open("convener", width=PHONE)
    page.goto(path)
    found = looking.violations(page)
    windows.watch.errors.clear()  # axe's own styles, which the page's policy refuses
    assert not found, "\n".join(found)


def test_i5_signing_in_has_no_barrier(windows: Windows) -> None:
    page = windows.open()
    page.goto("/")
    turn(page.get_by_role("link", name="Sign in").first)
    page.get_by_role("textbox").last.fill("effie.buchan@clachan.example")
    turn(page.locator("main").get_by_role("button").first)
    page.wait_for_url("**/login/code/")
    _stands(page, windows)


def test_i5_a_tellers_own_page_has_no_barrier(windows: Windows) -> None:
    page = windows.open("convener")
    page.goto(f"{HOME}heard/said/2/")
    turn(page.get_by_role("button", name="private link"))
    link = page.get_by_label("Their link").input_value()
    teller = windows.open()
    for path in (link, f"{link}withdraw/"):
        teller.goto(path)
        _stands(teller, windows)


def test_i5_signing_up_has_no_barrier(windows: Windows) -> None:
    page = windows.open("convener")
    page.goto(f"{HOME}gatherings/")
    turn(page.locator("main tbody").get_by_role("link").first)
    address = page.get_by_role("link", name="Look at the page people see").get_attribute("href") or ""
    guest = windows.open()
    guest.goto(address)
    _stands(guest, windows)
    guest.get_by_label("Your name").fill("Jess Louttit")
    guest.get_by_label("E-mail address").fill("jess.louttit@clachan.example")
    turn(guest.get_by_role("button", name="Come on the waiting list"))
    guest.wait_for_url("**/g/mine/**")
    expect(guest.locator("main")).to_contain_text("on the waiting list")
    _stands(guest, windows)
    turn(guest.get_by_role("link", name="Take me off the list"))
    _stands(guest, windows)
    turn(guest.get_by_role("button", name="Take me off the list"))
    expect(guest.locator("main")).to_contain_text("is erased")
    _stands(guest, windows)


def test_i5_bringing_in_a_file_has_no_barrier(windows: Windows) -> None:
    page = windows.open("convener")
    page.goto(f"{HOME}imports/add/?format=contributions")
    table = "said,note\nThe steps by the kirk are a danger when it freezes,a resident\nWe need a bench,a carer\n"
    page.get_by_label("The file").set_input_files(
        {"name": "notes.csv", "mimeType": "text/csv", "buffer": table.encode("utf-8")}
    )
    turn(page.get_by_role("button", name="Read the file"))
    page.wait_for_url("**/answer/")
    _stands(page, windows)
    page.get_by_label("What was said").first.select_option("said")
    page.get_by_label("What is the new conversation called?").fill("At the kirk door")
    turn(page.locator("main form").first.get_by_role("button").last)
    page.wait_for_url("**/imports/*/")
    expect(page.locator("main")).to_contain_text("New: 2")
    _stands(page, windows)


def _stands(page: Page, windows: Windows) -> None:
    """Hold an open page to what every page is held to."""
    complaints = windows.watch.complaints()
    page.set_viewport_size({"width": 1280, "height": 900})
    faults = complaints + looking.faults(page)
    windows.watch.errors.clear()  # axe's own styles, which the page's policy refuses
    assert not faults, "\n".join(faults)
