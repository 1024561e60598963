"""Pages for people without an account: a session and its form, and the page behind somebody's own link."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.gatherings import calendars, services
from placeweave.gatherings.forms.sessions import SignUpForm
from placeweave.gatherings.models import Preparation, Session, SignUp
from placeweave.gatherings.queries import queue as queries
from placeweave.gatherings.queries import series, sessions
from placeweave.gatherings.views.pace import paced
from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.doors import private_link
from placeweave.kit.once import link_key
from placeweave.places.access import open_view


@open_view
@private_link
def page(request: HttpRequest, key: str) -> HttpResponse:
    """Show a session to whoever was given its address, and let them sign up; no count of people is told."""
    session = sessions.public(key)
    if session is None:
        raise Http404
    timezone.activate(session.place.zone)
    form, own = SignUpForm(request.POST or None), link_key(request, "sign-up")
    if carried_out(form, lambda: paced(request, lambda: services.sign_up(session=session, wish=form.wish(), key=own))):
        return redirect("signup:mine", own)
    context = {
        "session": session,
        "purpose": (series.preparation(session) or Preparation()).purpose,
        "form": form,
        "kept": {"needs": settings.NEEDS_KEPT_DAYS, "details": settings.SIGN_UPS_KEPT_DAYS},
        "takes_people": session.takes_people(timezone.now()),
        "is_full": queries.free(session) == 0,
        "event": calendars.linked(session) if session.is_listed else "",
    }
    answer = render(request, "gatherings/public/page.html", context, status=status_of(form))
    if session.is_listed:
        answer.headers["X-Robots-Tag"] = "all"
    return answer


def _mine(key: str) -> SignUp:
    found = queries.with_key(key)
    if found is None or found.session.state == Session.State.DRAFT:
        raise Http404
    timezone.activate(found.session.place.zone)
    return found


@open_view
@private_link
def mine(request: HttpRequest, key: str) -> HttpResponse:
    """Show somebody where they stand, and why."""
    found = _mine(key)
    waits = found.state == SignUp.State.WAITING
    context = {
        "key": key,
        "subscribe_address": calendars.webcal(reverse("signup:mine_calendar", args=[key])),
        "sign_up": found,
        "session": found.session,
        "place_in_queue": queries.ahead_of(found) + 1 if waits else 0,
        "why": queries.why(found),
        "ready": series.getting_ready(found.session, now=timezone.now()),
        "takes_people": found.session.takes_people(timezone.now()),
        "offer_stands": found.offer_until is not None and found.offer_until > timezone.now(),
    }
    return render(request, "gatherings/public/mine.html", context)


@open_view
@private_link
@require_POST
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Take the place that was offered."""
    services.accept(sign_up=_mine(key))
    messages.success(request, _("The place is yours."))
    return redirect("signup:mine", key)


@open_view
@private_link
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """Ask once, then give up the place."""
    found = _mine(key)
    if request.method == "POST":
        services.leave(sign_up=found)
        return redirect("signup:mine", key)
    return render(request, "gatherings/public/leave.html", {"sign_up": found, "session": found.session, "key": key})


@open_view
@private_link
@require_POST
def ask_again(request: HttpRequest, key: str) -> HttpResponse:
    """Come back at the end of the queue."""
    services.ask_again(sign_up=_mine(key))
    return redirect("signup:mine", key)
