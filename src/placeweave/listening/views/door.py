"""The door of a voting: whoever knows its code comes in, and is known by a token in a cookie of that door alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from placeweave.kit import links
from placeweave.kit.doors import too_often
from placeweave.listening import queries
from placeweave.listening.models import Participant, Voting
from placeweave.listening.views.pace import MISTYPING

COOKIE = "placeweave_voter"
KEPT_FOR = 60 * 60 * 24 * 180

P = ParamSpec("P")


class DoorRequest(HttpRequest):
    """A request at the door of a voting."""

    voting: Voting
    voter: Participant | None
    """Who is answering, once they have come in."""


class VoterRequest(DoorRequest):
    """A request of somebody who has come in."""

    voter: Participant


DoorView = Callable[Concatenate[DoorRequest, P], HttpResponse]
VoterView = Callable[Concatenate[VoterRequest, P], HttpResponse]
PlainView = Callable[..., HttpResponse]


def door(view: DoorView[P]) -> PlainView:
    """Serve a page of the voting whose code the address holds; slowly to those who try codes one after another.

    A code that opens nothing, a draft and a voting that was put away are answered alike: nobody learns which it is.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if code != queries.code_of(code):
            return _by_its_own_name(request, code)
        entered: DoorRequest = request  # type: ignore[assignment]
        entered.voter = queries.voter(token_digest(request), code) if COOKIE in request.COOKIES else None
        voting = entered.voter.conversation.voting if entered.voter else queries.voting_by_code(code)
        if voting is None or (entered.voter is None and MISTYPING.is_spent(request)):
            return no_such_door(request)
        entered.voting = voting
        response = view(entered, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    wrapped.permission = "open"  # type: ignore[attr-defined]
    return wrapped


def voter_view(view: VoterView[P]) -> PlainView:
    """Serve a page to those who have come in; lead others to the door."""

    def entered(request: DoorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.voter is None:
            return redirect("voting:door", request.voting.code)
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return wraps(view)(door(entered))


def _by_its_own_name(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the address that the cookie is bound to: capitals are how the code stands on a wall."""
    known = queries.code_of(code)
    return redirect("voting:door", known) if known and request.method == "GET" else no_such_door(request)


def no_such_door(request: HttpRequest) -> HttpResponse:
    """Say kindly that no voting has this code; too many tries from one network have to wait."""
    if not MISTYPING.allows(request):
        return too_often(request)
    return render(request, "listening/voting/no_such_door.html", status=404)


def token_digest(request: HttpRequest) -> str:
    """Give what is stored of the token that the device holds."""
    return links.digest(request.COOKIES.get(COOKIE, ""))


def remember(response: HttpResponse, *, voting: Voting, token: str) -> HttpResponse:
    """Let the device keep its token: for this voting alone, so that two votings cannot be put together."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=KEPT_FOR,
        path=reverse("voting:door", args=[voting.code]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse, *, voting: Voting) -> HttpResponse:
    """Let the device drop its token: what was answered stays, and nobody can add to it or change it."""
    response.delete_cookie(COOKIE, path=reverse("voting:door", args=[voting.code]), samesite="Lax")
    return response
