"""Files that jigsaw reads: tables of pieces and of needs, and grants in the 360Giving standard, and services."""

from __future__ import annotations

from placeweave.jigsaw.importers.columns import NEEDS, PIECES, NeedImporter, PieceImporter
from placeweave.jigsaw.importers.questions import DatesForm, NeedMappingForm, PieceMappingForm
from placeweave.jigsaw.importers.services import AlissImporter, ServiceImporter
from placeweave.jigsaw.importers.threesixty import GrantImporter, open_dates
from placeweave.kit import columns, imports
from placeweave.kit.questions import Question

__all__ = ["NEEDS", "PIECES", "register"]


def register() -> None:
    """Make the formats known, each with what it asks."""
    imports.register(PieceImporter(), columns.question(PieceMappingForm))
    imports.register(NeedImporter(), columns.question(NeedMappingForm))
    imports.register(ServiceImporter())
    imports.register(AlissImporter())
    imports.register(GrantImporter(), Question(about=open_dates, form=DatesForm))
