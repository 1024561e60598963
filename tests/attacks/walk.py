"""Every address and every field of the product, found by looking, so that nothing new is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django import forms
from django.db import transaction
from django.test import Client
from django.urls import reverse

import placeweave
from placeweave.kit.forms import HouseForm
from placeweave.places.models import Place
from tests.test_permissions import ALL, subject

SOURCE = Path(placeweave.__file__).parent
FORM = "application/x-www-form-urlencoded"


def addresses(place: Place) -> dict[str, str]:
    """Give every address of the product by its name, of this place where it is in one."""
    found = {}
    for name, pattern in ALL.items():
        if name.startswith(("account_", "mfa_")) or pattern.startswith("p/<slug:place>/"):
            found[name] = reverse(name, kwargs=subject(name, place))
        elif "<str:key>" in pattern:
            found[name] = reverse(name, kwargs={"key": "k" * 32})
        elif "<" not in pattern:
            found[name] = reverse(name)
    return found


@cache
def field_names() -> list[str]:
    """Name every field that any form has, and every value that a view reads from what is sent."""
    found = set(_read(r"POST\.get(?:list)?\(\s*\"(\w+)\""))
    for form in _forms(HouseForm):
        found |= set(form.base_fields)
    return sorted(found - {"once"})


@cache
def query_names() -> list[str]:
    """Name every value that a view reads from an address."""
    return sorted({*_read(r"GET\.get(?:list)?\(\s*\"(\w+)\""), "page", "q", "next", *field_names()})


def _forms(base: type[forms.Form]) -> Iterator[type[forms.Form]]:
    for one in base.__subclasses__():
        yield one
        yield from _forms(one)


def _read(pattern: str) -> list[str]:
    return [name for path in SOURCE.rglob("*.py") for name in re.findall(pattern, path.read_text(encoding="utf-8"))]


def filled(form: forms.BaseForm) -> dict[str, Any]:
    """Give what a browser would send if nobody typed anything more."""
    given = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in given.items() if value not in (None, False, [])}


def forms_of(response: Any) -> list[forms.BaseForm]:
    """Give the forms a page was drawn with."""
    found: dict[int, forms.BaseForm] = {}
    for layer in response.context or ():
        for values in getattr(layer, "dicts", [layer]):
            found |= {id(one): one for one in values.values() if isinstance(one, forms.BaseForm)}
    return list(found.values())


def attempt(client: Client, method: str, address: str, **asked: Any) -> Any:
    """Ask, and take back whatever it did, signing out included."""
    held = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        response = getattr(client, method)(address, **asked)
        transaction.set_rollback(True)
    client.cookies.load(held)
    return response


def broken(responses: Mapping[str, Any]) -> list[str]:
    """Name the answers that are no answer: a server error, or a page with the program's insides on it."""
    return [
        f"{what}: {one.status_code}"
        for what, one in responses.items()
        if one.status_code >= 500 or (not one.streaming and b"Traceback (most recent call last)" in one.content)
    ]


class Page(HTMLParser):
    """What a page is made of, as far as a browser would act upon it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.inline: list[str] = []
        self.elsewhere: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script":
            self.scripts.append(given)
        if tag == "style":
            self.inline.append("<style>")
        for name, value in attrs:
            if name == "style" or name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.inline.append(f"<{tag} {name}={value!r}>")
            if name in {"src", "action", "data"} and (value or "").startswith(("http:", "https:", "//")):
                self.elsewhere.append(f"<{tag} {name}={value!r}>")
