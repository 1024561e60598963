"""The analyses a convener of Clachan would have asked for by now, run on the spot."""

from __future__ import annotations

from placeweave.example.loading.world import Record, World
from placeweave.jigsaw.models import TieSurvey
from placeweave.jigsaw.services import ask_for_network
from placeweave.kit import analyses

ASKED: tuple[tuple[str, Record], ...] = (
    ("linkage", {}),
    ("synergies", {}),
    ("themes", {"level": "mid", "only_unplaced": True}),
)
"""What to look for, once everything else is there; the network rests on the matches found first."""


def weave(world: World) -> None:
    """Look for who is one organisation, for synergies, for themes in unplaced words; measure who works with whom."""
    for kind, parameters in ASKED:
        asked = analyses.ask_for(place_id=world.place.pk, kind=kind, parameters=parameters, by=world.convener)
        analyses.run_analysis.call(asked.pk)
    for survey in (None, *TieSurvey.objects.filter(place=world.place)):
        analyses.run_analysis.call(ask_for_network(place=world.place, survey=survey, by=world.convener).pk)
