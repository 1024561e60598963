"""The sheets of one table, typed off paper: a row for each sheet, a letter for each answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit.forms import HouseForm, Words
from placeweave.listening import services
from placeweave.listening.models import Statement, Vote

LETTERS = {"A": Vote.Value.AGREE, "D": Vote.Value.DISAGREE, "P": Vote.Value.PASS}
MOST_ROWS, MOST_CELLS = 10, 900
"""A form holds no more cells than the server reads fields; a table with more sheets is written in twice."""


@dataclass(frozen=True)
class Cell:
    """One box of a sheet as it was typed."""

    name: str
    label: str
    value: str
    is_wrong: bool


class PaperForm(HouseForm):
    """The sheets of one table."""

    table = Words(label=gettext_lazy("Name of the table"), max_length=40, help_text=gettext_lazy("As on its card."))

    def __init__(self, *args: Any, asked: Sequence[tuple[int, Statement]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        self.rows = range(1, max(1, min(MOST_ROWS, MOST_CELLS // max(len(asked), 1))) + 1)

    def grid(self) -> list[tuple[int, list[Cell]]]:
        """Lay out the boxes, each with what was typed."""
        return [(row, [self._cell(row, number, one) for number, one in self.asked]) for row in self.rows]

    def _cell(self, row: int, number: int, statement: Statement) -> Cell:
        value = self._typed(row, statement)
        label = _("Sheet %(row)s, statement %(number)s") % {"row": row, "number": number}
        return Cell(_name(row, statement), label, value, bool(value) and value.upper() not in LETTERS)

    def _typed(self, row: int, statement: Statement) -> str:
        return str(self.data.get(_name(row, statement), "")).strip()[:8] if self.is_bound else ""

    def clean(self) -> dict[str, Any]:
        """Say which box holds what is no answer."""
        wrong = [cell for _row, cells in self.grid() for cell in cells if cell.is_wrong]
        for cell in wrong[:10]:
            self.add_error(None, forms.ValidationError(_("%(box)s: “%(value)s” is none of A, D and P.") % _told(cell)))
        return super().clean() or {}

    def sheets(self) -> list[services.Ballot]:
        """Give the sheets that hold an answer."""
        return [sheet for row in self.rows if (sheet := self._sheet(row)).answers]

    def _sheet(self, row: int) -> services.Ballot:
        typed = {one.pk: self._typed(row, one).upper() for _number, one in self.asked}
        return services.Ballot({key: int(LETTERS[letter]) for key, letter in typed.items() if letter})


def _name(row: int, statement: Statement) -> str:
    return f"s{row}-{statement.pk}"


def _told(cell: Cell) -> dict[str, str]:
    return {"box": cell.label, "value": cell.value}
