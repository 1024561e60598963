"""Finding things by their words: each room answers for its own, and says what it found in the same way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.urls import reverse

MOST = 20
"""How many things of a kind are listed; whoever wants fewer says more."""


@dataclass(frozen=True)
class Hit:
    """One thing found: what it is, its title, its page, and the step of the thread it belongs to."""

    kind: str
    title: str
    url: str
    step: str = ""


@dataclass(frozen=True)
class Kind:
    """Things of one kind that were found: what people call them, the field that names each, and where it stands."""

    label: str
    found: QuerySet[Any]
    title: str
    url: Callable[[int], str]
    step: str = ""


def page(place: str, view: str) -> Callable[[int], str]:
    """Give the page of a thing by its key."""
    return lambda key: reverse(view, args=[place, key])


def hits(*kinds: Kind) -> list[Hit]:
    """List the first of each kind by title, all of them asked for in one query."""
    first, *others = [_rows(number, kind) for number, kind in enumerate(kinds)]
    rows = first.union(*others, all=True) if others else first
    ordered = sorted(rows, key=lambda row: (row[0], row[2].casefold(), row[1]))
    return [
        Hit(kinds[number].label, title, kinds[number].url(key), kinds[number].step) for number, key, title in ordered
    ]


def _rows(number: int, kind: Kind) -> QuerySet[Any, tuple[int, int, str]]:
    """Give number, key and title; a part of a union may not be cut short itself, so what it is drawn from is."""
    drawn = kind.found.model._default_manager.filter(pk__in=kind.found.values("pk")[:MOST]).order_by()
    rows: QuerySet[Any, tuple[int, int, str]] = drawn.annotate(found_as=Value(number)).values_list(
        "found_as", "pk", kind.title
    )
    return rows


def holding(words: str, *fields: str) -> Q:
    """Ask that one of these fields holds the words."""
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": words})
    return found
