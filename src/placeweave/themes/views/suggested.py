"""Themes a machine suggests: ask for them, and decide on each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from placeweave.kit.asking import keys_of, number_of, page_of
from placeweave.kit.errors import DomainError
from placeweave.kit.models import Analysis
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view
from placeweave.themes import queries, services
from placeweave.themes.forms import AskForm, RefuseForm
from placeweave.themes.models import Suggestion, Theme
from placeweave.themes.queries import suggestions as proposals

PROPOSALS_A_PAGE = 20


@place_view("themes.suggest")
def suggested(request: PlaceRequest) -> HttpResponse:
    """Show the suggestions that wait, with real words and why."""
    return show(request, AskForm(place=request.place))


def show(request: PlaceRequest, form: AskForm, status: int = 200) -> HttpResponse:
    """Lay out the review page."""
    analysis, stale = proposals.standing(request.place)
    rows = page_of(request, proposals.open_suggestions(request.place), size=PROPOSALS_A_PAGE)
    reader = queries.reader_for(request.member)
    result = (analysis.result or {}) if analysis else {}
    context = {
        "analysis": analysis,
        "stale": stale,
        "page": rows,
        "proposals": proposals.review(request.place, reader, suggestions=list(rows)),
        "left_out": result.get("left_out", {}),
        "unplaced": result.get("unplaced", 0),
        "suggests": services.suggestions.are_on(),
        "form": form,
    }
    return render(request, "themes/suggested.html", context, status=status)


@place_view("themes.suggest")
@require_POST
@acts_once
def ask(request: PlaceRequest) -> HttpResponse:
    """Have themes suggested in the background."""
    form = AskForm(request.POST, place=request.place)
    if not form.is_valid():
        return show(request, form, status=422)
    given = form.cleaned_data
    analysis = services.suggestions.ask(
        place=request.place,
        by=request.member,
        level=given["level"],
        themes_wanted=given["themes"],
        only_unplaced=given["only_unplaced"],
        conversations=[one.pk for one in given["conversations"]],
    )
    if analysis.state == Analysis.State.DONE:
        messages.success(request, _("Nothing has changed since these were suggested."))
    return redirect("themes:suggested", request.place.slug)


@place_view("themes.suggest")
@acts_once
def suggestion(request: PlaceRequest, pk: int) -> HttpResponse:
    """Look at one suggestion closely, choose its quotes, and take it up or put it into a theme."""
    rows = proposals.open_suggestions(request.place)
    found = get_object_or_404(Suggestion, place=request.place, pk=pk)
    if request.method == "POST":
        try:
            return _decide(request, found)
        except DomainError as refusal:
            messages.error(request, refusal.sentence)
    reader = queries.reader_for(request.member)
    one = rows.filter(pk=pk).first() or found
    context = {
        "proposal": proposals.review(request.place, reader, suggestions=[one])[0],
        "themes": queries.theme_options(request.place),
        "clusters": queries.clusters(request.place),
        "refusing": RefuseForm(),
        "is_open": found.state == Suggestion.State.OPEN,
        "title": request.POST.get("title"),
        "ticked": _ticked(request) if request.method == "POST" else None,
    }
    return render(request, "themes/suggestion.html", context, status=422 if request.method == "POST" else 200)


def _ticked(request: PlaceRequest) -> list[int]:
    return keys_of(request.POST.getlist("span"))


def _decide(request: PlaceRequest, found: Suggestion) -> HttpResponse:
    """Carry out what a person decided on a suggestion."""
    decision = request.POST.get("decision", "")
    if decision == "refuse":
        services.suggestions.refuse(suggestion=found, by=request.member, reason=request.POST.get("why", "")[:400])
        messages.success(request, _("Refused. What is like it will not be suggested again."))
        return redirect("themes:suggested", request.place.slug)
    given: dict[str, Any] = {"suggestion": found, "by": request.member}
    if "whole" not in request.POST:
        given["spans"] = _ticked(request)
    if decision == "into":
        target = get_object_or_404(Theme, place=request.place, pk=number_of(request.POST.get("theme")))
        theme = services.suggestions.put_into(theme=target, **given)
    else:
        theme = services.suggestions.accept(title=request.POST.get("title", ""), **given)
    messages.success(request, _("“%(theme)s” is on the board.") % {"theme": theme.title})
    return redirect("themes:theme", request.place.slug, theme.pk)


@place_view("themes.suggest")
@require_POST
@acts_once
def accept_many(request: PlaceRequest) -> HttpResponse:
    """Take up several suggestions at once, each under the title typed for it."""
    titles = {key: request.POST.get(f"title-{key}", "") for key in keys_of(request.POST.getlist("take"))}
    try:
        themes = services.suggestions.accept_many(titles=titles, by=request.member)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("themes:suggested", request.place.slug)
    n = len(themes)
    messages.success(request, ngettext("%(n)s theme is on the board.", "%(n)s themes are on the board.", n) % {"n": n})
    return redirect("themes:board", request.place.slug)
