"""Questions that several forms of listening ask in the same words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit import personal
from placeweave.kit.forms import HouseForm
from placeweave.listening.models import Naming, Scope, VoiceType
from placeweave.places.models import Organisation, Place


def voice() -> forms.ChoiceField:
    """Ask whose kind of knowing it is."""
    return forms.ChoiceField(
        label=gettext_lazy("Whose kind of knowing is it?"),
        choices=VoiceType.choices,
        initial=VoiceType.LIVED,
        widget=forms.RadioSelect,
    )


def scope() -> forms.TypedChoiceField:
    """Ask how far the words may travel; the narrowest is chosen unless somebody chooses otherwise."""
    return forms.TypedChoiceField(
        label=gettext_lazy("Who may read the words?"),
        choices=Scope.choices,
        coerce=lambda value: Scope(int(value)),
        initial=Scope.NOTES.value,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Choose a wider circle only where the person agreed to it."),
    )


def naming(choices: Any = None) -> forms.ChoiceField:
    """Ask how the teller is shown."""
    return forms.ChoiceField(
        label=gettext_lazy("How is the person shown?"),
        choices=choices or Naming.choices,
        initial=Naming.ONLY_IN_THEMES,
        widget=forms.RadioSelect,
    )


def neighbourhood() -> forms.ModelChoiceField[Place]:
    """Ask in which neighbourhood; the form fills in those of its place."""
    return forms.ModelChoiceField(
        Place.objects.none(),
        label=gettext_lazy("Neighbourhood"),
        required=False,
        empty_label=gettext_lazy("None in particular"),
    )


def organisation() -> forms.ModelChoiceField[Organisation]:
    """Ask for which organisation somebody spoke; the form fills in those of its place."""
    return forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Organisation they spoke for"),
        required=False,
        empty_label=gettext_lazy("For themselves"),
    )


class PlaceForm(HouseForm):
    """A form whose choices are those of one place."""

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        if "neighbourhood" in self.fields:
            self.choose_from("neighbourhood", Place.objects.filter(parent_workspace=place))
        if "organisation" in self.fields:
            self.choose_from("organisation", Organisation.objects.filter(place=place, is_partner=True))


class LookedOver(PlaceForm):
    """A form of free text that asks for a second look where the text seems to lead to a person."""

    free_text = "text"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = personal.traces(self.free_words()) if self.is_bound else []
        if found:
            sentence = _(
                "This looks like %(found)s. Take it out if it could lead to somebody, or tick the box to keep it."
            )
            field = forms.BooleanField(
                label=_("I have looked. Keep the words as they are."),
                error_messages={"required": sentence % {"found": personal.in_words(found)}},
            )
            self.fields = {"looked_over": field, **self.fields}

    def free_words(self) -> str:
        """Give the free text of the form, as it was sent."""
        return str(self.data.get(self.free_text, ""))
