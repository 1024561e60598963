"""The verbs of action."""

from __future__ import annotations

from placeweave.action.services.commitments import Promise, edit, may_speak_for, promise, report
from placeweave.action.services.purpose import adopt, begin_purpose, revise, say_where_i_stand

__all__ = [
    "Promise",
    "adopt",
    "begin_purpose",
    "edit",
    "may_speak_for",
    "promise",
    "report",
    "revise",
    "say_where_i_stand",
]
