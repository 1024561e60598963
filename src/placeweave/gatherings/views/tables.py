"""The page of tables: every round as cards or as a table, planned, moved by hand, repaired and undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from placeweave.gatherings.forms.tables import TablesForm
from placeweave.gatherings.models import Arrangement, Session
from placeweave.gatherings.queries import people as people_queries
from placeweave.gatherings.queries import seating as queries
from placeweave.gatherings.queries.hand_over import is_run_by
from placeweave.gatherings.services import moving, seat_words, seating
from placeweave.gatherings.views.finding import session_of
from placeweave.kit.asking import carried_out, number_of, status_of
from placeweave.kit.errors import NotReady, Unsound
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


def laid(session: Session) -> dict[str, Any]:
    """Give everything that a page of tables shows, if there is an arrangement."""
    people, newest, tables = people_queries.comers(session), queries.newest(session), list(session.tables.all())
    rounds = queries.rounds(newest[0], people, tables) if newest else []
    return {
        "session": session,
        "people": people,
        "arrangement": newest[0] if newest else None,
        "can_undo": len(newest) > 1,
        "tables": tables,
        "rounds": rounds,
    }


def round_asked(request: PlaceRequest, rounds: list[queries.Round]) -> queries.Round | None:
    """Give the round that the address asks for, or the nearest there is."""
    asked = number_of(request.GET.get("round")) or 1
    return rounds[min(max(asked, 1), len(rounds)) - 1] if rounds else None


def _page(request: PlaceRequest, pk: int, number: int | None = None) -> HttpResponse:
    query = f"?round={number}" if number and number > 1 else ""
    return redirect(reverse("gatherings:tables", args=[request.place.slug, pk]) + query)


@place_view("gatherings.run_sessions")
def tables(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show the tables of one round; what somebody needs is shown to whoever runs the session alone."""
    session = session_of(request, pk)
    context = laid(session)
    held, rounds = context["arrangement"], context["rounds"]
    context |= {
        "round": round_asked(request, rounds),
        "as_table": request.GET.get("as") == "table",
        "hosts": is_run_by(session, request.member),
        "told": seat_words.told(held, context["people"], context["tables"]) if held else None,
        "no_shows": rounds[-1].no_shows if rounds else 0,
        "unseated": rounds[-1].unseated if rounds else [],
        "slips": queries.slips(rounds),
    }
    return render(request, "gatherings/tables.html", context)


@place_view("gatherings.run_sessions")
@acts_once
def arrange(request: PlaceRequest, pk: int) -> HttpResponse:
    """Ask what tables are wanted, and plan them."""
    session = session_of(request, pk)
    held = queries.current(session)
    form = TablesForm(request.POST or None, initial=_as_asked(session, held))

    def plan() -> Arrangement:
        return seating.arrange(session=session, wish=form.wish(), seen=form.seen, by=request.member)

    if carried_out(form, plan):
        return _page(request, pk)
    context = {"session": session, "form": form, "arrangement": held}
    return render(request, "gatherings/arrange.html", context, status=status_of(form))


def _as_asked(session: Session, held: Arrangement | None) -> dict[str, Any]:
    """Begin with what was asked for the last time."""
    if held is None:
        return {"past": Arrangement.Past.COHORT if session.cohort_id else Arrangement.Past.PLACE}
    told = {name: getattr(held, name) for name in ("size", "tables", "rounds", "most_of_one", "past", "seed")}
    return told | {"version": held.mark}


def _told(request: PlaceRequest, deed: Callable[[], str]) -> None:
    """Do something, and say how it went on the page of tables, where both people see what holds now."""
    try:
        messages.success(request, deed())
    except (NotReady, Unsound) as refusal:
        messages.error(request, refusal.sentence)


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def mend(request: PlaceRequest, pk: int) -> HttpResponse:
    """Repair the arrangement for who is there."""
    session, over = session_of(request, pk), number_of(request.POST.get("rounds_over")) or 0

    def do() -> str:
        made = seating.mend(session=session, rounds_over=over, by=request.member)
        moves = sum(one["code"] == "moved" for one in made.facts)
        if not moves:
            return _("Repaired. Nobody who sat has to move.")
        told = ngettext("Repaired with %(n)s move.", "Repaired with %(n)s moves.", moves) % {"n": moves}
        return _("%(told)s Who moves, and why, stands below.") % {"told": told}

    _told(request, do)
    return _page(request, pk, over + 1)


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def undo(request: PlaceRequest, pk: int) -> HttpResponse:
    """Go back to the arrangement before."""
    session, seen = session_of(request, pk), request.POST.get("seen", "")

    def do() -> str:
        seating.undo(session=session, seen=seen, by=request.member)
        return _("The tables are as they were before.")

    _told(request, do)
    return _page(request, pk)


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def move(request: PlaceRequest, pk: int) -> HttpResponse:
    """Seat somebody at another table; if somebody else was quicker, that is told."""
    session, sent = session_of(request, pk), request.POST
    number, table, seen = (number_of(sent.get(name)) for name in ("round", "table", "from"))

    def do() -> str:
        person = sent.get("person", "")
        moved = moving.move(
            session=session, person=person, number=number or 0, table=table, seen=seen, by=request.member
        )
        return _("%(name)s has moved, and the seat is locked.") % {"name": moved.name}

    _told(request, do)
    return _page(request, pk, number)


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def lock(request: PlaceRequest, pk: int) -> HttpResponse:
    """Lock somebody's seat in one round, or let it go."""
    session, sent = session_of(request, pk), request.POST
    number, is_locked = number_of(sent.get("round")), sent.get("lock") == "yes"

    def do() -> str:
        person = sent.get("person", "")
        found = moving.lock(session=session, person=person, number=number or 0, is_locked=is_locked, by=request.member)
        words = _("The seat of %(name)s is locked.") if is_locked else _("The seat of %(name)s is free to change.")
        return words % {"name": found.name}

    _told(request, do)
    return _page(request, pk, number)
