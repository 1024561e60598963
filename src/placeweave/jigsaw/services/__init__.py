"""The verbs of jigsaw."""

from __future__ import annotations

from placeweave.jigsaw.services.common import keep_programme, say_difficulty, share_difficulty
from placeweave.jigsaw.services.contact import NoteSaid, forget_contact, note_contact
from placeweave.jigsaw.services.helping import offer_help, say_given, take_back_help
from placeweave.jigsaw.services.introductions import introduce, say_outcome
from placeweave.jigsaw.services.live import make_live, note_given, withdraw_live
from placeweave.jigsaw.services.needs import NeedSaid, add_need, edit_need, settle_need
from placeweave.jigsaw.services.network import ask_for_network
from placeweave.jigsaw.services.pieces import PieceSaid, add_piece, check_piece, edit_piece, set_gone
from placeweave.jigsaw.services.proposed import refuse_proposed, take_up
from placeweave.jigsaw.services.surveys import ReplySaid, close_survey, note_reminder, open_survey, save_reply
from placeweave.jigsaw.services.synergies import ask_for_synergies, decide
from placeweave.jigsaw.services.tagging import say_what_for, share_beyond
from placeweave.jigsaw.services.ties import report_tie

__all__ = [
    "NeedSaid",
    "NoteSaid",
    "PieceSaid",
    "ReplySaid",
    "add_need",
    "add_piece",
    "ask_for_network",
    "ask_for_synergies",
    "check_piece",
    "close_survey",
    "decide",
    "edit_need",
    "edit_piece",
    "forget_contact",
    "introduce",
    "keep_programme",
    "make_live",
    "note_contact",
    "note_given",
    "note_reminder",
    "offer_help",
    "open_survey",
    "refuse_proposed",
    "report_tie",
    "save_reply",
    "say_difficulty",
    "say_given",
    "say_outcome",
    "say_what_for",
    "set_gone",
    "settle_need",
    "share_beyond",
    "share_difficulty",
    "take_back_help",
    "take_up",
    "withdraw_live",
]
