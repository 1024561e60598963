"""The board of who holds which pieces, what could be pooled, and what ends when."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from placeweave.jigsaw import queries
from placeweave.jigsaw.models import Piece, PieceKind
from placeweave.jigsaw.queries.axes import HELD_KINDS, WAYS
from placeweave.kit.access import may
from placeweave.kit.asking import number_of
from placeweave.places.access import PlaceRequest, place_view
from placeweave.places.models import FrameworkNode


@place_view("jigsaw.see_board")
def board(request: PlaceRequest) -> HttpResponse:
    """Show partners against kinds, themes, issues or a framework, what is missing, and one kind closely."""
    place, filters = request.place, queries.Filters.read(request.GET)
    frameworks = queries.frameworks_for_pieces(place)
    axis = queries.axis(place, request.GET.get("by", ""), frameworks)
    kind = filters.kind if filters.kind in {one.value for one in HELD_KINDS} else PieceKind.VEHICLE.value
    found = queries.board(place, filters, axis, page=number_of(request.GET.get("page")) or 1)
    context = {
        "board": found,
        "by": axis.by,
        "ways": WAYS.items(),
        "frameworks": frameworks,
        "filters": filters,
        "kind": kind,
        "panel": queries.panel(place, kind, found, filters=filters) if axis.by == "kind" else None,
        "in_between": queries.in_between(place)[:24],
        "neighbourhoods": place.neighbourhoods.all(),
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


@place_view("jigsaw.see_board")
def pool(request: PlaceRequest) -> HttpResponse:
    """Show what partners could pool for one outcome: choose it, then see cash, hours, rooms and people."""
    frameworks = queries.frameworks_for_pieces(request.place)
    nodes = FrameworkNode.objects.filter(framework__in=frameworks, children=None)
    chosen = number_of(request.GET.get("outcome"))
    outcome = get_object_or_404(nodes.select_related("framework"), pk=chosen) if chosen else None
    context = {
        "outcomes": queries.outcomes(request.place, frameworks),
        "pool": queries.pooled(request.place, outcome) if outcome else None,
    }
    return render(request, "jigsaw/pool.html", context)


@place_view("jigsaw.see_board")
def horizon(request: PlaceRequest) -> HttpResponse:
    """Show what ends in the next 24 months, and what stops when it does."""
    return render(request, "jigsaw/horizon.html", {"horizon": queries.horizon(request.place)})
