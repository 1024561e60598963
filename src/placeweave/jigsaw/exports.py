"""Pieces, needs and funding flows as tables that leave the workspace; nobody's quoted words are in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats.tables import write_csv
from placeweave.jigsaw import queries
from placeweave.jigsaw.importers.tags import spoken
from placeweave.jigsaw.models import Help, Need, Piece
from placeweave.jigsaw.queries.flows import attributions
from placeweave.kit import exports
from placeweave.kit.exports import Exported, Exporter, Taker
from placeweave.places.models import Place

PIECES = (
    "id", "organisation", "title", "kind", "sharability", "amount", "currency", "quantity", "when", "neighbourhood",
    "point", "expires_on", "last_checked_on", "note", "issues", "outcomes",
)  # fmt: skip
NEEDS = (
    "id",
    "title",
    "kind",
    "asked_by",
    "asked_for",
    "when",
    "neighbourhood",
    "priority",
    "state",
    "detail",
    "themes",
    "issues",
    "outcomes",
)
FLOWS = (
    "id", "title", "currency", "amount", "awarded_on", "starts_on", "ends_on", "end_is_derived", "funder", "recipient",
    "programme", "url", "licence",
)  # fmt: skip

HELP = ("id", "need", "giver", "receiver", "words", "state", "given_on", "thanks", "thanked_on")
PROGRAMMES = ("id", "name", "about", "partners", "outcomes")


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _file(place: Place, name: str, columns: Sequence[str], rows: Iterable[Sequence[str]], scope: str) -> Exported:
    listed = list(rows)
    return Exported(write_csv(columns, listed), f"{place.slug}-{name}.csv", "text/csv", len(listed), scope)


_SERVING = ("issues", "topics__framework")


def _for(one: Piece | Need) -> list[str]:
    """Name the issues and the headings of frameworks something is for, as they are read back."""
    return ["; ".join(issue.title for issue in one.issues.all()), "; ".join(map(spoken, one.topics.all()))]


def pieces(place_id: int, _taker: Taker) -> Exported:
    """Write every piece that is still there as one row."""
    place = Place.objects.get(pk=place_id)
    rows = (
        [
            one.external_id or str(one.pk),
            one.organisation.name if one.organisation else "",
            one.title,
            one.kind,
            one.sharability,
            "" if one.amount is None else f"{one.amount:.2f}",
            one.currency,
            one.quantity,
            one.when,
            one.neighbourhood.name if one.neighbourhood else "",
            one.point,
            _day(one.expires_on),
            _day(one.last_checked_on),
            one.note,
            *_for(one),
        ]
        for one in queries.pieces(place).prefetch_related(*_SERVING)
    )
    return _file(place, "pieces", PIECES, rows, _("all pieces still there"))


def needs(place_id: int, _taker: Taker) -> Exported:
    """Write every need as one row."""
    place = Place.objects.get(pk=place_id)
    rows = (
        [
            one.external_id or str(one.pk),
            one.title,
            one.kind,
            one.asked_by.name if one.asked_by else "",
            one.asked_for,
            one.when,
            one.neighbourhood.name if one.neighbourhood else "",
            one.get_priority_display(),
            one.state,
            one.detail,
            "; ".join(theme.title for theme in one.themes.all()),
            *_for(one),
        ]
        for one in queries.needs(place).prefetch_related("themes", *_SERVING)
    )
    return _file(place, "needs", NEEDS, rows, _("all needs"))


def flows(place_id: int, _taker: Taker) -> Exported:
    """Write every grant as one row, with the licence it came under."""
    place = Place.objects.get(pk=place_id)
    licence = "; ".join(attributions(place))
    rows = (
        [
            one.external_id,
            one.title,
            one.currency,
            f"{one.amount:.2f}",
            _day(one.awarded_on),
            _day(one.starts_on),
            _day(one.ends_on),
            "yes" if one.end_is_derived else "",
            one.funder.name,
            one.recipient.name if one.recipient else _("an individual, not recorded"),
            one.programme,
            one.url,
            licence,
        ]
        for one in queries.flows(place)
    )
    return _file(place, "flows", FLOWS, rows, _("all funding flows"))


def help_given(place_id: int, _taker: Taker) -> Exported:
    """Write every answer to an ask as one row, with what became of it."""
    place = Place.objects.get(pk=place_id)
    found = Help.objects.filter(place=place).select_related("need", "giver", "receiver").order_by("created_at", "pk")
    rows = (
        [
            str(one.pk),
            one.need.title if one.need else "",
            one.giver.name,
            one.receiver.name if one.receiver else one.received_by,
            one.words,
            one.state,
            _day(one.given_on),
            one.thanks,
            _day(one.thanked_on),
        ]
        for one in found
    )
    return _file(place, "help", HELP, rows, _("all answers to asks, those taken back too"))


def programmes(place_id: int, _taker: Taker) -> Exported:
    """Write every programme as one row."""
    place = Place.objects.get(pk=place_id)
    rows = (
        [
            str(one.pk),
            one.name,
            one.about,
            "; ".join(body.name for body in one.partners.all()),
            "; ".join(f"{node.framework.title}: {node.label}" for node in one.outcomes.all()),
        ]
        for one in queries.programmes(place)
    )
    return _file(place, "programmes", PROGRAMMES, rows, _("all programmes"))


def register() -> None:
    """Offer the exports."""
    for name, label, write in (
        ("pieces", gettext_lazy("Pieces (CSV)"), pieces),
        ("needs", gettext_lazy("Needs (CSV)"), needs),
        ("flows", gettext_lazy("Funding flows (CSV)"), flows),
        ("help", gettext_lazy("Who helped whom (CSV)"), help_given),
        ("programmes", gettext_lazy("Programmes (CSV)"), programmes),
    ):
        exports.register(Exporter(name, label, "jigsaw.see_board", write))
