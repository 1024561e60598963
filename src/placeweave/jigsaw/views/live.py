"""The live address: made and withdrawn by a convener, read by Kumu."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from placeweave.formats.graphs import write_kumu_json
from placeweave.jigsaw import exchange, services
from placeweave.jigsaw.models import LiveAddress
from placeweave.kit.doors import private_link
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


@require_safe
@place_view("jigsaw.share_live")
def live(request: PlaceRequest) -> HttpResponse:
    """Show the address, and what is read there."""
    found = LiveAddress.objects.filter(place=request.place, withdrawn_at=None).first()
    nodes, edges = exchange.published(request.place)
    address = request.build_absolute_uri(reverse("live:kumu", args=[found.key])) if found else ""
    context = {"found": found, "address": address, "nodes": nodes, "edges": len(edges)}
    return render(request, "jigsaw/live.html", context)


@require_POST
@place_view("jigsaw.share_live")
@acts_once
def live_make(request: PlaceRequest) -> HttpResponse:
    """Make the address."""
    services.make_live(place=request.place, by=request.member)
    messages.success(request, _("The address is open. Whoever has it can read what is listed here."))
    return redirect("jigsaw:live", request.place.slug)


@require_POST
@place_view("jigsaw.share_live")
@acts_once
def live_withdraw(request: PlaceRequest) -> HttpResponse:
    """Withdraw the address."""
    services.withdraw_live(place=request.place, by=request.member)
    messages.success(request, _("The address is withdrawn. Nobody can read anything there any more."))
    return redirect("jigsaw:live", request.place.slug)


@private_link
@require_safe
def kumu(request: HttpRequest, key: str) -> HttpResponse:
    """Give the map as Kumu reads it, from the browser of whoever looks at it there."""
    found = LiveAddress.objects.filter(key=key, withdrawn_at=None).select_related("place").first()
    if found is None:
        raise Http404
    content = write_kumu_json(*exchange.published(found.place))
    noted = services.note_given(address=found, content=content)
    etag, changed = f'"{noted.digest}"', int(noted.changed_at.timestamp()) if noted.changed_at else 0
    whole = HttpResponse(content, content_type="application/json; charset=utf-8")
    response = get_conditional_response(request, etag=etag, last_modified=changed, response=whole) or whole
    told = {"ETag": etag, "Last-Modified": http_date(changed), "Cache-Control": "private, no-cache"}
    told |= {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    for name, value in told.items():
        response.headers[name] = value
    return response
