"""The refusals of the domain: each carries one sentence that a convener can read."""

from __future__ import annotations

from collections.abc import Mapping


class DomainError(Exception):
    """A rule of the domain said no; ``sentence`` says what, why and, where it helps, whom to ask."""

    status = 422

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)


class Refused(DomainError):
    """The person may not do that here."""

    status = 403


class NotReady(DomainError):
    """It may be done, but not as things stand now."""

    status = 409


class Unsound(DomainError):
    """What was given cannot be right."""

    status = 422


class Conflict(NotReady):
    """Somebody changed the same thing meanwhile; both versions are kept for the person to choose.

    Parameters
    ----------
    sentence : str
        Who changed what, and when.
    theirs, yours : mapping of field label to text
        What is stored now, and what this person wrote.
    version : int or str
        The version stored now: a form sent with it is meant to take its place.
    """

    def __init__(
        self, sentence: str, *, theirs: Mapping[str, str], yours: Mapping[str, str], version: int | str
    ) -> None:
        super().__init__(sentence)
        self.version = version
        self.theirs = dict(theirs)
        self.yours = dict(yours)
