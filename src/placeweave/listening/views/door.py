"""The door of a voting: whoever knows its code comes in, and is known by a token in a cookie of that door alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from placeweave.kit import links
from placeweave.kit.doors import rate_limited
from placeweave.listening import queries
from placeweave.listening.models import Participant, Voting

COOKIE = "placeweave_voter"
KEPT_FOR = 60 * 60 * 24 * 180

P = ParamSpec("P")


class DoorRequest(HttpRequest):
    """A request at the door of a voting."""

    voting: Voting
    voter: Participant | None
    """Who is answering, once they have come in."""


DoorView = Callable[Concatenate[DoorRequest, P], HttpResponse]
PlainView = Callable[..., HttpResponse]


def door(view: DoorView[P]) -> PlainView:
    """Serve a page of the voting whose code the address holds; slowly to those who try codes one after another."""

    @wraps(view)
    def wrapped(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        entered: DoorRequest = request  # type: ignore[assignment]
        voter = queries.voter(token_digest(request), code) if COOKIE in request.COOKIES else None
        if voter is not None:
            entered.voting, entered.voter = voter.conversation.voting, voter
            return view(entered, *args, **kwargs)
        return _as_a_stranger(entered, code, *args, **kwargs)

    @rate_limited  # only those without a token: a phone that votes is not slowed down
    def _as_a_stranger(request: DoorRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        voting = queries.voting_by_code(code)
        if voting is None:
            raise Http404
        request.voting, request.voter = voting, None
        return view(request, *args, **kwargs)

    wrapped.permission = "open"  # type: ignore[attr-defined]
    return wrapped


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
