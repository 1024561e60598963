"""Themes as the rooms above read them: options and quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from placeweave.places.models import Member, Place
from placeweave.themes.models import Coding, Quote, Theme
from placeweave.themes.queries.words import ReadableQuote, Reader, quotes_of, readable, reader_for


def theme_options(place: Place) -> QuerySet[Theme]:
    """Give the themes one may choose from, in the order of the board."""
    return Theme.objects.current().filter(place=place).exclude(status=Theme.Status.RETIRED).order_by("title")


def themes_of(place: Place) -> QuerySet[Theme]:
    """Give every theme that was not folded into another."""
    return Theme.objects.current().filter(place=place).select_related("cluster")


def quote_rows(place: Place, reader: Reader, *, theme: Theme | None = None) -> QuerySet[Quote]:
    """Give the coded quotes whose words may reach a reader, each once, the newest words first."""
    under = Q(codings__ended_at=None, codings__theme__merged_into=None)
    if theme is not None:
        under &= Q(codings__theme=theme)
    return (
        Quote.objects.filter(under, contribution__in=readable(place, reader))
        .select_related("contribution__conversation")
        .order_by("-contribution__said_on", "contribution", "start")
        .distinct()
    )


def readable_quotes(
    place: Place, member: Member, *, theme: Theme | None = None, most: int | None = None
) -> list[ReadableQuote]:
    """Give the coded quotes this member may read, of one theme or of all."""
    reader = reader_for(member)
    return quotes_of(place, quote_rows(place, reader, theme=theme)[:most], reader)


def quotes_beneath(
    place: Place,
    member: Member,
    *,
    themes: Sequence[int] = (),
    quotes: Sequence[int] | QuerySet[Quote, Any] = (),
    most: int | None = None,
) -> list[ReadableQuote]:
    """Give the quotes this member may read among those named, and those under the themes named: named ones first."""
    reader = reader_for(member)
    under = Coding.objects.filter(theme__in=themes, ended_at=None).values("quote")
    is_named = Q(pk__in=quotes)
    rows = Quote.objects.filter(
        is_named | Q(pk__in=under) if themes else is_named, contribution__in=readable(place, reader)
    )
    first = Case(When(is_named, then=0), default=1, output_field=IntegerField()) if themes else Value(0)
    found = rows.select_related("contribution__conversation").annotate(first=first)
    order = ("first", "-contribution__said_on", "contribution", "start")
    return quotes_of(place, found.order_by(*order)[:most], reader)
