"""What is asked about a table of contributions on its way in."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placeweave.kit.columns import MappingForm
from placeweave.kit.forms import Words
from placeweave.listening.importers.columns import CONTRIBUTIONS
from placeweave.listening.models import Conversation


class ContributionMappingForm(MappingForm):
    """What the columns mean, and which conversation the rows belong to."""

    spec = CONTRIBUTIONS
    warning = _(
        "A row that says nothing of consent is read by the team alone and not quoted, unless you choose otherwise "
        "below."
    )
    conversation = forms.ModelChoiceField(
        Conversation.objects.none(), label=_("Conversation they belong to"), required=False, empty_label=_("A new one")
    )
    title = Words(label=_("What is the new conversation called?"), max_length=160, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Conversation.objects.filter(place_id=self.batch.place_id)
        self.choose_from("conversation", here.exclude(method=Conversation.Method.STATEMENTS))
        said = self.batch.options
        self.fields["conversation"].initial = said.get("conversation")
        self.fields["title"].initial = said.get("title") or PurePath(self.batch.file_name).stem

    def options(self) -> dict[str, Any]:
        """Give the mapping, and the conversation the rows go to."""
        chosen = self.cleaned_data["conversation"]
        where = {"conversation": chosen.pk if chosen else None, "title": self.cleaned_data["title"]}
        return super().options() | where
