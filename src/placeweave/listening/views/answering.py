"""What a phone does at the door of a voting: come in, be asked, answer."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from placeweave.kit.asking import number_of
from placeweave.kit.doors import too_often
from placeweave.kit.errors import DomainError, NotReady, Unsound
from placeweave.listening import queries, services
from placeweave.listening.forms.at_the_door import CodeForm
from placeweave.listening.models import Vote
from placeweave.listening.services import Answer
from placeweave.listening.views import ballot
from placeweave.listening.views.door import (
    COOKIE,
    DoorRequest,
    VoterRequest,
    door,
    no_such_door,
    remember,
    token_digest,
    voter_view,
)
from placeweave.listening.views.pace import COMING_IN
from placeweave.places.access import open_view

VALUES = {"agree": Vote.Value.AGREE, "disagree": Vote.Value.DISAGREE, "pass": Vote.Value.PASS}


@open_view
@require_safe
def type_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code that stands on the wall, and lead to its door."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        code = queries.code_of(form.cleaned_data["code"])
        return redirect("voting:door", code) if queries.voting_by_code(code) else no_such_door(request)
    return render(request, "listening/voting/code.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door
def doorstep(request: DoorRequest) -> HttpResponse:
    """Say what this is, what it asks and what happens to answers; let somebody in who presses Start."""
    if request.method == "POST":
        return _come_in(request)
    voting = request.voting
    if not voting.takes_answers:
        return render(request, "listening/voting/closed.html", _found_out(request))
    return render(request, "listening/voting/door.html", {"voting": voting, "voter": request.voter})


def _come_in(request: DoorRequest) -> HttpResponse:
    """Let somebody in; who is in already goes on."""
    on = redirect("voting:statements", request.voting.code)
    if request.voter is not None:
        services.join_room(voting=request.voting, participant=request.voter)
        return on
    if not COMING_IN.allows(request):
        return too_often(request)
    _participant, token = services.come_in(voting=request.voting)
    return remember(on, voting=request.voting, token=token)


def _found_out(request: DoorRequest) -> dict[str, Any]:
    voting = request.voting
    place = voting.conversation.place
    return {
        "voting": voting,
        "voter": request.voter,
        "threshold": place.threshold,
        "shared": queries.where_we_stand(voting.conversation, threshold=place.threshold).agreed,
    }


@require_safe
@voter_view
def statements(request: VoterRequest) -> HttpResponse:
    """Ask one statement, or what to do next after a sitting; the script on this page asks them one after the other."""
    voting = request.voting
    if not voting.takes_answers:
        return redirect("voting:door", voting.code)
    if (again := number_of(request.GET.get("again"))) is not None:
        cards = ballot.again(request, again)
    else:
        drawn = services.next_statements(voting=voting, participant=request.voter, n=ballot.ahead(voting))
        cards = [ballot.card(one, get_language() or "") for one in drawn]
    return render(request, "listening/voting/statements.html", ballot.page(request, cards))


@open_view
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Keep answers, and say so only when they are kept; a device asks for JSON, a page without script is led on."""
    answers, digest = _answers(request), token_digest(request)
    if len(answers) == 1 and services.answer_first(token_digest=digest, code=code, answer=answers[0]):
        return _kept(request, code, services.Kept([answers[0].statement], []))
    voter = _voter(request, code)
    if voter is None:
        return _not_in_yet() if _is_device(request) else redirect("voting:door", code)
    try:
        if not answers:
            raise Unsound(_("An answer is agree, disagree or pass."))
        kept = services.answer(voter=voter, answers=answers)
    except DomainError as refusal:
        if not _is_device(request):
            raise
        is_closed = isinstance(refusal, NotReady)
        return JsonResponse({"sentence": refusal.sentence, "closed": is_closed}, status=refusal.status)
    return _kept(request, code, kept, is_paused=voter.is_paused)


def _is_device(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _voter(request: HttpRequest, code: str) -> queries.Voter | None:
    return queries.answering(token_digest(request), code) if COOKIE in request.COOKIES else None


def _kept(request: HttpRequest, code: str, kept: services.Kept, *, is_paused: bool = False) -> HttpResponse:
    if _is_device(request):
        return JsonResponse({"kept": kept.statements, "gone": kept.gone, "paused": is_paused})
    return _on(request, code, kept)


def _on(request: HttpRequest, code: str, kept: services.Kept) -> HttpResponse:
    """Lead a page without script to the next statement of its sitting."""
    told = {"at": (number_of(request.POST.get("at")) or 0) + 1}
    told |= {"last": kept.statements[-1]} if kept.statements else {"gone": 1}
    return redirect(f"{reverse('voting:statements', args=[code])}?{urlencode(told)}")


def _not_in_yet() -> JsonResponse:
    return JsonResponse({"sentence": _("This device has not come in yet."), "out": True}, status=403)


@open_view
@require_safe
def now(request: HttpRequest, code: str) -> HttpResponse:
    """Tell a waiting phone whether the room is paused, and whether answers are taken still."""
    voter = _voter(request, code)
    if voter is None:
        return _not_in_yet()
    return JsonResponse({"paused": voter.is_paused, "closed": not voter.may_answer})


def _answers(request: HttpRequest) -> list[Answer]:
    """Read one answer, or several kept on the device while there was no network, each from three fields.

    Give none where one of them is no answer.
    """
    fields = (request.POST.getlist(name) for name in ("statement", "value", "turn"))
    found = [
        Answer(statement, VALUES[value], turn)
        for raw, value, turns in zip_longest(*fields, fillvalue="")
        if (statement := number_of(raw)) is not None and value in VALUES and (turn := number_of(turns)) is not None
    ]
    return found if len(found) == len(request.POST.getlist("value")) else []
