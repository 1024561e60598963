"""The outbox of a session, its reminders, and calling off several sessions at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from placeweave.gatherings.forms.letters import CallOffForm, RemindersForm
from placeweave.gatherings.models import Letter
from placeweave.gatherings.queries import calling_off as choices
from placeweave.gatherings.queries import letters as queries
from placeweave.gatherings.services import calling_off, outbox, reminding
from placeweave.gatherings.views.finding import session_of
from placeweave.kit.asking import carried_out, number_of, page_of, status_of
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


@place_view("gatherings.run_sessions")
@acts_once
def letters(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show how the letters about a session stand, and set when people are reminded."""
    session = session_of(request, pk)
    before = list(session.reminders.values_list("hours_before", flat=True))
    form = RemindersForm(request.POST or None, initial={"before": before})
    if request.method == "POST" and form.is_valid():
        reminding.set_reminders(session=session, before=form.cleaned_data["before"], by=request.member)
        messages.success(request, _("The reminders are kept."))
        return redirect("gatherings:letters", request.place.slug, pk)
    page = page_of(request, queries.outbox(session))
    context = {"session": session, "form": form, "page": page, "tally": queries.tally(session)}
    return render(request, "gatherings/letters.html", context, status=status_of(form))


def _letter(request: PlaceRequest, pk: int) -> Letter:
    return get_object_or_404(queries.letters_of(request.place), pk=pk)


def _back(request: PlaceRequest, letter: Letter) -> HttpResponse:
    session_id = letter.event.session_id if letter.event else 0
    return redirect("gatherings:letters", request.place.slug, session_id)


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def post_again(request: PlaceRequest, pk: int) -> HttpResponse:
    """Post a letter again."""
    letter = outbox.post_again(letter=_letter(request, pk), by=request.member)
    messages.success(request, _("The letter is posted again within a minute."))
    return _back(request, letter)


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def returned(request: PlaceRequest, pk: int) -> HttpResponse:
    """Note that a letter came back."""
    letter = outbox.note_returned(letter=_letter(request, pk), by=request.member)
    messages.success(request, _("Noted. Nothing more is posted to this address until you have a letter posted again."))
    return _back(request, letter)


@place_view("gatherings.run_sessions")
@acts_once
def call_off(request: PlaceRequest) -> HttpResponse:
    """Choose sessions, look once more, and call them all off."""
    asked = request.POST if request.method == "POST" else request.GET
    coming = choices.still_coming(request.place, programme=number_of(request.GET.get("programme")))
    form = CallOffForm(asked if "sessions" in asked or "go" in asked else None, coming=coming)
    chosen = list(form.cleaned_data["sessions"]) if form.is_bound and form.is_valid() else []
    context = {"form": form, "chosen": chosen, "coming": coming}
    if request.method != "POST" or not chosen:
        context["people"] = choices.addresses(chosen)
        return render(request, "gatherings/call_off.html", context, status=status_of(form))
    pks = [one.pk for one in chosen]
    done = carried_out(form, lambda: calling_off.call_off(place=request.place, sessions=pks, by=request.member))
    if done is None:
        return render(request, "gatherings/call_off.html", context | {"chosen": []}, status=status_of(form))
    messages.success(request, _told(done))
    return redirect("gatherings:overview", request.place.slug)


def _told(done: calling_off.CalledOff) -> str:
    people = ngettext("%(n)s person is told", "%(n)s people are told", done.people) % {"n": done.people}
    cancelled = ngettext("%(n)s session is cancelled", "%(n)s sessions are cancelled", done.sessions)
    return _("%(cancelled)s, and %(people)s, each in one letter.") % {
        "cancelled": cancelled % {"n": done.sessions},
        "people": people,
    }
