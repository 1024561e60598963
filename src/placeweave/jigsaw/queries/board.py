"""The board: who holds which pieces, with what nobody wrote down visible as a gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Subquery, When, Window
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placeweave.jigsaw.models import Need, Piece, PieceKind, Synergy
from placeweave.jigsaw.queries.axes import Axis, ColumnHead
from placeweave.jigsaw.queries.lists import STALE_AFTER, Filters, is_stale, open_needs, pieces
from placeweave.places.models import Organisation, Place

A_BOARD = 40
"""Partners on one page of the board."""
MOST_PAGES = 1_000_000
"""More than any place has, and so few that a database can still count the rows before them."""


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

    @property
    def gaps(self) -> list[str]:
        """The columns of which nothing is written down, for a page too narrow for a table."""
        return [cell.column.label for cell in self.cells if not cell.count]


@dataclass(frozen=True)
class Filled:
    """What all partners together hold of one column."""

    count: int
    holders: int
    freely: int
    stale: int


@dataclass(frozen=True)
class Board:
    """One page of the board, with the counts its lead sentence tells of the whole."""

    axis: Axis
    rows: Sequence[Row]
    total: int
    stale: int
    partners: int
    filled: Mapping[str, Filled]
    number: int = 1

    @property
    def empty(self) -> Sequence[ColumnHead]:
        """The columns of which nobody holds anything, on this page or another."""
        return [head for head in self.columns if head.value not in self.filled]

    @property
    def columns(self) -> Sequence[ColumnHead]:
        """The heads of the columns."""
        return self.axis.columns

    @property
    def pages(self) -> int:
        """How many pages the board has."""
        return max(-(-self.partners // A_BOARD), 1)

    @property
    def next(self) -> int | None:
        """The number of the page after this one, if there is one."""
        return self.number + 1 if self.number < self.pages else None

    @property
    def before(self) -> int | None:
        """The number of the page before this one, if there is one."""
        return self.number - 1 if self.number > 1 else None


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


def board(place: Place, filters: Filters, axis: Axis, *, page: int = 1, today: date | None = None) -> Board:
    """Lay partners against columns, a page of partners at a time: at most four queries, whatever the size."""
    day = today or timezone.localdate()
    wanted = replace(filters.without(axis.name), holder=None)
    held = Piece.objects.filter(wanted.as_q(), place=place, is_gone=False, organisation__isnull=False).order_by()
    number, holders = _page(_listed(place, held), page)
    cells = _cells(held.filter(organisation__in=[one.pk for one in holders]), axis)
    rows = [Row(one, [_cell(head, cells.get((one.pk, head.value)), day) for head in axis.columns]) for one in holders]
    filled = _filled(held, axis, day)
    total, stale = _sums(held, filled, axis, day)
    return Board(axis, rows, total, stale, holders[0].whole if holders else 0, filled, number)


def _filled(held: QuerySet[Piece], axis: Axis, day: date) -> dict[str, Filled]:
    rows = (
        held.annotate(column=_column(axis))
        .values("column")
        .annotate(
            count=Count("pk"),
            holders=Count("organisation", distinct=True),
            freely=Count("pk", filter=Q(sharability=Piece.Sharability.OPEN)),
            old=Count("pk", filter=is_stale(day)),
        )
    )
    return {
        str(row["column"] or "none"): Filled(row["count"], row["holders"], row["freely"], row["old"]) for row in rows
    }


def _sums(held: QuerySet[Piece], filled: Mapping[str, Filled], axis: Axis, day: date) -> tuple[int, int]:
    """Count pieces and old pieces: off the columns, unless a piece may stand in several of them."""
    if axis.name in {"kind", "neighbourhood"}:
        return sum(one.count for one in filled.values()), sum(one.stale for one in filled.values())
    counts = held.aggregate(total=Count("pk"), stale=Count("pk", filter=is_stale(day)))
    return counts["total"], counts["stale"]


def _listed(place: Place, held: QuerySet[Piece]) -> QuerySet[Organisation]:
    """Give the partners, and whoever else holds a piece that is on this board."""
    holding = Q(pk__in=held.values("organisation"))
    return Organisation.objects.filter(Q(is_partner=True) | holding, place=place).order_by("name", "pk")


def _page(listed: QuerySet[Organisation], page: int) -> tuple[int, list[Any]]:
    """Give one page of partners, each with the number of all; past the end there is the first page."""
    counted = listed.annotate(whole=Window(Count("pk")))
    number = page if 1 <= page <= MOST_PAGES else 1
    found = list(counted[(number - 1) * A_BOARD : number * A_BOARD])
    return (number, found) if found or number == 1 else (1, list(counted[:A_BOARD]))


def _column(axis: Axis) -> Any:
    return Coalesce("themes__merged_into", "themes") if axis.name == "theme" else F(axis.field)


def _cells(held: QuerySet[Piece], axis: Axis) -> dict[tuple[int, str], Mapping[str, Any]]:
    rows = (
        held.annotate(column=_column(axis))
        .values("organisation", "column")
        .annotate(
            count=Count("pk"),
            newest=Max("last_checked_on"),
            freely=Count("pk", filter=Q(sharability=Piece.Sharability.OPEN)),
            asked=Count("pk", filter=Q(sharability=Piece.Sharability.ASK)),
        )
    )
    return {(row["organisation"], str(row["column"] or "none")): row for row in rows}


def _cell(head: ColumnHead, row: Mapping[str, Any] | None, day: date) -> Cell:
    if row is None:
        return Cell(head)
    mark = "" if row["freely"] else "ask" if row["asked"] else "no"
    return Cell(head, row["count"], mark, row["newest"] is None or row["newest"] < day - STALE_AFTER)


def panel(place: Place, kind: str, found: Board, *, filters: Filters, most: int = 7) -> Panel:
    """Look at one kind of a board closely: the pieces, who needs one, and who has none where all are on one page."""
    told = found.filled.get(kind, Filled(0, 0, 0, 0))
    turns = [When(sharability=value, then=turn) for turn, value in enumerate(Piece.Sharability.values)]
    rows = pieces(place, replace(filters, kind=kind, holder=None)).annotate(
        turn=Case(*turns, output_field=IntegerField())
    )
    held = {row.holder for row in found.rows for cell in row.cells if cell.column.value == kind and cell.count}
    without = [row.holder for row in found.rows if row.holder.is_partner and row.holder not in held]
    matches = Synergy.objects.filter(
        place=place, kind=Synergy.Kind.MATCH, state=Synergy.State.OPEN, need__kind=kind
    ).order_by()
    counted = Subquery(matches.values("place").annotate(found=Count("pk")).values("found"))
    needs: list[Any] = list(open_needs(place).filter(kind=kind).annotate(matches=Coalesce(counted, 0))[:6])
    return Panel(
        PieceKind(kind),
        str(PieceKind(kind).label),
        _told(told),
        list(rows.order_by("turn", "title", "pk")[:most]),
        max(told.count - most, 0),
        without if found.pages == 1 else [],
        needs,
        needs[0].matches if needs else 0,
    )


def _told(told: Filled) -> str:
    if not told.count:
        return _("Nobody has written one down yet. Ask before you assume there is none.")
    held = ngettext("%(count)s piece", "%(count)s pieces", told.count) % {"count": told.count}
    by = ngettext("%(count)s partner", "%(count)s partners", told.holders) % {"count": told.holders}
    return _("%(pieces)s, held by %(partners)s; %(free)s open to others without asking.") % {
        "pieces": held,
        "partners": by,
        "free": told.freely,
    }
