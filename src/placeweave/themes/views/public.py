"""What we heard, for anybody who was given its link."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from placeweave.themes.models import WhatWeHeard
from placeweave.themes.queries import told as queries

A_MINUTE, OPENINGS = 60, 60
"""A family behind one connection may all open a page; somebody trying keys may not."""


def _limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse an address that opens more links a minute than people do; it is kept as a digest, for that minute."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        where = hashlib.sha256(request.META.get("REMOTE_ADDR", "").encode()).hexdigest()[:24]
        name = f"told-{where}"
        cache.add(name, 0, timeout=A_MINUTE)
        try:
            opened = cache.incr(name)
        except ValueError:  # it ran out between the two
            opened = 1
        if opened > OPENINGS:
            return render(request, "429.html", status=429)
        return view(request, *args, **kwargs)

    wrapped.permission = "public"  # type: ignore[attr-defined]
    return wrapped


@_limited
@require_safe
def told_public(request: HttpRequest, key: str) -> HttpResponse:
    """Show a shared page; a link that was taken back says so."""
    page = queries.by_key(key)
    if page is None:
        raise Http404
    if page.state != WhatWeHeard.State.SHARED:
        return render(request, "themes/told_gone.html", {"page": page}, status=410)
    response = render(request, "themes/told_public.html", {"page": page, "told": queries.told(page)})
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
