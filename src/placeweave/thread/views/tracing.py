"""The thread walked both ways from any one thing."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from placeweave.places.access import PlaceRequest, place_view
from placeweave.themes.queries import heard, quotes_beneath
from placeweave.thread.queries import trace as traces
from placeweave.thread.queries.trace import Hop

QUOTES_SHOWN = 12


def _start(request: PlaceRequest, kind: str, pk: int) -> Hop:
    found = traces.KINDS.get(kind)
    record = found.model._base_manager.filter(place=request.place, pk=pk).first() if found else None
    if found is None or record is None:
        raise Http404
    return traces.hop(found, record, request.place)


@place_view("thread.trace")
def trace(request: PlaceRequest, kind: str, pk: int) -> HttpResponse:
    """Answer "why do we say this?" and "what came of this?"."""
    start = _start(request, kind, pk)
    below = traces.walk(request.place, start.key, down=True)
    above = traces.walk(request.place, start.key, down=False)
    keys = [one.pk for one in below if one.kind.name == "quote"]
    context = {
        "start": start,
        "below": [one for one in below if one.kind.name != "quote"],
        "above": above,
        "quotes": quotes_beneath(request.place, request.member, quotes=keys, most=QUOTES_SHOWN),
        "quote_count": len(keys),
        "beads": traces.beads(start, below, above),
    }
    return render(request, "thread/trace.html", context)


@place_view("thread.trace")
def quote(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show one quote, where it was said, and what came of it."""
    found = heard.quote_for(request.place, request.member, pk)
    if found is None:
        raise Http404
    start = _start(request, "quote", pk)
    above = traces.walk(request.place, start.key, down=False)
    context = {"start": start, "quote": found[1], "above": above, "beads": traces.beads(start, [], above)}
    return render(request, "thread/quote.html", context)
