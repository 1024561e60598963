"""One evening in a hall: a voting is prepared, held with phones and a projector, worked out, read and closed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys import held_here
from tests.journeys.browsing import DESKTOP, HEIGHTS, PHONE, PROJECTOR, Windows, picture, step_by, turn, turn_by
from tests.journeys.house import House
from tests.journeys.looking import faults, violations

SEEDS = (
    *held_here.STATEMENTS,
    "We should heat one warm room well rather than three badly.",
    "Most of what we need is here already, if we told each other.",
)
NEARLY = "The last bus should leave when the choir ends."
OFF = "My neighbour at number four parks across the pavement."
WHY = "Please say it without pointing at a house."
SAVED = "Your last answer is saved."
A_SITTING = 5


@dataclass
class Evening:
    """The windows of one evening, and what was found wrong in any of them."""

    windows: Windows
    folder: Path
    house: House
    found: list[str] = field(default_factory=list)

    def look(self, page: Page, name: str) -> None:
        """Keep a picture, and hold the page to what every page is held to, at a desk and on a phone."""
        before = page.viewport_size or {"width": DESKTOP, "height": HEIGHTS[DESKTOP]}
        picture(page, self.folder, name)
        complaints = self.windows.watch.complaints()
        page.set_viewport_size({"width": DESKTOP, "height": HEIGHTS[DESKTOP]})
        self.found += [f"{name}: {one}" for one in complaints + faults(page)]
        self.windows.watch.errors.clear()  # axe's own styles, which the page's policy refuses
        page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
        if before["width"] != PHONE:
            picture(page, self.folder, f"{name}-on-a-phone")
        page.set_viewport_size(before)

    def kept(self, code: str) -> list[list[int]]:
        """Read the answers as they lie in the database."""
        rows: list[list[int]] = json.loads(held_here.within(self.house.environment, "kept", code))
        return rows


def prepare(evening: Evening, team: Page) -> str:
    """Make a conversation, write its rules and first statements, open its door; give the address of its pages."""
    team.goto("/p/clachan/heard/new/")
    team.get_by_label("What do people call it?").fill("An evening about evenings")
    team.get_by_label("Its own question").fill("What would make winter evenings better here?")
    team.get_by_label("How is it held?").select_option("statements")
    evening.look(team, "01-new-conversation")
    turn(team.get_by_role("button", name="Add it"))
    evening.look(team, "02-rules")
    turn(team.get_by_role("button", name="Keep, and write the first statements"))
    team.get_by_label("Your statements, one a line").fill("\n".join(SEEDS))
    evening.look(team, "03-statements-to-begin-with")
    turn(team.get_by_role("button", name="Add them"))
    base = team.url.removesuffix("statements/").removesuffix("hold/")
    evening.look(team, "04-draft")
    turn(team.get_by_role("link", name="Open", exact=True))
    evening.look(team, "05-open-it")
    turn(team.get_by_role("button", name="Open it"))
    expect(team.locator(".spoken-code")).to_be_visible()
    evening.look(team, "06-open")
    return base


def open_room(evening: Evening, team: Page, base: str) -> Page:
    """Open a room, and its wall on the projector."""
    team.goto(f"{base}room/")
    team.get_by_label("What is this sitting called?").fill("Tuesday in the hall")
    evening.look(team, "07-hold-it-in-a-room")
    turn(team.get_by_role("button", name="Open the room"))
    expect(team.get_by_role("heading", level=1)).to_have_text("Tuesday in the hall")
    wall = evening.windows.open("facilitator", width=PROJECTOR)
    wall.goto(f"{base}wall/")
    on_the_wall(evening, wall, "08-wall-how-to-join")
    return wall


def on_the_wall(evening: Evening, wall: Page, name: str) -> None:
    """Keep a picture of the wall, which must not scroll, and must be sound."""
    picture(wall, evening.folder, name, whole=False)
    assert wall.evaluate("document.documentElement.scrollHeight <= innerHeight + 1"), f"{name} scrolls"
    evening.found += [f"{name}: {one}" for one in evening.windows.watch.complaints() + violations(wall)]
    evening.windows.watch.errors.clear()


def join(evening: Evening, spoken: str) -> Page:
    """Come in on a phone by the code on the wall."""
    phone = evening.windows.open(width=PHONE)
    phone.goto("/v/")
    phone.get_by_label("Code").fill(spoken)
    turn(phone.get_by_role("button", name="Go to the door"))
    turn(phone.get_by_role("button", name="Start"))
    expect(phone.locator("[data-count]")).to_have_text(f"1 of {A_SITTING}")
    return phone


def answer(phone: Page, name: str = "Agree") -> None:
    phone.get_by_role("button", name=name, exact=True).click()


def vote(evening: Evening, phones: list[Page]) -> None:
    """Vote a sitting each; the third phone loses the network after one answer and goes on voting."""
    first, second, third = phones
    for phone, said in ((first, "Agree"), (second, "Disagree")):
        for _statement in range(A_SITTING):
            answer(phone, said)
        expect(phone.locator("[data-end-title]")).to_be_focused()
        expect(phone.locator("[data-state-words]")).to_have_text(SAVED)
    answer(third)
    expect(third.locator("[data-state-words]")).to_have_text(SAVED)
    third.context.set_offline(True)
    for _statement in range(A_SITTING - 1):
        answer(third, "Pass, or not sure")
    expect(third.locator("[data-state-words]")).to_contain_text("4 answers not sent yet")
    picture(third, evening.folder, "10-phone-offline")
    third.context.set_offline(False)
    expect(third.locator("[data-state-words]")).to_have_text(SAVED)
    evening.look(third, "11-phone-back")


def everything_once(rows: list[list[int]]) -> None:
    """Claim that three people stand with five answers each, none of them kept twice."""
    assert list(Counter(row[0] for row in rows).values()) == [A_SITTING] * 3
    assert len({(who, statement) for who, statement, *_rest in rows}) == len(rows) == 3 * A_SITTING
    assert all(turn == 1 and stands for *_key, turn, stands in rows)


def say(evening: Evening, phone: Page, text: str, *, is_near: bool) -> None:
    """Send words of one's own; of those near to what stands here, say that they are different."""
    turn(phone.get_by_role("link", name="Say it").first)
    phone.get_by_label("Your statement").fill(text)
    turn(phone.get_by_role("button", name="Send it"))
    if is_near:
        expect(phone.get_by_text("Somebody has said something near this")).to_be_visible()
        evening.look(phone, "12-phone-something-near")
        turn(phone.get_by_role("button", name="Mine is different, send it"))
    expect(phone.locator(".door-said", has_text=text)).to_be_visible()


def moderate(evening: Evening, team: Page, base: str) -> None:
    """Let one statement in, and refuse the other with a reason and a note."""
    team.goto(f"{base}moderate/")
    expect(team.locator("[data-board-card]")).to_have_count(2)
    evening.look(team, "13-moderate")
    card = team.locator("[data-board-card]", has_text=NEARLY).last
    turn(card.get_by_role("button", name="Let it in"))
    expect(team.locator("[data-board-card]")).to_have_count(1)
    team.get_by_text("Not let in…").click()
    team.get_by_label("Why is it not let in?").select_option("a_person")
    team.get_by_label("A note to its author").fill(WHY)
    evening.look(team, "14-refuse")
    turn(team.get_by_role("button", name="Do not let it in"))
    expect(team.locator("[data-board-card]")).to_have_count(0)
    team.goto(f"{base}moderate/log/")
    evening.look(team, "15-log")


def told_to_the_author(evening: Evening, phone: Page, code: str) -> None:
    phone.goto(f"/v/{code}/mine/")
    refused = phone.locator(".door-list > li", has_text=OFF)
    expect(refused).to_contain_text("Not let in")
    expect(refused).to_contain_text("Somebody could be made out from it")
    expect(refused).to_contain_text(WHY)
    expect(phone.locator(".door-list > li", has_text=NEARLY)).to_contain_text("Others are asked it.")
    evening.look(phone, "16-phone-mine")


def show(evening: Evening, team: Page, wall: Page, base: str) -> None:
    """Put the first statement on the wall: hidden first, then revealed, and of three people nothing is told."""
    team.goto(f"{base}room/")
    turn(team.get_by_role("button", name="Next", exact=True))
    expect(wall.locator(".wall__statement")).to_have_text(SEEDS[0])
    expect(wall.get_by_text("Waiting for more voices")).to_be_visible()
    expect(wall.locator(".wall__bars")).to_have_count(0)
    on_the_wall(evening, wall, "20-wall-hidden")
    turn_by("r", team)
    expect(team.get_by_text("results shown")).to_be_visible()
    evening.look(team, "21-console")
    turn(team.get_by_role("link", name="Choose and order"))
    evening.look(team, "22-run-sheet")
    expect(wall.get_by_role("button", name="Hide results (R)")).to_be_visible()
    expect(wall.get_by_text("Waiting for more voices")).to_be_visible()
    expect(wall.locator(".wall__bars")).to_have_count(0)


def show_again(evening: Evening, wall: Page) -> None:
    """After many have come: the bars stand on the wall, R hides them, and where all stand is the last stop."""
    expect(wall.locator(".wall__bars")).to_be_visible()
    expect(wall.get_by_text("Waiting for more voices")).to_have_count(0)
    on_the_wall(evening, wall, "23-wall-revealed")
    step_by("r", wall)
    expect(wall.get_by_text("have answered")).to_be_visible()
    expect(wall.locator(".wall__bars")).to_have_count(0)
    step_by("ArrowLeft", wall)
    expect(wall.locator(".wall__slide--door")).to_be_visible()


def work_out(evening: Evening, team: Page, base: str, phone: Page, code: str) -> None:
    """Have the opinion report worked out by the worker, and see it come without loading the page."""
    team.goto(f"{base}statements/")
    evening.look(team, "24-statements")
    turn(team.locator(".page__tools").get_by_role("link", name="What people share"))
    asking = team.get_by_role("button", name="Work it out").or_(team.get_by_role("button", name="Bring it up to date"))
    finding = team.get_by_role("heading", name="Group A")
    expect(asking.or_(finding).first).to_be_visible()
    if asking.count() == 0:  # the hourly round came first; one answer more, and it is out of date
        phone.goto(f"/v/{code}/statements/")
        answer(phone)
        expect(phone.locator("[data-state-words]")).to_have_text(SAVED)
        team.reload()
    turn(asking)
    expect(team.locator(".progress")).to_have_count(0)
    expect(finding).to_be_visible()
    expect(asking).to_have_count(0)
    evening.look(team, "25-report")


def read(evening: Evening, base: str, phone: Page, code: str) -> None:
    """Everybody inside reads the report; somebody on a phone reads where they sit."""
    for part in ("resident", "partner"):
        page = evening.windows.open(part)
        page.goto(f"{base}statements/")
        turn(page.locator(".page__tools").get_by_role("link", name="What people share"))
        for heading in ("Common ground", "Group A", "Group B", "Where the groups differ", "All statements"):
            expect(page.get_by_role("heading", name=heading)).to_be_visible()
        expect(page.get_by_role("button", name="Bring it up to date")).to_have_count(0)
        expect(page.locator(".tabs")).to_have_count(0)
        picture(page, evening.folder, f"26-report-for-a-{part}")
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 680, "height": 960})
        picture(page, evening.folder, f"26-report-for-a-{part}-print")
        page.emulate_media(media="screen")
    evening.look(page, "26-report-without-tabs")
    phone.goto(f"/v/{code}/you/")
    evening.look(phone, "27-phone-you")


def close(evening: Evening, team: Page, base: str, phone: Page, code: str) -> None:
    team.goto(f"{base}statements/")
    turn(team.get_by_role("link", name="Close", exact=True))
    picture(team, evening.folder, "28-close-it")
    turn(team.get_by_role("button", name="Close it"))
    expect(team.get_by_text("It is closed.")).to_be_visible()
    phone.goto(f"/v/{code}/")
    expect(phone.get_by_text("This is closed")).to_be_visible()
    evening.look(phone, "29-phone-closed")
    turn(team.get_by_role("link", name="Archive", exact=True))
    evening.look(team, "30-archive-it")


def test_an_evening_in_the_hall_from_the_first_statement_to_the_report(
    demo: House, windows: Windows, pictures: Path
) -> None:
    evening = Evening(windows, pictures / "room", demo)
    team = windows.open("facilitator", width=DESKTOP)
    base = prepare(evening, team)
    spoken = team.locator(".spoken-code").inner_text()
    code = spoken.lower().replace(" ", "-")
    wall = open_room(evening, team, base)
    phones = [join(evening, spoken) for _person in range(3)]
    evening.look(phones[0], "09-phone-statement")
    vote(evening, phones)
    everything_once(evening.kept(code))
    say(evening, phones[0], NEARLY, is_near=True)
    say(evening, phones[0], OFF, is_near=False)
    moderate(evening, team, base)
    told_to_the_author(evening, phones[0], code)
    show(evening, team, wall, base)
    held_here.within(demo.environment, "camps", code)
    show_again(evening, wall)
    work_out(evening, team, base, phones[1], code)
    read(evening, base, phones[0], code)
    close(evening, team, base, phones[0], code)
    assert not evening.found, "\n".join(evening.found)
