"""Table cards and slips as PDF, through the house's own way to paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from placeweave.gatherings.models import Session
from placeweave.gatherings.queries.seating import Round, Slip
from placeweave.kit import pdf
from placeweave.kit.exports import Exported

PAPERS = Path(__file__).parent / "papers"


def cards(session: Session, laid: Sequence[Round]) -> Exported:
    """Write one card for each table of each round, to be folded and stood up."""
    told = [
        {
            "table": _("Table %(name)s") % {"name": one.table} if not one.table.name else one.table.name,
            "round": _("Round %(number)s") % {"number": each.number},
            "names": [placed.comer.name for placed in one.there],
        }
        for each in laid
        for one in each.tables
        if one.there
    ]
    content = pdf.write(PAPERS / "cards.typ", {**_frame(session), "cards": told})
    return _exported(session, content, "tables", rows=len(told), scope=_("table cards with names"))


def slips(session: Session, laid: Sequence[Round], ways: Sequence[Slip]) -> Exported:
    """Write a slip for each person with the way from table to table."""
    told = [
        {
            "name": one.comer.name,
            "organisation": one.comer.organisation,
            "rounds": [
                {"name": _("Round %(number)s") % {"number": each.number}, "table": table or "–"}
                for each, table in zip(laid, one.tables, strict=True)
            ],
        }
        for one in ways
    ]
    content = pdf.write(PAPERS / "slips.typ", {**_frame(session), "slips": told})
    return _exported(session, content, "slips", rows=len(told), scope=_("a slip for each person, with names"))


def _frame(session: Session) -> dict[str, str]:
    return {"title": session.title, "language": (get_language() or "en").partition("-")[0]}


def _exported(session: Session, content: bytes, kind: str, *, rows: int, scope: str) -> Exported:
    name = f"{slugify(session.title) or 'session'}-{kind}.pdf"
    return Exported(content, name, "application/pdf", rows, scope)
