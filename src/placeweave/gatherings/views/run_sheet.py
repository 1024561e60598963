"""Pages of a session's run sheet, which print as the facilitator's sheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.gatherings import services
from placeweave.gatherings.forms.run_sheet import KeepRecipeForm, StepForm
from placeweave.gatherings.models import Step
from placeweave.gatherings.queries import recipes, series
from placeweave.gatherings.queries import run_sheet as queries
from placeweave.gatherings.views.finding import session_of
from placeweave.kit.asking import carried_out, number_of, status_of
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


@place_view("gatherings.run_sessions")
def run_sheet(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show the run sheet with its clock; without any step, the recipes it could begin from."""
    session = session_of(request, pk)
    sheet = queries.run_sheet(session)
    context = {
        "session": session,
        "sheet": sheet,
        "preparation": series.preparation(session),
        "recipes": [] if sheet.lines else recipes.shelf(request.place),
    }
    return render(request, "gatherings/run_sheet.html", context)


def _step(request: PlaceRequest, pk: int) -> Step:
    return get_object_or_404(Step.objects.select_related("session__place"), pk=pk, session__place=request.place)


@place_view("gatherings.run_sessions")
@acts_once
def step_new(request: PlaceRequest, pk: int) -> HttpResponse:
    """Add a step at the end, or after the one that the address names."""
    session = session_of(request, pk)
    form = StepForm(request.POST or None, initial={"minutes": 15})
    after = session.steps.filter(pk=number_of(request.GET.get("after")) or 0).first()
    if carried_out(
        form, lambda: services.add_step(session=session, facts=form.facts(), after=after, by=request.member)
    ):
        return redirect("gatherings:run_sheet", request.place.slug, pk)
    context = {"form": form, "session": session, "after": after}
    return render(request, "gatherings/step_form.html", context, status=status_of(form))


@place_view("gatherings.run_sessions")
@acts_once
def step_edit(request: PlaceRequest, pk: int) -> HttpResponse:
    """Change a step; two people at once both keep what they wrote."""
    step = _step(request, pk)
    form = StepForm(request.POST or None, initial=_as_written(step))
    if carried_out(form, lambda: _change(request, step, form)):
        return redirect("gatherings:run_sheet", request.place.slug, step.session_id)
    context = {"form": form, "session": step.session, "changing": step}
    return render(request, "gatherings/step_form.html", context, status=status_of(form))


def _change(request: PlaceRequest, step: Step, form: StepForm) -> Step:
    return services.change_step(step=step, facts=form.facts(), version=form.opened_at, by=request.member)


def _as_written(step: Step) -> dict[str, Any]:
    return {name: getattr(step, name) for name in StepForm.base_fields}


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def step_move(request: PlaceRequest, pk: int) -> HttpResponse:
    """Let a step change places with its neighbour."""
    step = _step(request, pk)
    services.move_step(step=step, up=request.POST.get("to") == "up", by=request.member)
    return redirect("gatherings:run_sheet", request.place.slug, step.session_id)


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def step_break(request: PlaceRequest, pk: int) -> HttpResponse:
    """Put a break after a step."""
    step = _step(request, pk)
    services.add_break(after=step, by=request.member)
    return redirect("gatherings:run_sheet", request.place.slug, step.session_id)


@place_view("gatherings.run_sessions")
@acts_once
def step_take_out(request: PlaceRequest, pk: int) -> HttpResponse:
    """Ask once, then take a step out, unless it changed since it was asked."""
    step = _step(request, pk)
    if request.method == "POST":
        services.take_out(step=step, version=number_of(request.POST.get("version")) or 0, by=request.member)
        messages.success(request, _("The step is taken out."))
        return redirect("gatherings:run_sheet", request.place.slug, step.session_id)
    return render(request, "gatherings/step_take_out.html", {"taken": step, "session": step.session})


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def lay(request: PlaceRequest, pk: int) -> HttpResponse:
    """Fill an empty run sheet from a recipe."""
    session = session_of(request, pk)
    recipe = recipes.recipe(request.place, request.POST.get("recipe", ""))
    if recipe is not None:
        services.lay(session=session, steps=recipe.steps, by=request.member)
    return redirect("gatherings:run_sheet", request.place.slug, pk)


@place_view("gatherings.run_sessions")
@acts_once
def keep(request: PlaceRequest, pk: int) -> HttpResponse:
    """Keep this run sheet as a recipe of the place."""
    session = session_of(request, pk)
    form = KeepRecipeForm(request.POST or None, initial={"title": session.title[:120]})
    if carried_out(form, lambda: services.keep_recipe(session=session, by=request.member, **form.cleaned_data)):
        messages.success(request, _("It stands among the recipes of this place now."))
        return redirect("gatherings:recipes", request.place.slug)
    return render(request, "gatherings/recipe_keep.html", {"form": form, "session": session}, status=status_of(form))
