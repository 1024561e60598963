"""Commitments as a table that leaves the workspace."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.action.queries import commitments as queries
from placeweave.formats.tables import write_csv
from placeweave.kit import exports
from placeweave.kit.exports import Exported, Exporter, Taker
from placeweave.places.models import Place

COLUMNS = (
    "number", "what", "who", "organisation", "promised_to", "due_on", "state", "last_word_on", "purpose", "themes",
    "needs", "pieces",
)  # fmt: skip


def write(place_id: int, _taker: Taker) -> Exported:
    """Write every commitment of a place as one row; nobody's quoted words are in it."""
    place = Place.objects.get(pk=place_id)
    now = timezone.now()
    rows: list[dict[str, str | int]] = [
        {
            "number": one.number,
            "what": one.what,
            "who": one.person.name,
            "organisation": one.organisation.name if one.organisation else "",
            "promised_to": one.promised_to,
            "due_on": one.due_on.isoformat() if one.due_on else "",
            "state": queries.shown_state(one, now=now),
            "last_word_on": one.last_word_at.date().isoformat() if one.last_word_at else "",
            "purpose": one.purpose.title if one.purpose else "",
            "themes": "; ".join(theme.title for theme in one.themes.all()),
            "needs": "; ".join(need.title for need in one.needs.all()),
            "pieces": "; ".join(pledge.piece.title for pledge in one.pledges.all()),
        }
        for one in queries.with_grounds(place)
    ]
    content = write_csv(COLUMNS, [[row[column] for column in COLUMNS] for row in rows])
    return Exported(content, f"{place.slug}-commitments.csv", "text/csv", len(rows), _("all commitments"))


def register() -> None:
    """Offer the export."""
    exports.register(Exporter("commitments", _("Commitments (CSV)"), "action.see_action", write))
