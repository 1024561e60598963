"""Open every page there is: by following links, and by asking for every route that takes no more than a place."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

MOST = 1500
LEAVE_ALONE = ("/account/", "/static/", "/source/take/", "/demo/")


class _Links(HTMLParser):
    """Collect where a page leads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def links(html: str, base: str) -> list[str]:
    """Give the addresses within this installation that a page links to, without their fragments."""
    parser = _Links()
    parser.feed(html)
    joined = (urlsplit(urljoin(f"http://testserver{base}", one)) for one in parser.found)
    return [f"{one.path}?{one.query}" if one.query else one.path for one in joined if one.netloc == "testserver"]


@dataclass(frozen=True)
class Page:
    """One answer: where, what, and what of it was text."""

    url: str
    status: int
    body: bytes
    media_type: str
    queries: int = 0

    @property
    def text(self) -> str:
        """The answer as text."""
        return self.body.decode("utf-8", "replace")


def shape(url: str) -> str:
    """Name the kind of an address, so that a thousand themes are not all opened: numbers and values are left out."""
    parts = urlsplit(url)
    path = "/".join("#" if part.isdigit() else part for part in parts.path.split("/"))
    keys = ",".join(sorted(one.partition("=")[0] for one in parts.query.split("&") if one))
    return f"{path}?{keys}"


def walk(client: Client, starts: Iterable[str], *, each: int = 3) -> list[Page]:
    """Open pages breadth-first from some starts; of each kind of address, at most ``each``.

    Each page tells how many queries it took, transactions and their savepoints not counted.
    """
    queue, seen, kinds, pages = deque(starts), set(starts), {}, []  # type: ignore[var-annotated]
    while queue and len(pages) < MOST:
        url = queue.popleft()
        with CaptureQueriesContext(connection) as asked:
            response = client.get(url)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        queries = sum(not one["sql"].startswith(("SAVEPOINT", "RELEASE")) for one in asked.captured_queries)
        pages.append(Page(url, response.status_code, body, response.headers.get("Content-Type", ""), queries))
        if response.status_code in {301, 302}:
            found = [response.headers["Location"]]
        else:
            found = links(pages[-1].text, url) if "html" in pages[-1].media_type else []
        for link in found:
            kind = shape(link)
            if link in seen or link.startswith(LEAVE_ALONE) or not link.startswith("/") or kinds.get(kind, 0) >= each:
                continue
            kinds[kind] = kinds.get(kind, 0) + 1
            seen.add(link)
            queue.append(link)
    return pages
