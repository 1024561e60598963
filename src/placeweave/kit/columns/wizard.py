"""The form on which a person says what the columns of a table mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from placeweave.formats.tables import Table
from placeweave.formats.text import without_controls
from placeweave.kit.columns.mapping import Mapped, proposed, remember, table_of
from placeweave.kit.columns.spec import ColumnSpec, Target
from placeweave.kit.errors import Unsound
from placeweave.kit.forms import AnswerForm
from placeweave.kit.imports import Upload
from placeweave.kit.questions import Question

SAMPLED = 5
_LONG = 80


def question(form: type[MappingForm]) -> Question:
    """Ask what the columns of a table mean, by a room's own form; the answer is remembered for the same header."""
    return Question(about=in_short, form=form, remember=remember)


def in_short(upload: Upload) -> Mapping[str, Any]:
    """Give the header and the first rows of a table, cells shortened, for a person to recognise their file by."""
    table = table_of(upload)
    if not table.rows:
        raise Unsound(_("%(name)s has a header and no rows.") % {"name": upload.name})
    rows = [[_short(row.cells.get(column, "")) for column in table.columns] for row in table.rows[:SAMPLED]]
    return {"columns": list(table.columns), "rows": rows, "total": len(table.rows), "notes": list(table.notes)}


def _short(cell: str) -> str:
    shortened, _removed = without_controls(cell if len(cell) <= _LONG else cell[:_LONG] + "…")
    return shortened


class MappingForm(AnswerForm):
    """One choice of column for each thing a room wants to know; a room says its ``spec``, and may ask more."""

    spec: ClassVar[ColumnSpec]
    template_name = "kit/forms/columns.html"
    question = gettext_lazy("What do the columns mean?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = Table(columns=tuple(self.about["columns"]), rows=())
        self.mapped = self._said_before()
        for target in self.spec.targets:
            self.fields[f"column_{target.name}"] = self._column(target)
            if target.asks_default:
                self.fields[f"default_{target.name}"] = self._default(target)
        if any(target.kind == "date" for target in self.spec.targets):
            self.fields["day_first"] = self._day_first()

    def _said_before(self) -> Mapped:
        if self.batch.options.get("columns"):
            return Mapped.from_options(self.batch.options)
        return proposed(self.spec, self.table, place_id=self.batch.place_id)

    @property
    def lead(self) -> str:
        """Say how much there is, and what comes next."""
        total = self.about["total"]
        told = ngettext(
            "%(name)s has %(rows)s row. Say what its columns hold; you will see what becomes of it before anything is "
            "kept.",
            "%(name)s has %(rows)s rows. Say what its columns hold; you will see what becomes of each before anything "
            "is kept.",
            total,
        )
        return told % {"name": self.batch.file_name, "rows": f"{total:,}"}

    def _column(self, target: Target) -> forms.Field:
        nothing = _("Choose a column") if target.required else _("Not in this file")
        choices = [("", nothing), *((column, column) for column in self.table.columns)]
        field = forms.ChoiceField(
            label=str(target.label),
            choices=choices,
            required=target.required,
            initial=self.mapped.columns.get(target.name, ""),
            help_text=str(target.help_text),
        )
        field.error_messages["required"] = _("Choose the column that holds “%s”.") % target.label
        return field

    def _default(self, target: Target) -> forms.Field:
        return forms.ChoiceField(
            label=_("Where a row does not say: %s") % str(target.label).lower(),
            choices=list(target.choices),
            initial=self.mapped.defaults.get(target.name) or target.default,
        )

    def _day_first(self) -> forms.Field:
        told = {None: "", True: "yes", False: "no"}
        return forms.ChoiceField(
            label=_("How are dates written?"),
            required=False,
            initial=told[self.mapped.day_first],
            choices=[
                ("", _("Work it out from the column")),
                ("yes", _("Day first: 31/12/2026")),
                ("no", _("Month first: 12/31/2026")),
            ],
        )

    def clean(self) -> dict[str, Any]:
        """Refuse one column given two meanings."""
        cleaned = super().clean() or {}
        meant: dict[str, Target] = {}
        for target in self.spec.targets:
            header = cleaned.get(f"column_{target.name}")
            if header and header in meant:
                sentence = _("The column “%(column)s” cannot mean both “%(one)s” and “%(other)s”.")
                told = {"column": header, "one": meant[header].label, "other": target.label}
                self.add_error(f"column_{target.name}", sentence % told)
            elif header:
                meant[header] = target
        return cleaned

    def options(self) -> dict[str, Any]:
        """Give what the person settled, as the options of the batch."""
        said = self.cleaned_data
        columns = {target.name: said[f"column_{target.name}"] for target in self.spec.targets}
        defaults = {target.name: said[f"default_{target.name}"] for target in self.spec.targets if target.asks_default}
        day_first = {"yes": True, "no": False}.get(said.get("day_first", ""))
        meant = {name: header for name, header in columns.items() if header}
        return Mapped(meant, defaults, day_first).as_options()

    @property
    def column_fields(self) -> Sequence[forms.BoundField]:
        """List the questions about columns, for a page that sets them apart."""
        return [self[f"column_{target.name}"] for target in self.spec.targets]

    @property
    def other_fields(self) -> Sequence[forms.BoundField]:
        """List the questions about everything else."""
        return [field for field in self if not field.name.startswith("column_")]
