"""A further cohort grown from a waiting list: who is missing, who is offered a place, who is next, and why I waited."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys import held_here, looking
from tests.journeys.browsing import Windows, turn
from tests.journeys.house import House

HOME = "/p/clachan/"


def _stands(page: Page, windows: Windows) -> None:
    complaints = windows.watch.complaints()
    faults = complaints + looking.faults(page)
    windows.watch.errors.clear()  # axe's own styles, which the page's policy refuses
    assert not faults, "\n".join(faults)


def _apply(guest: Page, windows: Windows, address: str) -> str:
    guest.goto(address)
    _stands(guest, windows)
    guest.get_by_label("Your name").fill("Jess Louttit")
    guest.get_by_label("E-mail address").fill("jess.louttit@clachan.example")
    guest.get_by_label("Which wicked issue would you bring?").fill("Nobody opens the hall on a Sunday.")
    guest.get_by_label("Can you come to all dates?").select_option("all")
    guest.get_by_label("The team of this place may keep").check()
    turn(guest.get_by_role("button", name="Apply"))
    expect(guest.locator("main")).to_contain_text("behind those who applied before the first offers went out")
    _stands(guest, windows)
    return guest.url


def _grow(page: Page) -> None:
    turn(page.get_by_role("link", name="The cohort"))
    turn(page.get_by_role("link", name="Open a further cohort for those who wait"))
    page.get_by_label("What is the cohort called?").fill("Summer")
    page.get_by_label("Places").fill("6")
    turn(page.get_by_role("button", name="Open it"))


def test_a26_a_further_cohort_is_opened_from_the_waiting_list_and_says_why_somebody_waited(
    windows: Windows, demo: House
) -> None:
    page, guest = windows.open("convener"), windows.open(width=390)
    page.goto(f"{HOME}gatherings/")
    turn(page.locator("main").get_by_role("link", name="Harbour and Shore Road"))
    own = _apply(
        guest, windows, page.get_by_role("link", name="Look at the page people see").get_attribute("href") or ""
    )
    turn(page.get_by_role("link", name="Who applied"))
    main = page.locator("main")
    expect(main).to_contain_text("35 wait; 8 of 8 places are taken or on offer.")
    expect(main).to_contain_text("Nobody has applied from: Policing.")
    _grow(page)
    expect(main).to_contain_text("35 wait; 0 of 6 places are taken or on offer.")
    turn(page.get_by_role("link", name="Whom to offer a place"))
    turn(page.get_by_role("button", name="Work out whom to offer a place"))
    send = page.get_by_role("button", name="Send these 6 offers")
    expect(send).to_be_visible()
    expect(main).to_contain_text("Policing: 0 of at least 1 wanted. Nobody from there has applied.")
    _stands(page, windows)
    turn(send)
    expect(main).to_contain_text("29 wait; 6 of 6 places are taken or on offer.")
    held_here.within(demo.environment, "pass an offer", "Summer")
    turn(page.get_by_role("link", name="The log of offers"))
    rows = page.locator("main tbody tr")
    expect(rows.nth(0)).to_contain_text("was offered a place")
    expect(rows.nth(1)).to_contain_text("let the offer pass")
    turn(page.get_by_role("link", name="Who applied"))
    expect(main).to_contain_text("28 wait; 6 of 6 places are taken or on offer.")
    guest.goto(own)
    story = guest.locator("main")
    expect(story).to_contain_text(re.compile(r"You wait, as number \d+ on the list"))
    expect(story).to_contain_text("a further cohort was opened, “Summer”")
    expect(story).to_contain_text("While you waited, 7 offers went to people who had waited longer.")
    expect(story).to_contain_text("1 offer to somebody else was let pass or refused")
    turn(guest.get_by_role("link", name="Take my application back, and erase what I told"))
    _stands(guest, windows)
    turn(guest.get_by_role("button", name="Take it back"))
    expect(story).to_contain_text("is erased")
    _stands(guest, windows)
