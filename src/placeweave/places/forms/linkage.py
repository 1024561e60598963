"""Forms that ask whether two organisations are one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats.text import is_whole_number
from placeweave.kit.forms import VersionedForm, Words
from placeweave.places.models import Organisation, Pairing
from placeweave.places.services import Answer

Choices = list[tuple[str, str]]


class SameForm(VersionedForm):
    """What a person says of two organisations."""

    state = forms.ChoiceField(
        label=gettext_lazy("Are they the same organisation?"),
        widget=forms.RadioSelect,
        choices=[
            (Pairing.State.SAME, gettext_lazy("Yes, they are the same")),
            (Pairing.State.DIFFERENT, gettext_lazy("No, they are different: do not ask again")),
            (Pairing.State.LATER, gettext_lazy("Later: I have to find out first")),
        ],
    )
    stands = forms.ChoiceField(
        label=gettext_lazy("If they are the same, whose name, sector and description stand?"), widget=forms.RadioSelect
    )
    numbers = forms.ChoiceField(label="", required=False, widget=forms.RadioSelect)
    why = Words(
        label=gettext_lazy("Why"),
        max_length=400,
        lines=2,
        required=False,
        help_text=gettext_lazy("Kept with the decision, for whoever asks later."),
    )

    def __init__(self, *args: Any, kind: str, one: Organisation, other: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("stands", "", [(str(one.pk), one.name), (str(other.pk), other.name)])
        label, choices = _about_numbers(kind, one, other)
        if choices:
            self._choose("numbers", label, choices)
        else:
            del self.fields["numbers"]

    def _choose(self, name: str, label: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker what the form says
        field.choices = choices
        field.label = label or field.label

    def answer(self) -> Answer:
        """Give what was said."""
        said = self.cleaned_data
        return Answer(said["state"], int(said["stands"]), said.get("numbers", ""), said["why"])


def _about_numbers(kind: str, one: Organisation, other: Organisation) -> tuple[str, Choices]:
    """Ask what has to be found out about the numbers of two organisations, if anything has."""
    told = {"one": one.name, "other": other.name}
    if kind == Pairing.Kind.NUMBER:
        return _("If they are different, whose is the number they share?"), [
            ("", _("I do not know")),
            ("one", _("It belongs to “%(one)s”") % told),
            ("other", _("It belongs to “%(other)s”") % told),
        ]
    if kind == Pairing.Kind.MISMATCH:
        return _("If they are the same, why do they have two numbers in one register?"), [
            ("", _("I do not know: keep both")),
            ("one_first", _("It was registered anew: the number of “%(one)s” is the earlier one") % told),
            ("other_first", _("It was registered anew: the number of “%(other)s” is the earlier one") % told),
            ("one", _("One is wrong: the number of “%(one)s” is right") % told),
            ("other", _("One is wrong: the number of “%(other)s” is right") % told),
        ]
    return "", []


def ticked(values: list[str]) -> list[tuple[int, int]]:
    """Read which pairs were ticked, each with the version that was on the screen; anything else is left out."""
    parts = (value.partition(":") for value in values)
    return [(int(key), int(seen)) for key, _colon, seen in parts if is_whole_number(key) and is_whole_number(seen)]
