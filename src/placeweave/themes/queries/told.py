"""What we heard, as one audience may see it: always live, so that withdrawn words are gone at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from placeweave.kit import smallnumbers
from placeweave.listening.models import Contribution, Conversation
from placeweave.listening.models.contribution import ContributionQuerySet
from placeweave.places.models import Place
from placeweave.themes.models import Coding, Dissent, Quote, Theme, ToldItem, WhatWeHeard
from placeweave.themes.queries.counting import NOTHING, MixRow, ThemeCounts, counts, further, mix
from placeweave.themes.queries.words import (
    ANYBODY,
    MEMBERS,
    ReadableQuote,
    Reader,
    as_quote,
    current_codings,
    readable,
    under_no_theme,
)

Item = tuple[int | None, int, int, int]
"""A stretch of words under a theme: theme, contribution, where it starts and where it ends."""
_KEY = re.compile(r"(\d{1,18})-(\d{1,18})-(\d{1,6})-(\d{1,6})")
LONGEST_WHOLE = 320
MOST_A_THEME, MOST_UNCODED = 20, 40


@dataclass(frozen=True)
class ToldTheme:
    """One part of the page: a theme with its quotes, or, without a theme, words that stand under none yet."""

    theme: Theme | None
    voices: int | None
    quotes: Sequence[ReadableQuote]
    dissents: Sequence[str]


@dataclass(frozen=True)
class Told:
    """The whole page as its audience sees it; a count of None is too small to tell."""

    page: WhatWeHeard
    parts: Sequence[ToldTheme]
    conversations: Sequence[Conversation]
    heard: int | None
    further: int | None
    mix: Sequence[MixRow]
    so_far: date | None
    is_outside: bool

    @property
    def quotes(self) -> list[ReadableQuote]:
        """Every quote on the page."""
        return [quote for part in self.parts for quote in part.quotes]


@dataclass(frozen=True)
class Candidate:
    """Words that could stand on the page: ``key`` names theme, contribution and span in a form."""

    key: str
    quote: ReadableQuote
    is_chosen: bool


@dataclass(frozen=True)
class CandidatePart:
    """The words that could stand under one theme of the page."""

    theme: Theme | None
    candidates: Sequence[Candidate]
    left_out: int = 0


def pages(place: Place) -> QuerySet[WhatWeHeard]:
    """List the pages of a place, the newest first."""
    return WhatWeHeard.objects.filter(place=place).select_related("made_by__person").annotate(chosen=Count("items"))


def by_key(key: str) -> WhatWeHeard | None:
    """Find the page behind a link, shared or taken back."""
    rows = WhatWeHeard.objects.filter(audience=WhatWeHeard.Audience.LINK).exclude(state=WhatWeHeard.State.DRAFT)
    return rows.select_related("place").filter(key=key).first() if key else None


def reader_of(audience: str) -> Reader:
    """Give the reader that an audience stands for."""
    return ANYBODY if audience == WhatWeHeard.Audience.LINK else MEMBERS


def heard_in(page: WhatWeHeard) -> ContributionQuerySet:
    """Give all that counts as heard on this page, whatever its consent."""
    return Contribution.raw.live().filter(place=page.place_id, conversation__in=page.conversations.all())


def told(page: WhatWeHeard, *, audience: str | None = None) -> Told:
    """Lay out the page for its audience, or for another one to try it."""
    reader = reader_of(audience or page.audience)
    threshold = page.place.threshold if reader.is_outside else None
    heard = heard_in(page)
    by_voice = {row["voice_type"]: row["n"] for row in heard.order_by().values("voice_type").annotate(n=Count("pk"))}
    total = sum(by_voice.values())
    conversations = list(page.conversations.order_by("held_on", "pk"))
    parts = _parts(page, reader, counts(page.place, contributions=heard.values("pk")), threshold)
    shown = len({quote.contribution_id for part in parts for quote in part.quotes})
    more = further(total, shown, threshold=threshold)
    return Told(
        page=page,
        parts=parts,
        conversations=conversations,
        heard=total if more is not None and _may_tell(total, threshold) else None,
        further=more,
        mix=mix(by_voice, threshold=threshold),
        so_far=max((one.held_on for one in conversations if one.held_on), default=None),
        is_outside=reader.is_outside,
    )


def _may_tell(count: int, threshold: int | None) -> bool:
    return threshold is None or smallnumbers.is_shown(count, threshold=threshold)


def _parts(page: WhatWeHeard, reader: Reader, found: dict[int, ThemeCounts], threshold: int | None) -> list[ToldTheme]:
    rows = list(
        page.items.filter(contribution__in=readable(page.place, reader)).select_related(
            "contribution__conversation", "theme__merged_into"
        )
    )
    grouped: dict[Theme | None, list[ReadableQuote]] = {}
    for row in rows:
        theme = _standing_theme(row)
        quote = as_quote(page.place, row.contribution, reader, start=row.start, end=row.end)
        grouped.setdefault(theme, []).append(quote)
    notes = _dissents([one for one in grouped if one], reader) if page.with_dissent else {}
    return [_part(theme, quotes, found, threshold, notes) for theme, quotes in grouped.items()]


def _standing_theme(row: ToldItem) -> Theme | None:
    """Follow a theme that was folded into another to where it stands now."""
    return row.theme.merged_into or row.theme if row.theme else None


def _part(
    theme: Theme | None,
    quotes: Sequence[ReadableQuote],
    found: dict[int, ThemeCounts],
    threshold: int | None,
    notes: dict[int, list[str]],
) -> ToldTheme:
    if theme is None:
        return ToldTheme(None, None, quotes, ())
    voices = found.get(theme.pk, NOTHING).voices
    return ToldTheme(theme, voices if _may_tell(voices, threshold) else None, quotes, notes.get(theme.pk, []))


def _dissents(themes: Sequence[Theme], reader: Reader) -> dict[int, list[str]]:
    """Give what people said against a theme; outside, only what its writer let out, and never their name."""
    rows = Dissent.objects.filter(theme__in=themes)
    if reader.is_outside:
        rows = rows.filter(may_be_told=True)
    notes: dict[int, list[str]] = {}
    for row in rows:
        notes.setdefault(row.theme_id, []).append(row.text)
    return notes


def item_key(theme_id: int | None, contribution_id: int, start: int, end: int) -> str:
    """Name a stretch of words under a theme, for a form."""
    return f"{theme_id or 0}-{contribution_id}-{start}-{end}"


def item_of(key: str) -> Item | None:
    """Read such a name; None where it is none."""
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    theme, contribution, start, end = (int(part) for part in found.groups())
    return theme or None, contribution, start, end


def candidates(
    page: WhatWeHeard, *, ticked: Iterable[str] | None = None, order: Sequence[int] = ()
) -> list[CandidatePart]:
    """List words that members may read and that could stand on the page, by theme; the chosen ones are marked.

    Of a large theme the first few are listed, and how many more there are is said; what is chosen is always listed.
    A form that comes back names what was ``ticked`` in it, and in which ``order`` the themes were wanted.
    """
    items = list(page.items.select_related("contribution__conversation", "theme"))
    chosen = {item_key(one.theme_id, one.contribution_id, one.start, one.end) for one in items}
    if ticked is not None:
        items += _unkept(page, set(ticked) - chosen)
        chosen = set(ticked)
    said = readable(page.place, MEMBERS).filter(conversation__in=page.conversations.all())
    parts: dict[Theme | None, dict[str, Candidate]] = {}
    left_out: dict[Theme | None, int] = {}
    for one in items:
        if one.contribution.may_reach(MEMBERS.scope):
            _add(parts, page, one.theme, _span(one.contribution, one.start, one.end), chosen)
    for coding in _first_of_each_theme(page.place, said):
        _add(parts, page, coding.theme, coding.quote, chosen)
        left_out[coding.theme] = max(coding.total - MOST_A_THEME, 0)  # type: ignore[attr-defined]
    for contribution in under_no_theme(said).select_related("conversation")[:MOST_UNCODED]:
        if len(contribution.text) <= LONGEST_WHOLE:
            _add(parts, page, None, _span(contribution, 0, len(contribution.text)), chosen)
    line = {key: place for place, key in enumerate(order)}
    listed = sorted(parts, key=lambda theme: line.get(theme.pk if theme else 0, len(line)))
    return [CandidatePart(theme, list(parts[theme].values()), left_out.get(theme, 0)) for theme in listed]


def _unkept(page: WhatWeHeard, keys: Iterable[str]) -> list[ToldItem]:
    """Give what was ticked and is not kept, as if it stood on the page already."""
    wanted = sorted((one for one in map(item_of, keys) if one), key=lambda one: (one[1], one[2]))
    said = readable(page.place, MEMBERS).filter(conversation__in=page.conversations.all())
    texts = said.select_related("conversation").in_bulk([one[1] for one in wanted])
    themes = Theme.objects.filter(place=page.place).in_bulk([one[0] for one in wanted if one[0]])
    return [
        ToldItem(page=page, theme=themes.get(theme or 0), contribution=texts[key], start=start, end=end)
        for theme, key, start, end in wanted
        if key in texts and start < end <= len(texts[key].text)
    ]


def _first_of_each_theme(place: Place, said: ContributionQuerySet) -> QuerySet[Coding]:
    """Give the first codings of each theme, each with how many the theme has in all."""
    rows = current_codings(place).filter(quote__contribution__in=said).exclude(theme__status=Theme.Status.RETIRED)
    turn = Window(RowNumber(), partition_by=[F("theme")], order_by=[F("quote").asc()])
    counted = rows.annotate(turn=turn, total=Window(Count("pk"), partition_by=[F("theme")]))
    first = counted.filter(turn__lte=MOST_A_THEME)
    return first.select_related("theme", "quote__contribution__conversation").order_by("theme__title", "quote")


def _span(contribution: Contribution, start: int, end: int) -> Quote:
    return Quote(contribution=contribution, start=start, end=end)


def _add(
    parts: dict[Theme | None, dict[str, Candidate]],
    page: WhatWeHeard,
    theme: Theme | None,
    quote: Quote,
    chosen: set[str],
) -> None:
    key = item_key(theme.pk if theme else None, quote.contribution_id, quote.start, quote.end)
    shown = as_quote(page.place, quote.contribution, MEMBERS, start=quote.start, end=quote.end)
    parts.setdefault(theme, {})[key] = Candidate(key, shown, key in chosen)
