"""The form in which a table or an online group brings in its harvest."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit.forms import Words
from placeweave.listening import services
from placeweave.listening.forms.words import PasteForm


class HarvestForm(PasteForm):
    """The notes of one group, under the consent that group was asked for."""

    group = Words(
        label=gettext_lazy("Which table or online group?"),
        max_length=60,
        help_text=gettext_lazy("For example: table 3, the harbour table, online group A."),
    )
    side = forms.ChoiceField(
        label=gettext_lazy("Where did it sit?"),
        choices=services.Side.choices,
        initial=services.Side.ROOM,
        widget=forms.RadioSelect,
    )
    field_order = ["looked_over", "group", "side"]
    KEPT_WITH_EACH = (*PasteForm.KEPT_WITH_EACH, "group", "side")

    def whose(self) -> services.Group:
        """Give the group the form names."""
        return services.Group(self.cleaned_data["group"], services.Side(self.cleaned_data["side"]))

    def kept_with_each(self) -> list[tuple[str, str]]:
        """List what is kept with every note, the group first."""
        group = self.whose()
        return [(_("Table or group"), f"{group.name} ({group.side.label})"), *super().kept_with_each()]
