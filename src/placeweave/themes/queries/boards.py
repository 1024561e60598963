"""The board: themes in their clusters, with counts, voices and the quotes the reader may read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from placeweave.listening.models import Contribution
from placeweave.listening.models.contribution import ContributionQuerySet
from placeweave.places.models import Place
from placeweave.themes.models import Cluster, Quote, Theme
from placeweave.themes.queries.counting import NOTHING, MixRow, ThemeCounts, counts, mix
from placeweave.themes.queries.themes import themes_of
from placeweave.themes.queries.words import (
    ReadableQuote,
    Reader,
    as_quote,
    current_codings,
    opening,
    quotes_of,
    readable,
    under_no_theme,
)

QUOTES_A_CARD = 3
MOST_CARDS = 200
MOST_UNPLACED = 8
_SPARE = 4  # how many times more quotes are looked at than shown, to find different people


@dataclass(frozen=True)
class ThemeCard:
    """One theme on the board."""

    theme: Theme
    counts: ThemeCounts
    mix: Sequence[MixRow]
    quotes: Sequence[ReadableQuote]
    dissents: int


@dataclass(frozen=True)
class Column:
    """One cluster and its cards; None is for themes that stand in no cluster yet."""

    cluster: Cluster | None
    cards: Sequence[ThemeCard]


@dataclass(frozen=True)
class Board:
    """Everything the board shows."""

    columns: Sequence[Column]
    retired: Sequence[ThemeCard]
    unplaced: Sequence[ReadableQuote]
    unplaced_count: int
    left_out: int

    @property
    def cards(self) -> list[ThemeCard]:
        """Every card in the order of the board."""
        return [card for column in self.columns for card in column.cards]


def clusters(place: Place) -> QuerySet[Cluster]:
    """Give the clusters in use, in their order."""
    return Cluster.objects.filter(place=place, put_away_at=None)


def board(place: Place, reader: Reader, *, most: int = MOST_CARDS) -> Board:
    """Lay out the board for one reader."""
    rows = themes_of(place).annotate(dissent_count=Count("dissents"), _total=Window(Count("pk")))
    themes = list(rows[:most])
    found, shown = counts(place), example_quotes(place, reader)
    cards = [_card(one, found.get(one.pk, NOTHING), shown.get(one.pk, [])) for one in themes]
    columns: dict[int | None, list[ThemeCard]] = defaultdict(list)
    for card in cards:
        if card.theme.status != Theme.Status.RETIRED:
            columns[card.theme.cluster_id].append(card)
    loose = [Column(None, columns[None])] if columns[None] else []
    waiting = list(
        unplaced(place, reader)
        .select_related("conversation")
        .annotate(_total=Window(Count("pk")))
        .order_by("-created_at", "-pk")[:MOST_UNPLACED]
    )
    return Board(
        columns=[Column(cluster, columns[cluster.pk]) for cluster in clusters(place)] + loose,
        retired=[card for card in cards if card.theme.status == Theme.Status.RETIRED],
        unplaced=[as_quote(place, one, reader, end=opening(one.text)) for one in waiting],
        unplaced_count=_total_of(waiting),
        left_out=_total_of(themes) - len(themes),
    )


def _total_of(rows: Sequence[Any]) -> int:
    """Read how many rows there are beyond those fetched, counted in the same query."""
    return int(getattr(rows[0], "_total", 0)) if rows else 0


def _card(theme: Theme, found: ThemeCounts, quotes: Sequence[ReadableQuote]) -> ThemeCard:
    return ThemeCard(theme, found, mix(found.by_voice), quotes, getattr(theme, "dissent_count", 0))


def example_quotes(
    place: Place,
    reader: Reader,
    *,
    within: ContributionQuerySet | None = None,
    among: Sequence[Theme] | None = None,
    most: int = QUOTES_A_CARD,
) -> dict[int, list[ReadableQuote]]:
    """Give a few readable quotes under each theme: those of a good length first, from different people."""
    length = F("quote__end") - F("quote__start")
    by_length = Case(
        When(quote__end__lte=F("quote__start") + 240, then=Value(0)), default=length, output_field=IntegerField()
    )
    rows = current_codings(place).filter(quote__contribution__in=readable(place, reader))
    if within is not None:
        rows = rows.filter(quote__contribution__in=within)
    if among is not None:
        rows = rows.filter(theme__in=among)
    turn = Window(RowNumber(), partition_by=[F("theme")], order_by=[by_length, F("quote").desc()])
    near = rows.annotate(turn=turn).filter(turn__lte=most * _SPARE).order_by("theme", "turn")
    by_theme: dict[int, list[Quote]] = defaultdict(list)
    for coding in near.select_related("quote__contribution__conversation"):
        by_theme[coding.theme_id].append(coding.quote)
    return {
        theme: quotes_of(place, _from_different_people(quotes)[:most], reader) for theme, quotes in by_theme.items()
    }


def _from_different_people(quotes: Sequence[Quote]) -> list[Quote]:
    """Put the quotes of people not met yet before further ones of the same people; keep the order within each."""
    met: set[int] = set()
    new: list[Quote] = []
    further: list[Quote] = []
    for one in quotes:
        (further if one.contribution_id in met else new).append(one)
        met.add(one.contribution_id)
    return new + further


def unplaced(place: Place, reader: Reader) -> QuerySet[Contribution]:
    """Give what this reader may read and nobody has put under a theme yet."""
    return under_no_theme(readable(place, reader))
