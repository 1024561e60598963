"""The form a file comes in by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from placeweave.kit.forms import HouseForm, IncomingFile, Words
from placeweave.kit.imports import Importer


class UploadForm(HouseForm):
    """A file, and what it is."""

    format = forms.ChoiceField(label=gettext_lazy("What is in the file?"), widget=forms.RadioSelect)
    file = IncomingFile(
        label=gettext_lazy("The file"),
        max_length=200,
        help_text=gettext_lazy("At most 20 MB and 100,000 rows. A folder goes in as a zip."),
    )

    licence = Words(label=gettext_lazy("Licence, if it has one"), max_length=200, required=False)
    attribution = Words(
        label=gettext_lazy("Whom to name as its source"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Shown wherever what the file brought is shown."),
    )

    def __init__(self, *args: Any, formats: Sequence[Importer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["format"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy what the class above says
        field.choices = [(one.format, one.label) for one in formats]

    def source(self) -> dict[str, str]:
        """Give what is known of where the file comes from."""
        return {name: said for name in ("licence", "attribution") if (said := self.cleaned_data[name])}
