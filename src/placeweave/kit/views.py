"""The pages every installation has: what is said when a page cannot be shown, and the styleguide."""

from __future__ import annotations

from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit import samples
from placeweave.kit.doors import steward_view


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that an address or a form could not be understood."""
    return render(request, "400.html", status=400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this person may not do this here."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page, or none this person may know of."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something went wrong here, and that nothing was changed."""
    return render(request, "500.html", status=500)


@steward_view
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component in all its states, to stewards."""
    return render(request, "kit/styleguide.html", samples.everything())


@steward_view
def sample_page(request: HttpRequest) -> HttpResponse:
    """Show the whole frame around made-up content, to stewards."""
    request.place = samples.place(timezone.now())  # type: ignore[attr-defined]
    request.member = SimpleNamespace(  # type: ignore[attr-defined]
        standing="convener", display_name="Ishbel M.", get_standing_display="Convener"
    )
    lines = [_("Boundaries: © Crown copyright and database right."), _("Grants: 360Giving, CC BY 4.0.")]
    return render(request, "kit/sample_page.html", samples.everything() | {"attributions": lines})


def accessibility(request: HttpRequest) -> HttpResponse:
    """Say who can use this service, how that is known, and whom to tell when it is not so."""
    return render(request, "kit/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept about whom, who may read it, and how to take words back."""
    return render(request, "kit/privacy.html")
