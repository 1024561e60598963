"""The analyses a convener of Clachan would have asked for by now, run on the spot."""

from __future__ import annotations

from placeweave.example.loading.world import Record, World
from placeweave.kit import analyses

ASKED: tuple[tuple[str, Record], ...] = (("synergies", {}), ("themes", {"level": "mid", "only_unplaced": True}))


def weave(world: World) -> None:
    """Look for synergies, and for themes in what nobody has placed yet."""
    for kind, parameters in ASKED:
        asked = analyses.ask_for(place_id=world.place.pk, kind=kind, parameters=parameters, by=world.convener)
        analyses.run_analysis.call(asked.pk)
