"""What people without an account fill in at the door of a voting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit.forms import HouseForm, Words
from placeweave.listening.forms.fields import LookedOver
from placeweave.listening.models import AboutYou, Voting
from placeweave.places.models import Place


class CodeForm(HouseForm):
    """The code that stands on the wall."""

    once = False
    code = Words(
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("A word and a number, such as heather 42. Capitals and spaces do not matter."),
    )


class SayForm(LookedOver):
    """One thought in somebody's own words. Sending it twice is met by the service: no record of when is kept here."""

    once = False
    text = Words(label=gettext_lazy("Your statement"), max_length=140, lines=3)
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, voting: Voting, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, place=place, **kwargs)
        text = self.fields["text"]
        assert isinstance(text, Words)  # noqa: S101 - tells the type checker what the form says
        text.limit = voting.longest
        text.widget.attrs["data-limit"] = str(voting.longest)

    def clean_text(self) -> str:
        """Give the words in one line, as they will be read."""
        said = " ".join(str(self.cleaned_data["text"]).split())
        if not said:
            raise forms.ValidationError(_("There are no words in it yet."))
        return said


class AboutForm(HouseForm):
    """A few questions about somebody: each may be left out, and is unless they choose otherwise."""

    once = False

    def __init__(self, *args: Any, asked: list[AboutYou], told: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for one in asked:
            self.fields[f"about_{one.pk}"] = forms.ChoiceField(
                label=one.question,
                help_text=_("What it is for: %(purpose)s") % {"purpose": one.purpose},
                choices=[("", _("Rather not say")), *((str(at), choice) for at, choice in enumerate(one.choices))],
                widget=forms.RadioSelect,
                required=False,
                initial=str(told.get(str(one.pk), "")),
            )

    def chosen(self) -> dict[int, int]:
        """Give what was told, by question; what somebody would rather not say is not there."""
        answers = {one.pk: self.cleaned_data[f"about_{one.pk}"] for one in self.asked}
        return {question: int(choice) for question, choice in answers.items() if choice != ""}
