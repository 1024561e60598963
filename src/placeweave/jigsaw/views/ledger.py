"""Pages of mutual help: what is asked for, who answers, and the ledger month by month."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.jigsaw import queries, services
from placeweave.jigsaw.forms import GivenForm, OfferHelpForm
from placeweave.jigsaw.models import Help, Need
from placeweave.kit.access import may
from placeweave.kit.asking import carried_out, page_of, status_of
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


@place_view("jigsaw.see_board")
def ledger(request: PlaceRequest) -> HttpResponse:
    """Show what is asked for with its answers, and who helped whom in one month, by name."""
    context = {
        "page": page_of(request, queries.asks(request.place), size=8),
        "month": queries.month_of_help(
            request.place, queries.read_month(request.GET.get("month", "")), page=request.GET.get("acts")
        ),
        "may_add": may(request.member, "jigsaw.add_need"),
    }
    return render(request, "jigsaw/ledger.html", context)


@place_view("jigsaw.add_need")
@acts_once
def help_offer(request: PlaceRequest, pk: int) -> HttpResponse:
    """Answer an ask."""
    need = get_object_or_404(Need.objects.select_related("asked_by"), pk=pk, place=request.place)
    form = OfferHelpForm(request.POST or None, place=request.place, member=request.member)
    if carried_out(form, lambda: services.offer_help(need=need, **form.cleaned_data, by=request.member)):
        messages.success(request, _("Your answer stands beside the ask."))
        return redirect("jigsaw:ledger", request.place.slug)
    context = {"form": form, "need": need, "answers": queries.answers_of(need)}
    return render(request, "jigsaw/help_offer.html", context, status=status_of(form))


def _help(request: PlaceRequest, pk: int) -> Help:
    return get_object_or_404(Help.objects.select_related("need", "giver", "receiver"), pk=pk, place=request.place)


@place_view("jigsaw.add_need")
@acts_once
def help_given(request: PlaceRequest, pk: int) -> HttpResponse:
    """Say that help came, with thanks if one likes."""
    found = _help(request, pk)
    form = GivenForm(request.POST or None)
    if carried_out(
        form, lambda: services.say_given(help_=found, thanks=form.cleaned_data["thanks"], by=request.member)
    ):
        return redirect("jigsaw:ledger", request.place.slug)
    return render(request, "jigsaw/help_given.html", {"form": form, "help": found}, status=status_of(form))


@require_POST
@place_view("jigsaw.add_need")
@acts_once
def help_back(request: PlaceRequest, pk: int) -> HttpResponse:
    """Take an offer of help back."""
    services.take_back_help(help_=_help(request, pk), by=request.member)
    messages.success(request, _("The offer is taken back."))
    return redirect("jigsaw:ledger", request.place.slug)
