"""The doors that lie outside any place: for stewards alone, and for whoever holds a private link."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.core import ratelimit
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from placeweave.kit.tries import Pace

View = Callable[..., HttpResponse]


def steward_view(view: View) -> View:
    """Let a view be reached only by those who run the installation; to others it does not exist."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not getattr(request.user, "is_steward", False):
            raise Http404
        if settings.REQUIRE_SECOND_FACTOR and not is_mfa_enabled(request.user):
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return wrapped


# A whole workshop opens its links from behind one address, so only links that lead nowhere count as tries.
GUESSING = Pace("private_link", ((60, 60), (600, 3600)))


def private_link(view: View) -> View:
    """Serve a page to whoever holds its address: slowly to those who try addresses, and hidden from the rest."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if GUESSING.is_spent(request):
            return too_often(request)
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            GUESSING.count(request)
            raise
        # Not "no-referrer": browsers then send the origin "null", and the forms of the page are refused.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers.setdefault("X-Robots-Tag", "noindex")
        return response

    return wrapped


def too_often(request: HttpRequest) -> HttpResponse:
    """Ask whoever comes too often to wait."""
    limited: HttpResponse = ratelimit.respond_429(request)
    return limited
