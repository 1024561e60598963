"""Polis exports, of every era: statements, votes with their history, groups as published; and the same files back."""

from __future__ import annotations

from placeweave.formats.polis.reading import read_polis
from placeweave.formats.polis.records import Participant, PolisExport, Statement, Vote
from placeweave.formats.polis.writing import write_polis

__all__ = ["Participant", "PolisExport", "Statement", "Vote", "read_polis", "write_polis"]
