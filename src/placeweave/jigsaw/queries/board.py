"""The board: who holds which pieces, with what nobody wrote down visible as a gap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from placeweave.jigsaw.models import Need, Piece, PieceKind, Synergy
from placeweave.jigsaw.queries.lists import STALE_AFTER, Filters, open_needs, pieces
from placeweave.places.models import Organisation, Place

HELD_KINDS = [kind for kind in PieceKind if kind != PieceKind.IN_BETWEEN]
SHORT = {
    PieceKind.MONEY: _("Money"),
    PieceKind.PEOPLE: _("People, skills"),
    PieceKind.BUILDING: _("Buildings"),
    PieceKind.VEHICLE: _("Vehicles, kit"),
    PieceKind.SERVICE: _("Services"),
    PieceKind.INFORMATION: _("Data"),
    PieceKind.KNOWLEDGE: _("Know-how"),
    PieceKind.RELATIONSHIP: _("Trust"),
    PieceKind.MANDATE: _("Say-so"),
    PieceKind.CONVENING: _("Convening"),
}


@dataclass(frozen=True)
class ColumnHead:
    """One column: the value its cells are filtered by, and its name, short and whole."""

    value: str
    label: str
    title: str


@dataclass(frozen=True)
class Cell:
    """What one partner holds of one sort. ``mark`` is "ask" or "no" where nothing in it is simply open to others."""

    column: ColumnHead
    count: int = 0
    mark: str = ""
    is_fading: bool = False

    @property
    def shade(self) -> int:
        """How dark the cell is, 1 to 4."""
        return min(self.count, 4)


@dataclass(frozen=True)
class Row:
    """One partner and its cells."""

    holder: Organisation
    cells: Sequence[Cell]
    total: int

    @property
    def gaps(self) -> list[str]:
        """The columns of which nothing is written down, for a page too narrow for a table."""
        return [cell.column.label for cell in self.cells if not cell.count]


@dataclass(frozen=True)
class Board:
    """The whole board, with the counts its lead sentence tells."""

    columns: Sequence[ColumnHead]
    rows: Sequence[Row]
    total: int
    stale: int


@dataclass(frozen=True)
class Panel:
    """One kind looked at closely: who holds it, who does not, and who needs it."""

    kind: PieceKind
    label: str
    sentence: str
    pieces: Sequence[Piece]
    further: int
    without: Sequence[Organisation]
    needs: Sequence[Need]
    matches: int


Held = tuple[int, str, str, date | None]


def board(
    place: Place, filters: Filters, *, by: str, neighbourhoods: Sequence[Place], today: date | None = None
) -> Board:
    """Lay partners against kinds of piece, or against neighbourhoods: two queries, whatever the size."""
    line = (today or timezone.localdate()) - STALE_AFTER
    column = "neighbourhood" if by == "neighbourhood" else "kind"
    wanted = replace(filters, kind=filters.kind if by == "neighbourhood" else "", holder=None)
    held = Piece.objects.filter(wanted.as_q(), place=place, is_gone=False, organisation__isnull=False).order_by()
    cells: dict[tuple[int, str], list[Held]] = defaultdict(list)
    for holder, value, sharability, checked in held.values_list(
        "organisation", column, "sharability", "last_checked_on"
    ):
        cells[holder, str(value or "none")].append((holder, str(value), sharability, checked))
    columns = _columns(by, neighbourhoods)
    holders = {key[0] for key in cells}
    partners = [one for one in Organisation.objects.filter(place=place) if one.is_partner or one.pk in holders]
    rows = [_row(one, [_cell(head, cells.get((one.pk, head.value), ()), line) for head in columns]) for one in partners]
    every = [row for some in cells.values() for row in some]
    return Board(columns, rows, len(every), sum(_is_old(row, line) for row in every))


def _columns(by: str, neighbourhoods: Sequence[Place]) -> list[ColumnHead]:
    if by == "neighbourhood":
        named = [ColumnHead(str(one.pk), one.name, one.name) for one in neighbourhoods]
        return [*named, ColumnHead("none", str(_("The whole place")), str(_("No neighbourhood in particular")))]
    return [ColumnHead(kind.value, str(SHORT[kind]), str(kind.label)) for kind in HELD_KINDS]


def _row(holder: Organisation, cells: Sequence[Cell]) -> Row:
    return Row(holder, cells, sum(cell.count for cell in cells))


def _cell(head: ColumnHead, held: Sequence[Held], line: date) -> Cell:
    shares = {sharability for _holder, _value, sharability, _checked in held}
    mark = "" if not shares or Piece.Sharability.OPEN in shares else "ask" if Piece.Sharability.ASK in shares else "no"
    return Cell(head, len(held), mark, bool(held) and all(_is_old(row, line) for row in held))


def _is_old(row: Held, line: date) -> bool:
    return row[3] is None or row[3] < line


def panel(place: Place, kind: str, *, partners: Sequence[Organisation], filters: Filters, most: int = 7) -> Panel:
    """Look at one kind closely: the pieces, the partners of whom nothing of the kind is written down, and the needs."""
    found = PieceKind(kind)
    order = list(Piece.Sharability.values)
    found_rows = pieces(place, replace(filters, kind=kind, holder=None))
    rows = sorted(found_rows, key=lambda one: (order.index(one.sharability), one.title))
    holders = {one.organisation_id for one in rows}
    wanted = list(open_needs(place).filter(kind=kind)[:6])
    matches = Synergy.objects.filter(
        place=place, kind=Synergy.Kind.MATCH, state=Synergy.State.OPEN, need__kind=kind
    ).count()
    without = [one for one in partners if one.is_partner and one.pk not in holders]
    return Panel(
        found,
        str(found.label),
        _told(rows, len(holders)),
        rows[:most],
        max(len(rows) - most, 0),
        without,
        wanted,
        matches,
    )


def _told(rows: Sequence[Piece], holders: int) -> str:
    if not rows:
        return str(_("Nobody has written one down yet. Ask before you assume there is none."))
    free = sum(one.sharability == Piece.Sharability.OPEN for one in rows)
    held = ngettext("%(count)s piece", "%(count)s pieces", len(rows)) % {"count": len(rows)}
    by = ngettext("%(count)s partner", "%(count)s partners", holders) % {"count": holders}
    return _("%(pieces)s, held by %(partners)s; %(free)s open to others without asking.") % {
        "pieces": held,
        "partners": by,
        "free": free,
    }
