"""What was done to themes, what stands on what, and the board as it was on an earlier day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from placeweave.listening.models import Contribution
from placeweave.places.models import Place
from placeweave.themes.models import Cluster, ClusterName, Coding, Theme, ThemeEvent

Verb = ThemeEvent.Verb
UNDOABLE = frozenset({Verb.RENAMED, Verb.MERGED, Verb.SPLIT, Verb.MOVED, Verb.STATUS, Verb.CODED, Verb.UNCODED})
_FIELDS = {Verb.RENAMED: "title", Verb.DESCRIBED: "description", Verb.STATUS: "status", Verb.MOVED: "cluster"}


@dataclass(frozen=True)
class HistoryRow:
    """One event as the history shows it."""

    event: ThemeEvent
    may_be_undone: bool
    standing_on_it: Sequence[ThemeEvent] = ()


@dataclass(frozen=True)
class PastTheme:
    """One theme as it was."""

    theme: Theme
    title: str
    status: str
    description: str
    quotes: int


@dataclass(frozen=True)
class PastColumn:
    """One column of the board as it was; the one without a title holds what stood in no cluster."""

    title: str
    themes: Sequence[PastTheme]


def touched(event: ThemeEvent) -> frozenset[tuple[int, str]]:
    """Say what an event changed, as (theme, aspect) pairs; "*" is the whole theme."""
    if event.verb in {Verb.MERGED, Verb.SPLIT}:
        whole, part = (
            (event.theme_id, event.other_id) if event.verb == Verb.MERGED else (event.other_id, event.theme_id)
        )
        quotes = {(part or 0, f"quote {key}") for key in event.after.get("quotes", [])}
        return frozenset({(whole or 0, "*"), (part or 0, "is current"), *quotes})
    if event.verb in {Verb.CODED, Verb.UNCODED}:
        keys = event.after.get("quotes", []) or event.before.get("quotes", [])
        return frozenset((event.theme_id, f"quote {key}") for key in keys)
    return frozenset({(event.theme_id, _FIELDS.get(Verb(event.verb), "*"))})


def _meets(one: Iterable[tuple[int, str]], other: Iterable[tuple[int, str]]) -> bool:
    return any(
        theme == theirs and (aspect == also or "*" in {aspect, also}) for theme, aspect in one for theirs, also in other
    )


def standing_on(event: ThemeEvent, later: Iterable[ThemeEvent]) -> list[ThemeEvent]:
    """Give the later deeds that would lose their ground if this one were undone, the newest first."""
    own = touched(event)
    return [one for one in later if one.pk > event.pk and _is_live(one) and _meets(own, touched(one))]


def _is_live(event: ThemeEvent) -> bool:
    """Whether an event still holds: it is no undoing, and was not undone."""
    return event.verb != Verb.UNDONE and not hasattr(event, "undone_by")


def events_beside(themes: Iterable[int | None]) -> list[ThemeEvent]:
    """Give all that was done to these themes, or with them, the newest first."""
    keys = [one for one in themes if one]
    rows = ThemeEvent.objects.filter(Q(theme__in=keys) | Q(other__in=keys))
    return list(rows.select_related("theme", "other", "undone_by", "undoes"))


def history_of(theme: Theme, *, most: int = 100) -> list[HistoryRow]:
    """Give what was done to a theme, the newest first, and what may be undone."""
    rows = events_beside([theme.pk])
    return [_row(event, rows) for event in rows[:most]]


def _row(event: ThemeEvent, rows: Sequence[ThemeEvent]) -> HistoryRow:
    if event.verb not in UNDOABLE or not _is_live(event):
        return HistoryRow(event, may_be_undone=False)
    above = standing_on(event, rows)
    return HistoryRow(event, may_be_undone=not above, standing_on_it=above)


def last_undoable(place: Place) -> ThemeEvent | None:
    """Give the newest deed in a place that still holds and can be undone: nothing stands on the newest."""
    rows = ThemeEvent.objects.filter(place=place, verb__in=UNDOABLE, undone_by=None)
    return rows.select_related("theme", "other").first()


def end_of(day: date) -> datetime:
    """Give the last moment of a day, by the clock of the place."""
    return timezone.make_aware(datetime.combine(day, time.max))


def board_as_of(place: Place, day: date) -> list[PastColumn]:
    """Give the board as it stood at the end of a day, by taking back all that was done since.

    Counts are of quotes whose words are still with us: withdrawing goes before history.
    """
    moment = end_of(day)
    themes = {one.pk: one for one in Theme.objects.filter(place=place, created_at__lte=moment)}
    states = {key: _state(one) for key, one in themes.items()}
    later = ThemeEvent.objects.filter(place=place, created_at__gt=moment).order_by("-created_at", "-pk")
    for event in later:
        _take_back(event, states)
    quotes = _quotes_at(place, moment)
    titles = _cluster_titles(place, moment)
    columns: dict[int | None, list[PastTheme]] = {key: [] for key in [*titles, None]}
    for key, state in states.items():
        if state["merged_into"] is None:
            cluster = state["cluster"] if state["cluster"] in titles else None
            columns[cluster].append(
                PastTheme(themes[key], state["title"], state["status"], state["description"], quotes.get(key, 0))
            )
    return [PastColumn(titles.get(key, "") if key else "", found) for key, found in columns.items() if key or found]


def _state(theme: Theme) -> dict[str, Any]:
    return {
        "title": theme.title,
        "status": theme.status,
        "description": theme.description,
        "cluster": theme.cluster_id,
        "merged_into": theme.merged_into_id,
    }


def _take_back(event: ThemeEvent, states: dict[int, dict[str, Any]]) -> None:
    if event.theme_id in states:
        own = states[event.theme_id]
        own.update({field: value for field, value in event.before.items() if field in own})
    if event.other_id in states and "other_merged_into" in event.before:
        states[event.other_id]["merged_into"] = event.before["other_merged_into"]


def _quotes_at(place: Place, moment: datetime) -> dict[int, int]:
    held = Q(ended_at=None) | Q(ended_at__gt=moment)
    rows = Coding.objects.filter(
        held, theme__place=place, created_at__lte=moment, quote__contribution__state=Contribution.State.LIVE
    )
    grouped = rows.order_by().values("theme").annotate(quotes=Count("quote", distinct=True))
    return {row["theme"]: row["quotes"] for row in grouped}


def _cluster_titles(place: Place, moment: datetime) -> dict[int, str]:
    there = Q(put_away_at=None) | Q(put_away_at__gt=moment)
    titles = {one.pk: one.title for one in Cluster.objects.filter(there, place=place, created_at__lte=moment)}
    renamed = ClusterName.objects.filter(cluster__in=titles, created_at__gt=moment).order_by("-created_at", "-pk")
    for earlier in renamed:
        titles[earlier.cluster_id] = earlier.title
    return titles
