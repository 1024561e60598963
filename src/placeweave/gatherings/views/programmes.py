"""Pages that open a programme and its cohorts."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from placeweave.gatherings import services
from placeweave.gatherings.forms.sessions import CohortForm, ProgrammeForm
from placeweave.gatherings.models import Programme
from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


@place_view("gatherings.run_sessions")
@acts_once
def new(request: PlaceRequest) -> HttpResponse:
    """Open a programme."""
    form, place = ProgrammeForm(request.POST or None), request.place
    if carried_out(form, lambda: services.begin_programme(place=place, by=request.member, **form.cleaned_data)):
        return redirect("gatherings:overview", place.slug)
    return render(request, "gatherings/programme_form.html", {"form": form}, status=status_of(form))


@place_view("gatherings.run_sessions")
@acts_once
def cohort_new(request: PlaceRequest, pk: int) -> HttpResponse:
    """Open a cohort of a programme."""
    programme = get_object_or_404(Programme, pk=pk, place=request.place)
    form = CohortForm(request.POST or None)
    if carried_out(form, lambda: services.begin_cohort(programme=programme, by=request.member, **form.cleaned_data)):
        return redirect("gatherings:overview", request.place.slug)
    context = {"form": form, "programme": programme}
    return render(request, "gatherings/programme_form.html", context, status=status_of(form))
