"""Work under way, the log, and what leaves the place as files."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from placeweave.kit import access, exports
from placeweave.kit.asking import page_of
from placeweave.kit.models import Analysis, Export
from placeweave.places import queries
from placeweave.places.access import PlaceRequest, place_view


@require_safe
@place_view("places.see_work")
def work(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show how far a background analysis is; the answer itself stands on its own room's page (``back``)."""
    analysis = get_object_or_404(Analysis, place_id=request.place.pk, pk=pk)
    back = request.GET.get("back", "")
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = ""
    return render(request, "places/work.html", {"analysis": analysis, "back": back})


@require_safe
@place_view("places.see_log")
def log(request: PlaceRequest) -> HttpResponse:
    """Show what was done here, by whom, when."""
    who = request.GET.get("who", "")[:80].replace("\x00", "")
    found = page_of(request, queries.entries(request.place, who=who))
    return render(request, "places/log.html", {"page": found, "who": who})


@require_safe
@place_view("places.take_exports")
def taking(request: PlaceRequest) -> HttpResponse:
    """List the files that can be taken, and those that were."""
    taken = Export.objects.filter(place_id=request.place.pk)
    if not access.may(request.member, "places.see_log"):
        taken = taken.filter(by=request.member.account)
    context = {
        "available": exports.available(request.member),
        "page": page_of(request, taken),
        "manages": access.may(request.member, "places.manage_place"),
    }
    return render(request, "places/exports.html", context)


@require_POST
@place_view("places.take_exports")
def take(request: PlaceRequest, format: str) -> HttpResponse:  # noqa: A002 - the word people use
    """Hand a file over; who took it, when and in which scope is logged."""
    exported = exports.take(format=format, place_id=request.place.pk, by=request.member)
    return exports.as_download(exported)
