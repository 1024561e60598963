"""What a phone does at the door of a voting: come in, answer."""

from __future__ import annotations

from itertools import zip_longest

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from placeweave.kit.asking import number_of
from placeweave.kit.errors import DomainError, Unsound
from placeweave.listening import queries, services
from placeweave.listening.models import Vote
from placeweave.listening.services import Answer
from placeweave.listening.views.door import COOKIE, DoorRequest, door, remember, token_digest
from placeweave.places.access import open_view

VALUES = {"agree": Vote.Value.AGREE, "disagree": Vote.Value.DISAGREE, "pass": Vote.Value.PASS}


@require_POST
@door
def come_in(request: DoorRequest) -> HttpResponse:
    """Let somebody in; who is in already goes on."""
    answer = redirect("voting:statements", request.voting.code)
    if request.voter is not None:
        return answer
    _participant, token = services.come_in(voting=request.voting)
    return remember(answer, voting=request.voting, token=token)


@open_view
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Keep answers, and say so only when they are kept; a device asks for JSON, a page without script is led on."""
    as_json = request.headers.get("Accept") == "application/json"
    voter = queries.answering(token_digest(request), code) if COOKIE in request.COOKIES else None
    if voter is None:
        return _not_in_yet() if as_json else redirect("voting:door", code)
    try:
        kept = services.answer(voter=voter, answers=_answers(request))
    except DomainError as refusal:
        if not as_json:
            raise
        return JsonResponse({"sentence": refusal.sentence}, status=refusal.status)
    if as_json:
        return JsonResponse({"kept": kept, "paused": voter.is_paused})
    return redirect("voting:statements", code)


def _not_in_yet() -> JsonResponse:
    return JsonResponse({"sentence": _("This device has not come in yet.")}, status=403)


def _answers(request: HttpRequest) -> list[Answer]:
    """Read one answer, or several kept on the device while there was no network, each from three fields."""
    fields = (request.POST.getlist(name) for name in ("statement", "value", "turn"))
    found = [
        Answer(statement, VALUES[value], turn)
        for raw, value, turns in zip_longest(*fields, fillvalue="")
        if (statement := number_of(raw)) is not None and value in VALUES and (turn := number_of(turns)) is not None
    ]
    if not found or len(found) != len(request.POST.getlist("value")):
        raise Unsound(_("An answer is agree, disagree or pass."))
    return found
