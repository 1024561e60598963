"""Pages of place assessments: preparing, opening and closing them, what was scored and why, what comes first."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.kit import access, exports
from placeweave.kit.asking import carried_out, number_of, status_of
from placeweave.kit.once import acts_once
from placeweave.listening import queries, services, taking, wheels
from placeweave.listening.forms.assessment import AssessmentForm, PrioritiesForm
from placeweave.listening.models import Assessment, AssessmentPriority, Wave
from placeweave.places.access import PlaceRequest, place_view


def _assessment(request: PlaceRequest, pk: int) -> Assessment:
    return get_object_or_404(queries.assessments(request.place.pk), pk=pk)


@place_view("listening.see_conversations")
def assessments(request: PlaceRequest) -> HttpResponse:
    """List the assessments of this place."""
    context = {
        "assessments": queries.assessments(request.place.pk),
        "may_convene": access.may(request.member, "listening.convene"),
    }
    return render(request, "listening/assessments.html", context)


@place_view("listening.see_conversations")
def assessment(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show what was scored in one wave beside the wave before, and what the place chose to work on."""
    found = _assessment(request, pk)
    waves = queries.waves_of(found)
    wave, before = _chosen(queries.closed(waves), number_of(request.GET.get("wave")))
    scored = queries.results(found, wave, before=before) if wave else []
    labels = {one.heading.code: one.heading.label for one in scored}
    context = {
        "assessment": found,
        "waves": waves,
        "wave": wave,
        "before": before,
        "closed": queries.closed(waves),
        "groups": found.groups.all(),
        "priorities": [(labels.get(one.heading, ""), one.why) for one in found.priorities.all()] if scored else [],
        "framework": queries.framework_of(found),
        "outcomes": queries.outcomes(found.framework_version, scored) if scored else [],
        "threshold": request.place.threshold,
        **wheels.drawn(scored),
        **{f"may_{verb}": access.may(request.member, f"listening.{verb}") for verb in ("convene", "capture")},
        "may_answer": access.may(request.member, "listening.contribute"),
    }
    return render(request, "listening/assessment.html", context)


def _chosen(over: list[Wave], number: int | None) -> tuple[Wave | None, Wave | None]:
    """Give the wave that was asked for, or the newest that is over, and the one before it."""
    at = next((index for index, one in enumerate(over) if one.number == number), len(over) - 1)
    return (over[at] if over else None), (over[at - 1] if at > 0 else None)


@place_view("listening.convene")
@acts_once
def new_assessment(request: PlaceRequest) -> HttpResponse:
    """Prepare an assessment."""
    form = AssessmentForm(request.POST or None, place=request.place)
    made = carried_out(form, lambda: services.begin_assessment(facts=form.facts(), by=request.member))
    if made is not None:
        return redirect("listening:assessment", request.place.slug, made.pk)
    return render(request, "listening/assessment_form.html", {"form": form}, status=status_of(form))


@place_view("listening.convene")
@acts_once
def edit_assessment(request: PlaceRequest, pk: int) -> HttpResponse:
    """Change what is said about an assessment; two people at once both keep what they wrote."""
    found = _assessment(request, pk)
    form = _edit_form(request, found)
    if carried_out(form, lambda: _edit(request, found, form)):
        return redirect("listening:assessment", request.place.slug, pk)
    context = {"form": form, "assessment": found}
    return render(request, "listening/assessment_form.html", context, status=status_of(form))


def _edit(request: PlaceRequest, found: Assessment, form: AssessmentForm) -> Assessment:
    return services.edit_assessment(assessment=found, facts=form.facts(), version=form.opened_at, by=request.member)


def _edit_form(request: PlaceRequest, found: Assessment) -> AssessmentForm:
    names = ("title", "about", "neighbourhood", "why_groups", "version")
    initial = {name: getattr(found, name) for name in names}
    initial["groups"] = "\n".join(one.name for one in found.groups.all())
    opened = found.state != Assessment.State.DRAFT
    return AssessmentForm(request.POST or None, place=request.place, initial=initial, is_opened=opened)


@place_view("listening.convene")
@acts_once
def open_assessment(request: PlaceRequest, pk: int) -> HttpResponse:
    """Ask once, then let people answer."""
    found = _assessment(request, pk)
    if request.method == "POST":
        services.open_wave(assessment=found, by=request.member)
        messages.success(request, _("It is open: people can answer now."))
        return redirect("listening:assessment", request.place.slug, pk)
    return render(request, "listening/assessment_open.html", {"assessment": found})


@place_view("listening.convene")
@acts_once
def close_assessment(request: PlaceRequest, pk: int) -> HttpResponse:
    """Ask once, then end the wave and show what was scored."""
    found = _assessment(request, pk)
    if request.method == "POST":
        services.close_wave(assessment=found, by=request.member)
        messages.success(request, _("The wave is closed. This is what people scored."))
        return redirect("listening:assessment", request.place.slug, pk)
    return render(request, "listening/assessment_close.html", {"assessment": found})


@place_view("listening.see_conversations")
def reasons(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show why people scored as they did, heading by heading, as far as consent goes."""
    found = _assessment(request, pk)
    why = queries.reasons(found, request.member)
    context = {"assessment": found, "why": why, "kept_back": queries.kept_back(found, why)}
    return render(request, "listening/assessment_reasons.html", context)


@place_view("listening.convene")
@acts_once
def priorities(request: PlaceRequest, pk: int) -> HttpResponse:
    """Mark up to five headings to work on first, each with why."""
    found = _assessment(request, pk)
    headings = queries.headings(found.framework_version)
    form = PrioritiesForm(
        request.POST or None,
        headings=headings,
        chosen=list(found.priorities.all()),
        initial={"version": found.version},
    )
    if carried_out(form, lambda: _choose(request, found, form)) is not None:
        return redirect("listening:assessment", request.place.slug, pk)
    wave, before = _chosen(queries.closed(queries.waves_of(found)), None)
    scored = queries.results(found, wave, before=before) if wave else []
    context = {"assessment": found, "form": form, "lowest": wheels.lowest_first(scored)}
    return render(request, "listening/assessment_priorities.html", context, status=status_of(form))


def _choose(request: PlaceRequest, found: Assessment, form: PrioritiesForm) -> list[AssessmentPriority]:
    return services.choose_priorities(assessment=found, chosen=form.chosen(), version=form.opened_at, by=request.member)


@require_POST
@place_view("listening.take_assessments")
def take_assessment(request: PlaceRequest, pk: int) -> HttpResponse:
    """Give the scores of one assessment as a file, and log that it left."""
    exported = taking.assessments_file([_assessment(request, pk)])
    exports.log(exported, format="assessments", place_id=request.place.pk, by=request.member)
    return exports.as_download(exported)
