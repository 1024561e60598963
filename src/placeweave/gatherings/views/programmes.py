"""Pages of programmes and of what is said about their cohorts: reading, opening, changing, closing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.gatherings.forms.cohorts import CloseForm, CohortForm, MixForm, ProgrammeForm, cohort_as_written
from placeweave.gatherings.models import Cohort, Programme
from placeweave.gatherings.queries import cohorts as queries
from placeweave.gatherings.services import closing, cohorts
from placeweave.gatherings.views.finding import cohort_of, programme_of
from placeweave.kit.access import may
from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


@place_view("gatherings.see_cohorts")
def detail(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show a programme, its cohorts with their dates, and how far each is."""
    programme = get_object_or_404(queries.programmes(request.place), pk=pk)
    context = {"programme": programme, "runs": may(request.member, "gatherings.run_cohorts")}
    return render(request, "gatherings/programme.html", context)


@place_view("gatherings.run_cohorts")
@acts_once
def new(request: PlaceRequest) -> HttpResponse:
    """Open a programme."""
    form, place = ProgrammeForm(request.POST or None), request.place
    made = carried_out(form, lambda: cohorts.begin_programme(place=place, by=request.member, facts=form.facts()))
    if made is not None:
        return redirect("gatherings:programme", place.slug, made.pk)
    return render(request, "gatherings/programme_form.html", {"form": form}, status=status_of(form))


@place_view("gatherings.run_cohorts")
@acts_once
def edit(request: PlaceRequest, pk: int) -> HttpResponse:
    """Change what is said of a programme."""
    programme = programme_of(request, pk)
    initial = {name: getattr(programme, name) for name in ProgrammeForm.base_fields}
    form = ProgrammeForm(request.POST or None, initial=initial)

    def deed() -> Programme:
        facts = form.facts()
        return cohorts.edit_programme(programme=programme, facts=facts, version=form.opened_at, by=request.member)

    if carried_out(form, deed):
        return redirect("gatherings:programme", request.place.slug, pk)
    context = {"form": form, "programme": programme}
    return render(request, "gatherings/programme_form.html", context, status=status_of(form))


@place_view("gatherings.run_cohorts")
@acts_once
def close(request: PlaceRequest, pk: int) -> HttpResponse:
    """Ask once, then close a programme."""
    programme = programme_of(request, pk)
    if request.method == "POST":
        closing.close_programme(programme=programme, by=request.member)
        messages.success(request, _("The programme is closed."))
        return redirect("gatherings:programme", request.place.slug, pk)
    return render(request, "gatherings/programme_close.html", {"programme": programme})


@place_view("gatherings.run_cohorts")
@acts_once
def cohort_new(request: PlaceRequest, pk: int) -> HttpResponse:
    """Open a cohort of a programme."""
    programme = programme_of(request, pk)
    form = CohortForm(request.POST or None, place=request.place)
    made = carried_out(form, lambda: cohorts.begin_cohort(programme=programme, facts=form.facts(), by=request.member))
    if made is not None:
        return redirect("gatherings:cohort", request.place.slug, made.pk)
    context = {"form": form, "programme": programme}
    return render(request, "gatherings/cohort_form.html", context, status=status_of(form))


@place_view("gatherings.run_cohorts")
@acts_once
def cohort_edit(request: PlaceRequest, pk: int) -> HttpResponse:
    """Change what is said of a cohort."""
    cohort = cohort_of(request, pk)
    form = CohortForm(request.POST or None, place=request.place, initial=cohort_as_written(cohort))

    def deed() -> Cohort:
        return cohorts.edit_cohort(cohort=cohort, facts=form.facts(), version=form.opened_at, by=request.member)

    if carried_out(form, deed):
        return redirect("gatherings:cohort", request.place.slug, pk)
    context = {"form": form, "programme": cohort.programme, "cohort": cohort}
    return render(request, "gatherings/cohort_form.html", context, status=status_of(form))


@place_view("gatherings.run_cohorts")
@acts_once
def grow(request: PlaceRequest, pk: int) -> HttpResponse:
    """Open a further cohort for those who wait."""
    cohort = cohort_of(request, pk)
    form = CohortForm(request.POST or None, place=request.place, initial=cohort_as_written(cohort) | {"title": ""})
    made = carried_out(form, lambda: closing.grow(cohort=cohort, facts=form.facts(), by=request.member))
    if made is not None:
        messages.success(request, _("The further cohort is open, and everybody who waited is in it and told."))
        return redirect("gatherings:cohort_applicants", request.place.slug, made.pk)
    context = {"form": form, "programme": cohort.programme, "grown_from": cohort}
    return render(request, "gatherings/cohort_form.html", context, status=status_of(form))


@place_view("gatherings.run_cohorts")
@acts_once
def cohort_mix(request: PlaceRequest, pk: int) -> HttpResponse:
    """Say which mix a cohort hopes for."""
    cohort = cohort_of(request, pk)
    form = MixForm(request.POST or None, cohort=cohort)

    def deed() -> Cohort:
        return cohorts.hope_for(cohort=cohort, wanted=form.wanted(), version=form.opened_at, by=request.member)

    if carried_out(form, deed):
        return redirect("gatherings:cohort_applicants", request.place.slug, pk)
    return render(request, "gatherings/cohort_mix.html", {"form": form, "cohort": cohort}, status=status_of(form))


@place_view("gatherings.run_cohorts")
@require_POST
@acts_once
def cohort_open(request: PlaceRequest, pk: int) -> HttpResponse:
    """Let people apply."""
    cohorts.open_to_applications(cohort=cohort_of(request, pk), by=request.member)
    messages.success(request, _("People can apply now. Give them the address below."))
    return redirect("gatherings:cohort", request.place.slug, pk)


@place_view("gatherings.run_cohorts")
@require_POST
@acts_once
def cohort_begin(request: PlaceRequest, pk: int) -> HttpResponse:
    """Note that a cohort began."""
    cohorts.begin(cohort=cohort_of(request, pk), by=request.member)
    return redirect("gatherings:cohort", request.place.slug, pk)


@place_view("gatherings.run_cohorts")
@acts_once
def cohort_close(request: PlaceRequest, pk: int) -> HttpResponse:
    """Ask what becomes of those who wait, then close a cohort."""
    cohort = cohort_of(request, pk)
    form = CloseForm(request.POST or None, cohort=cohort)

    def deed() -> Cohort:
        return closing.close(cohort=cohort, carry_to=form.cleaned_data["carry_to"], by=request.member)

    if request.method == "POST" and carried_out(form, deed) is not None:
        messages.success(request, _("The cohort is closed, and everybody is told."))
        return redirect("gatherings:cohort", request.place.slug, pk)
    return render(request, "gatherings/cohort_close.html", {"form": form, "cohort": cohort}, status=status_of(form))
