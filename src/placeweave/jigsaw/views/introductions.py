"""Pages of introductions: the drafted mail, those made, what came of them, and what other places offer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from placeweave.jigsaw import queries, services
from placeweave.jigsaw.forms import IntroduceForm, OutcomeForm
from placeweave.jigsaw.models import Introduction, Synergy
from placeweave.jigsaw.services.synergies import KIND
from placeweave.kit import analyses
from placeweave.kit.access import may
from placeweave.kit.asking import carried_out, page_of, status_of
from placeweave.kit.errors import NotReady
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


@place_view("jigsaw.decide_synergy")
@acts_once
def introduce(request: PlaceRequest, pk: int) -> HttpResponse:
    """Draft the mail that brings two together, and keep that it was sent."""
    found = get_object_or_404(Synergy.objects.select_related("need__asked_by"), pk=pk, place=request.place)
    told = queries.synergies_in_words(request.place, [found])[0]
    drafted = queries.draft(told)
    if drafted is None:
        raise NotReady(_("This does not concern two partners: there is nobody to introduce."))
    form = IntroduceForm(request.POST or None, initial={"subject": drafted.subject, "words": drafted.words})
    made = carried_out(form, lambda: _introduce(request, found, form))
    if made is not None:
        messages.success(request, _("Kept. You are asked in 30 days what came of it."))
        return redirect("jigsaw:introductions", request.place.slug)
    context = {"form": form, "one": told, "draft": drafted}
    return render(request, "jigsaw/introduce.html", context, status=status_of(form))


def _introduce(request: PlaceRequest, found: Synergy, form: IntroduceForm) -> Introduction:
    drafted = queries.draft(queries.synergies_in_words(request.place, [found])[0])
    assert drafted is not None  # noqa: S101 - the view has drafted it already
    return services.introduce(
        synergy=found, one=drafted.one, other=drafted.other, **form.cleaned_data, by=request.member
    )


@place_view("jigsaw.decide_synergy")
def introductions(request: PlaceRequest) -> HttpResponse:
    """List the introductions made, those it is time to ask about first."""
    context = {
        "page": page_of(request, queries.introductions(request.place)),
        "due": queries.introductions_to_ask_about(request.place),
    }
    return render(request, "jigsaw/introductions.html", context)


@place_view("jigsaw.decide_synergy")
@acts_once
def outcome(request: PlaceRequest, pk: int) -> HttpResponse:
    """Say what came of an introduction."""
    found = get_object_or_404(Introduction.objects.select_related("one", "other"), pk=pk, place=request.place)
    form = OutcomeForm(request.POST or None, initial={"words": found.outcome_words})
    if carried_out(form, lambda: services.say_outcome(introduction=found, **form.cleaned_data, by=request.member)):
        return redirect("jigsaw:introductions", request.place.slug)
    return render(request, "jigsaw/outcome.html", {"form": form, "found": found}, status=status_of(form))


@place_view("jigsaw.see_board")
def elsewhere(request: PlaceRequest) -> HttpResponse:
    """Show what other places of this installation offer for the needs of this one."""
    analysis = analyses.latest(request.place.pk, KIND)
    found = (analysis.result or {}).get("elsewhere", []) if analysis else []
    context = {
        "analysis": analysis,
        "rows": queries.beyond(request.place, found),
        "may_ask": may(request.member, "jigsaw.suggest"),
    }
    return render(request, "jigsaw/elsewhere.html", context)
