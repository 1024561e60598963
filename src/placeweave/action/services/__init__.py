"""The verbs of action."""

from __future__ import annotations

from placeweave.action.services.commitments import edit, promise, report
from placeweave.action.services.purpose import adopt, begin_purpose, revise, say_where_i_stand

__all__ = ["adopt", "begin_purpose", "edit", "promise", "report", "revise", "say_where_i_stand"]
