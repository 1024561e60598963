"""A voting as people will see it, for whoever holds its preview link: nothing that is pressed here is kept."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from placeweave.kit import links
from placeweave.kit.asking import number_of
from placeweave.kit.doors import private_link
from placeweave.listening import queries
from placeweave.listening.services import Card
from placeweave.listening.views import ballot
from placeweave.places.access import open_view


@private_link
@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """Walk from the door through one sitting."""
    voting = queries.voting_by_preview(links.digest(key))
    if voting is None:
        raise Http404
    said = list(queries.said_already(voting).prefetch_related("translations")[: voting.a_sitting])
    at = number_of(request.GET.get("at")) or 0
    reason = _("In a preview they come in the order in which they were written.")
    shown = Card(said[at - 1], reason) if 0 < at <= len(said) else None
    context = {
        "voting": voting,
        "key": key,
        "at": at,
        "next": at + 1,
        "dots": range(1, len(said) + 1),
        "card": ballot.card(shown, get_language() or "") if shown else None,
    }
    return render(request, "listening/voting/preview.html", context)


@open_view
@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """Say that the device holds nothing any more."""
    return render(request, "listening/voting/left.html")
