"""The verbs of gatherings."""

from __future__ import annotations

from placeweave.gatherings.services.hand_over import HandOverFacts, hand_over, park, settle_parked
from placeweave.gatherings.services.learning import need_too, no_longer, open_joint, state_need
from placeweave.gatherings.services.practice import TriedFacts, change_tried, forget_tried, log_practice
from placeweave.gatherings.services.preparation import add_material, prepare, take_material_away
from placeweave.gatherings.services.recipes import drop_recipe, keep_recipe, start
from placeweave.gatherings.services.run_sheet import add_break, add_step, change_step, lay, move_step, take_out
from placeweave.gatherings.services.sessions import (
    SessionFacts,
    cancel,
    edit,
    make,
    mark_held,
    open_up,
)
from placeweave.gatherings.services.signing import Wish, accept, ask_again, leave, release, sign_up

__all__ = [
    "HandOverFacts",
    "SessionFacts",
    "TriedFacts",
    "Wish",
    "accept",
    "add_break",
    "add_material",
    "add_step",
    "ask_again",
    "cancel",
    "change_step",
    "change_tried",
    "drop_recipe",
    "edit",
    "forget_tried",
    "hand_over",
    "keep_recipe",
    "lay",
    "leave",
    "log_practice",
    "make",
    "mark_held",
    "move_step",
    "need_too",
    "no_longer",
    "open_joint",
    "open_up",
    "park",
    "prepare",
    "release",
    "settle_parked",
    "sign_up",
    "start",
    "state_need",
    "take_material_away",
    "take_out",
]
