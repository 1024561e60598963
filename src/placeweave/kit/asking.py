"""What an address or a form asks for: a page of a long list, records by their keys, and how the answer is marked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from placeweave.formats.text import is_whole_number

A_PAGE = 50
Record = TypeVar("Record", bound=Model)


def page_of(request: HttpRequest, rows: QuerySet[Record], *, size: int = A_PAGE) -> Page[Record]:
    """Give the page of a long list that was asked for, or the nearest there is."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def number_of(text: str | None) -> int | None:
    """Read a number or a record's key as an address writes it; anything else is none."""
    return int(text) if text and is_whole_number(text) else None


def keys_of(texts: Iterable[str]) -> list[int]:
    """Read the keys of several records, leaving out what cannot be one."""
    return [key for text in texts if (key := number_of(text)) is not None]


def status_of(form: forms.BaseForm, conflict: object = None) -> int:
    """Give the status that a page with a form answers with."""
    return 409 if conflict else 422 if form.errors else 200
