"""The console of a live room: what stands on the wall, what comes next, who is here, and the steps to take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from placeweave.kit.asking import carried_out, number_of, status_of
from placeweave.kit.errors import Unsound
from placeweave.kit.once import acts_once
from placeweave.listening import queries, services
from placeweave.listening.codes import doorway
from placeweave.listening.forms.voting import RoomForm
from placeweave.listening.models import Room, Statement, Voting
from placeweave.listening.views.held import room_of, told_kindly, voting_of, with_tabs
from placeweave.places.access import PlaceRequest, place_view

Showing = Room.Showing
MOST_WAITING = 30
"""Statements to read that a console speaks of; who waits beyond that is met on the page for reading them."""


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("listening.hold_voting")
@acts_once
def room(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show the console of the open room, or open one."""
    voting = voting_of(request, pk)
    found = queries.open_room_of(voting)
    form = RoomForm(request.POST or None)
    opened = None if found else carried_out(form, lambda: _open(request, form, voting))
    if opened:
        return redirect("listening:room", request.place.slug, pk)
    if found is None:
        earlier = voting.rooms.exclude(closed_at=None)[:10]
        context = with_tabs(voting, "room", form=form, earlier=earlier)
        return render(request, "listening/held/open_room.html", context, status=status_of(form))
    return render(request, "listening/held/console.html", _console(voting, found))


def _open(request: PlaceRequest, form: RoomForm, voting: Voting) -> Room:
    return services.open_room(voting=voting, title=form.cleaned_data["title"], by=request.member)


def _console(voting: Voting, found: Room) -> dict[str, Any]:
    stops = queries.run_of(found)
    here = next((number for number, stop in enumerate(stops) if stop.is_here), None)
    return with_tabs(
        voting,
        "room",
        room=found,
        stops=stops,
        current=stops[here] if here is not None else None,
        following=stops[here + 1] if here is not None and here + 1 < len(stops) else None,
        here=queries.here(found),
        tally=queries.answers_to(found.statement, threshold=None) if found.statement else None,
        in_room=queries.answered_in_room(found),
        waiting=list(queries.statements_in(voting.conversation, "undecided").prefetch_related(None)[:MOST_WAITING]),
        doorway=doorway(voting),
        threshold=voting.conversation.place.threshold,
    )


@require_POST
@place_view("listening.hold_voting")
@acts_once
def act(request: PlaceRequest, pk: int) -> HttpResponse:
    """Take one step in the room: on, back, show, reveal, pause, undo, end."""
    voting = voting_of(request, pk)
    found = room_of(request, voting)
    wanted = request.POST.get("do", "")
    if wanted not in _STEPS:
        raise Unsound(_("That cannot be done in a room."))
    told_kindly(request, lambda: _STEPS[wanted](request, found))
    return redirect(_back_to(request, pk))


def _seen(request: PlaceRequest) -> int | None:
    return number_of(request.POST.get("seen"))


def _show(request: PlaceRequest, found: Room) -> object:
    showing, key = request.POST.get("showing", ""), number_of(request.POST.get("statement"))
    statement = get_object_or_404(Statement, pk=key, conversation=found.voting.conversation) if key else None
    return services.show(room=found, showing=showing, statement=statement, seen=_seen(request), by=request.member)


def _step(by_stops: int) -> Callable[[PlaceRequest, Room], object]:
    return lambda request, found: services.step(room=found, by_stops=by_stops, seen=_seen(request), by=request.member)


def _reveal(request: PlaceRequest, found: Room) -> object:
    return services.reveal(room=found, revealed=not found.is_revealed, seen=_seen(request), by=request.member)


def _pause(request: PlaceRequest, found: Room) -> object:
    return services.pause_room(room=found, paused=not found.is_paused, seen=_seen(request), by=request.member)


def _undo(request: PlaceRequest, found: Room) -> object:
    return services.step_back(room=found, seen=_seen(request), by=request.member)


def _end(request: PlaceRequest, found: Room) -> object:
    return services.close_room(room=found, by=request.member)


_STEPS: Mapping[str, Callable[[PlaceRequest, Room], object]] = {
    "next": _step(1),
    "previous": _step(-1),
    "show": _show,
    "reveal": _reveal,
    "pause": _pause,
    "undo": _undo,
    "end": _end,
}


def _back_to(request: PlaceRequest, pk: int) -> str:
    """Lead back to the console, or to the wall where the step was taken from there."""
    name = "wall" if request.POST.get("from") == "wall" else "room"
    return reverse(f"listening:{name}", args=[request.place.slug, pk])


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("listening.hold_voting")
@acts_once
def order(request: PlaceRequest, pk: int) -> HttpResponse:
    """Choose the statements of the run sheet and their order."""
    voting = voting_of(request, pk)
    found = room_of(request, voting)
    if request.method == "POST":
        keys, seen = _in_order(request), _seen(request)
        if told_kindly(request, lambda: services.order(room=found, statements=keys, seen=seen, by=request.member)):
            messages.success(request, _("The run sheet is kept."))
        return redirect("listening:room", request.place.slug, pk)
    places = {key: place for place, key in enumerate(found.run_sheet, start=1)}
    rows = [(number, one, places.get(one.pk, "")) for number, one in queries.numbered(voting.conversation_id)]
    return render(request, "listening/held/order.html", with_tabs(voting, "room", room=found, rows=rows))


def _in_order(request: PlaceRequest) -> list[int]:
    """Read the places that were given to statements; those left empty are left out."""
    given = [
        (place, key)
        for name in request.POST
        if (key := number_of(name.removeprefix("place-"))) is not None
        and (place := number_of(request.POST.get(name))) is not None
    ]
    return [key for _place, key in sorted(given)]


@require_safe
@place_view("listening.hold_voting")
def cards(request: PlaceRequest, pk: int) -> HttpResponse:
    """Print cards for the tables, each with the way in."""
    voting = voting_of(request, pk)
    context = with_tabs(voting, "paper", doorway=doorway(voting), copies=range(4))
    return render(request, "listening/held/cards.html", context)
