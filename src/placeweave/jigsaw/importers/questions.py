"""What jigsaw asks about its files on their way in: what columns mean, and how dates are written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.jigsaw.importers.columns import NEEDS, PIECES
from placeweave.kit.columns import MappingForm
from placeweave.kit.forms import AnswerForm


class PieceMappingForm(MappingForm):
    """What the columns of a table of pieces mean."""

    spec = PIECES


class NeedMappingForm(MappingForm):
    """What the columns of a table of needs mean."""

    spec = NEEDS


class DatesForm(AnswerForm):
    """The one question some files of grants leave open."""

    question = gettext_lazy("How are dates written?")
    day_first = forms.ChoiceField(
        label=gettext_lazy("How are dates written in this file?"),
        widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("Day first: 31/12/2026")), ("no", gettext_lazy("Month first: 12/31/2026"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day_first"].help_text = self.about["question"]
        before = self.batch.options.get("day_first")
        self.fields["day_first"].initial = {True: "yes", False: "no"}.get(before)

    @property
    def lead(self) -> str:
        """Say how far the answer goes."""
        return _("One answer settles all the dates of %(file_name)s.") % {"file_name": self.batch.file_name}

    def options(self) -> dict[str, Any]:
        """Give the answer as the reader knows it."""
        return {"day_first": self.cleaned_data["day_first"] == "yes"}
