"""Files that places reads: what covers a council area, charities, ranks of small areas, and outlines."""

from __future__ import annotations

from placeweave.kit import imports
from placeweave.places.importers.boundaries import BoundaryImporter
from placeweave.places.importers.footprint import FootprintImporter
from placeweave.places.importers.oscr import CharityImporter
from placeweave.places.importers.zones import ZoneImporter


def register() -> None:
    """Make the formats known."""
    imports.register(FootprintImporter())
    imports.register(CharityImporter())
    imports.register(ZoneImporter())
    imports.register(BoundaryImporter())
