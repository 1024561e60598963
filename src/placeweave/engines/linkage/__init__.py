"""Say which records of organisations stand for one organisation, and why; a person decides what is doubtful.

Numbers of registers come first, names with the postcode as a veto second, and everything else goes to a person with
its reasons. There is no model, no chance and no seed. :func:`propose` compares all records, :func:`judge` one pair.
"""

from __future__ import annotations

from placeweave.engines.linkage.judge import judge
from placeweave.engines.linkage.memory import Remembered, Side, side_of
from placeweave.engines.linkage.names import canonical
from placeweave.engines.linkage.propose import ENGINE, propose
from placeweave.engines.linkage.records import Pair, Reason, Record, Verdict, is_automatic
from placeweave.engines.linkage.registers import Number, Reading, read, split

__all__ = [
    "ENGINE",
    "Number",
    "Pair",
    "Reading",
    "Reason",
    "Record",
    "Remembered",
    "Side",
    "Verdict",
    "canonical",
    "is_automatic",
    "judge",
    "propose",
    "read",
    "side_of",
    "split",
]
