"""The page on which a team decides who sits apart or together, who stays, and what each table offers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from placeweave.gatherings.forms.tables import BondForm, FurnishForm, NeedForm, StayForm
from placeweave.gatherings.models import Session, SessionTable
from placeweave.gatherings.queries import people as people_queries
from placeweave.gatherings.queries import seating as queries
from placeweave.gatherings.queries.hand_over import is_run_by
from placeweave.gatherings.queries.people import Comer
from placeweave.gatherings.services import seat_rules
from placeweave.gatherings.views.finding import session_of
from placeweave.kit.asking import carried_out, number_of, status_of
from placeweave.kit.forms import HouseForm
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view
from placeweave.places.models import Member

SHOWN = 6
"""Tables that can be named before any are planned."""


def _tables(session: Session) -> list[SessionTable]:
    """Give the tables there are, and those there will be."""
    held, there = queries.current(session), {one.number: one for one in session.tables.all()}
    count = max(held.tables if held else SHOWN, 1)
    return [there.get(number) or SessionTable(session=session, number=number) for number in range(count)]


@place_view("gatherings.run_sessions")
@acts_once
def rules(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show what was decided, and take one decision more."""
    session = session_of(request, pk)
    people, tables = people_queries.comers(session), _tables(session)
    hosts = is_run_by(session, request.member)
    asked = request.POST.get("which", "")
    forms = _forms(request, asked, people, tables)
    if asked in forms and carried_out(forms[asked], _deed(asked, forms[asked], session, request.member)):
        return redirect("gatherings:table_rules", request.place.slug, pk)
    context = {
        "session": session,
        "people": people,
        "tables": [(one, [queries.spoken(offer) for offer in one.offers]) for one in tables],
        "hosts": hosts,
        "form": forms.get(asked),
        "bonds": _bonds(session, people),
        "stays": [one for one in people if one.attendee and one.attendee.stays_at_id],
        "needing": [_needs(one) for one in people if hosts and _needs(one)[1:] != ("", "")],
        **{f"{name}_form": form for name, form in forms.items()},
    }
    status = status_of(forms[asked]) if asked in forms else 200
    return render(request, "gatherings/table_rules.html", context, status=status)


def _forms(request: PlaceRequest, asked: str, people: list[Comer], tables: list[SessionTable]) -> dict[str, HouseForm]:
    def sent(name: str) -> Any:
        return request.POST if asked == name else None

    return {
        "bond": BondForm(sent("bond"), people=people),
        "stay": StayForm(sent("stay"), people=people, tables=tables),
        "need": NeedForm(sent("need"), people=people),
        "furnish": FurnishForm(sent("furnish"), tables=tables),
    }


def _deed(asked: str, form: Any, session: Session, by: Member) -> Callable[[], bool]:
    def do() -> bool:
        said = form.cleaned_data
        if asked == "bond":
            seat_rules.bind(session=session, by=by, **said)
        elif asked == "stay":
            seat_rules.stay(session=session, by=by, **said)
        elif asked == "need":
            seat_rules.need(session=session, person=said["person"], needs=form.offers(), by=by)
        else:
            told = {"table": said["table"], "name": said["name"], "offers": form.offers()}
            seat_rules.furnish(session=session, by=by, **told)
        return True

    return do


def _bonds(session: Session, people: list[Comer]) -> list[dict[str, Any]]:
    known = people_queries.by_attendee(people)
    return [
        {"pk": one.pk, "kind": one.get_kind_display(), "one": known[one.one_id], "other": known[one.other_id]}
        for one in session.bonds.all()
        if one.one_id in known and one.other_id in known
    ]


def _needs(one: Comer) -> tuple[Comer, str, str]:
    """Give what somebody said they need, and what was made of it."""
    noted = one.attendee.needs if one.attendee else []
    return one, one.needs_said, ", ".join(queries.spoken(need) for need in noted)


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def unbind(request: PlaceRequest, pk: int) -> HttpResponse:
    """Let two sit as it comes again."""
    bond = number_of(request.POST.get("bond")) or 0
    seat_rules.unbind(session=session_of(request, pk), bond=bond, by=request.member)
    return redirect("gatherings:table_rules", request.place.slug, pk)
