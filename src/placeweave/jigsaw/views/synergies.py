"""Pages of synergies: three lists, one suggestion, the decisions, and what rests on one organisation alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from placeweave.jigsaw import queries, services
from placeweave.jigsaw.models import PieceKind, Synergy
from placeweave.jigsaw.queries.introductions import two_of
from placeweave.jigsaw.queries.issues import issues_resting_on_one
from placeweave.jigsaw.queries.synergies import synergies as rows_of
from placeweave.jigsaw.services.synergies import KIND
from placeweave.kit import analyses
from placeweave.kit.access import may
from placeweave.kit.asking import page_of
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view

MOST = 3
LISTS = {
    "match": (gettext_lazy("Offers that meet needs"), gettext_lazy("Somebody asks for it, and somebody else has it.")),
    "meeting": (
        gettext_lazy("Who should meet whom"),
        gettext_lazy("Likely and valuable are two things: each has its own column, and no sum is made of them."),
    ),
    "gap": (
        gettext_lazy("Held by nobody, or by one alone"),
        gettext_lazy("Ask before you assume: the piece may be there, unwritten."),
    ),
    "overlap": (
        gettext_lazy("Held twice"),
        gettext_lazy("Two partners hold alike, and do not plan together: a conversation, not a cut."),
    ),
    "kindred": (
        gettext_lazy("For the same people"),
        gettext_lazy("The register says the same of both, and no tie is known. Do they know of each other?"),
    ),
    "joint": (
        gettext_lazy("Programmes that share much"),
        gettext_lazy("The same partners for the same outcomes: one session might do for both."),
    ),
    "shared": (gettext_lazy("Difficulties partners share"), gettext_lazy("Nobody is alone with these.")),
    "alone": (
        gettext_lazy("Issues that rest on one"),
        gettext_lazy("No one organisation can resolve these alone. Whom else might one ask?"),
    ),
}


@place_view("jigsaw.see_board")
def synergies(request: PlaceRequest) -> HttpResponse:
    """Show offers that meet needs, gaps, who should meet and the rest, the strongest of each first."""
    place = request.place
    kind, state = request.GET.get("kind", ""), request.GET.get("state", Synergy.State.OPEN)
    analysis = analyses.latest_run(place.pk, KIND)
    changes = queries.changes_since(place, analysis.finished_at if analysis else None)
    context = {
        "analysis": analysis,
        "changes": changes,
        "noun": ngettext("change to pieces, needs and ties", "changes to pieces, needs and ties", changes),
        "may_ask": may(request.member, "jigsaw.suggest"),
        "decides": may(request.member, "jigsaw.decide_synergy"),
        "states": Synergy.State.choices,
        "state": state,
        "kind": kind,
    }
    if kind in Synergy.Kind.values or state != Synergy.State.OPEN:
        by = request.GET.get("by", "") if kind == Synergy.Kind.MEETING else ""
        page = page_of(request, rows_of(place, kind=kind, state=state, wanted=_wanted(request), by=by), size=25)
        rows = queries.synergies_in_words(place, page.object_list, decides=bool(context["decides"]))
        return render(request, "jigsaw/synergy_list.html", context | {"page": page, "rows": rows, "by": by})
    lists = _lists(request)
    bare = [one["title"] for one in lists if not one["rows"]]
    return render(request, "jigsaw/synergies.html", context | {"lists": lists, "bare": bare})


def _wanted(request: PlaceRequest) -> str:
    kind = request.GET.get("wanted", "")
    return kind if kind in PieceKind.values else ""


def _lists(request: PlaceRequest) -> list[dict[str, object]]:
    found = queries.open_by_kind(request.place, most=MOST)
    rows = [one for some, _total in found.values() for one in some]
    decides = may(request.member, "jigsaw.decide_synergy")
    told = queries.synergies_in_words(request.place, rows, decides=decides)
    return [
        {
            "kind": kind,
            "title": title,
            "lead": lead,
            "rows": [one for one in told if one.synergy.kind == kind],
            "total": found[kind][1],
        }
        for kind, (title, lead) in LISTS.items()
    ]


def _synergy(request: PlaceRequest, pk: int) -> Synergy:
    found = Synergy.objects.select_related("need", "decided_by__person", "analysis").filter(place=request.place)
    return get_object_or_404(found, pk=pk)


@place_view("jigsaw.see_board")
def synergy(request: PlaceRequest, pk: int) -> HttpResponse:
    """Show one suggestion with all it rests on, and what was decided."""
    found, decides = _synergy(request, pk), may(request.member, "jigsaw.decide_synergy")
    context = {
        "one": queries.synergies_in_words(request.place, [found], decides=decides)[0],
        "synergy": found,
        "decides": decides,
        "is_open": found.state == Synergy.State.OPEN,
        "brings_two": two_of(found) is not None,
    }
    return render(request, "jigsaw/synergy.html", context)


@require_POST
@place_view("jigsaw.decide_synergy")
@acts_once
def synergy_decide(request: PlaceRequest, pk: int) -> HttpResponse:
    """Take a suggestion up, put it off, or say no and why."""
    decision, why = request.POST.get("decision", ""), request.POST.get("why", "").replace("\x00", "")
    found = services.decide(synergy=_synergy(request, pk), decision=decision, why=why, by=request.member)
    if decision == "accept":
        return redirect("jigsaw:synergy", request.place.slug, found.pk)
    said = {
        "park": _("Put off. You find it under “Not now”."),
        "refuse": _("Noted. It stays away unless what it rests on changes."),
        "reopen": _("It waits for a decision again."),
    }
    messages.success(request, said[decision])
    return redirect("jigsaw:synergies", request.place.slug)


@require_POST
@place_view("jigsaw.suggest")
@acts_once
def synergies_ask(request: PlaceRequest) -> HttpResponse:
    """Have the pieces and needs looked through again."""
    services.ask_for_synergies(place=request.place, by=request.member)
    return redirect("jigsaw:synergies", request.place.slug)


@place_view("jigsaw.see_board")
def alone(request: PlaceRequest) -> HttpResponse:
    """Show the needs and issues that rest on one organisation, and whom else one might ask."""
    context = {
        "needs": queries.rest_on_one(request.place),
        "issues": issues_resting_on_one(request.place),
    }
    return render(request, "jigsaw/alone.html", context)
