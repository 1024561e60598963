"""Pages of needs: the list, one need with what it rests on, and the forms that make, change and settle one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from placeweave.jigsaw import queries, services
from placeweave.jigsaw.forms import SortedNeedForm
from placeweave.jigsaw.models import Need
from placeweave.jigsaw.queries.axes import HELD_KINDS
from placeweave.jigsaw.queries.lists import Linked
from placeweave.jigsaw.queries.synergies import of_need
from placeweave.jigsaw.services.needs import FIELDS, LINKS
from placeweave.jigsaw.services.speaking import may_change_need
from placeweave.kit.access import may
from placeweave.kit.asking import carried_out, keys_of, number_of, page_of, status_of
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view
from placeweave.themes import queries as theme_queries


@place_view("jigsaw.see_board")
def needs(request: PlaceRequest) -> HttpResponse:
    """List what is wanted, the most pressing first."""
    state = request.GET.get("state", Need.State.OPEN)
    kind, words = request.GET.get("kind", ""), request.GET.get("words", "").replace("\x00", "").strip()[:80]
    serving = {name: number_of(request.GET.get(name)) for name in ("theme", "issue", "topic")}
    found = queries.needs(request.place, state=state, kind=kind, words=words, **serving).prefetch_related("themes")
    context = {
        "page": page_of(request, found),
        "state": state,
        "kind": kind,
        "words": words,
        "serving": [(name, key) for name, key in serving.items() if key],
        "states": Need.State.choices,
        "kinds": [(one.value, one.label) for one in HELD_KINDS],
        "may_add": may(request.member, "jigsaw.add_need"),
        "proposed": queries.proposed_needs(request.place),
        "may_refuse": may(request.member, "jigsaw.decide_synergy"),
    }
    return render(request, "jigsaw/needs.html", context)


def _need(request: PlaceRequest, pk: int) -> Need:
    found = Need.objects.select_related("asked_by", "neighbourhood", "batch").filter(place=request.place)
    return get_object_or_404(found, pk=pk)


def _rests_on(request: PlaceRequest, links: Sequence[Linked]) -> dict[str, Any]:
    themes = [one for one in links if one.link == "themes"]
    named = [one.pk for one in links if one.link == "quotes"]
    keys = [theme.pk for theme in themes]
    quotes = theme_queries.quotes_beneath(request.place, request.member, themes=keys, quotes=named, most=4)
    return {"themes": themes, "quotes": quotes}


@place_view("jigsaw.see_board")
def need(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show one need: who asks, what it rests on, what might meet it."""
    found = _need(request, pk)
    told, links = of_need(request.place, found), queries.links_of(found)
    context = {
        "need": found,
        "belongs_to": [one for one in links if one.link in {"issues", "topics"}],
        "speaks": may_change_need(found, request.member),
        "synergies": [one for one in told if one.synergy.kind == "match"],
        "scores": queries.scores_beneath(request.place, found),
        "alone": queries.rest_on_one(request.place, among=[one.synergy for one in told]),
        **_rests_on(request, links),
    }
    return render(request, "jigsaw/need.html", context)


@place_view("jigsaw.add_need")
@acts_once
def need_new(request: PlaceRequest) -> HttpResponse:
    """Write down a need, resting on the theme or quote one came from."""
    initial: dict[str, Any] = {
        "themes": keys_of(request.GET.getlist("theme")),
        "quotes": keys_of(request.GET.getlist("quote")),
        "issues": keys_of(request.GET.getlist("issue")),
    }
    initial |= {name: request.GET[name] for name in ("kind", "neighbourhood", "title") if name in request.GET}
    form = SortedNeedForm(request.POST or None, place=request.place, member=request.member, initial=initial)
    made = carried_out(form, lambda: services.add_need(place=request.place, said=form.said(), by=request.member))
    if made is not None:
        messages.success(request, _("The need is on the board."))
        return redirect("jigsaw:need", request.place.slug, made.pk)
    quotes = _chosen_quotes(request, form)
    return render(request, "jigsaw/need_form.html", {"form": form, "quotes": quotes}, status=status_of(form))


def _chosen_quotes(request: PlaceRequest, form: SortedNeedForm) -> Any:
    """Show the words a need will rest on, as far as this reader may read them."""
    keys = keys_of(str(key) for key in form["quotes"].value() or [])
    return theme_queries.quotes_beneath(request.place, request.member, quotes=keys) if keys else []


@place_view("jigsaw.add_need")
@acts_once
def need_edit(request: PlaceRequest, pk: int) -> HttpResponse:
    """Change what is said of a need."""
    found = _need(request, pk)
    initial: dict[str, Any] = {name: getattr(found, name) for name in (*FIELDS, "version")}
    links = queries.links_of(found)
    initial |= {name: [one.pk for one in links if one.link == name] for name in LINKS}
    form = SortedNeedForm(request.POST or None, place=request.place, member=request.member, initial=initial)
    if carried_out(form, lambda: _edit(request, found, form)):
        return redirect("jigsaw:need", request.place.slug, pk)
    context = {"form": form, "need": found, "quotes": _chosen_quotes(request, form)}
    return render(request, "jigsaw/need_form.html", context, status=status_of(form))


def _edit(request: PlaceRequest, found: Need, form: SortedNeedForm) -> Need:
    return services.edit_need(need=found, said=form.said(), version=form.opened_at, by=request.member)


@place_view("jigsaw.add_need")
@acts_once
def need_settle(request: PlaceRequest, pk: int, state: str) -> HttpResponse:
    """Say that a need is met, no longer wanted, or open again; asked once more first."""
    found = _need(request, pk)
    if request.method == "POST":
        services.settle_need(need=found, state=state, by=request.member)
        return redirect("jigsaw:need", request.place.slug, pk)
    label = dict(Need.State.choices).get(state, "")
    return render(request, "jigsaw/need_settle.html", {"need": found, "state": state, "label": label})
