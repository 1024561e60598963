"""What we heard, for anybody who was given its link."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from placeweave.kit.doors import private_link
from placeweave.themes.models import WhatWeHeard
from placeweave.themes.queries import told as queries


@private_link
@require_safe
def told_public(request: HttpRequest, key: str) -> HttpResponse:
    """Show a shared page; a link that was taken back says so."""
    page = queries.by_key(key)
    if page is None:
        raise Http404
    if page.state != WhatWeHeard.State.SHARED:
        return render(request, "themes/told_gone.html", {"page": page}, status=410)
    return render(request, "themes/told_public.html", {"page": page, "told": queries.told(page)})
