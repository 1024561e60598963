"""What several pages of jigsaw do alike."""

from __future__ import annotations

from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

from placeweave.places.access import PlaceRequest

PAGE = 50
Record = TypeVar("Record", bound=Model)


def page_of(request: PlaceRequest, rows: QuerySet[Record], *, size: int = PAGE) -> Page[Record]:
    """Give the page of a long list that the address asks for."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def keys_in(request: PlaceRequest, name: str) -> list[str]:
    """Read record keys off an address, leaving out what cannot be one."""
    return [value for value in request.GET.getlist(name) if value.isascii() and value.isdigit() and len(value) < 19]


def status_of(form: Any, conflict: object = None) -> int:
    """Give the status a form page answers with."""
    return 409 if conflict else 422 if form.errors else 200
