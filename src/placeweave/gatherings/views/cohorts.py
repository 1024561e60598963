"""Pages of one cohort: what it is, who applied beside the mix hoped for, the choice, the offers, and the log."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.gatherings import wording
from placeweave.gatherings.forms.cohorts import KeepForm
from placeweave.gatherings.models import Application, Cohort
from placeweave.gatherings.queries import cohorts as queries
from placeweave.gatherings.services import applying, choosing
from placeweave.gatherings.views.finding import cohort_of
from placeweave.kit import analyses
from placeweave.kit.access import may
from placeweave.kit.asking import carried_out, number_of, page_of, status_of
from placeweave.kit.models import Analysis
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


@place_view("gatherings.see_cohorts")
def detail(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show a cohort: its places, its dates, how far it is, and to the team where people apply."""
    cohort = cohort_of(request, pk)
    runs = may(request.member, "gatherings.run_cohorts")
    context = {
        "cohort": cohort,
        "runs": runs,
        "sessions": cohort.sessions.all() if runs else queries.shown_sessions(cohort),
        "wanted": [(wording.called(one.aspect, one.value), one) for one in cohort.targets.all()],
        "further": cohort.further.all(),
        "takes_applications": cohort.takes_applications(timezone.localdate()),
        "unposted": queries.unposted(cohort) if runs else 0,
        "address": settings.PUBLIC_URL + reverse("apply:page", args=[cohort.code]) if cohort.code else "",
    }
    return render(request, "gatherings/cohort.html", context)


@place_view("gatherings.run_cohorts")
def applicants(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show who applied, and how that compares with the mix hoped for, before any offer is sent."""
    cohort = cohort_of(request, pk)
    context = {
        "cohort": cohort,
        "mix": queries.mix(cohort),
        "page": page_of(request, queries.applicants(cohort)),
        "hosts": cohort.host_id is not None and cohort.host_id == request.member.pk,
    }
    return render(request, "gatherings/cohort_applicants.html", context)


@place_view("gatherings.run_cohorts")
def choice(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show whom the engine would offer a place, what that misses, and in which order the others would enter."""
    cohort = cohort_of(request, pk)
    found = choosing.latest(cohort)
    is_done = found is not None and found.state == Analysis.State.DONE
    context = {
        "cohort": cohort,
        "analysis": found,
        "may_ask": cohort.state in choosing.OPEN_TO_CHOICE,
        "is_stale": is_done and found is not None and analyses.is_out_of_date(found),
    }
    if is_done and found is not None and not context["is_stale"]:
        context |= _as_told(cohort, found.result or {})
    else:
        context["is_idle"] = not queries.has_choice(cohort)
    return render(request, "gatherings/cohort_choice.html", context)


def _as_told(cohort: Cohort, result: dict[str, Any]) -> dict[str, Any]:
    """Put names to a choice, and sentences to its figures; whoever has left since is not in it."""
    people = {one.pk: one for one in queries.applicants(cohort)}
    return {
        "chosen": [people[pk] for pk in result["members"] if pk in people],
        "waiting": [(people[row["id"]], wording.waits(row)) for row in result["waiting"] if row["id"] in people],
        "held_out": [people[pk] for pk in result["held_out"] if pk in people],
        "shortfalls": [wording.shortfall(one) for one in result["shortfalls"]],
        "proved": result["proved"],
        "mix": queries.mix(cohort, result["members"]),
    }


@place_view("gatherings.run_cohorts")
@require_POST
@acts_once
def choose(request: PlaceRequest, pk: int) -> HttpResponse:
    """Have a choice worked out."""
    choosing.ask_for_choice(cohort=cohort_of(request, pk), by=request.member)
    return redirect("gatherings:cohort_choice", request.place.slug, pk)


@place_view("gatherings.run_cohorts")
@require_POST
@acts_once
def offers(request: PlaceRequest, pk: int) -> HttpResponse:
    """Send the offers of the choice that was on the screen."""
    cohort = cohort_of(request, pk)
    choosing.send_offers(cohort=cohort, choice=number_of(request.POST.get("choice")) or 0, by=request.member)
    messages.success(request, _("The offers are on their way, and everybody else is told where they stand."))
    return redirect("gatherings:cohort_applicants", request.place.slug, pk)


@place_view("gatherings.run_cohorts")
def log(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show the log of a cohort: who was offered a place when, and by which rule."""
    cohort = cohort_of(request, pk)
    page = page_of(request, queries.log(cohort))
    return render(request, "gatherings/cohort_log.html", {"cohort": cohort, "page": page})


def _applicant(request: PlaceRequest, pk: int) -> Application:
    mine = Application.objects.select_related("cohort__programme").filter(cohort__programme__place=request.place)
    return get_object_or_404(mine, pk=pk)


@place_view("gatherings.run_cohorts")
@acts_once
def keep(request: PlaceRequest, pk: int) -> HttpResponse:
    """Keep somebody in or hold them out, with a reason."""
    applicant = _applicant(request, pk)
    initial = {"kept": applicant.kept, "because": applicant.kept_because}
    form = KeepForm(request.POST or None, initial=initial)

    def deed() -> Application:
        return applying.keep(applicant=applicant, by=request.member, **form.cleaned_data)

    if request.method == "POST" and carried_out(form, deed) is not None:
        return redirect("gatherings:cohort_applicants", request.place.slug, applicant.cohort_id)
    context = {"form": form, "applicant": applicant, "cohort": applicant.cohort}
    return render(request, "gatherings/applicant_keep.html", context, status=status_of(form))


@place_view("gatherings.run_cohorts")
@acts_once
def take_off(request: PlaceRequest, pk: int) -> HttpResponse:
    """Ask once, then take somebody off the list who asked for it."""
    applicant = _applicant(request, pk)
    if request.method == "POST":
        applying.take_off(applicant=applicant, by=request.member)
        return redirect("gatherings:cohort_applicants", request.place.slug, applicant.cohort_id)
    return render(request, "gatherings/applicant_off.html", {"applicant": applicant, "cohort": applicant.cohort})
