"""Rate limits on the doors that need no account: a private link must not be found by trying."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]
WINDOW = 60


def address_of(request: HttpRequest) -> str:
    """Give the address a request came from; behind a trusted proxy, the one the proxy saw."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")


def limited(name: str, *, per_minute: int) -> Callable[[View], View]:
    """Let each address open a view so many times a minute, and say so in words past that.

    The count is kept for a minute at most, under the address, and never beside what was opened.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            key = f"limit:{name}:{address_of(request)}:{int(time.time()) // WINDOW}"
            cache.add(key, 0, WINDOW)
            if cache.incr(key) > per_minute:
                sentence = _("This page was opened very often from your network. Wait a minute, then try again.")
                response = render(request, "429.html", {"sentence": sentence}, status=429)
                response.headers["Retry-After"] = str(WINDOW)
                return response
            return view(request, *args, **kwargs)

        wrapped.permission = name  # type: ignore[attr-defined]
        return wrapped

    return decorate
