"""Files that jigsaw reads: tables of pieces and of needs, and grants in the 360Giving standard."""

from __future__ import annotations

from placeweave.jigsaw.importers.columns import NEEDS, PIECES, NeedImporter, PieceImporter
from placeweave.jigsaw.importers.threesixty import GrantImporter, date_question
from placeweave.kit import imports

SPECS = {PIECES.format: PIECES, NEEDS.format: NEEDS}

__all__ = ["NEEDS", "PIECES", "SPECS", "date_question", "register"]


def register() -> None:
    """Make the formats known."""
    for importer in (PieceImporter(), NeedImporter(), GrantImporter()):
        imports.register(importer)
