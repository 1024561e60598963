"""The thread can be walked both ways, every hop a click, three clicks at most."""

from __future__ import annotations

import re
from collections import deque
from functools import cache

import pytest
from django.test import Client
from django.urls import reverse

from placeweave.action.models import Commitment
from placeweave.action.queries.commitments import without_voice
from placeweave.places.models import Place
from placeweave.themes.models import Coding, Quote, Theme
from placeweave.thread.queries import trace
from placeweave.thread.queries.broken import themes_without_answer
from tests.clachan.crawl import links

MOST_CLICKS = 3


class Walker:
    """Somebody who clicks along the thread, and remembers where a page leads once it was opened."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.known: dict[str, list[str]] = {}

    def leads_to(self, url: str) -> list[str]:
        if url not in self.known:
            response = self.client.get(url)
            assert response.status_code == 200, url
            self.known[url] = [link for link in links(response.content.decode(), url) if on_the_thread(link)]
        return self.known[url]


def clicks(walker: Walker, start: str, wanted: re.Pattern[str]) -> int | None:
    """Count the clicks from one page to the nearest page whose address is wanted, staying on the thread."""
    queue, seen = deque([(start, 0)]), {start}
    while queue:
        url, far = queue.popleft()
        if far and wanted.search(url):
            return far
        if far >= MOST_CLICKS:
            continue
        for link in walker.leads_to(url):
            if link not in seen:
                seen.add(link)
                queue.append((link, far + 1))
    return None


def found(place: Place, kind: str, pk: int) -> trace.Thread:
    thread = trace.thread(place, kind, pk)
    assert thread is not None
    return thread


def on_the_thread(link: str) -> bool:
    """Keep to things and their threads: a click on the menu is no proof."""
    return bool(re.search(r"/(trace/\w+|quote|themes|jigsaw/needs|jigsaw/pieces|jigsaw/synergies|action)/\d+/$", link))


def test_a15_from_each_commitment_to_a_quote_in_three_clicks(clachan: Place, convener_browser: Client) -> None:
    voiceless, walker = without_voice(clachan), Walker(convener_browser)
    reached = {}
    for one in Commitment.objects.filter(place=clachan).exclude(pk__in=voiceless):
        start = reverse("action:commitment", args=[clachan.slug, one.pk])
        reached[one.number] = clicks(walker, start, re.compile(r"/quote/\d+/$"))
    assert len(reached) == 13
    assert None not in reached.values(), reached
    beneath = [hop.kind.name for one in voiceless for hop in found(clachan, "commitment", one.pk).below]
    assert "quote" not in beneath


def test_a15_from_each_quote_to_what_came_of_it_in_three_clicks(clachan: Place, convener_browser: Client) -> None:
    unanswered = {theme.pk for theme in themes_without_answer(clachan)}
    unanswered |= set(Theme.objects.filter(place=clachan, status="retired").values_list("pk", flat=True))
    lost, walker = [], Walker(convener_browser)
    for quote in Quote.objects.filter(place=clachan):
        themes = set(Coding.objects.filter(quote=quote, ended_at=None).values_list("theme", flat=True))
        if themes and not themes <= unanswered:
            start = reverse("thread:quote", args=[clachan.slug, quote.pk])
            if clicks(walker, start, re.compile(r"/action/\d+/$")) is None:
                lost.append(quote.pk)
    assert not lost


def test_b44_up_and_down_are_the_same_links(clachan: Place) -> None:
    @cache
    def above(kind: str, pk: int) -> set[tuple[str, int]]:
        return {one.key for one in found(clachan, kind, pk).above}

    for commitment in Commitment.objects.filter(place=clachan):
        below = found(clachan, "commitment", commitment.pk).below
        for hop in below:
            assert ("commitment", commitment.pk) in above(*hop.key), (
                f"{hop.label} does not lead back to {commitment.number}"
            )


def test_the_thread_never_leaves_its_place(clachan: Place) -> None:
    from tests.factories import CommitmentFactory, ThemeFactory

    stranger = CommitmentFactory()
    stranger.themes.add(ThemeFactory(place=stranger.place))
    theme = Theme.objects.filter(place=clachan)[0]
    stranger.themes.add(theme)  # no service allows this; the walk must not show it all the same
    assert ("commitment", stranger.pk) not in {one.key for one in found(clachan, "theme", theme.pk).above}
    assert trace.thread(clachan, "commitment", stranger.pk) is None


@pytest.mark.parametrize("kind", list(trace.KINDS))
def test_every_kind_of_thing_has_its_thread(clachan: Place, convener_browser: Client, kind: str) -> None:
    record = trace.KINDS[kind].model._base_manager.filter(place=clachan).first()
    if record is not None:
        assert convener_browser.get(reverse("thread:trace", args=[clachan.slug, kind, record.pk])).status_code == 200
