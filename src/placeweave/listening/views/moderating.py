"""The team reads what participants wrote: lets it in or not, by the published policy, in a log that only grows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from placeweave.kit import exports
from placeweave.kit.asking import number_of, page_of
from placeweave.kit.errors import NotReady, Unsound
from placeweave.kit.once import acts_once
from placeweave.listening import queries, services, taking
from placeweave.listening.forms.voting import RulingForm
from placeweave.listening.models import Reason, Statement, Voting
from placeweave.listening.views.held import voting_of, with_tabs
from placeweave.places.access import PlaceRequest, place_view

AT_A_TIME = 20
_UNDECIDED_FIRST = sorted(Statement.Moderation.choices, key=lambda one: one[0] != Statement.Moderation.UNDECIDED)


@require_http_methods(["GET", "HEAD", "POST"])
@place_view("listening.hold_voting")
@acts_once
def queue(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show what waits to be read, and decide."""
    voting = voting_of(request, pk)
    refused: dict[str, Any] = {}
    if request.method == "POST":
        try:
            _rule(request, voting)
        except Unsound as refusal:
            refused = {"pk": number_of(request.POST.get("statement")), "sentence": refusal.sentence}
            refused |= {"reason": request.POST.get("reason", ""), "note": request.POST.get("note", "")}
        else:
            return redirect(_back_to(request, pk))
    context = _queue(request, voting, refused)
    return render(request, "listening/held/moderate.html", context, status=422 if refused else 200)


def _back_to(request: PlaceRequest, pk: int) -> str:
    """Lead back to the statements that were looked through, or to the room where the decision was made."""
    if request.POST.get("from") == "room":
        return reverse("listening:room", args=[request.place.slug, pk])
    return f"{reverse('listening:moderate', args=[request.place.slug, pk])}?show={_shown(request)}"


def _shown(request: PlaceRequest) -> str:
    asked = request.GET.get("show", "")
    return asked if asked in Statement.Moderation else Statement.Moderation.UNDECIDED.value


def _queue(request: PlaceRequest, voting: Voting, refused: dict[str, Any]) -> dict[str, Any]:
    shown = _shown(request)
    page = page_of(request, queries.statements_in(voting.conversation, shown), size=AT_A_TIME)
    counts = queries.counts(voting.conversation)
    tabs = [(value, label, counts[value], value == shown) for value, label in _UNDECIDED_FIRST]
    return with_tabs(
        voting,
        "moderate",
        page=page,
        cards=services.to_decide(conversation=voting.conversation, statements=list(page)),
        kinds=tabs,
        shown=shown,
        reasons=Reason.choices,
        last=queries.rulings(voting.conversation).first(),
        refused=refused,
    )


def _rule(request: PlaceRequest, voting: Voting) -> None:
    """Decide as the form says; that somebody was quicker is told, and nothing is done."""
    key = number_of(request.POST.get("statement"))
    statement = get_object_or_404(Statement, pk=key, conversation=voting.conversation)
    form = RulingForm(request.POST)
    if not form.is_valid():
        raise Unsound(" ".join(str(text) for texts in form.errors.values() for text in texts))
    outcome = request.POST.get("outcome", "")
    if outcome not in Statement.Moderation:
        raise Unsound(_("Choose whether it is let in."))
    try:
        services.rule(
            statement=statement,
            outcome=outcome,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            seen=request.POST.get("seen"),
            by=request.member,
        )
    except NotReady as refusal:
        messages.warning(request, refusal.sentence)


@require_safe
@place_view("listening.hold_voting")
def log(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show everything that was ever decided, the latest first."""
    voting = voting_of(request, pk)
    page = page_of(request, queries.rulings(voting.conversation))
    return render(request, "listening/held/log.html", with_tabs(voting, "log", page=page))


@require_POST
@place_view("listening.hold_voting")
def take_log(request: PlaceRequest, pk: int) -> HttpResponse:
    """Give the log of decisions as a file, and log that it left."""
    voting = voting_of(request, pk)
    exported = taking.rulings_file(voting.conversation)
    exports.log(exported, format="rulings", place_id=request.place.pk, by=request.member)
    return exports.as_download(exported)
