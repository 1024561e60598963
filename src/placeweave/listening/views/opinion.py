"""The report of a conversation in statements: read it, have it brought up to date, take it away."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from placeweave.kit import access, analyses, exports
from placeweave.kit.models import Analysis
from placeweave.kit.once import acts_once
from placeweave.listening import queries, services, taking_opinion
from placeweave.listening.models import Conversation
from placeweave.places.access import PlaceRequest, place_view


def _in_statements(request: PlaceRequest, pk: int) -> Conversation:
    rows = Conversation.objects.select_related("batch", "voting", "place")
    return get_object_or_404(rows, pk=pk, place=request.place, method=Conversation.Method.STATEMENTS)


@place_view("listening.see_conversations")
def opinion(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show what people share, where they differ and what small groups say, as it was last worked out.

    The part of this page that asks how far the work has come is led on to the whole answer as soon as there is one.
    """
    found = _in_statements(request, pk)
    finding, newest = queries.opinion_finding(found), queries.newest_opinion(found)
    if newest and newest.is_over and "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "listening/opinion.html", _report(request, found, finding, newest))


def _report(
    request: PlaceRequest, found: Conversation, finding: Analysis | None, newest: Analysis | None
) -> dict[str, Any]:
    return {
        "conversation": found,
        "holds": hasattr(found, "voting") and access.may(request.member, "listening.hold_voting"),
        "here_tab": "opinion",
        "report": queries.opinion_report(found, finding) if finding else None,
        "analysis": finding,
        "running": newest if newest and not newest.is_over else None,
        "failed": newest if newest and newest.state == newest.State.FAILED else None,
        "is_stale": analyses.is_out_of_date(finding) if finding else False,
        "took_part": queries.who_took_part(found, threshold=request.place.threshold),
        "may_ask": access.may(request.member, "listening.work_out"),
        "files": taking_opinion.offered(request.member) if finding else [],
        "attributions": [found.batch.attribution] if found.batch and found.batch.attribution else [],
    }


@require_POST
@place_view("listening.work_out")
@acts_once
def ask_opinion(request: PlaceRequest, pk: int) -> HttpResponse:
    """Have the conversation worked out anew."""
    services.ask_for_opinion(conversation=_in_statements(request, pk), by=request.member)
    return redirect("listening:opinion", request.place.slug, pk)


@require_POST
@place_view("listening.take_statements")
def take_opinion(request: PlaceRequest, pk: int, form: str) -> HttpResponse:
    """Give the conversation as a file, and log that it left."""
    found = _in_statements(request, pk)
    offer = taking_opinion.OFFERS.get(form)
    if offer is None:
        raise Http404
    access.require(request.member, offer.permission)
    exported = offer.write(found)
    exports.log(exported, format=form, place_id=request.place.pk, by=request.member)
    return exports.as_download(exported)
