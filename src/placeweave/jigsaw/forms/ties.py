"""Forms of ties: one report, the opening of a wave, a partner's whole answer, and a convener's two lines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from placeweave.jigsaw.forms.pieces import speakers
from placeweave.jigsaw.models import ContactNote
from placeweave.jigsaw.queries.ties import LEVELS
from placeweave.jigsaw.services import NoteSaid, ReplySaid
from placeweave.jigsaw.services.surveys import ITEMS
from placeweave.kit.asking import number_of
from placeweave.kit.forms import HouseForm, VersionedForm, Words
from placeweave.places.models import Member, Organisation, Place


class TieForm(HouseForm):
    """How one organisation sees its work with another."""

    source = forms.ModelChoiceField(Organisation.objects.none(), label=_("You speak for"), empty_label=None)
    target = forms.ModelChoiceField(Organisation.objects.none(), label=_("Your work with"), empty_label=_("Choose one"))
    level = forms.TypedChoiceField(
        label=_("How closely do you work together?"),
        coerce=int,
        widget=forms.RadioSelect,
        choices=[(level, f"{label}: {meaning}") for level, label, meaning in LEVELS],
        help_text=_("Say how you see it. They are asked too; the two answers are shown side by side, never averaged."),
    )
    kind = Words(label=_("In what way?"), max_length=40, required=False, help_text=_("refers, funds, co-delivers"))
    note = Words(label=_("Anything worth knowing"), max_length=400, required=False)

    def __init__(self, *args: Any, place: Place, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("source", speakers(place, member))
        self.choose_from("target", Organisation.objects.filter(place=place, is_partner=True))


class SurveyForm(HouseForm):
    """What partners are told when a wave opens, and until when they may answer."""

    lead = Words(
        label=_("What do you want to say to the partners?"),
        max_length=400,
        lines=3,
        required=False,
        help_text=_("Why you ask, and what will come of it. It stands above the questions."),
    )
    closes_on = forms.DateField(
        label=_("Until when?"),
        required=False,
        help_text=_("You close the wave yourself; the day is only told to them."),
    )


class NoteForm(HouseForm):
    """A convener's two lines."""

    spoke_with = Words(
        label=_("Who did you speak with?"),
        max_length=200,
        help_text=_("In your own words. Your device can take dictation."),
    )
    shifted = Words(label=_("What shifted?"), max_length=400, lines=2, required=False)
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Which partners was it about?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    feel = forms.ChoiceField(
        label=_("How is it between you?"), choices=ContactNote.Feel.choices, widget=forms.RadioSelect, initial="fine"
    )
    happened_on = forms.DateField(label=_("When was it?"), initial=timezone.localdate)

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("organisations", Organisation.objects.filter(place=place, is_partner=True))

    def said(self) -> NoteSaid:
        """Give the two lines, once the form is valid."""
        given = self.cleaned_data
        return NoteSaid(**{**given, "organisations": tuple(given["organisations"])})


class ReplyForm(VersionedForm):
    """A partner's whole answer: ``level-<partner>`` and ``<item>-<partner>``.

    The questions are no fields of the form: two hundred partners would make fourteen hundred. What is no number is
    left out here, and the service holds the rules.
    """

    def said(self) -> ReplySaid:
        """Give the levels and ratings that were sent."""
        levels: dict[int, int] = {}
        ratings: dict[int, dict[str, int | None]] = {}
        for name, value in self.data.items():
            item, _dash, about = name.partition("-")
            key, given = number_of(about), number_of(str(value))
            if key is None or given is None:
                continue
            if item == "level":
                levels[key] = given
            elif item in ITEMS:
                ratings.setdefault(key, {})[item] = given
        return ReplySaid(levels, ratings)
