"""Pages on which a person takes up, or refuses, a need that low scores of the place suggest."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.jigsaw import queries, services
from placeweave.jigsaw.forms import NeedForm
from placeweave.jigsaw.models import Need
from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view
from placeweave.themes.queries import LowScore


def _low(request: PlaceRequest, assessment: int, heading: str, group: int) -> LowScore:
    found = queries.proposal(request.place, (assessment, heading, group))
    if found is None:
        raise Http404
    return found


@place_view("jigsaw.add_need")
@acts_once
def take_up(request: PlaceRequest, assessment: int, heading: str, group: int) -> HttpResponse:
    """Write down the need a low score suggests, in one's own words."""
    low = _low(request, assessment, heading, group)
    initial = {"asked_for": low.for_whom}
    form = NeedForm(request.POST or None, place=request.place, member=request.member, initial=initial)
    made = carried_out(form, lambda: _take_up(request, low, form))
    if made is not None:
        messages.success(request, _("The need is on the board."))
        return redirect("jigsaw:need", request.place.slug, made.pk)
    return render(request, "jigsaw/need_form.html", {"form": form, "low": low}, status=status_of(form))


def _take_up(request: PlaceRequest, low: LowScore, form: NeedForm) -> Need:
    return services.take_up(place=request.place, low=low, said=form.said(), by=request.member)


@require_POST
@place_view("jigsaw.decide_synergy")
@acts_once
def refuse(request: PlaceRequest, assessment: int, heading: str, group: int) -> HttpResponse:
    """Say no to what a low score suggests, and why."""
    low = _low(request, assessment, heading, group)
    why = request.POST.get("why", "").replace("\x00", "")
    services.refuse_proposed(place=request.place, low=low, why=why, by=request.member)
    messages.success(request, _("Kept: “%(title)s” is not suggested again.") % {"title": low.title})
    return redirect(f"{reverse('jigsaw:needs', args=[request.place.slug])}#proposed")
