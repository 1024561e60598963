"""The frameworks that come with placeweave, each with its licence and source."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from placeweave.places import queries
from placeweave.places.access import open_view
from placeweave.places.models import Framework


@require_safe
@open_view
def frameworks(request: HttpRequest) -> HttpResponse:
    """List them, retired versions too."""
    return render(request, "places/frameworks.html", {"frameworks": queries.frameworks()})


@require_safe
@open_view
def framework(request: HttpRequest, slug: str, version: str) -> HttpResponse:
    """Show the headings of one."""
    found = get_object_or_404(Framework, slug=slug, version=version)
    headings = list(queries.headings(found))
    context = {
        "framework": found,
        "groups": [(one, [sub for sub in headings if sub.parent_id == one.pk]) for one in headings if not one.parent],
        "crosswalks": queries.crosswalks(found),
        "attributions": [found.note] if "Open Government Licence" in found.note else [],
    }
    return render(request, "places/framework.html", context)
