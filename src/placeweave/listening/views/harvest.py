"""The page on which the groups of a session bring in what was said."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from placeweave.gatherings.models import Session
from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.once import acts_once
from placeweave.listening import queries, services
from placeweave.listening.forms.harvest import HarvestForm
from placeweave.listening.models import Contribution
from placeweave.listening.queries import harvest as harvests
from placeweave.places.access import PlaceRequest, place_view


@place_view("listening.capture")
@acts_once
def harvest(request: PlaceRequest, pk: int) -> HttpResponse:
    """Keep the notes of one group after another; room and online meet in one conversation."""
    session = get_object_or_404(Session, pk=pk, place=request.place)
    initial = {"said_on": timezone.localtime(session.begins_at).date()}
    form = HarvestForm(request.POST or None, place=request.place, initial=initial)
    was_seen = request.method == "POST" and form.is_valid() and request.POST.get("seen") == form.seen
    made = carried_out(form, lambda: _bring_in(request, session, form)) if was_seen else None
    if made is not None:
        told = ngettext("%(n)s contribution is kept.", "%(n)s contributions are kept.", len(made))
        messages.success(request, told % {"n": len(made)})
        return redirect("listening:harvest", request.place.slug, pk)
    return render(request, "listening/harvest.html", _shown(request, session, form), status=status_of(form))


def _shown(request: PlaceRequest, session: Session, form: HarvestForm) -> dict[str, Any]:
    conversation, is_cut = harvests.conversation_of(session), form.is_bound and form.is_valid()
    return {
        "session": session,
        "form": form,
        "conversation": conversation,
        "brought": harvests.brought(conversation),
        "has_begun": session.begins_at <= timezone.now(),
        "notes": form.notes if is_cut else None,
        "seen": form.seen if is_cut else "",
        "consent_text": queries.consent_text(request.place.pk) or services.text_in_force(request.place.pk),
    }


def _bring_in(request: PlaceRequest, session: Session, form: HarvestForm) -> list[Contribution]:
    return services.bring_in(session=session, group=form.whose(), many=form.many(), by=request.member)
