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


def rate_limited(view: View) -> View:
    """Slow down whoever tries private links one after another; each try counts, from one network address."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        limited: HttpResponse | None = ratelimit.consume_or_429(request, action="private_link", limit_get=True)
        return view(request, *args, **kwargs) if limited is None else limited

    return wrapped


def private_link(view: View) -> View:
    """Serve a page to whoever holds its address: slowly to those who try addresses, and hidden from the rest."""

    @rate_limited
    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        # Not "no-referrer": browsers then send the origin "null", and the forms of the page are refused.
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return wrapped
