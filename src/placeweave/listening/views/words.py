"""Pages that capture what people said, show it, and change how far it travels."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from placeweave.kit import access
from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.once import acts_once
from placeweave.listening import queries, services
from placeweave.listening.forms.words import CaptureForm, ConsentTextForm, NarrowForm, PasteForm
from placeweave.listening.models import Contribution, Conversation, Naming, Scope
from placeweave.places.access import PlaceRequest, place_view


def _conversation(request: PlaceRequest, pk: int) -> Conversation:
    return get_object_or_404(Conversation, pk=pk, place=request.place)


def _asked(request: PlaceRequest) -> dict[str, Any]:
    """Say which words consent is asked in here."""
    text = queries.consent_text(request.place.pk) or services.text_in_force(request.place.pk)
    return {"consent_text": text}


@place_view("listening.contribute")
@acts_once
def capture(request: PlaceRequest, pk: int) -> HttpResponse:
    """Keep one thing somebody said."""
    found = _conversation(request, pk)
    initial = {"said_on": found.held_on, "neighbourhood": found.neighbourhood_id}
    form = CaptureForm(request.POST or None, place=request.place, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = services.capture(conversation=found, words=form.words(), by=request.member)
        return redirect("listening:kept", request.place.slug, made.pk)
    return render(request, "listening/capture.html", {"form": form, "conversation": found, **_asked(request)})


@place_view("listening.contribute")
def kept(request: PlaceRequest, pk: int) -> HttpResponse:
    """Say that the words are kept, and offer the private link to whoever wrote them down."""
    found = get_object_or_404(
        Contribution.raw.select_related("conversation"), pk=pk, place=request.place, captured_by=request.member
    )
    return render(request, "listening/kept.html", {"contribution": found, "conversation": found.conversation})


@place_view("listening.capture")
@acts_once
def paste(request: PlaceRequest, pk: int) -> HttpResponse:
    """Keep the notes of a workshop, one contribution a line or paragraph, once they were seen as they will be kept."""
    found = _conversation(request, pk)
    initial = {"said_on": found.held_on, "neighbourhood": found.neighbourhood_id}
    form = PasteForm(request.POST or None, place=request.place, initial=initial)
    context = {"form": form, "conversation": found, **_asked(request)}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("seen") == form.seen:
            made = services.capture_many(conversation=found, many=form.many(), by=request.member)
            told = ngettext("%(n)s contribution is kept.", "%(n)s contributions are kept.", len(made))
            messages.success(request, told % {"n": len(made)})
            return redirect("listening:conversation", request.place.slug, pk)
        context |= {"notes": form.notes, "seen": form.seen}
    return render(request, "listening/paste.html", context)


@place_view("listening.read_in_confidence")
def contribution(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show one contribution to the team: the words, the consent, what the teller may do."""
    found = _one(request, pk)
    form = NarrowForm(contribution=found)
    return render(request, "listening/contribution.html", _shown(request, found, form))


def _one(request: PlaceRequest, pk: int) -> Contribution:
    rows = Contribution.raw.select_related(
        "conversation__place", "consent_text", "neighbourhood", "organisation", "captured_by__person", "batch"
    )
    return get_object_or_404(rows, pk=pk, place=request.place)


def _shown(request: PlaceRequest, found: Contribution, form: NarrowForm) -> dict[str, Any]:
    return {
        "contribution": found,
        "said": queries.words(found, request.member),
        "previews": queries.previews(found, scope=Scope(found.scope), naming=Naming(found.naming)),
        "form": form,
        "attributions": [found.batch.attribution] if found.batch and found.batch.attribution else [],
    }


@place_view("listening.change_consent")
@acts_once
def narrow(request: PlaceRequest, pk: int) -> HttpResponse:
    """Share somebody's words less far."""
    found = _one(request, pk)
    form = NarrowForm(request.POST or None, contribution=found)
    if carried_out(form, lambda: services.narrow(contribution=found, by=request.member, **_chosen(form))):
        return redirect("listening:contribution", request.place.slug, pk)
    return render(request, "listening/contribution.html", _shown(request, found, form), status=status_of(form))


def _chosen(form: NarrowForm) -> dict[str, Any]:
    chosen = form.cleaned_data
    return {"scope": chosen["scope"], "naming": Naming(chosen["naming"]), "seen": chosen["version"]}


@require_POST
@place_view("listening.contribute")
def teller_link(request: PlaceRequest, pk: int) -> HttpResponse:
    """Make the teller's private link and show it this once; an earlier one stops working."""
    found = get_object_or_404(Contribution.raw.select_related("conversation"), pk=pk, place=request.place)
    if found.captured_by_id != request.member.pk:
        access.require(request.member, "listening.change_consent")
    key = services.teller_link(contribution=found, by=request.member)
    address = request.build_absolute_uri(reverse("thread:mine", args=[key]))
    context = {"contribution": found, "conversation": found.conversation, "address": address}
    return render(request, "listening/teller_link.html", context)


@place_view("listening.raise_risk")
@acts_once
def risk(request: PlaceRequest) -> HttpResponse:
    """Show whom to turn to when someone may be at risk; keep only that it was raised, when and by whom."""
    if request.method == "POST":
        services.raise_risk(by=request.member)
        messages.success(request, _("It is noted that you raised this today. Now tell a duty contact."))
        return redirect("listening:risk", request.place.slug)
    raised = queries.risks_raised(request.place.pk)[:20] if access.may(request.member, "listening.convene") else []
    return render(
        request, "listening/risk.html", {"contacts": queries.duty_contacts(request.place.pk), "raised": raised}
    )


@place_view("listening.convene")
@acts_once
def consent_text(request: PlaceRequest) -> HttpResponse:
    """Change the words in which consent is asked; what was given stays with the words it was given under."""
    asked = _asked(request)
    form = ConsentTextForm(request.POST or None, initial={"body": asked["consent_text"].body})
    if request.method == "POST" and form.is_valid():
        services.write_consent_text(body=form.cleaned_data["body"], by=request.member)
        messages.success(request, _("From now on consent is asked in these words."))
        return redirect("listening:consent_text", request.place.slug)
    return render(request, "listening/consent_text.html", {"form": form, **asked})
