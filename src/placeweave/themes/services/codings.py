"""Put somebody's own words under a theme, and take them off again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from placeweave.engines.themes.segment import segment
from placeweave.kit import access
from placeweave.kit.errors import NotReady, Unsound
from placeweave.listening.models import Contribution
from placeweave.places.models import Member
from placeweave.themes.models import Coding, FinishedCoding, Theme
from placeweave.themes.queries import readable_by
from placeweave.themes.services import records
from placeweave.themes.services.records import Verb


def sentences(text: str) -> list[tuple[int, int]]:
    """Cut a text into sentences, as offsets, so that words can be chosen without a script."""
    return segment(text)


def verified_span(text: str, start: int, end: int, words: str | None = None) -> tuple[int, int]:
    """Check that a span lies inside a text and says what the reader saw; give it without white space at its ends.

    Offsets count Unicode code points. ``words`` is what was on the reader's screen; line ends may have been
    rewritten on the way, so those alone are not compared.

    Raises
    ------
    Unsound
        If the span is empty, lies outside the text, or says something else.
    """
    if not 0 <= start < end <= len(text):
        raise Unsound(_("The selection lies outside the text. Select the words again."))
    chosen = text[start:end]
    if words is not None and _one_line_end(words).strip() != _one_line_end(chosen).strip():
        raise Unsound(_("The selection does not match the text. Load the page anew and select the words again."))
    if not chosen.strip():
        raise Unsound(_("The selection holds no words. Select at least one."))
    return start + len(chosen) - len(chosen.lstrip()), end - len(chosen) + len(chosen.rstrip())


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@transaction.atomic
def code(
    *, contribution: Contribution, start: int, end: int, theme: Theme, by: Member, words: str | None = None
) -> Coding:
    """Put a span of a contribution under a theme; the same span may stand under several.

    Raises
    ------
    Refused
        If ``by`` may not code in this place.
    NotReady
        If the words are not to be read by them, or the theme was merged.
    Unsound
        If the span does not match the text.
    """
    access.require(by, "themes.code")
    records.require_same_place(contribution.place_id, theme)
    text = _text_of(contribution, by)
    start, end = verified_span(text, start, end, words)
    (theme,) = records.locked(theme)
    records.require_current(theme)
    quote = records.quote_for(contribution.pk, contribution.place_id, start, end)
    if records.open_codings(theme, [(quote.pk, by)]):
        records.tell(theme, Verb.CODED, by=by, after={"quotes": [quote.pk]})
        records.freshen(theme)
    return Coding.objects.get(quote=quote, theme=theme, ended_at=None)


def _text_of(contribution: Contribution, by: Member) -> str:
    """Give the words as they are now: they may have been withdrawn since the page was opened."""
    found = readable_by(by).filter(pk=contribution.pk).values_list("text", flat=True).first()
    if found is None:
        raise NotReady(
            _("These words are no longer to be used: the person who said them took them back or paused them.")
        )
    return found


@transaction.atomic
def uncode(*, coding: Coding, by: Member, why: str = "") -> None:
    """Take a quote off a theme; what others built on it can still say that it once stood there.

    Raises
    ------
    NotReady
        If it was taken off already.
    """
    access.require(by, "themes.code")
    (theme,) = records.locked(coding.theme)
    if not records.close_codings(theme, [coding.quote_id]):
        raise NotReady(_("Somebody took this quote off “%(theme)s” already.") % {"theme": theme.title})
    records.tell(theme, Verb.UNCODED, by=by, before={"quotes": [coding.quote_id]}, why=why)
    records.freshen(theme)


@transaction.atomic
def code_spans(*, spans: Sequence[tuple[int, int, int]], theme: Theme, by: Member) -> int:
    """Put several spans (contribution, start, end) under one theme as one deed; give how many were new there."""
    access.require(by, "themes.code")
    (theme,) = records.locked(theme)
    records.require_current(theme)
    texts = dict(readable_by(by).filter(pk__in={key for key, _start, _end in spans}).values_list("pk", "text"))
    quotes = []
    for key, start, end in spans:
        if key in texts and theme.place_id == by.place_id:
            quotes.append(records.quote_for(key, theme.place_id, *verified_span(texts[key], start, end)).pk)
    opened = records.open_codings(theme, [(quote, by) for quote in quotes])
    if opened:
        records.tell(theme, Verb.CODED, by=by, after={"quotes": opened})
        records.freshen(theme)
    return len(opened)


@transaction.atomic
def finish(*, contribution: Contribution, by: Member) -> None:
    """Say that one is done coding a contribution on one's own, and may now see what others made of it."""
    access.require(by, "themes.code")
    FinishedCoding.objects.get_or_create(contribution=contribution, by=by)
