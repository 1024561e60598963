"""Files that places reads: who and what covers a council area, and the register of charities."""

from __future__ import annotations

from placeweave.kit import imports
from placeweave.places.importers.footprint import FootprintImporter
from placeweave.places.importers.oscr import CharityImporter


def register() -> None:
    """Make the formats known."""
    imports.register(FootprintImporter())
    imports.register(CharityImporter())
