"""What a room wants to know from a table, column by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.utils.functional import Promise

Text = str | Promise
Kind = Literal["words", "date", "choice", "flag", "money"]


@dataclass(frozen=True)
class Target:
    """One thing a column may tell.

    Parameters
    ----------
    guesses
        Headers this usually stands under, in lower case.
    kind
        ``words`` is text, ``date`` a day settled for the whole column, ``choice`` one of ``choices`` (by value, by
        label or by ``synonyms``), ``flag`` yes or no, ``money`` an amount to the penny, 0 or more.
    default
        The value of a row that says nothing. For consent this is the narrowest: nothing is ever assumed to be wider.
    asks_default
        Whether the wizard asks which value such rows get.
    is_key
        Whether it is the number or name other programs know the row by; the same one twice in a file is rejected.
    """

    name: str
    label: Text
    guesses: Sequence[str] = ()
    required: bool = False
    kind: Kind = "words"
    choices: Sequence[tuple[str, Text]] = ()
    synonyms: Mapping[str, str] = field(default_factory=dict)
    default: str = ""
    asks_default: bool = False
    is_key: bool = False
    max_length: int = 200
    help_text: Text = ""

    def value_of(self, cell: str) -> str | None:
        """Find the choice a cell names, or ``None`` where it names none."""
        spoken = " ".join(cell.split()).casefold()
        for value, label in self.choices:
            if spoken in {value.casefold(), str(label).casefold(), value.replace("_", " ").casefold()}:
                return value
        return self.synonyms.get(spoken)


@dataclass(frozen=True)
class ColumnSpec:
    """All that one format of a room may learn from a table."""

    format: str
    targets: Sequence[Target]

    def target(self, name: str) -> Target:
        """Find a target by name."""
        return next(target for target in self.targets if target.name == name)

    @property
    def required(self) -> list[Target]:
        """List what a table must have a column for."""
        return [target for target in self.targets if target.required]
