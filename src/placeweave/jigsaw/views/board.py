"""The board of who holds which pieces."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from placeweave.jigsaw import queries
from placeweave.jigsaw.models import Piece, PieceKind
from placeweave.jigsaw.queries.board import HELD_KINDS
from placeweave.kit.access import may
from placeweave.places.access import PlaceRequest, place_view


@place_view("jigsaw.see_board")
def board(request: PlaceRequest) -> HttpResponse:
    """Show partners against kinds of piece, what is missing, and one kind closely."""
    filters = queries.Filters.read(request.GET)
    by = "neighbourhood" if request.GET.get("by") == "neighbourhood" else "kind"
    neighbourhoods = list(request.place.neighbourhoods.all())
    found = queries.board(request.place, filters, by=by, neighbourhoods=neighbourhoods)
    kind = filters.kind if filters.kind in {one.value for one in HELD_KINDS} else PieceKind.VEHICLE.value
    partners = [row.holder for row in found.rows]
    context = {
        "board": found,
        "by": by,
        "filters": filters,
        "kind": kind,
        "panel": queries.panel(request.place, kind, partners=partners, filters=filters),
        "in_between": queries.in_between(request.place),
        "neighbourhoods": neighbourhoods,
        "sharabilities": Piece.Sharability.choices,
        "kinds": [(one.value, one.label) for one in HELD_KINDS],
        "carried": _carried(request),
        "may_add": may(request.member, "jigsaw.add_piece"),
        "may_import": may(request.member, "jigsaw.import_files"),
    }
    return render(request, "jigsaw/board.html", context)


def _carried(request: PlaceRequest) -> str:
    """Give the filters that the links of the cells carry on to the list."""
    return urlencode({name: request.GET[name] for name in ("sharability", "neighbourhood") if request.GET.get(name)})
