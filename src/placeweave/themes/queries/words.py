"""Whose words a reader may read, and those words as frozen quotes: the one place where consent becomes text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from placeweave.kit.access import INSIDE, may
from placeweave.listening.models import Contribution, Naming, Scope, VoiceType
from placeweave.listening.models.contribution import ContributionQuerySet
from placeweave.places.models import Member, Place
from placeweave.themes.models import Coding, Quote

_SCOPE_WORDS = {Scope.NOTES: "notes", Scope.PARTNERS: "partners", Scope.PUBLIC: "public"}


@dataclass(frozen=True)
class Reader:
    """Who reads: how far words must be allowed to travel to reach them, and whether they stand outside the place.

    ``common`` are the descriptions of tellers that enough people share to be told outside.
    """

    scope: Scope
    is_outside: bool
    common: frozenset[str] = frozenset()


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
    source_url: str = ""
    source_label: str = ""
    note: str = ""
    consent_label: str = ""
    is_withheld: bool = False


def reader_for(member: Member) -> Reader:
    """Say how far words must be allowed to travel to reach this member or visitor."""
    if may(member, "listening.read_in_confidence"):
        return TEAM
    return MEMBERS if member.standing in INSIDE else ANYBODY


def readable(place: Place, reader: Reader) -> ContributionQuerySet:
    """Give the contributions of a place whose words may reach this reader."""
    return Contribution.raw.within(reader.scope).filter(place=place)


def readable_by(member: Member) -> ContributionQuerySet:
    """Give the contributions of the member's place whose words they may read."""
    return readable(member.place, reader_for(member))


def outside_reader(place: Place) -> Reader:
    """Stand for anybody: in a small place a description is a name, so only those that several share are told."""
    shared = (
        Contribution.raw.live()
        .filter(place=place)
        .exclude(described_as="")
        .values("described_as")
        .annotate(voices=Count("pk"))
        .filter(voices__gte=place.threshold)
    )
    return Reader(Scope.PUBLIC, is_outside=True, common=frozenset(row["described_as"] for row in shared))


def _named_as(contribution: Contribution, reader: Reader) -> str:
    """Name the teller as they asked to be named, and never more closely than that."""
    if contribution.naming == Naming.NAMED and contribution.teller_name:
        return contribution.teller_name
    if contribution.naming == Naming.PSEUDONYM and contribution.pseudonym:
        return _("%(name)s (not their own name)") % {"name": contribution.pseudonym}
    if reader.is_outside and contribution.described_as not in reader.common:
        return ""
    return contribution.described_as


def _source_url(place: Place, contribution: Contribution) -> str:
    try:
        return reverse("listening:conversation", args=[place.slug, contribution.conversation_id])
    except NoReverseMatch:
        return ""


def as_quote(
    place: Place,
    contribution: Contribution,
    reader: Reader,
    *,
    start: int = 0,
    end: int | None = None,
    key: int | None = None,
    note: str = "",
) -> ReadableQuote:
    """Freeze a span of a contribution that this reader may read."""
    end = len(contribution.text) if end is None else end
    if contribution.naming == Naming.ONLY_IN_THEMES:
        note = note or _("Not to be quoted: counted in themes only.")
    return ReadableQuote(
        key=key,
        contribution_id=contribution.pk,
        start=start,
        end=end,
        words=contribution.text[start:end],
        voice_type=contribution.voice_type,
        voice_label=str(VoiceType(contribution.voice_type).label),
        named_as=_named_as(contribution, reader),
        said_on=contribution.said_on or contribution.conversation.held_on,
        consent_scope=_SCOPE_WORDS[Scope(contribution.scope)],
        source_url="" if reader.is_outside else _source_url(place, contribution),
        source_label=contribution.conversation.title,
        note=note,
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
