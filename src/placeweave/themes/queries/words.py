"""Words a reader may read, as frozen quotes: consent itself is listening's, and is asked there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from placeweave.kit.access import INSIDE
from placeweave.listening.models import Contribution, Scope
from placeweave.listening.models.contribution import ContributionQuerySet
from placeweave.listening.queries import reach_of, shown_at
from placeweave.places.models import Member, Place
from placeweave.themes.models import Coding, Quote


@dataclass(frozen=True)
class Reader:
    """Who reads: how far words must be allowed to travel to reach them, and whether they stand outside the place."""

    scope: Scope
    is_outside: bool


TEAM = Reader(Scope.NOTES, is_outside=False)
MEMBERS = Reader(Scope.PARTNERS, is_outside=False)
ANYBODY = Reader(Scope.PUBLIC, is_outside=True)


@dataclass(frozen=True)
class ReadableQuote:
    """Somebody's own words as one reader may read them; what ``{% quote %}`` draws."""

    key: int | None
    contribution_id: int
    start: int
    end: int
    words: str
    voice_type: str
    voice_label: str
    named_as: str
    said_on: date | None
    consent_scope: str
    consent_label: str = ""
    source_url: str = ""
    source_label: str = ""
    note: str = ""
    is_withheld: bool = False
    is_opening: bool = False
    """Whether the contribution goes on after these words."""


def reader_for(member: Member) -> Reader:
    """Say how far words must be allowed to travel to reach this member or visitor."""
    return Reader(reach_of(member), is_outside=member.standing not in INSIDE)


def readable(place: Place, reader: Reader) -> ContributionQuerySet:
    """Give the contributions of a place whose words may reach this reader."""
    return Contribution.raw.within(reader.scope).filter(place=place)


def readable_by(member: Member) -> ContributionQuerySet:
    """Give the contributions of the member's place whose words they may read."""
    return readable(member.place, reader_for(member))


def as_quote(
    place: Place,
    contribution: Contribution,
    reader: Reader,
    *,
    start: int = 0,
    end: int | None = None,
    key: int | None = None,
) -> ReadableQuote:
    """Freeze a span of a contribution that this reader is known to be allowed to read."""
    end = len(contribution.text) if end is None else end
    contribution.conversation.place = place
    said = shown_at(contribution, reader.scope, start=start, end=end)
    return ReadableQuote(
        key=key,
        contribution_id=contribution.pk,
        start=start,
        end=end,
        words=said.words,
        voice_type=contribution.voice_type,
        voice_label=said.voice_label,
        named_as=said.named_as,
        said_on=said.said_on or contribution.conversation.held_on,
        consent_scope=said.consent_scope,
        consent_label=said.consent_label,
        source_url=said.source_url,
        source_label=said.source_label,
        note=said.note,
        is_opening=start == 0 and end < len(contribution.text),
    )


def quotes_of(place: Place, quotes: Iterable[Quote], reader: Reader) -> list[ReadableQuote]:
    """Freeze quotes already filtered by :func:`readable` and fetched with their contribution and conversation."""
    return [
        as_quote(place, one.contribution, reader, start=one.start, end=one.end, key=one.pk)
        for one in quotes
        if one.end <= len(one.contribution.text)
    ]


def opening(text: str, most: int = 180) -> int:
    """Say where to stop so that a text's beginning ends at a word, and within ``most`` characters."""
    if len(text) <= most:
        return len(text)
    cut = text.rfind(" ", most // 2, most)
    return cut if cut > 0 else most


def current_codings(place: Place) -> QuerySet[Coding]:
    """Give the codings that hold now, under themes that were not folded into another."""
    return Coding.objects.filter(theme__place=place, theme__merged_into=None, ended_at=None)


def under_no_theme(rows: ContributionQuerySet) -> ContributionQuerySet:
    """Keep those of which nobody has put anything under a theme."""
    return rows.exclude(Exists(Coding.objects.filter(quote__contribution=OuterRef("pk"), ended_at=None)))


def begun(place: Place, contribution: Contribution, reader: Reader, *, most: int = 180) -> ReadableQuote:
    """Freeze the beginning of what somebody said, with a mark where it goes on."""
    end = opening(contribution.text, most)
    quote = as_quote(place, contribution, reader, end=end)
    return quote if end >= len(contribution.text) else replace(quote, words=f"{quote.words.rstrip()} […]")
