"""Files of themes that may leave: the codebook, and the quotes with their themes."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats.tables import Cell, write_csv
from placeweave.kit.access import INSIDE
from placeweave.kit.exports import Exported, Exporter, Taker
from placeweave.listening.models import Naming
from placeweave.listening.queries import reach_of
from placeweave.places.models import Place
from placeweave.themes.models import Theme
from placeweave.themes.queries.counting import NOTHING, counts
from placeweave.themes.queries.words import ReadableQuote, Reader, current_codings, quotes_of, readable


def _codebook(place_id: int, taker: Taker) -> Exported:  # noqa: ARG001 - everybody may take the same counts
    """Write every theme with what it says and how much stands under it; no words, so nobody's are held."""
    place = Place.objects.get(pk=place_id)
    found = counts(place)
    head = ["key", "title", "description", "cluster", "status", "merged_into", "quotes", "voices", "made", "changed"]
    rows = [
        [
            one.pk,
            one.title,
            one.description,
            one.cluster.title if one.cluster else "",
            one.status,
            one.merged_into_id,
            found.get(one.pk, NOTHING).quotes,
            found.get(one.pk, NOTHING).voices,
            one.created_at.date(),
            one.changed_at.date() if one.changed_at else None,
        ]
        for one in Theme.objects.filter(place=place).select_related("cluster").order_by("pk")
    ]
    return Exported(
        content=write_csv(head, rows),
        file_name=f"{slugify(place.slug)}-themes.csv",
        media_type="text/csv; charset=utf-8",
        rows=len(rows),
        scope=str(_("themes, without anybody's words")),
    )


def _quotes(place_id: int, taker: Taker) -> Exported:
    """Write the quotes the taker may read, each with its themes."""
    place = Place.objects.get(pk=place_id)
    reader = Reader(reach_of(taker), is_outside=taker.standing not in INSIDE)
    rows = current_codings(place).filter(quote__contribution__in=readable(place, reader))
    rows = rows.exclude(quote__contribution__naming=Naming.ONLY_IN_THEMES)
    ordered = rows.select_related("theme", "quote__contribution__conversation").order_by("theme__title", "quote")
    lines = [(coding.theme, quote) for coding in ordered for quote in quotes_of(place, [coding.quote], reader)]
    head = ["theme", "theme_key", "quote", "voice", "named_as", "said_on", "consent", "contribution", "from", "to"]
    return Exported(
        content=write_csv(head, [_line(theme, quote) for theme, quote in lines]),
        file_name=f"{slugify(place.slug)}-quotes.csv",
        media_type="text/csv; charset=utf-8",
        rows=len(lines),
        scope=str(_("words that %(who)s may read") % {"who": taker.display_name}),
        holds=frozenset(quote.contribution_id for _theme, quote in lines),
    )


def _line(theme: Theme, quote: ReadableQuote) -> Sequence[Cell]:
    said = (quote.words, quote.voice_label, quote.named_as, quote.said_on, quote.consent_label)
    return (theme.title, theme.pk, *said, quote.contribution_id, quote.start, quote.end)


CODEBOOK = Exporter("themes", str(gettext_lazy("Themes (codebook, CSV)")), "themes.see_themes", _codebook)
QUOTES = Exporter("quotes", str(gettext_lazy("Quotes under themes (CSV)")), "themes.see_themes", _quotes)
