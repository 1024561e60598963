"""What an address or a form asks for: a page of a long list, records by their keys, and how the answer is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from placeweave.formats.text import is_whole_number
from placeweave.kit.errors import Conflict, DomainError
from placeweave.kit.forms import HouseForm, VersionedForm

A_PAGE = 50
Record = TypeVar("Record", bound=Model)
T = TypeVar("T")


def page_of(
    request: HttpRequest, rows: QuerySet[Record], *, size: int = A_PAGE, count: int | None = None, name: str = "page"
) -> Page[Record]:
    """Give the page of a long list that was asked for, or the nearest there is.

    ``count`` is the length of the list where it is known already, ``name`` the parameter of the address where a page
    has several lists.
    """
    pages = Paginator(rows, size)
    if count is not None:
        pages.count = count
    return pages.get_page(request.GET.get(name))


def number_of(text: str | None) -> int | None:
    """Read a number or a record's key as an address writes it; anything else is none."""
    return int(text) if text and is_whole_number(text) else None


def keys_of(texts: Iterable[str]) -> list[int]:
    """Read the keys of several records, leaving out what cannot be one."""
    return [key for text in texts if (key := number_of(text)) is not None]


def status_of(form: HouseForm) -> int:
    """Give the status that a page with a form answers with."""
    return 409 if form.conflict else 422 if form.errors else 200


def carried_out(form: HouseForm, deed: Callable[[], T]) -> T | None:
    """Do what a form asks, if it is in order, and give what that gave; else the form says what stands against it.

    Nothing typed is lost: a refusal is written into the form, and where somebody else was quicker the form comes back
    with both versions.
    """
    if not form.is_valid():
        return None
    try:
        return deed()
    except Conflict as conflict:
        if not isinstance(form, VersionedForm):
            raise
        form.meet(conflict)
    except DomainError as refusal:
        form.add_error(None, refusal.sentence)
    return None
