"""Pages for people without an account: a cohort and its application form, and the page behind one's own link."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.gatherings import wording
from placeweave.gatherings.forms.cohorts import ApplicationForm
from placeweave.gatherings.models import Application, Cohort, CohortEvent
from placeweave.gatherings.queries import applying as queries
from placeweave.gatherings.queries import cohorts
from placeweave.gatherings.services import applying
from placeweave.gatherings.views.pace import paced
from placeweave.kit.asking import carried_out, status_of
from placeweave.kit.doors import private_link
from placeweave.kit.once import link_key
from placeweave.places.access import open_view


def _apply(cohort: Cohort, form: ApplicationForm, key: str) -> Application:
    return applying.apply(cohort=cohort, answers=form.answers(), key=key)


@open_view
@private_link
def page(request: HttpRequest, key: str) -> HttpResponse:
    """Show a cohort to whoever was given its address, and let them apply; no count of people is told."""
    cohort = queries.public(key)
    if cohort is None:
        raise Http404
    timezone.activate(cohort.programme.place.zone)
    form, own = ApplicationForm(request.POST or None, programme=cohort.programme), link_key(request, "application")
    applied = partial(_apply, cohort, form, own)
    if carried_out(form, lambda: paced(request, applied)):
        return redirect("apply:mine", own)
    context = {
        "cohort": cohort,
        "programme": cohort.programme,
        "sessions": cohorts.shown_sessions(cohort),
        "form": form,
        "takes_applications": cohort.takes_applications(timezone.localdate()),
    }
    return render(request, "gatherings/apply/page.html", context, status=status_of(form))


def _mine(key: str) -> Application:
    found = queries.with_key(key)
    if found is None:
        raise Http404
    timezone.activate(found.cohort.programme.place.zone)
    return found


@open_view
@private_link
def mine(request: HttpRequest, key: str) -> HttpResponse:
    """Show somebody where they stand, and why."""
    found, now = _mine(key), timezone.now()
    why = queries.why(found)
    waits = found.state == Application.State.WAITING
    context = {
        "key": key,
        "applicant": found,
        "cohort": found.cohort,
        "programme": found.cohort.programme,
        "sessions": cohorts.shown_sessions(found.cohort),
        "place_in_line": queries.ahead_of(found) + 1 if waits and found.rank else 0,
        "why": why,
        "story": [(one, wording.waits(one.facts)) if _is_ranked(one) else (one, "") for one in why.events],
        "takes_applications": found.cohort.takes_applications(timezone.localdate()),
        "offer_stands": found.offer_until is not None and found.offer_until > now,
    }
    return render(request, "gatherings/apply/mine.html", context)


def _is_ranked(event: CohortEvent) -> bool:
    return event.kind == CohortEvent.Kind.RANKED


@open_view
@private_link
@require_POST
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Take the place that was offered."""
    applying.accept(applicant=_mine(key))
    messages.success(request, _("The place is yours."))
    return redirect("apply:mine", key)


@open_view
@private_link
@require_POST
def decline(request: HttpRequest, key: str) -> HttpResponse:
    """Say no to the place that was offered."""
    applying.decline(applicant=_mine(key))
    messages.success(request, _("Thank you for saying so: the place passes on to somebody who waits."))
    return redirect("apply:mine", key)


@open_view
@private_link
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """Ask once, then take the application back."""
    found = _mine(key)
    if request.method == "POST":
        applying.withdraw(applicant=found)
        return redirect("apply:mine", key)
    return render(request, "gatherings/apply/leave.html", {"cohort": found.cohort, "key": key})


@open_view
@private_link
@require_POST
def ask_again(request: HttpRequest, key: str) -> HttpResponse:
    """Come back at the end of the list."""
    applying.ask_again(applicant=_mine(key))
    return redirect("apply:mine", key)
