"""b21, i2: withdrawn words are gone from every page, search, export and shared link at once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from placeweave.kit import analyses, exports
from placeweave.kit.access import Standing
from placeweave.kit.models import Analysis, Export
from placeweave.listening import services as listening
from placeweave.listening.models import Contribution, Naming, Scope, ScoreReason, Wave
from placeweave.places.models import Member, Place
from placeweave.themes import services as themes
from placeweave.themes.models import Suggestion, Theme, ToldItem, WhatWeHeard
from placeweave.thread import privacy
from tests.clachan.conftest import as_member
from tests.clachan.crawl import Page, walk

CANARY = "quernstone-lapwing"
SENTENCE = f"I heard the {CANARY} at four in the morning and nobody wrote it down."


@pytest.fixture
def planted(clachan: Place) -> Contribution:
    """Words with a string nobody else would say, used everywhere words can be used."""
    convener = Member.objects.get(place=clachan, standing=Standing.CONVENER)
    conversation = clachan.conversations.exclude(method="statements")[0]
    words = listening.Words(text=SENTENCE, consent=listening.Consent(Scope.PUBLIC, Naming.ANONYMOUS))
    made = listening.capture(conversation=conversation, words=words, by=convener)
    theme = Theme.objects.current().filter(place=clachan, status="emerging")[0]
    coding = themes.code(contribution=made, start=0, end=len(SENTENCE), theme=theme, by=convener, words=SENTENCE)
    page = WhatWeHeard.objects.filter(place=clachan)[0]
    ToldItem.objects.create(page=page, theme=theme, contribution=made, start=0, end=len(SENTENCE), order=0)
    analysis = Analysis.objects.create(
        place_id=clachan.pk, kind="themes", state="done", result={"themes": [{"terms": [CANARY]}]}
    )
    suggestion = Suggestion.objects.create(place=clachan, analysis=analysis, engine_id="x", terms=[CANARY], size=5)
    suggestion.spans.create(contribution=made, start=0, end=len(SENTENCE), is_example=True)
    ScoreReason.objects.create(wave=Wave.objects.latest("pk"), heading="2", contribution=made)
    need = clachan.needs.filter(state="open")[0]
    need.quotes.add(coding.quote)
    return made


def browsers(place: Place) -> Iterator[tuple[str, Client]]:
    """Give a browser for each kind of reader: of all words, of words shared inside, and of public ones.

    Which standings read alike is what the permission matrix holds.
    """
    for standing in ("convener", "partner"):
        yield standing, as_member(place, standing)
    yield "visitor", Client()


def starts(place: Place) -> list[str]:
    """Begin at home, at the search for the words, and at every page that is shared by link."""
    told = WhatWeHeard.objects.filter(place=place, state="shared").exclude(key="")
    search = reverse("thread:search", args=[place.slug])
    return [
        "/",
        reverse("thread:home", args=[place.slug]),
        f"{search}?q=lapwing+at+four",
        f"{search}?q=nobody+wrote",
        *(reverse("themes:told_public", args=[one.key]) for one in told),
    ]


def holds(page: Page) -> bool:
    """Look into a page, and into every file of a zip."""
    if page.body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(page.body)) as packed:
            return any(CANARY.encode() in packed.read(name) for name in packed.namelist())
    return CANARY in page.text


def everything(place: Place, *, but: str = "") -> list[tuple[str, Page]]:
    """Open every page as everybody, or as everybody but one kind of reader."""
    readers = [(who, client) for who, client in browsers(place) if who != but]
    return [(who, page) for who, client in readers for page in walk(client, starts(place), each=1)]


def test_the_words_are_found_before_they_are_withdrawn(planted: Contribution, clachan: Place) -> None:
    opened = [(who, client.get(url)) for who, client in browsers(clachan) for url in starts(clachan)]
    assert {who for who, answer in opened if CANARY in answer.content.decode()} == {"convener", "partner", "visitor"}


def test_i2_withdrawn_words_are_gone_from_every_page_search_export_and_link(
    planted: Contribution, clachan: Place
) -> None:
    privacy.withdraw(planted)
    pages = everything(clachan)
    assert len(pages) > 150
    broken = {(who, page.url) for who, page in pages if page.status >= 500}
    assert not broken
    assert not {(who, page.url) for who, page in pages if holds(page)}


def test_i2_no_table_of_the_database_keeps_withdrawn_words(planted: Contribution, clachan: Place) -> None:
    privacy.withdraw(planted)
    out = io.StringIO()
    call_command("dumpdata", stdout=out, use_base_manager=True)
    assert CANARY not in out.getvalue()


def test_i2_frozen_documents_that_hold_the_words_are_listed(planted: Contribution, clachan: Place) -> None:
    convener = Member.objects.get(place=clachan, standing=Standing.CONVENER)
    for name in ("place", "quotes", "contributions"):
        exports.take(format=name, place_id=clachan.pk, by=convener)
    frozen = privacy.withdraw(planted)
    assert {one.format for one in frozen} == {"place", "quotes", "contributions"}
    assert Export.objects.count() >= 3


def test_i2_what_leaves_after_the_withdrawal_is_without_the_words(planted: Contribution, clachan: Place) -> None:
    privacy.withdraw(planted)
    convener = Member.objects.get(place=clachan, standing=Standing.CONVENER)
    for exporter in exports.available(convener):
        made = exports.take(format=exporter.format, place_id=clachan.pk, by=convener)
        assert not holds(Page(exporter.format, 200, made.content, made.media_type)), exporter.format
        assert planted.pk not in made.holds


def test_b21_paused_words_are_hidden_and_come_back(planted: Contribution, clachan: Place) -> None:
    search = f"{reverse('thread:search', args=[clachan.slug])}?q=lapwing+at+four"
    privacy.pause(planted)
    for _who, client in browsers(clachan):
        assert SENTENCE not in client.get(search).content.decode()
    privacy.resume(planted)
    assert SENTENCE in as_member(clachan, "partner").get(search).content.decode()


def test_i2_what_a_machine_made_of_the_words_is_forgotten(planted: Contribution, clachan: Place) -> None:
    privacy.withdraw(planted)
    assert not Analysis.objects.filter(place_id=clachan.pk, kind="themes").exclude(result=None).exists()
    assert not any(CANARY in term for one in Suggestion.objects.filter(place=clachan) for term in one.terms)
    assert analyses.latest(clachan.pk, "themes") is not None


def test_i2_narrowed_words_leave_those_they_no_longer_reach(planted: Contribution, clachan: Place) -> None:
    privacy.change(planted, scope=Scope.NOTES, naming=Naming.ANONYMOUS, may_recontact=False, name="", pseudonym="")
    assert not {
        (who, page.url) for who, page in everything(clachan, but="convener") if holds(page) and "search" not in page.url
    }
