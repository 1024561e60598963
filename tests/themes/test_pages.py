"""Claims about the pages of themes: who sees what, what is kept, and how much the database is asked."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placeweave.kit.access import Standing
from placeweave.listening.models import Contribution, Naming, Scope
from placeweave.places.models import Member
from placeweave.themes import services
from placeweave.themes.models import Coding, Quote, Theme, ThemeEvent
from tests.factories import ClusterFactory, CodingFactory, ContributionFactory, ThemeFactory

ClientFor = Callable[[Member], Client]


def at(member: Member, name: str, *parts: object) -> str:
    return reverse(f"themes:{name}", args=[member.place.slug, *parts])


@pytest.fixture
def theme(convener: Member) -> Theme:
    theme = services.make(
        place=convener.place,
        title="Evenings with no way home",
        by=convener,
        cluster=ClusterFactory(place=convener.place),
    )
    said = ContributionFactory(place=convener.place, text="After the 6.10 there is nothing. So I stopped going.")
    services.code(contribution=said, start=0, end=32, theme=theme, by=convener)
    ContributionFactory(place=convener.place)
    services.dissent(theme=theme, text="It is the steps, not the bus.", by=convener)
    return theme


GETS = ["board", "as_of", "new_theme", "clusters", "to_code", "suggested", "told_pages"]


@pytest.mark.parametrize("name", GETS)
def test_every_page_opens_for_a_convener(name: str, theme: Theme, convener: Member, client_for: ClientFor) -> None:
    assert client_for(convener).get(at(convener, name)).status_code == 200


@pytest.mark.parametrize("name", ["theme", "edit", "merge", "split"])
def test_every_page_of_a_theme_opens(name: str, theme: Theme, convener: Member, client_for: ClientFor) -> None:
    page = client_for(convener).get(at(convener, name, theme.pk))
    assert page.status_code == 200
    assert theme.title in page.content.decode()


def test_the_board_has_a_table_with_the_same_facts(theme: Theme, convener: Member, client_for: ClientFor) -> None:
    page = client_for(convener).get(at(convener, "board"), {"as": "table"}).content.decode()
    assert "<table" in page
    assert theme.title in page


def test_the_coding_page_shows_the_text_and_nothing_else_in_it(
    theme: Theme, convener: Member, client_for: ClientFor
) -> None:
    said = Contribution.raw.get(quotes__codings__theme=theme)
    page = client_for(convener).get(at(convener, "code", said.pk)).content.decode()
    inside = page.split('data-select-source="coding-form">')[1].split("</div>")[0]
    assert "".join(part.split(">", 1)[-1] for part in inside.split("<")) == said.text


def test_words_are_coded_from_a_selection_under_a_new_theme(convener: Member, client_for: ClientFor) -> None:
    said = ContributionFactory(place=convener.place, text="Chì mi 🚌 a’ falbh.\nThe bus leaves.")
    sent = {"start": 20, "end": 35, "words": "The bus leaves.", "theme": "Buses", "once": str(uuid.uuid4())}
    sent["start"] = said.text.index("The")
    sent["end"] = len(said.text)
    browser = client_for(convener)
    for _again in range(2):  # the second is a double click
        assert browser.post(at(convener, "code", said.pk), sent).status_code == 302
    coding = Coding.objects.get()
    assert coding.theme.title == "Buses"
    assert said.text[coding.quote.start : coding.quote.end] == "The bus leaves."


def test_a_selection_that_does_not_match_is_refused_and_makes_no_theme(convener: Member, client_for: ClientFor) -> None:
    said = ContributionFactory(place=convener.place)
    sent = {"start": 0, "end": 7, "words": "not this", "theme": "Buses"}
    page = client_for(convener).post(at(convener, "code", said.pk), sent)
    assert page.status_code == 422
    assert "does not match the text" in page.content.decode()
    assert "Buses" in page.content.decode()
    assert not Theme.objects.exists()


def test_without_script_neighbouring_sentences_become_one_quote(convener: Member, client_for: ClientFor) -> None:
    text = "The bus is late. It is always late. The hall is cold. Nobody comes."
    said = ContributionFactory(place=convener.place, text=text)
    cuts = [f"{start}-{end}" for start, end in services.codings.sentences(text)]
    sent = {"sentence": [cuts[0], cuts[1], cuts[3]], "theme": "Buses"}
    client_for(convener).post(at(convener, "code", said.pk), sent)
    spans = sorted(text[one.start : one.end] for one in Quote.objects.all())
    assert spans == ["Nobody comes.", "The bus is late. It is always late."]


def test_what_others_coded_can_be_hidden_until_one_is_done(
    theme: Theme, convener: Member, member_with: Callable[..., Member], client_for: ClientFor
) -> None:
    said = Contribution.raw.get(quotes__codings__theme=theme)
    browser = client_for(member_with(Standing.FACILITATOR))
    address, finish = at(convener, "code", said.pk), at(convener, "finish", said.pk)
    assert f'data-label="{theme.title}"' in browser.get(address).content.decode()
    browser.post(finish, {"alone": "1"})
    assert f'data-label="{theme.title}"' not in browser.get(address).content.decode()
    browser.post(finish)
    assert f'data-label="{theme.title}"' in browser.get(address).content.decode()


def test_two_people_editing_one_theme_see_both_versions(
    theme: Theme, convener: Member, member_with: Callable[..., Member], client_for: ClientFor
) -> None:
    other = member_with(Standing.FACILITATOR)
    services.rename(theme=theme, title="No bus after six", by=other)
    sent = {"title": "Stranded", "description": "Mine.", "status": "settled", "version": theme.version}
    page = client_for(convener).post(at(convener, "edit", theme.pk), sent)
    text = page.content.decode()
    assert page.status_code == 409
    assert other.display_name in text
    assert "No bus after six" in text
    assert 'value="Stranded"' in text
    theme.refresh_from_db()
    assert theme.title == "No bus after six"


def test_a_move_works_as_a_plain_form_and_can_be_undone(theme: Theme, convener: Member, client_for: ClientFor) -> None:
    other, browser = ClusterFactory(place=convener.place), client_for(convener)
    first = theme.cluster
    browser.post(at(convener, "move", theme.pk), {"cluster": other.pk, "version": theme.version})
    theme.refresh_from_db()
    assert theme.cluster == other
    browser.post(at(convener, "undo", ThemeEvent.objects.filter(verb="moved").get().pk))
    theme.refresh_from_db()
    assert theme.cluster == first


def test_b9_a_reader_sees_consented_quotes_the_date_and_the_mix_of_voices(
    theme: Theme, member_with: Callable[..., Member], client_for: ClientFor
) -> None:
    secret = ContributionFactory(place=theme.place, scope=Scope.NOTES, text="A heron told me this in confidence.")
    CodingFactory(theme=theme, quote__contribution=secret, quote__place=theme.place)
    member = member_with(Standing.COMMUNITY)
    page = client_for(member).get(at(member, "theme", theme.pk)).content.decode()
    assert "After the 6.10 there is nothing." in page
    assert "heron" not in page
    assert "1 further quote is not shown to you, to keep the consent it was given under" in page
    assert "Lived experience" in page


def test_withdrawn_words_are_gone_from_every_page_at_once(
    theme: Theme, convener: Member, client_for: ClientFor
) -> None:
    said = Contribution.raw.get(quotes__codings__theme=theme)
    Contribution.raw.filter(pk=said.pk).update(state=Contribution.State.WITHDRAWN, text="")
    services.forget(said)
    browser = client_for(convener)
    for address in [at(convener, name) for name in GETS] + [at(convener, "theme", theme.pk)]:
        assert "6.10" not in browser.get(address).content.decode()
    assert browser.get(at(convener, "code", said.pk)).status_code == 404


@pytest.fixture
def crowd(convener: Member) -> list[Theme]:
    """Some hundreds of contributions under a dozen themes: enough to show a query that grows."""
    themes = [ThemeFactory(place=convener.place, cluster=ClusterFactory(place=convener.place)) for _ in range(12)]
    said = ContributionFactory.create_batch(
        120, place=convener.place, conversation=ContributionFactory(place=convener.place).conversation
    )
    quotes = [Quote(place=convener.place, contribution=one, start=0, end=20) for one in said[:100]]
    Quote.objects.bulk_create(quotes)
    Coding.objects.bulk_create([Coding(quote=one, theme=themes[at % 12], by=convener) for at, one in enumerate(quotes)])
    return themes


@pytest.mark.parametrize("name", [*GETS, "theme", "split", "edit"])
def test_every_page_asks_the_database_twelve_times_at_most(
    name: str, crowd: list[Theme], convener: Member, client_for: ClientFor
) -> None:
    browser = client_for(convener)
    parts = [crowd[0].pk] if name in {"theme", "split", "edit"} else []
    browser.get(at(convener, name, *parts))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert browser.get(at(convener, name, *parts)).status_code == 200
    assert len(asked) <= 12, [one["sql"][:90] for one in asked]


def test_the_coding_page_asks_the_database_little(crowd: list[Theme], convener: Member, client_for: ClientFor) -> None:
    said, browser = Contribution.raw.filter(place=convener.place).first(), client_for(convener)
    assert said is not None
    with CaptureQueriesContext(connection) as asked:
        browser.get(at(convener, "code", said.pk))
    assert len(asked) <= 12, [one["sql"][:90] for one in asked]


@pytest.mark.parametrize("naming", Naming)
def test_no_reader_outside_is_told_a_description(naming: Naming, convener: Member) -> None:
    from placeweave.themes.queries.words import ANYBODY, as_quote

    said = ContributionFactory(
        place=convener.place, naming=naming, teller_name="Effie", pseudonym="Ann", described_as="the ferry man"
    )
    assert "ferry" not in as_quote(convener.place, said, ANYBODY).named_as
