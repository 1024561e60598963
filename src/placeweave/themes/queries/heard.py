"""What rooms above may know of listening without opening its door: who is owed an answer, what is new, whose voices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from placeweave.kit import smallnumbers
from placeweave.listening import queries as listening
from placeweave.listening.models import Contribution, VoiceType
from placeweave.places.models import Member, Place
from placeweave.themes.models import Coding, Suggestion, Theme
from placeweave.themes.queries.words import ReadableQuote, Reader, begun, readable, reader_for, under_no_theme


@dataclass(frozen=True)
class Debt:
    """A conversation whose people have not been told what came of what they said."""

    title: str
    url: str
    people: int
    since: date
    is_overdue: bool


@dataclass(frozen=True)
class ToRead:
    """A voting with statements that nobody of the team has read yet."""

    title: str
    url: str
    count: int
    days: int

    @property
    def is_late(self) -> bool:
        """Whether the oldest has waited for more than a day."""
        return self.days > 1


def waiting_on_us(place: Place) -> tuple[list[Debt], list[ToRead]]:
    """List what is owed to those who spoke, and votings with statements to read; the longest wait first."""
    found = listening.waiting_on_us(place.pk)
    debts = [
        Debt(
            one.conversation.title,
            reverse("listening:conversation", args=[place.slug, one.conversation.pk]),
            one.untold,
            one.since,
            one.is_overdue,
        )
        for one in found.owed
    ]
    to_read = [
        ToRead(
            one.conversation.title,
            reverse("listening:moderate", args=[place.slug, one.conversation.pk]),
            one.count,
            one.days,
        )
        for one in found.unread
    ]
    return debts, to_read


def newest(place: Place, reader: Reader, *, most: int = 3) -> list[ReadableQuote]:
    """Give the openings of the newest words that may reach this reader."""
    rows = readable(place, reader).select_related("conversation").order_by("-said_on", "-pk")[:most]
    return [begun(place, one, reader) for one in rows]


@dataclass(frozen=True)
class Moved:
    """What moved since a moment: themes that gained quotes, words that came in, and suggested themes that wait."""

    themes: Sequence[tuple[Theme, int]]
    came: int
    waiting: int


def what_moved(place: Place, *, since: datetime, most: int = 5) -> Moved:
    """Tell what moved, the most first: in one reading, once the place has a theme."""
    gained = Coding.objects.filter(theme=OuterRef("pk"), ended_at=None, created_at__gte=since)
    themes = Theme.objects.current().filter(place=place)
    rows = list(
        themes.annotate(gained=_count(gained, "theme"), **_counted(since, "place")).order_by("-gained", "pk")[:most]
    )
    moved = [(one, one.gained) for one in rows if one.gained]  # type: ignore[attr-defined]
    if rows:
        return Moved(moved, rows[0].came, rows[0].waiting)  # type: ignore[attr-defined]
    came, waiting = Place.objects.filter(pk=place.pk).order_by().values_list(*_counted(since, "pk").values()).get()
    return Moved([], came, waiting)


def _counted(since: datetime, place: str) -> dict[str, Coalesce]:
    came = Contribution.raw.live().filter(place=OuterRef(place), created_at__gte=since)
    waiting = Suggestion.objects.filter(place=OuterRef(place), state=Suggestion.State.OPEN)
    return {"came": _count(came, "place"), "waiting": _count(waiting, "place")}


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def mix_of_voices(place: Place, *, outside: bool) -> Sequence[tuple[str, int | None]]:
    """Count the voices by kind; for readers outside, small kinds and what would give them away are None."""
    rows = Contribution.raw.live().filter(place=place).values_list("voice_type").annotate(voices=Count("pk"))
    counts = dict(rows.order_by("-voices"))
    shown = smallnumbers.suppress(counts, threshold=place.threshold) if outside else counts
    return [(str(VoiceType(kind).label), shown[kind]) for kind in counts]


def not_heard(place: Place) -> list[str]:
    """Name the invited organisations and the neighbourhoods from which nothing was heard."""
    silent = listening.not_yet_heard(place.pk)
    return [*(one.name for one in silent.organisations), *(one.name for one in silent.neighbourhoods)]


def without_answer(place: Place, member: Member, *, most: int = 50) -> tuple[list[ReadableQuote], int]:
    """Give readable words that nobody put under a theme and whose teller was told nothing, and how many there are."""
    reader = reader_for(member)
    rows = under_no_theme(readable(place, reader).filter(told_on=None)).select_related("conversation")
    return [begun(place, one, reader) for one in rows.order_by("pk")[:most]], rows.count()
