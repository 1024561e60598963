"""The public list of a place's events, the choice of what stands on it, and a member's own calendar address."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.gatherings import calendars
from placeweave.gatherings.queries import calendars as queries
from placeweave.gatherings.services import calendars as services
from placeweave.gatherings.views.calendars import narrowed_to, place_or_404
from placeweave.gatherings.views.finding import session_of
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, open_view, place_view


@open_view
def place_list(request: HttpRequest, key: str) -> HttpResponse:
    """List what a place invites everybody to, with what was called off struck out."""
    place = place_or_404(key)
    programme, now = narrowed_to(request, place), timezone.now()
    coming = [one for one in queries.listed(place, programme) if one.ends_at >= now]
    narrowed = f"?{urlencode({'programme': programme.pk})}" if programme else ""
    calendar = reverse("signup:place_calendar", args=[place.slug]) + narrowed
    context = {
        "place": place,
        "programme": programme,
        "programmes": queries.listed_programmes(place),
        "coming": coming,
        "events": [calendars.linked(one) for one in coming],
        "calendar_address": settings.PUBLIC_URL + calendar,
        "subscribe_address": calendars.webcal(calendar),
        "news_address": reverse("signup:place_news", args=[place.slug]) + narrowed,
    }
    return render(request, "gatherings/public/list.html", context)


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def listing(request: PlaceRequest, pk: int) -> HttpResponse:
    """Put a session on the public list, or take it off."""
    session = session_of(request, pk)
    is_listed = request.POST.get("listed") == "yes"
    services.list_publicly(session=session, is_listed=is_listed, by=request.member)
    said = _("It stands on the public list now.") if is_listed else _("It is off the public list.")
    messages.success(request, said)
    return redirect("gatherings:session", request.place.slug, pk)


@place_view("gatherings.see_sessions")
def own_calendar(request: PlaceRequest) -> HttpResponse:
    """Give a member the address of their own calendar, once, or end it."""
    address = ""
    if request.method == "POST" and request.POST.get("do") == "end":
        services.end_key(by=request.member)
        messages.success(request, _("The address is ended: it shows nothing any more."))
        return redirect("gatherings:calendar", request.place.slug)
    if request.method == "POST":
        key = services.give_key(by=request.member)
        address = settings.PUBLIC_URL + reverse("signup:member_calendar", args=[key])
    context = {"address": address, "held": queries.calendar_key(request.member)}
    return render(request, "gatherings/calendar.html", context)
