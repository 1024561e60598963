"""Pages of sessions for members: the list, one session with who comes, and what the team does with it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.gatherings import services
from placeweave.gatherings.forms.sessions import SessionForm, as_written
from placeweave.gatherings.models import Session, SignUp
from placeweave.gatherings.queries import cohorts, learning, series
from placeweave.gatherings.queries import queue as queue_queries
from placeweave.gatherings.queries import sessions as queries
from placeweave.gatherings.queries.hand_over import is_run_by
from placeweave.gatherings.views.finding import counted_session_of, session_of, without_drafts
from placeweave.kit.access import may
from placeweave.kit.asking import carried_out, page_of, status_of
from placeweave.kit.once import acts_once
from placeweave.kit.squares import square
from placeweave.places.access import PlaceRequest, place_view


@place_view("gatherings.see_sessions")
def overview(request: PlaceRequest) -> HttpResponse:
    """List the sessions that are coming, those that were, and the programmes they belong to."""
    found, now = without_drafts(request, queries.sessions(request.place)), timezone.now()
    runs = may(request.member, "gatherings.run_sessions")
    context = {
        "coming": found.filter(ends_at__gte=now),
        "past": page_of(request, found.filter(ends_at__lt=now).order_by("-begins_at", "-pk")),
        "programmes": cohorts.programmes(request.place),
        "runs": runs,
    }
    return render(request, "gatherings/overview.html", context)


@place_view("gatherings.see_sessions")
def detail(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show one session; the team sees who comes and who waits, and whoever runs it what each of them needs."""
    session = counted_session_of(request, pk)
    runs = may(request.member, "gatherings.run_sessions")
    address = settings.PUBLIC_URL + reverse("signup:page", args=[session.code])
    context = {
        "session": session,
        "runs": runs,
        "hosts": is_run_by(session, request.member),
        "sign_ups": queries.sign_ups(session) if runs else (),
        "unposted": queries.unposted(session) if runs else 0,
        "address": address,
        "square": square(address),
        "asked_for": learning.answered_by(session),
        "ready": series.getting_ready(session, now=timezone.now()),
        "has_begun": session.begins_at <= timezone.now(),
    }
    return render(request, "gatherings/session.html", context)


@place_view("gatherings.run_sessions")
def queue(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show the log of the queue: who was given a place when, and by which rule."""
    session = session_of(request, pk)
    page = page_of(request, queue_queries.log(session))
    return render(request, "gatherings/queue.html", {"session": session, "page": page})


@place_view("gatherings.run_sessions")
@acts_once
def new(request: PlaceRequest) -> HttpResponse:
    """Draft a session."""
    initial = {"host": request.member.pk, "cohort": request.GET.get("cohort"), "capacity": 24}
    form, place = SessionForm(request.POST or None, place=request.place, initial=initial), request.place
    made = carried_out(form, lambda: services.make(place=place, facts=form.facts(), by=request.member))
    if made is not None:
        return redirect("gatherings:session", place.slug, made.pk)
    return render(request, "gatherings/session_form.html", {"form": form}, status=status_of(form))


@place_view("gatherings.run_sessions")
@acts_once
def edit(request: PlaceRequest, pk: int) -> HttpResponse:
    """Change a session; two people at once both keep what they wrote."""
    session = session_of(request, pk)
    form = SessionForm(request.POST or None, place=request.place, initial=as_written(session))
    if carried_out(form, lambda: _edit(request, session, form)):
        return redirect("gatherings:session", request.place.slug, pk)
    context = {"form": form, "session": session}
    return render(request, "gatherings/session_form.html", context, status=status_of(form))


def _edit(request: PlaceRequest, session: Session, form: SessionForm) -> Session:
    return services.edit(session=session, facts=form.facts(), version=form.opened_at, by=request.member)


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def open_up(request: PlaceRequest, pk: int) -> HttpResponse:
    """Let people sign up."""
    services.open_up(session=session_of(request, pk), by=request.member)
    messages.success(request, _("People can sign up now. Give them the address below."))
    return redirect("gatherings:session", request.place.slug, pk)


@place_view("gatherings.run_sessions")
@acts_once
def cancel(request: PlaceRequest, pk: int) -> HttpResponse:
    """Ask once, then call the session off."""
    session = session_of(request, pk)
    if request.method == "POST":
        services.cancel(session=session, by=request.member)
        messages.success(request, _("The session is cancelled, and everybody on its list is told."))
        return redirect("gatherings:session", request.place.slug, pk)
    return render(request, "gatherings/cancel.html", {"session": session})


@place_view("gatherings.run_sessions")
@require_POST
@acts_once
def held(request: PlaceRequest, pk: int) -> HttpResponse:
    """Note that it took place."""
    services.mark_held(session=session_of(request, pk), by=request.member)
    return redirect("gatherings:session", request.place.slug, pk)


@place_view("gatherings.run_sessions")
@acts_once
def release(request: PlaceRequest, pk: int) -> HttpResponse:
    """Ask once, then take somebody off the list who asked for it."""
    mine = SignUp.objects.select_related("session").filter(session__place=request.place)
    found = get_object_or_404(mine, pk=pk)
    if request.method == "POST":
        services.release(sign_up=found, by=request.member)
        return redirect("gatherings:session", request.place.slug, found.session_id)
    return render(request, "gatherings/release.html", {"sign_up": found, "session": found.session})
