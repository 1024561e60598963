"""Find every page that people can reach by following what a page offers."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.urls import NoReverseMatch, Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from playwright.sync_api import APIRequestContext, APIResponse

NOT_FOLLOWED = ("/static/", "/demo/", "/account/logout/", "/mine/")
"""Files of the program; doors into somebody else's eyes; the way out; links that belong to one person."""
SAMPLE_PAGES = "/styleguide/"
"""Their links are made up."""


@dataclass(frozen=True)
class Answer:
    """What came back from one address."""

    path: str
    route: str
    status: int
    is_page: bool
    came_from: str


@dataclass
class Walk:
    """Everything that was found on one walk through the house."""

    answers: list[Answer] = field(default_factory=list)

    def pages(self, route: str) -> list[str]:
        """List the addresses of a route that showed a page."""
        return [one.path for one in self.answers if one.route == route and one.is_page and one.status == 200]

    def routes(self) -> set[str]:
        """Name the routes of which something answered well, or that only take what a form sends."""
        return {one.route for one in self.answers if one.status in {200, 405}}

    def broken(self) -> list[str]:
        """List what a page offered and did not lead anywhere."""
        return [
            f"{one.status} {one.path} (from {one.came_from})"
            for one in self.answers
            if one.status not in {200, 405} or not one.route
        ]


class _Offers(HTMLParser):
    """Gathers what a page offers to follow: its links, and where its forms go."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and "href" in given:
            self.links.append(given["href"] or "")
        elif tag == "form" and given.get("action") and given.get("method") != "dialog":
            self.targets.append(given["action"] or "")


def walk(request: APIRequestContext, *, starts: Sequence[str], samples: int) -> Walk:
    """Follow what pages offer, breadth first.

    Parameters
    ----------
    request : APIRequestContext
        Of a window, so that it is signed in as whoever looks out of it.
    starts : sequence of str
        Paths to begin with.
    samples : int
        How many addresses of one route to open: two themes stand for two hundred.
    """
    found = Walk()
    waiting = deque((start, "the beginning") for start in starts)
    seen: set[str] = set()
    opened: Counter[tuple[str, ...]] = Counter()
    while waiting:
        path, came_from = waiting.popleft()
        kind = _kind(path)
        if path in seen or opened[kind] >= samples:
            continue
        seen.add(path)
        opened[kind] += 1
        answer = request.get(path)
        is_page = _is_page(answer) and urlsplit(answer.url).path == urlsplit(path).path
        found.answers.append(Answer(path, kind[0], answer.status, is_page, came_from))
        if is_page and answer.status == 200 and not path.startswith(SAMPLE_PAGES):
            waiting.extend((offer, path) for offer in _offers(answer.text(), path))
    return found


def _is_page(answer: APIResponse) -> bool:
    is_file = answer.headers.get("content-disposition", "").startswith("attachment")
    return "text/html" in answer.headers.get("content-type", "") and not is_file


def _offers(html: str, path: str) -> Iterator[str]:
    parser = _Offers()
    parser.feed(html)
    for one in parser.links + parser.targets:
        parts = urlsplit(urljoin(path, one))
        if not parts.scheme and not parts.netloc and not parts.path.startswith(NOT_FOLLOWED):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def _kind(path: str) -> tuple[str, ...]:
    """Say what sort of address this is: its route, and which choices stand in its query."""
    parts = urlsplit(path)
    try:
        route = resolve(parts.path).view_name
    except Resolver404:
        route = ""
    return (route, *sorted(one.split("=")[0] for one in parts.query.split("&") if one))


def every_route() -> list[str]:
    """Name every address of the product."""
    return sorted(set(_names(get_resolver().url_patterns, "")))


def address_of(route: str, *, place: str) -> str | None:
    """Give an address of a route with a made-up number in it, where it can be made up."""
    for arguments in ({}, {"place": place}, {"place": place, "pk": 1}, {"place": place, "pk": 1, "number": 1}):
        with suppress(NoReverseMatch):
            return reverse(route, kwargs=arguments)
    return None


def _names(patterns: Sequence[Any], prefix: str) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            below = f"{prefix}{one.namespace}:" if one.namespace else prefix
            yield from _names(one.url_patterns, below)
        elif isinstance(one, URLPattern) and one.name:
            yield f"{prefix}{one.name}"
