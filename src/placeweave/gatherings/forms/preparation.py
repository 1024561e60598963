"""The forms of what people get ready with."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings.models import Material
from placeweave.gatherings.services.preparation import PREPARATION_LABELS
from placeweave.kit.forms import HouseForm, VersionedForm, Words


class PreparationForm(VersionedForm):
    """What a session is for, and what people do before and after it."""

    purpose = Words(label=PREPARATION_LABELS["purpose"], max_length=600, lines=2, required=False)
    pre_work = Words(
        label=PREPARATION_LABELS["pre_work"],
        max_length=3000,
        lines=4,
        required=False,
        help_text=_("Keep it to what somebody can do on a bus. Links go below, as materials."),
    )
    practice_task = Words(
        label=PREPARATION_LABELS["practice_task"],
        max_length=2000,
        lines=4,
        required=False,
        help_text=_("What to try after this session. Before the next one of the cohort, people see it again."),
    )


class MaterialForm(HouseForm):
    """Something under an address of its own."""

    title = Words(label=_("What is it?"), max_length=160)
    address = forms.URLField(label=_("Its address"), max_length=300, assume_scheme="https")
    use = forms.ChoiceField(label=_("What is it for?"), choices=Material.Use.choices)
