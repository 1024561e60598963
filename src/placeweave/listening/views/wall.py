"""The wall of a room: a page for the projector, and what of it changes, asked for every second by a signed key.

The page itself is the team's. What it asks for goes past sign-in and place, because each costs more than the answer:
the key is signed by us, runs out, and shows nothing that does not stand on the wall anyway.
"""

from __future__ import annotations

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from placeweave.listening import queries
from placeweave.listening.codes import doorway
from placeweave.listening.views.held import voting_of
from placeweave.places.access import PlaceRequest, open_view, place_view

SALT = "placeweave.wall"
KEY_HOLDS_SECONDS = 60 * 60 * 14


@require_safe
@place_view("listening.hold_voting")
def wall(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show the wall of the open room, full screen."""
    voting = voting_of(request, pk)
    room = queries.open_room_of(voting)
    found = queries.wall(room.pk) if room else None
    if room is None or found is None:
        return redirect("listening:room", request.place.slug, pk)
    key = signing.dumps(room.pk, salt=SALT)
    context = {
        "voting": voting,
        "wall": found,
        "doorway": doorway(voting),
        "now_url": reverse("voting:wall", args=[key]),
    }
    return render(request, "listening/held/wall.html", context)


@open_view
@require_safe
def now(request: HttpRequest, key: str) -> HttpResponse:
    """Give what stands on the wall, or say that it is still the same."""
    try:
        found = queries.wall(signing.loads(key, salt=SALT, max_age=KEY_HOLDS_SECONDS))
    except signing.BadSignature:
        raise Http404 from None
    if found is None:
        raise Http404
    is_known = request.headers.get("If-None-Match") == found.mark
    answer: HttpResponse = HttpResponseNotModified() if is_known else render(
        request, "listening/held/wall_now.html", {"wall": found, "voting": found.room.voting}
    )  # fmt: skip
    answer.headers["ETag"] = found.mark
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
