"""The thread walked both ways from any one thing."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from placeweave.places.access import PlaceRequest, place_view
from placeweave.themes.queries import quotes_beneath
from placeweave.thread.queries import trace as traces
from placeweave.thread.queries.trace import Thread

QUOTES_SHOWN = 12
LOOKED_THROUGH = 500
"""Of a very long thread, only the nearest quotes are looked through for some this reader may read."""


def _thread(request: PlaceRequest, kind: str, pk: int) -> Thread:
    found = traces.thread(request.place, kind, pk)
    if found is None:
        raise Http404
    return found


@place_view("thread.trace")
def trace(request: PlaceRequest, kind: str, pk: int) -> HttpResponse:
    """Answer "why do we say this?" and "what came of this?"."""
    found = _thread(request, kind, pk)
    keys = [one.pk for one in found.below if one.kind.name == "quote"]
    context = {
        "thread": found,
        "below": [one for one in found.below if one.kind.name != "quote"],
        "quotes": quotes_beneath(request.place, request.member, quotes=keys[:LOOKED_THROUGH], most=QUOTES_SHOWN),
        "quote_count": len(keys),
        "beads": traces.beads(found),
    }
    return render(request, "thread/trace.html", context)


@place_view("thread.trace")
def quote(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show one quote, where it was said, and what came of it."""
    found = _thread(request, "quote", pk)
    words = quotes_beneath(request.place, request.member, quotes=[pk], most=1)
    context = {"thread": found, "quote": words[0] if words else None, "beads": traces.beads(found)}
    return render(request, "thread/quote.html", context)
