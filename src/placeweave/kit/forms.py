"""Forms as every room shows them: one field of plain words, one renderer, errors that say where and why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from placeweave.formats.limits import MAX_BYTES, megabytes
from placeweave.kit.errors import Conflict

if TYPE_CHECKING:  # a type that only the stubs know, and one that only names what comes in
    from django.utils.functional import _StrPromise as StrPromise

    from placeweave.kit.models import Batch

# Overrides make text read in another order than it is stored in; marks of direction and joiners are part of writing.
_OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|[\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?|[\u2028\u2029]")


class HouseRenderer(TemplatesSetting):
    """Draw forms with a label, a hint and an error that a screen reader finds, and a summary of errors on top."""

    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"
    formset_template_name = "kit/forms/formset.html"


class Words(forms.CharField):
    """Plain text that people write, in any script: the one text field of every form.

    Control characters are refused, because SQLite would keep what PostgreSQL cannot. Characters that override the
    direction of reading are dropped; right-to-left writing itself, emoji and joiners stay as they are.

    Parameters
    ----------
    max_length : int
        Length in characters as people count code points; too long a text is refused with both numbers, never cut.
    lines : int
        More than one makes a text area of that height.
    """

    default_error_messages: ClassVar[dict[str, Any]] = {
        "control": gettext_lazy(
            "This text holds a character that cannot be kept, after “%(before)s”. Delete it, or type the text anew."
        ),
        "control_at_start": gettext_lazy("This text begins with a character that cannot be kept. Delete it."),
    }

    def __init__(
        self,
        *,
        label: str | StrPromise | None = None,
        max_length: int = 200,
        lines: int = 1,
        help_text: str | StrPromise = "",
        required: bool = True,
        initial: str = "",
        autocomplete: str = "off",
    ) -> None:
        widget = forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput()
        self.lines = lines
        self.limit = max_length
        self.autocomplete = autocomplete
        super().__init__(label=label, help_text=help_text, required=required, initial=initial, widget=widget)
        self.widget.attrs.update({"dir": "auto", "autocomplete": autocomplete, "data-limit": str(max_length)})

    def to_python(self, value: Any) -> str:
        """Give the text with one kind of line end and no direction overrides."""
        text = _LINE_END.sub("\n", str(super().to_python(value) or "")).translate(_OVERRIDES)
        return text if self.lines > 1 else text.replace("\n", " ")

    def validate(self, value: Any) -> None:
        """Refuse control characters and over-long text, each with one sentence."""
        super().validate(value)
        text = str(value or "")
        if found := _CONTROL.search(text):
            before = text[max(0, found.start() - 20) : found.start()]
            key = "control" if before.strip() else "control_at_start"
            raise forms.ValidationError(self.error_messages[key], code="control", params={"before": before})
        if len(text) > self.limit:
            raise forms.ValidationError(self._too_long(len(text)), code="max_length")

    def _too_long(self, length: int) -> str:
        over = length - self.limit
        return ngettext(
            "Use %(limit)s characters or fewer: this is %(length)s, so take out %(over)s.",
            "Use %(limit)s characters or fewer: this is %(length)s, so take out %(over)s.",
            over,
        ) % {"limit": self.limit, "length": length, "over": over}


class IncomingFile(forms.FileField):
    """A file on its way in: one that is empty, or larger than any that is read, is refused before it is read."""

    default_error_messages: ClassVar[dict[str, Any]] = {"empty": gettext_lazy("This file is empty. Choose another.")}

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Give the file, or say how large it is and how large it may be."""
        file = super().clean(data, initial)
        if file and file.size > MAX_BYTES:
            told = {"name": file.name, "size": megabytes(file.size), "limit": megabytes(MAX_BYTES)}
            raise forms.ValidationError(_("%(name)s is %(size)s; a file may be at most %(limit)s.") % told)
        return file


class HouseForm(forms.Form):
    """The base of all forms: no colon after labels, errors in whole sentences, days by calendar, acted upon once.

    Set ``once = False`` on a form that is sent by GET, so that no key appears in the address.
    """

    once: ClassVar[bool] = True
    conflict: Conflict | None = None
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.widget.attrs.setdefault("dir", "auto")
            if field.label and field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = _missing(field) % {"label": field.label}
            if isinstance(field, forms.DateField):
                _ask_by_calendar(field)

    def choose_from(self, name: str, rows: QuerySet[Any]) -> None:
        """Let a field be chosen from these records; which they are, only the page at hand knows."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker what the form says
        field.queryset = rows


class VersionedForm(HouseForm):
    """A form over a record that others may change meanwhile; it carries the version it was opened with."""

    version: forms.Field = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=0, max_value=2_000_000_000
    )

    @property
    def opened_at(self) -> int:
        """The version that was on the screen; none at all is older than every other."""
        return self.cleaned_data["version"] or 0

    def written(self) -> dict[str, Any]:
        """Give what was written, without the version it was written against."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def meet(self, conflict: Conflict) -> None:
        """Come back with both versions above, everything typed still in place, to be sent over the newer version."""
        self.conflict = conflict
        given: Any = self.data.copy()  # type: ignore[attr-defined]  # a form is bound to a QueryDict, which copies
        given[self.add_prefix("version")] = str(conflict.version)
        self.data = given


class AnswerForm(HouseForm):
    """What a person is asked about an uploaded file before it can be previewed; each question is a subclass.

    Parameters
    ----------
    batch
        The file on its way in, with the options it has so far.
    about
        What the file leaves open, as its format's question gave it.
    """

    question: ClassVar[str | StrPromise] = ""
    warning: ClassVar[str | StrPromise] = ""

    def __init__(self, *args: Any, batch: Batch, about: Mapping[str, Any], **kwargs: Any) -> None:
        self.batch, self.about = batch, about
        super().__init__(*args, **kwargs)

    @property
    def lead(self) -> str:
        """Say above the question how far the answer goes."""
        return ""

    def options(self) -> dict[str, Any]:
        """Give what the reader needs to know, as JSON."""
        raise NotImplementedError


def _ask_by_calendar(field: forms.DateField) -> None:
    """Ask for a day by the browser's own calendar, which reads 2026-12-31 alone and shows any other form as no day."""
    field.widget = forms.DateInput(attrs={**field.widget.attrs, "type": "date"}, format="%Y-%m-%d")
    if field.error_messages["invalid"] == forms.DateField.default_error_messages["invalid"]:
        field.error_messages["invalid"] = _("This is not a day: write it as 2026-12-31.")


def _missing(field: forms.Field) -> str:
    """Say in the words of its kind that a field was left empty."""
    if isinstance(field, forms.FileField):
        return _("Choose a file for “%(label)s”.")
    if isinstance(field, forms.BooleanField):
        return _("Tick “%(label)s” to go on.")
    if isinstance(field, forms.ChoiceField):
        return _("Choose an answer to “%(label)s”.")
    return _("Fill in “%(label)s”.")
