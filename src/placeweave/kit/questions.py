"""What files on their way in may leave open, and the form by which a person settles it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from placeweave.kit.forms import AnswerForm
from placeweave.kit.models import Batch, BatchQuestion

if TYPE_CHECKING:  # what asks is registered with what reads, and only names what it is given
    from placeweave.kit.imports import Upload

ANSWERABLE = frozenset({Batch.State.ASKING, Batch.State.STAGED})
"""The states of a batch in which an answer is waited for, or may be given anew."""


def _nothing_more(batch: Batch) -> None:
    """Do no more with an answer than read the file by it."""


@dataclass(frozen=True)
class Question:
    """What files of a format may leave open, for a person to answer before the preview.

    Attributes
    ----------
    about : callable (upload) -> mapping
        What this file leaves open, and what a person has to see of it to answer, as JSON; empty where it is all clear.
    form : type of form
        Asks it; its ``options()`` are stored with the batch, for the importer's ``plan``.
    remember : callable (batch) -> None
        Keeps the answer for the next file like this one, in the transaction that stores it.
    """

    about: Callable[[Upload], Mapping[str, Any]]
    form: type[AnswerForm]
    remember: Callable[[Batch], None] = _nothing_more


_questions: dict[str, Question] = {}


def register(format_name: str, question: Question) -> None:
    """Make known what a format asks."""
    _questions[format_name] = question


def of(format_name: str) -> Question | None:
    """Give what a format may ask, if it ever asks anything."""
    return _questions.get(format_name)


def answer_form(batch: Batch, said: Mapping[str, Any] | None = None) -> AnswerForm | None:
    """Give the form that asks what the file of an undecided batch leaves open, if it leaves anything open."""
    asked = BatchQuestion.objects.filter(batch=batch).first()
    question = of(batch.format)
    if asked is None or question is None or batch.state not in ANSWERABLE:
        return None
    return question.form(said, batch=batch, about=asked.about)
