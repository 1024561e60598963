"""What a reader says about a file: one problem at a time, or a refusal of the whole file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SHOWN = 200
Severity = Literal["held", "rejected", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person should know about one row, or (with no row) about the whole file.

    A *held* row is readable but needs an answer first; a *rejected* row cannot become anything;
    a *warning* and a *note* belong to a row that is accepted. ``part`` names the file the row is in, where an
    import is made of several.
    """

    row: int | None
    field: str
    reason: str
    value: str
    severity: Severity
    part: str = ""

    def __post_init__(self) -> None:
        """Keep what is shown of a cell short enough to be shown."""
        for name in ("field", "value"):
            text = getattr(self, name)
            if len(text) > SHOWN:
                object.__setattr__(self, name, text[: SHOWN - 1] + "…")


class Unreadable(Exception):
    """The whole file is refused; the message is one sentence saying where and what was expected."""
