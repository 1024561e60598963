"""The list at the door: who has arrived, by one tap each, and who walked in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.gatherings.forms.tables import GuestForm, WalkInForm
from placeweave.gatherings.queries import people as queries
from placeweave.gatherings.services import attending
from placeweave.gatherings.views.finding import session_of
from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.errors import Unsound
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


def _list(request: PlaceRequest, pk: int, person: str = "") -> HttpResponse:
    """Lead back to the list, to where somebody stands in it."""
    anchor = f"#p-{person}" if person else ""
    return redirect(reverse("gatherings:attendance", args=[request.place.slug, pk]) + anchor)


@place_view("gatherings.run_sessions")
@acts_once
def attendance(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show who comes, and take a tap: “12-0 here”."""
    session = session_of(request, pk)
    if request.method == "POST":
        person, _space, state = request.POST.get("mark", "").partition(" ")
        attending.mark(session=session, person=person, state=state, by=request.member)
        return _list(request, pk, person)
    people = queries.comers(session)
    context = {"session": session, "people": queries.by_name(people), "counts": queries.counts(people)}
    return render(request, "gatherings/attendance.html", context)


@place_view("gatherings.run_sessions")
@acts_once
def walk_in(request: PlaceRequest, pk: int) -> HttpResponse:
    """Note somebody who came without having signed up."""
    session, form = session_of(request, pk), WalkInForm(request.POST or None)

    def note() -> str:
        made = attending.walk_in(session=session, by=request.member, **form.cleaned_data)
        return f"w-{made.pk}"

    if person := carried_out(form, note):
        messages.success(request, _("They are on the list. “Repair” on the page of tables finds them a seat."))
        return _list(request, pk, person)
    return render(request, "gatherings/walk_in.html", {"session": session, "form": form}, status=status_of(form))


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def guest(request: PlaceRequest, pk: int) -> HttpResponse:
    """Write down what a guest is called."""
    session, form = session_of(request, pk), GuestForm(request.POST)
    if not form.is_valid():
        raise Unsound(_("Choose a guest of this session, and write a name of at most 120 characters."))
    person, name = form.cleaned_data["person"], form.cleaned_data["name"]
    attending.name_guest(session=session, person=person, name=name, by=request.member)
    return _list(request, pk, person)


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def forget(request: PlaceRequest, pk: int) -> HttpResponse:
    """Take somebody who walked in off the list."""
    attending.forget_walk_in(session=session_of(request, pk), person=request.POST.get("person", ""), by=request.member)
    return _list(request, pk)
