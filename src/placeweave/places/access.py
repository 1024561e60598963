"""The door of every place page: who is asking, in which place, and whether they may."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from placeweave.kit import access, strand
from placeweave.kit.access import INSIDE, Standing
from placeweave.kit.models import Account
from placeweave.places.models import Member, Person, Place

P = ParamSpec("P")


class PlaceRequest(HttpRequest):
    """A request inside a place, once the door has been passed."""

    place: Place
    member: Member
    """Who is asking. A visitor is an unsaved member with the standing "visitor" and no account."""


PlaceView = Callable[Concatenate[PlaceRequest, P], HttpResponse]
PlainView = Callable[..., HttpResponse]


def visitor(place: Place) -> Member:
    """Give the stand-in for somebody without a standing in this place."""
    return Member(place=place, account=None, person=Person(place=place, name=""), standing=Standing.VISITOR)


def member_of(place: Place, account: object) -> Member:
    """Give an account's standing in a place, or a visitor's."""
    if not isinstance(account, Account):
        return visitor(place)
    found = (
        Member.objects.current().select_related("account", "person__organisation").filter(place=place, account=account)
    )
    return found.first() or visitor(place)


def _enter(request: HttpRequest, slug: str) -> PlaceRequest:
    """Find the place and the standing; what a stranger may not see is not even said to exist."""
    place = Place.objects.all().entered(slug)
    if place is None:
        raise Http404
    timezone.activate(place.zone)
    member = member_of(place, request.user)
    member.place = place
    place.strand = strand.beads(place, threshold=place.threshold, outside=member.standing not in INSIDE)
    entered: PlaceRequest = request  # type: ignore[assignment]
    entered.place, entered.member = place, member
    return entered


def _turned_away(request: PlaceRequest) -> HttpResponse:
    """Answer somebody who may not: members are told so, strangers learn nothing, the rest may sign in."""
    if request.member.standing != Standing.VISITOR:
        access.require(request.member, "")
    if request.user.is_authenticated:
        del request.place, request.member  # or the page that says “not found” would name the place
        raise Http404
    return redirect_to_login(request.get_full_path())


def _needs_second_factor(request: PlaceRequest) -> bool:
    """Conveners see what was said in confidence, so a stolen mailbox must not be enough."""
    if not settings.REQUIRE_SECOND_FACTOR or request.member.standing != Standing.CONVENER:
        return False
    return not is_mfa_enabled(request.user)


def place_view(permission: str) -> Callable[[PlaceView[P]], PlainView]:
    """Let a view be reached only by those the permission is granted to, in this place.

    The view gets a :class:`PlaceRequest`; the place's slug is taken off its arguments.
    """

    def decorate(view: PlaceView[P]) -> PlainView:
        @wraps(view)
        def wrapped(request: HttpRequest, place: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            entered = _enter(request, place)
            if _is_closed_to_visitors(entered) or not access.may(entered.member, permission):
                return _turned_away(entered)
            if _needs_second_factor(entered):
                return redirect("mfa_index")
            return view(entered, *args, **kwargs)

        wrapped.permission = permission  # type: ignore[attr-defined]
        return wrapped

    return decorate


def _is_closed_to_visitors(request: PlaceRequest) -> bool:
    return request.member.standing == Standing.VISITOR and not request.place.is_public


def open_view(view: PlainView) -> PlainView:
    """Mark a view that anybody may reach, signed in or not: the page itself shows no more than is open."""
    view.permission = "open"  # type: ignore[attr-defined]
    return view
