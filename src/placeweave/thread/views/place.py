"""The pages that see a whole place: home, Monday, broken threads, search."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from placeweave.kit.access import may
from placeweave.places.access import PlaceRequest, place_view
from placeweave.thread.forms import SearchForm
from placeweave.thread.queries import broken as broken_threads
from placeweave.thread.queries import home as homes
from placeweave.thread.queries import monday as mondays
from placeweave.thread.queries import search as searches


@place_view("thread.see_home")
def home(request: PlaceRequest) -> HttpResponse:
    """Show the strand, the question, and the freshest of each step."""
    context = {
        "home": homes.home(request.place, request.member),
        "is_inside": may(request.member, "thread.trace"),
        "may_capture": may(request.member, "listening.capture"),
        "may_begin": may(request.member, "places.edit_organisations"),
    }
    return render(request, "thread/home.html", context)


@place_view("thread.see_monday")
def monday(request: PlaceRequest) -> HttpResponse:
    """Show the week."""
    return render(request, "thread/monday.html", {"monday": mondays.monday(request.place, request.member)})


@place_view("thread.see_broken")
def broken(request: PlaceRequest) -> HttpResponse:
    """Show where the thread is broken."""
    return render(request, "thread/broken.html", {"broken": broken_threads.broken(request.place, request.member)})


@place_view("thread.search")
def search(request: PlaceRequest) -> HttpResponse:
    """Look through everything this reader may read."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    found = None
    if form.is_bound and form.is_valid():
        found = searches.search(request.place, request.member, form.cleaned_data["q"])
    return render(request, "thread/search.html", {"form": form, "found": found}, status=422 if form.errors else 200)
