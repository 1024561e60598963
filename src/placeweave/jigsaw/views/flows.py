"""Pages of money and of ties."""

from __future__ import annotations

from datetime import MAXYEAR

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from placeweave.jigsaw import queries, services
from placeweave.jigsaw.forms import TieForm
from placeweave.jigsaw.models import FundingFlow
from placeweave.jigsaw.queries.flows import attributions
from placeweave.jigsaw.queries.ties import LEVELS, NAMES
from placeweave.kit.access import may
from placeweave.kit.asking import number_of, page_of, status_of
from placeweave.kit.errors import DomainError
from placeweave.kit.once import acts_once
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


@place_view("jigsaw.see_board")
def ties(request: PlaceRequest) -> HttpResponse:
    """Show both sides of every tie as they were reported, those that differ first."""
    context = {
        "pairs": queries.tie_pairs(request.place),
        "levels": LEVELS,
        "may_report": may(request.member, "jigsaw.report_tie"),
    }
    return render(request, "jigsaw/ties.html", context)


@place_view("jigsaw.report_tie")
@acts_once
def tie_new(request: PlaceRequest) -> HttpResponse:
    """Say how one's organisation works with another."""
    form = TieForm(request.POST or None, place=request.place, member=request.member)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.report_tie(by=request.member, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Kept: %(level)s.") % {"level": NAMES[made.level]})
            return redirect("jigsaw:ties", request.place.slug)
    return render(request, "jigsaw/tie_form.html", {"form": form}, status=status_of(form))
