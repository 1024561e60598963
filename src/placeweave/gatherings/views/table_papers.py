"""Tables on paper and on the wall: cards to stand up, slips to cut out, and a page for the projector."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from placeweave.gatherings import table_papers
from placeweave.gatherings.queries import seating as queries
from placeweave.gatherings.views.finding import session_of
from placeweave.gatherings.views.tables import laid, round_asked
from placeweave.kit import exports
from placeweave.kit.errors import NotReady
from placeweave.places.access import PlaceRequest, place_view


def _held(request: PlaceRequest, pk: int) -> dict[str, Any]:
    found = laid(session_of(request, pk))
    if found["arrangement"] is None:
        raise NotReady(_("There are no tables yet. Plan them first."))
    return found


@require_safe
@place_view("gatherings.run_sessions")
def cards(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show the cards of all rounds as they are printed, and below them a slip for each person."""
    context = _held(request, pk)
    return render(request, "gatherings/cards.html", {**context, "slips": queries.slips(context["rounds"])})


@require_safe
@place_view("gatherings.run_sessions")
def cards_pdf(request: PlaceRequest, pk: int) -> HttpResponse:
    """Give the cards as a file."""
    found = _held(request, pk)
    made = table_papers.cards(found["session"], found["rounds"])
    exports.log(made, format="table cards", place_id=request.place.pk, by=request.member)
    return exports.as_download(made)


@require_safe
@place_view("gatherings.run_sessions")
def slips_pdf(request: PlaceRequest, pk: int) -> HttpResponse:
    """Give the slips as a file."""
    found = _held(request, pk)
    made = table_papers.slips(found["session"], found["rounds"], queries.slips(found["rounds"]))
    exports.log(made, format="table slips", place_id=request.place.pk, by=request.member)
    return exports.as_download(made)


@require_safe
@place_view("gatherings.run_sessions")
def wall(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show one round full screen, read from the back of a hall."""
    context = _held(request, pk)
    found = round_asked(request, context["rounds"])
    return render(request, "gatherings/table_wall.html", {**context, "round": found})
