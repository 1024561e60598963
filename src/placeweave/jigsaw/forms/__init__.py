"""The forms of jigsaw: their shape only, the rules are in the services."""

from __future__ import annotations

from placeweave.jigsaw.forms.pieces import NeedForm, PieceForm, SortedNeedForm, WhatForForm
from placeweave.jigsaw.forms.ties import NoteForm, ReplyForm, SurveyForm, TieForm
from placeweave.jigsaw.forms.together import (
    DifficultyForm,
    GivenForm,
    IntroduceForm,
    OfferHelpForm,
    OutcomeForm,
    ProgrammeForm,
)

__all__ = [
    "DifficultyForm",
    "GivenForm",
    "IntroduceForm",
    "NeedForm",
    "NoteForm",
    "OfferHelpForm",
    "OutcomeForm",
    "PieceForm",
    "ProgrammeForm",
    "ReplyForm",
    "SortedNeedForm",
    "SurveyForm",
    "TieForm",
    "WhatForForm",
]
