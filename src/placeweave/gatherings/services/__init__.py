"""The verbs of gatherings."""

from __future__ import annotations

from placeweave.gatherings.services.sessions import (
    SessionFacts,
    begin_cohort,
    begin_programme,
    cancel,
    edit,
    make,
    mark_held,
    open_up,
)
from placeweave.gatherings.services.signing import Wish, accept, ask_again, leave, release, sign_up

__all__ = [
    "SessionFacts",
    "Wish",
    "accept",
    "ask_again",
    "begin_cohort",
    "begin_programme",
    "cancel",
    "edit",
    "leave",
    "make",
    "mark_held",
    "open_up",
    "release",
    "sign_up",
]
