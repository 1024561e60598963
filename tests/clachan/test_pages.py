"""Every page of Clachan answers, without inline code, within twelve queries when ten thousand people have spoken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from placeweave.listening.models import Contribution, Naming, Scope
from placeweave.places.models import Place
from placeweave.themes.models import Coding, Quote, Theme
from tests import example_place
from tests.clachan.conftest import as_member
from tests.clachan.crawl import shape, walk

MANY = 10_000
MOST_QUERIES = 12
BY_THEIR_NATURE = ("/exports/", "/take/", "/download/", "/source/")
"""Addresses that write a file, and are counted by their rows, not by their queries."""


@pytest.fixture(scope="module")
def clachan(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    """Clachan with ten thousand contributions, a third of them under themes."""
    with example_place.clachan(django_db_blocker) as place:
        _crowd(place)
        yield place


def _crowd(place: Place) -> None:
    conversations = list(place.conversations.exclude(method="statements"))
    text = "The evening bus number {n} left before the singing was over, and I walked home along the shore."
    rows = [
        Contribution(
            place=place,
            conversation=conversations[n % len(conversations)],
            text=text.format(n=n),
            sha256=f"{n:064d}",
            scope=Scope(1 + n % 3),
            naming=Naming.ANONYMOUS,
            described_as="a resident",
        )
        for n in range(MANY)
    ]
    made = Contribution._base_manager.bulk_create(rows, batch_size=500)
    themes = list(Theme.objects.current().filter(place=place))
    third = made[::3]
    quotes = Quote.objects.bulk_create(
        [Quote(place=place, contribution=one, start=0, end=30) for one in third], batch_size=500
    )
    Coding.objects.bulk_create(
        [Coding(quote=one, theme=themes[n % len(themes)]) for n, one in enumerate(quotes)], batch_size=500
    )


@pytest.mark.parametrize("standing", ["convener", "partner"])
def test_every_page_answers_within_twelve_queries_at_ten_thousand_contributions(clachan: Place, standing: str) -> None:
    pages = walk(as_member(clachan, standing), ["/", reverse("thread:home", args=[clachan.slug])], each=1)
    assert not [page.url for page in pages if page.status >= 500]
    counted = [page for page in pages if page.status == 200 and not any(part in page.url for part in BY_THEIR_NATURE)]
    assert len({shape(page.url) for page in counted}) > 40
    assert not {page.url: page.queries for page in counted if page.queries > MOST_QUERIES}
    for page in pages:
        if "html" in page.media_type:
            assert not [one for one in (" style=", " onclick=", "javascript:") if one in page.text], page.url


def test_a_visitor_sees_the_home_of_a_public_place(clachan: Place) -> None:
    response = Client().get(reverse("thread:home", args=[clachan.slug]))
    assert response.status_code == 200
