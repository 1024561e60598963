"""Pages of the network: the picture with its table, and the measures in sentences."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from placeweave.jigsaw import services
from placeweave.jigsaw.models import TieSurvey
from placeweave.jigsaw.queries import changes, measures, network, ties, trust
from placeweave.jigsaw.services.network import KIND, topic_of
from placeweave.kit import analyses
from placeweave.kit.access import may
from placeweave.kit.asking import number_of
from placeweave.kit.models import Analysis
from placeweave.kit.once import acts_once
from placeweave.places.access import PlaceRequest, place_view


def _wave(request: PlaceRequest, waves: list[TieSurvey]) -> TieSurvey | None:
    """Give the wave asked for: the newest with an answer unless told; 0 stands for everybody's newest word."""
    asked = request.POST.get("wave") or request.GET.get("wave")
    if asked:
        return next((one for one in waves if one.pk == number_of(asked)), None)
    return next((one for one in waves if one.answered), None)  # type: ignore[attr-defined]  # annotated by surveys()


def _context(request: PlaceRequest) -> dict[str, Any]:
    waves = list(ties.surveys(request.place))
    wave = _wave(request, waves)
    analysis = analyses.latest(request.place.pk, KIND, topic_of(wave))
    is_ready = analysis is not None and analysis.state == Analysis.State.DONE
    is_stale = analysis is not None and is_ready and analyses.is_out_of_date(analysis)
    return {
        "waves": waves,
        "wave": wave,
        "analysis": analysis,
        "is_ready": is_ready,
        "is_stale": is_stale,
        "noun": ngettext("change to ties or partners", "changes to ties or partners", 1),
        "may_ask": may(request.member, "jigsaw.measure"),
        "region": "network",
    }


@place_view("jigsaw.see_board")
def network_picture(request: PlaceRequest) -> HttpResponse:
    """Draw who works with whom, narrowed as asked, with the same as a table."""
    context, asked = _context(request), network.Asked.read(request.GET)
    if context["is_ready"]:
        drawn = network.picture(request.place, context["analysis"], asked)
        context |= {
            "picture": drawn,
            "coverage": measures.coverage(context["analysis"], 1),
            "focused": next((node for node in drawn.nodes if node.is_focus), None),
        }
    context |= {"asked": asked, "sizes": network.SIZES.items(), "levels": ties.LEVELS[1:], "kind": "picture"}
    return render(request, "jigsaw/network.html", context)


@place_view("jigsaw.see_board")
def network_measures(request: PlaceRequest) -> HttpResponse:
    """Say what the network is like, and what one might do about it."""
    context = _context(request)
    level = 3 if request.GET.get("level") == "3" else 1
    if context["is_ready"]:
        analysis, names = context["analysis"], network.full_names(request.place, context["analysis"])
        context |= {
            "told": measures.measures_in_words(names, analysis, level),
            "meetings": measures.introductions_in_words(names, analysis),
            "coverage": measures.coverage(analysis, level),
            "since": changes.since_in_words(names, analysis),
            "ratings": trust.ratings(request.place, context["wave"]),
        }
    return render(request, "jigsaw/measures.html", context | {"level": level})


@require_POST
@place_view("jigsaw.measure")
@acts_once
def network_ask(request: PlaceRequest) -> HttpResponse:
    """Have the network measured again."""
    wave = _wave(request, list(ties.surveys(request.place)))
    services.ask_for_network(place=request.place, survey=wave, by=request.member)
    page = "network_measures" if request.POST.get("back") == "measures" else "network"
    address = redirect(f"jigsaw:{page}", request.place.slug)
    address["Location"] += f"?wave={wave.pk if wave else 0}"
    return address
