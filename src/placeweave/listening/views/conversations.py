"""Pages for series and conversations: who was asked, what was heard, who has not been heard yet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit import access
from placeweave.kit.access import TEAM
from placeweave.kit.asking import carried_out, number_of, page_of, status_of
from placeweave.kit.once import acts_once
from placeweave.listening import queries, services
from placeweave.listening.forms.conversations import ConversationForm, SeriesForm
from placeweave.listening.forms.words import ToldForm
from placeweave.listening.models import Conversation, Series
from placeweave.listening.queries import Said
from placeweave.places.access import PlaceRequest, place_view


@place_view("listening.see_conversations")
def conversations(request: PlaceRequest) -> HttpResponse:
    """List what was convened and heard here."""
    place = request.place
    held = page_of(request, queries.conversations(place.pk))
    context = {
        "held": held,
        "series": queries.series(place.pk),
        "not_heard": queries.not_yet_heard(place.pk),
        "overdue": queries.overdue(place.pk) if request.member.standing in TEAM else [],
        "may_convene": access.may(request.member, "listening.convene"),
        "may_capture": access.may(request.member, "listening.capture"),
    }
    return render(request, "listening/conversations.html", context)


@place_view("listening.see_conversations")
def series(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show one series: its question, its conversations, who has not been heard in it."""
    found = get_object_or_404(Series.objects.select_related("issue"), pk=pk, place=request.place)
    context = {
        "series": found,
        "held": queries.conversations(request.place.pk).filter(series=found),
        "not_heard": queries.not_yet_heard(request.place.pk, of=found),
        "may_convene": access.may(request.member, "listening.convene"),
        "first_url": f"{reverse('listening:new_conversation', args=[request.place.slug])}?series={pk}",
    }
    return render(request, "listening/series.html", context)


@place_view("listening.convene")
@acts_once
def new_series(request: PlaceRequest) -> HttpResponse:
    """Open a series."""
    form = SeriesForm(request.POST or None, place=request.place)
    made = carried_out(form, lambda: services.begin_series(facts=form.facts(), by=request.member))
    if made is not None:
        return redirect("listening:series", request.place.slug, made.pk)
    return render(request, "listening/series_form.html", {"form": form}, status=status_of(form))


@place_view("listening.convene")
@acts_once
def edit_series(request: PlaceRequest, pk: int) -> HttpResponse:
    """Change what is said about a series; two people at once both keep what they wrote."""
    found = get_object_or_404(Series, pk=pk, place=request.place)
    names = services.SeriesFacts.__dataclass_fields__
    initial = {name: getattr(found, name) for name in names} | {"version": found.version}
    form = SeriesForm(request.POST or None, place=request.place, initial=initial)
    if carried_out(form, lambda: _edit_series(request, found, form)):
        return redirect("listening:series", request.place.slug, pk)
    return render(request, "listening/series_form.html", {"form": form, "series": found}, status=status_of(form))


def _edit_series(request: PlaceRequest, found: Series, form: SeriesForm) -> Series:
    return services.edit_series(series=found, facts=form.facts(), version=form.opened_at, by=request.member)


@place_view("listening.see_conversations")
def conversation(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show one conversation: its question, its harvest, and what was said, as far as this reader may read it."""
    found = get_object_or_404(queries.conversations(request.place.pk), pk=pk)
    if found.is_in_statements:
        return redirect("listening:statements", request.place.slug, pk)
    return render(request, "listening/conversation.html", _conversation(request, found))


def _conversation(request: PlaceRequest, found: Conversation) -> dict[str, Any]:
    readable = queries.readable_by(request.member).filter(conversation=found).select_related("conversation__place")
    page = page_of(request, readable)
    return {
        "conversation": found,
        "page": page,
        "said": [_here(request, queries.words(one, request.member)) for one in page],
        "kept_back": found.heard - page.paginator.count,  # type: ignore[attr-defined]
        "invited": found.invited.all(),
        "told_form": ToldForm(initial={"on": timezone.localdate()}),
        "may_convene": access.may(request.member, "listening.convene"),
        "may_capture": access.may(request.member, "listening.capture"),
        "may_contribute": access.may(request.member, "listening.contribute"),
    }


def _here(request: PlaceRequest, said: Said) -> Said:
    """On the page of its own conversation a quote needs no source; the team is led to its consent instead."""
    if not access.may(request.member, "listening.read_in_confidence"):
        return replace(said, source_url="", source_label="")
    own = reverse("listening:contribution", args=[request.place.slug, said.key])
    return replace(said, source_url=own, source_label=_("consent and private link"))


@place_view("listening.convene")
@acts_once
def new_conversation(request: PlaceRequest) -> HttpResponse:
    """Note a conversation that is planned, or was held."""
    form = ConversationForm(request.POST or None, place=request.place, initial={"series": request.GET.get("series")})
    made = carried_out(form, lambda: _convene(request, form))
    if made is not None and made.is_in_statements:
        return redirect("listening:rules", request.place.slug, made.pk)
    if made is not None:
        return redirect("listening:conversation", request.place.slug, made.pk)
    return render(request, "listening/conversation_form.html", {"form": form}, status=status_of(form))


def _convene(request: PlaceRequest, form: ConversationForm) -> Conversation:
    return services.convene(facts=form.facts(), invited=form.cleaned_data["invited"], by=request.member)


@place_view("listening.convene")
@acts_once
def edit_conversation(request: PlaceRequest, pk: int) -> HttpResponse:
    """Change what is said about a conversation; two people at once both keep what they wrote."""
    found = get_object_or_404(Conversation, pk=pk, place=request.place)
    form = ConversationForm(request.POST or None, place=request.place, initial=_as_written(found))
    form.keep_method_of(found)
    if carried_out(form, lambda: _edit_conversation(request, found, form)):
        return redirect("listening:conversation", request.place.slug, pk)
    context = {"form": form, "conversation": found}
    return render(request, "listening/conversation_form.html", context, status=status_of(form))


def _edit_conversation(request: PlaceRequest, found: Conversation, form: ConversationForm) -> Conversation:
    return services.edit_conversation(
        conversation=found,
        facts=form.facts(),
        invited=form.cleaned_data["invited"],
        version=form.opened_at,
        by=request.member,
    )


def _as_written(found: Conversation) -> dict[str, Any]:
    names = services.ConversationFacts.__dataclass_fields__
    told = {name: getattr(found, name) for name in names}
    return told | {"invited": found.invited.all(), "version": found.version}


@place_view("listening.convene")
@acts_once
def told(request: PlaceRequest) -> HttpResponse:
    """List who is owed an answer, and note that one conversation's people were told."""
    form = ToldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = get_object_or_404(Conversation, pk=number_of(request.POST.get("conversation")), place=request.place)
        count = services.mark_told(conversation=found, on=form.cleaned_data["on"], by=request.member)
        messages.success(request, _("%(count)s contributions of “%(title)s” are noted as told.") % {
            "count": count, "title": found.title})  # fmt: skip
        return redirect("listening:told", request.place.slug)
    context = {"owed": queries.owed_an_answer(request.place.pk), "form": form, "today": timezone.localdate()}
    return render(request, "listening/told.html", context)
