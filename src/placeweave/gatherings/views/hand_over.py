"""The hand-over page of a session, what it is made of, and its parking space."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from placeweave.gatherings import services
from placeweave.gatherings.forms.hand_over import HandOverForm, ParkForm, SettleForm
from placeweave.gatherings.models import HandOver, Parked, Session
from placeweave.gatherings.queries import hand_over as queries
from placeweave.gatherings.queries import run_sheet, series
from placeweave.gatherings.views.finding import session_of
from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


@place_view("gatherings.run_sessions")
def hand_over(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show all that somebody needs to run the session tonight, on one page that prints."""
    session = session_of(request, pk)
    hosts = queries.is_run_by(session, request.member)
    last = series.last_time(session)
    context = {
        "session": session,
        "hosts": hosts,
        "handed": queries.hand_over(session),
        "preparation": series.preparation(session),
        "coming": queries.coming(session, for_host=hosts),
        "last": last,
        "parked": queries.carried(session),
        "sheet": run_sheet.run_sheet(session),
    }
    return render(request, "gatherings/hand_over.html", context)


@place_view("gatherings.run_sessions")
@acts_once
def hand_over_edit(request: PlaceRequest, pk: int) -> HttpResponse:
    """Say what is handed over, and who stands in."""
    session = session_of(request, pk)
    form = HandOverForm(request.POST or None, place=request.place, initial=_as_written(session))
    if carried_out(form, lambda: _hand_over(request, session, form)):
        return redirect("gatherings:hand_over", request.place.slug, pk)
    context = {"form": form, "session": session}
    return render(request, "gatherings/hand_over_form.html", context, status=status_of(form))


def _as_written(session: Session) -> dict[str, Any]:
    kept = queries.hand_over(session) or HandOver(version=0)
    return {name: getattr(kept, name) for name in HandOverForm.base_fields}


def _hand_over(request: PlaceRequest, session: Session, form: HandOverForm) -> HandOver:
    return services.hand_over(session=session, facts=form.facts(), version=form.opened_at, by=request.member)


@place_view("gatherings.run_sessions")
@acts_once
def parking(request: PlaceRequest, pk: int) -> HttpResponse:
    """Park something, and see what is parked in this series and what came of the rest."""
    session = session_of(request, pk)
    form = ParkForm(request.POST or None)
    if carried_out(form, lambda: services.park(session=session, by=request.member, **form.cleaned_data)):
        return redirect("gatherings:parking", request.place.slug, pk)
    context = {
        "form": form,
        "session": session,
        "parked": queries.carried(session),
        "settled": queries.settled(session)[:20],
    }
    return render(request, "gatherings/parking.html", context, status=status_of(form))


@place_view("gatherings.run_sessions")
@acts_once
def settle(request: PlaceRequest, pk: int) -> HttpResponse:
    """Say what came of something parked."""
    rows = Parked.objects.select_related("session")
    parked = get_object_or_404(rows, pk=pk, session__place=request.place)
    form = SettleForm(request.POST or None)
    if carried_out(form, lambda: services.settle_parked(parked=parked, by=request.member, **form.cleaned_data)):
        messages.success(request, _("It is settled, and carried on no further."))
        return redirect("gatherings:parking", request.place.slug, parked.session_id)
    context = {"form": form, "parked": parked, "session": parked.session}
    return render(request, "gatherings/parked_settle.html", context, status=status_of(form))
