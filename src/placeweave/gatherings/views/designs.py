"""Pages of a programme's outline and design: what is common, what differs here, versions, runs, and other places."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.gatherings.forms.designs import GiveForm, KeepVersionForm, OutlineForm, PlanForm, RunForm
from placeweave.gatherings.models import OutlineSession, Programme
from placeweave.gatherings.queries import designs as queries
from placeweave.gatherings.services import designs
from placeweave.gatherings.views.finding import cohort_of, programme_of
from placeweave.kit.access import may
from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


def _line(request: PlaceRequest, pk: int) -> OutlineSession:
    mine = OutlineSession.objects.select_related("programme").filter(programme__place=request.place)
    return get_object_or_404(mine, pk=pk)


@place_view("gatherings.see_cohorts")
def design(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show the outline of a programme beside its design, and beside the other places the reader is part of."""
    return _page(request, programme_of(request, pk), KeepVersionForm())


def _page(request: PlaceRequest, programme: Programme, form: KeepVersionForm) -> HttpResponse:
    context = {
        "programme": programme,
        "runs": may(request.member, "gatherings.run_cohorts"),
        "lines": queries.lines(programme),
        "versions": queries.versions(programme),
        "across": queries.across(programme, request.member),
        "keep_form": form,
        "labels": designs.LABELS,
    }
    return render(request, "gatherings/design.html", context, status=status_of(form))


@place_view("gatherings.run_cohorts")
@acts_once
def outline_new(request: PlaceRequest, pk: int) -> HttpResponse:
    """Put a session into the outline."""
    programme, form = programme_of(request, pk), OutlineForm(request.POST or None)
    if carried_out(form, lambda: designs.add_session(programme=programme, facts=form.facts(), by=request.member)):
        return redirect("gatherings:programme_design", request.place.slug, pk)
    context = {"form": form, "programme": programme}
    return render(request, "gatherings/outline_form.html", context, status=status_of(form))


@place_view("gatherings.run_cohorts")
@acts_once
def outline_edit(request: PlaceRequest, pk: int) -> HttpResponse:
    """Change a session of the outline, here alone."""
    line = _line(request, pk)
    form = OutlineForm(request.POST or None, initial={name: getattr(line, name) for name in OutlineForm.base_fields})

    def deed() -> OutlineSession:
        return designs.change_session(line=line, facts=form.facts(), version=form.opened_at, by=request.member)

    if carried_out(form, deed):
        return redirect("gatherings:programme_design", request.place.slug, line.programme_id)
    context = {"form": form, "programme": line.programme, "line": line}
    return render(request, "gatherings/outline_form.html", context, status=status_of(form))


@place_view("gatherings.run_cohorts")
@require_POST
@acts_once
def outline_up(request: PlaceRequest, pk: int) -> HttpResponse:
    """Put a session before the one above it."""
    line = _line(request, pk)
    designs.move_up(line=line, by=request.member)
    return redirect("gatherings:programme_design", request.place.slug, line.programme_id)


@place_view("gatherings.run_cohorts")
@require_POST
@acts_once
def outline_out(request: PlaceRequest, pk: int) -> HttpResponse:
    """Leave a session out here."""
    line = _line(request, pk)
    designs.take_out(line=line, by=request.member)
    return redirect("gatherings:programme_design", request.place.slug, line.programme_id)


@place_view("gatherings.run_cohorts")
@require_POST
@acts_once
def keep(request: PlaceRequest, pk: int) -> HttpResponse:
    """Keep the outline as the next version of the design."""
    programme, form = programme_of(request, pk), KeepVersionForm(request.POST)
    if not form.is_valid():
        return _page(request, programme, form)
    designs.keep_version(programme=programme, because=form.cleaned_data["because"], by=request.member)
    messages.success(request, _("The outline is kept as a version."))
    return redirect("gatherings:programme_design", request.place.slug, pk)


@place_view("gatherings.run_cohorts")
@acts_once
def run(request: PlaceRequest, pk: int) -> HttpResponse:
    """Begin a new run from what the last one learnt."""
    programme, form = programme_of(request, pk), RunForm(request.POST or None)
    made = carried_out(
        form, lambda: designs.start_run(programme=programme, title=form.cleaned_data["title"], by=request.member)
    )
    if made is not None:
        return redirect("gatherings:programme", request.place.slug, made.pk)
    return render(request, "gatherings/run.html", {"form": form, "programme": programme}, status=status_of(form))


@place_view("gatherings.run_cohorts")
@acts_once
def give(request: PlaceRequest, pk: int) -> HttpResponse:
    """Give the design to other places of one's own."""
    programme, places = programme_of(request, pk), queries.may_be_given(request.member)
    form = GiveForm(request.POST or None, places=places)
    if carried_out(
        form, lambda: designs.give(programme=programme, places=form.cleaned_data["places"], by=request.member)
    ):
        messages.success(request, _("Each of these places has a programme of this design now, to vary as it needs."))
        return redirect("gatherings:programme_design", request.place.slug, pk)
    context = {"form": form, "programme": programme, "has_places": places.exists()}
    return render(request, "gatherings/give.html", context, status=status_of(form))


@place_view("gatherings.run_cohorts")
@acts_once
def plan(request: PlaceRequest, pk: int) -> HttpResponse:
    """Draft the sessions of a cohort from the outline."""
    cohort, form = cohort_of(request, pk), PlanForm(request.POST or None)

    def deed() -> object:
        host, where = cohort.host or request.member, form.cleaned_data["where"]
        return designs.plan_sessions(
            cohort=cohort, begins_at=form.begins_at(), where=where, host=host, by=request.member
        )

    if carried_out(form, deed):
        messages.success(request, _("The sessions are drafted. Look at each before you open it."))
        return redirect("gatherings:cohort", request.place.slug, pk)
    return render(request, "gatherings/cohort_plan.html", {"form": form, "cohort": cohort}, status=status_of(form))
