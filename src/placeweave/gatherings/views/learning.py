"""Pages of learning needs: who has the same, and one joint session for all of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.gatherings import services
from placeweave.gatherings.forms.practice import LearningNeedForm
from placeweave.gatherings.models import LearningNeed
from placeweave.gatherings.queries import learning as queries
from placeweave.kit.access import may
from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


@place_view("gatherings.see_sessions")
@acts_once
def learning(request: PlaceRequest) -> HttpResponse:
    """List what people need to learn, those needs first that most have, and let the reader add theirs."""
    form = LearningNeedForm(request.POST or None, member=request.member)
    if carried_out(form, lambda: services.state_need(by=request.member, **form.cleaned_data)):
        return redirect("gatherings:learning", request.place.slug)
    context = {
        "form": form,
        "common": queries.common(request.place, request.member),
        "runs": may(request.member, "gatherings.run_sessions"),
        "states": may(request.member, "gatherings.state_needs"),
    }
    return render(request, "gatherings/learning.html", context, status=status_of(form))


def _need(request: PlaceRequest, pk: int) -> LearningNeed:
    return get_object_or_404(LearningNeed, pk=pk, place=request.place)


@place_view("gatherings.state_needs")
@require_POST
@acts_once
def need_too(request: PlaceRequest, pk: int) -> HttpResponse:
    """Say that one has the same need."""
    services.need_too(need=_need(request, pk), by=request.member)
    return redirect("gatherings:learning", request.place.slug)


@place_view("gatherings.state_needs")
@require_POST
@acts_once
def no_longer(request: PlaceRequest, pk: int) -> HttpResponse:
    """Take back what one said."""
    services.no_longer(need=_need(request, pk), by=request.member)
    return redirect("gatherings:learning", request.place.slug)


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def open_joint(request: PlaceRequest, pk: int) -> HttpResponse:
    """Draft one session for all who have a need, and look at its day and place next."""
    made = services.open_joint(need=_need(request, pk), by=request.member)
    messages.success(request, _("Those who asked for it are told. Settle its day and place, then open it for sign-up."))
    return redirect("gatherings:edit", request.place.slug, made.pk)
