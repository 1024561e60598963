"""Pages of practice: the cards, and the log of what was tried."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.gatherings import practices, services
from placeweave.gatherings.forms.practice import TriedForm
from placeweave.gatherings.models import Tried
from placeweave.gatherings.queries import practice as queries
from placeweave.kit.access import may
from placeweave.kit.asking import carried_out, page_of, status_of
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


@place_view("gatherings.see_sessions")
def practice(request: PlaceRequest) -> HttpResponse:
    """Lay out the cards, and show what was tried as far as the reader may know."""
    context = {
        "cards": queries.laid_out(request.member),
        "page": page_of(request, queries.readable(request.member), size=20),
    }
    return render(request, "gatherings/practice.html", context)


@place_view("gatherings.see_sessions")
@acts_once
def card(request: PlaceRequest, card: str) -> HttpResponse:
    """Show one card, and let the reader log what happened when they tried it."""
    found = practices.card(card)
    if found is None:
        raise Http404
    logs = may(request.member, "gatherings.log_practice")
    initial = {"on": timezone.localdate()}
    form = TriedForm(request.POST or None, member=request.member, initial=initial)
    made = carried_out(form, lambda: services.log_practice(card=found.key, facts=form.facts(), by=request.member))
    if made is not None:
        messages.success(request, _("It stands in your log."))
        return redirect("gatherings:practice_card", request.place.slug, card)
    entries = queries.readable(request.member).filter(card=found.key)
    context = {"card": found, "form": form, "logs": logs, "page": page_of(request, entries, size=20)}
    return render(request, "gatherings/practice_card.html", context, status=status_of(form))


def _own(request: PlaceRequest, pk: int) -> Tried:
    """Find an entry of the reader's own; what others wrote is not even said to exist."""
    return get_object_or_404(Tried, pk=pk, member=request.member, place=request.place)


@place_view("gatherings.log_practice")
@acts_once
def tried_edit(request: PlaceRequest, pk: int) -> HttpResponse:
    """Change what one wrote, or who may read it."""
    tried = _own(request, pk)
    form = TriedForm(request.POST or None, member=request.member, initial=_as_written(tried))
    if carried_out(form, lambda: _change(request, tried, form)):
        return redirect("gatherings:practice_card", request.place.slug, tried.card)
    context = {"form": form, "tried": tried, "card": practices.card(tried.card)}
    return render(request, "gatherings/tried_form.html", context, status=status_of(form))


def _as_written(tried: Tried) -> dict[str, Any]:
    return {name: getattr(tried, name) for name in TriedForm.base_fields}


def _change(request: PlaceRequest, tried: Tried, form: TriedForm) -> Tried:
    return services.change_tried(tried=tried, facts=form.facts(), version=form.opened_at, by=request.member)


@place_view("gatherings.log_practice")
@acts_once
def tried_forget(request: PlaceRequest, pk: int) -> HttpResponse:
    """Ask once, then take what one wrote out of the log."""
    tried = _own(request, pk)
    if request.method == "POST":
        services.forget_tried(tried=tried, by=request.member)
        return redirect("gatherings:practice_card", request.place.slug, tried.card)
    return render(request, "gatherings/tried_forget.html", {"tried": tried, "card": practices.card(tried.card)})
