"""The form a file comes in by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats.limits import MAX_BYTES, megabytes
from placeweave.kit.forms import HouseForm
from placeweave.kit.imports import Importer


class UploadForm(HouseForm):
    """A file, and what it is."""

    format = forms.ChoiceField(label=gettext_lazy("What is in the file?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=gettext_lazy("The file"),
        max_length=200,
        help_text=gettext_lazy("At most 20 MB. A folder goes in as a zip."),
    )

    def __init__(self, *args: Any, formats: Sequence[Importer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["format"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy what the class above says
        field.choices = [(one.format, one.label) for one in formats]
        self.fields["file"].error_messages["empty"] = _("This file is empty. Choose another.")

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is too large before it is read."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            told = {"name": file.name, "size": megabytes(file.size or 0), "limit": megabytes(MAX_BYTES)}
            raise forms.ValidationError(_("%(name)s is %(size)s; a file may be at most %(limit)s.") % told)
        return file
