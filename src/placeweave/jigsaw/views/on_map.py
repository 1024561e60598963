"""The jigsaw on the map of its place."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from placeweave.jigsaw import queries
from placeweave.jigsaw.models import PieceKind
from placeweave.jigsaw.queries import Filters, OnMap
from placeweave.kit.access import may
from placeweave.kit.tiles import let_in, tiles
from placeweave.places.access import PlaceRequest, place_view


def _asked_for(request: PlaceRequest) -> OnMap:
    kind = Filters.read(request.GET).kind
    return queries.on_map(request.place, kind=kind, shading=request.GET.get("shade", ""))


@require_safe
@place_view("jigsaw.see_board")
def on_map(request: PlaceRequest) -> HttpResponse:
    """Show where pieces are: a picture drawn here, the same as tables, and a map to move about in where scripts run."""
    ground = tiles()
    context = {
        "map": _asked_for(request),
        "kind": Filters.read(request.GET).kind,
        "kinds": PieceKind.choices,
        "tiles": ground,
        "may_share": may(request.member, "jigsaw.share_live"),
        "query": request.GET.urlencode(),
    }
    return let_in(render(request, "jigsaw/on_map.html", context), ground)


@require_safe
@place_view("jigsaw.see_board")
def on_map_shapes(request: PlaceRequest) -> HttpResponse:
    """Give what the map draws as GeoJSON."""
    features = queries.as_features(request.place, _asked_for(request))
    return JsonResponse(
        {"type": "FeatureCollection", "features": features}, content_type="application/geo+json; charset=utf-8"
    )
