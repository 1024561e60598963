"""Whoever said something sees how it looks to others, and takes it back from everywhere at once."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.browsing import Windows, picture, turn

HOME = "/p/clachan/"


def _told(convener: Page) -> tuple[str, str, str]:
    """Find words on a page shared by link: the page's address, the words, and where they were said."""
    convener.goto(f"{HOME}themes/told/")
    turn(convener.locator("main article.card a").first)
    address = convener.get_by_label("Link of the page").input_value()
    turn(convener.get_by_role("link", name="As members see it"))
    where = {
        _words(one.locator("blockquote")): one.locator("figcaption a").first.get_attribute("href") or ""
        for one in convener.locator("figure.quote").all()
        if one.locator("figcaption a").count()
    }
    convener.goto(address)
    public = [_words(one) for one in convener.locator("blockquote").all()]
    words = next(one for one in public if one in where)
    return address, words, where[words]


def _words(quote: object) -> str:
    return " ".join((quote.text_content() or "").split()).strip("“”")  # type: ignore[attr-defined]


def _private_link(convener: Page, source: str) -> str:
    convener.goto(source)
    key = source.rpartition("#said-")[2]
    convener.goto(f"{HOME}heard/said/{key}/")
    turn(convener.get_by_role("button", name="private link"))
    return convener.get_by_label("Their link").input_value()


def test_b21_i2_a_teller_takes_words_back_from_every_open_page(windows: Windows, pictures: Path) -> None:
    convener = windows.open("convener")
    address, words, source = _told(convener)
    link = _private_link(convener, source)
    reader, partner, teller = windows.open(), windows.open("partner"), windows.open(width=390)
    reader.goto(address)
    expect(reader.get_by_text(words[:60]).first).to_be_visible()
    partner.goto(f"{HOME}search/?q={words[:40]}")
    expect(partner.get_by_text(words[:60]).first).to_be_visible()

    teller.goto(link)
    for scope in ("Everybody who takes part in this place", "Anybody"):
        expect(teller.get_by_role("heading", name=scope, exact=True)).to_be_visible()
    expect(teller.locator("blockquote").first).to_contain_text(words[:60])
    picture(teller, pictures / "withdraw", "1-preview")
    turn(teller.get_by_role("link", name="Take my words back for good"))
    picture(teller, pictures / "withdraw", "2-sure")
    turn(teller.get_by_role("button", name="Take my words back"))
    expect(teller.locator("main")).to_contain_text("You took your words back")
    picture(teller, pictures / "withdraw", "3-withdrawn")

    reader.reload()
    partner.reload()
    _is_gone(words, reader, partner, teller)
    for path in ("", "themes/", source, "search/?q=" + words[:40], "monday/", "broken/"):
        convener.goto(path if path.startswith("/") else f"{HOME}{path}")
        _is_gone(words, convener)


def _is_gone(words: str, *pages: Page) -> None:
    for page in pages:
        said = " ".join(page.locator("main").inner_text().split())
        assert words not in said, page.url
