"""The main work of a place can be done where no script runs: on an old phone, or behind a careful proxy."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.browsing import Windows, turn, turn_by

HOME = "/p/clachan/"
SAID = "Written down in a browser that runs no script at all."


def _press(page: Page, name: str) -> None:
    turn(page.locator("main").get_by_role("button", name=name).first)


def test_words_are_written_down_and_found_again_without_script(windows: Windows) -> None:
    page = windows.open("convener", script=False)
    page.goto(f"{HOME}heard/1/add/")
    page.get_by_label("What was said, word for word").fill(SAID)
    page.get_by_label("Anybody", exact=True).check()
    page.get_by_label("Quoted without a name").check()
    turn(page.locator("main form").last.get_by_role("button").first)
    expect(page.get_by_role("heading", level=1)).to_have_text("The words are kept")
    page.locator("#find").fill("no script at all")
    turn_by("Enter", page)
    expect(page.get_by_text(SAID).first).to_be_visible()


def test_b38_a_resident_scores_the_place_by_keys_alone_without_script(windows: Windows) -> None:
    page = windows.open("resident", script=False, width=390)
    page.goto(f"{HOME}heard/assessments/2/answer/")
    page.locator("#id_score_2_7").focus()
    page.keyboard.press("ArrowRight")  # from “no answer”, the last, round to 1
    expect(page.locator("#id_score_2_0")).to_be_checked()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#id_score_2_1")).to_be_checked()
    page.get_by_label("Why? About public transport").fill("Said on a phone that runs no script.")
    _press(page, "Send my answers")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers are counted")
    turn(page.locator("main").get_by_role("link", name="/mine/").first)
    expect(page.get_by_text("Said on a phone that runs no script.").first).to_be_visible()


def test_a_theme_is_moved_and_moved_back_without_script(windows: Windows) -> None:
    page = windows.open("convener", script=False)
    page.goto(f"{HOME}themes/")
    card = page.locator("[data-board-card]").first
    title = card.locator(".card__title").inner_text().strip()
    card.locator("summary").click()
    chooser = card.locator("select")
    before = chooser.input_value()
    values = [one.get_attribute("value") or "" for one in chooser.locator("option").all()]
    there = next(one for one in values if one and one != before)
    chooser.select_option(there)
    turn(card.get_by_role("button", name="Move", exact=True))
    column = page.locator(f'[data-board-column="{there}"]')
    expect(column.get_by_role("link", name=title, exact=True)).to_be_visible()
    _press(page, "Undo")
    expect(column.get_by_role("link", name=title, exact=True)).to_have_count(0)


def test_a_promise_is_made_and_told_of_without_script(windows: Windows) -> None:
    page = windows.open("partner", script=False)
    page.goto(f"{HOME}action/new/?theme=1")
    page.get_by_label("What is promised?").fill("Bring a flask to the Tuesday table")
    page.get_by_label("To whom?").fill("whoever comes")
    _press(page, "Promise it")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bring a flask to the Tuesday table")
    page.get_by_label("How does it go?").fill("Brought it, and it was emptied.")
    _press(page, "Say how it goes")
    expect(page.locator(".updates")).to_contain_text("it was emptied")


def test_nothing_that_needs_script_is_offered_without_it(windows: Windows) -> None:
    page = windows.open("convener", script=False)
    for path in (HOME, f"{HOME}themes/", f"{HOME}themes/code/1/", f"{HOME}themes/told/1/", f"{HOME}jigsaw/"):
        page.goto(path)
        for control in ("[data-copy]", "[data-show-keys]", "[data-coding-hint]"):
            for one in page.locator(control).all():
                expect(one).to_be_hidden()
