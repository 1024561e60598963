"""Forms for files on their way in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placeweave.kit.columns import MappingForm
from placeweave.kit.forms import HouseForm, IncomingFile, Words
from placeweave.listening.models import Conversation


class BringInForm(HouseForm):
    """A file of contributions, or a conversation from Polis."""

    kind = forms.ChoiceField(
        label=_("What is in the file?"),
        choices=[
            ("contributions", _("What people said: a table, one contribution a row (CSV or XLSX)")),
            ("polis", _("Statements and votes: an export from Polis (zip)")),
        ],
        initial="contributions",
        widget=forms.RadioSelect,
    )
    file = IncomingFile(label=_("The file"), help_text=_("At most 20 MB and 100,000 rows."))
    licence = Words(label=_("Licence, if it has one"), max_length=200, required=False)
    attribution = Words(
        label=_("Whom to name as its source"),
        max_length=300,
        required=False,
        help_text=_("Shown wherever the file's words are shown."),
    )


class ContributionMappingForm(MappingForm):
    """What the columns mean, and which conversation the rows belong to."""

    conversation = forms.ModelChoiceField(
        Conversation.objects.none(), label=_("Conversation they belong to"), required=False, empty_label=_("A new one")
    )
    title = Words(label=_("What is the new conversation called?"), max_length=160, required=False)

    def __init__(self, *args: Any, place_id: int, title: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Conversation.objects.filter(place_id=place_id).exclude(method=Conversation.Method.STATEMENTS)
        self.choose_from("conversation", here)
        self.fields["title"].initial = title

    def options(self) -> dict[str, Any]:
        """Give what the importer needs to know beside the mapping."""
        chosen = self.cleaned_data["conversation"]
        return {"conversation": chosen.pk if chosen else None, "title": self.cleaned_data["title"]}
