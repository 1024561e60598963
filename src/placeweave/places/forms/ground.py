"""The form by which a place begins."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placeweave.kit.forms import HouseForm
from placeweave.places import areas
from placeweave.places.areas import Area


class BeginForm(HouseForm):
    """In which council area the place lies."""

    council = forms.ChoiceField(
        label=_("In which council area does the place lie?"),
        help_text=_("The area in which most of it lies. Codes, partners by law and files about the country go by it."),
    )
    duty_takes_part = forms.BooleanField(
        label=_("Council, health board, police, fire service and enterprise body take part here already"),
        required=False,
        help_text=_("They share the duty to lead community planning. Leave it empty, and add each as it joins."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["council"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells mypy what the class above says
        field.choices = [("", _("Choose one")), *((area.code, area.name) for area in areas.known())]

    def area(self) -> Area:
        """Give the area that was chosen."""
        area = areas.coded(self.cleaned_data["council"])
        assert area is not None  # noqa: S101 - the field takes none but the areas listed
        return area
