"""Pages of money."""

from __future__ import annotations

from datetime import MAXYEAR

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from placeweave.jigsaw import queries
from placeweave.jigsaw.models import FundingFlow
from placeweave.jigsaw.queries.flows import attributions
from placeweave.kit.access import may
from placeweave.kit.asking import number_of, page_of
from placeweave.places.access import PlaceRequest, place_view


@place_view("jigsaw.see_board")
def flows(request: PlaceRequest) -> HttpResponse:
    """List grants with sums by currency, by funder and by year."""
    funder, year = number_of(request.GET.get("funder")), number_of(request.GET.get("year"))
    year = year if year and year <= MAXYEAR else None
    words = request.GET.get("words", "").replace("\x00", "").strip()[:80]
    found = queries.flows(request.place, funder=funder, year=year, words=words)
    yearly = queries.yearly(request.place)
    context = {
        "page": page_of(request, found),
        "totals": queries.totals(found),
        "yearly": yearly,
        "funders": sorted({(row.funder, row.funder_id) for row in yearly}),
        "years": sorted({row.year for row in yearly}, reverse=True),
        "funder": funder,
        "year": year,
        "words": words,
        "attributions": attributions(request.place),
        "may_import": may(request.member, "jigsaw.import_files"),
    }
    return render(request, "jigsaw/flows.html", context)


@place_view("jigsaw.see_board")
def flow(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show one grant as the file says it."""
    found = FundingFlow.objects.select_related("funder", "recipient", "batch").filter(place=request.place)
    context = {"flow": get_object_or_404(found, pk=pk), "attributions": attributions(request.place)}
    return render(request, "jigsaw/flow.html", context)
