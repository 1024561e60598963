"""Forms of working together: introductions, shared difficulties, programmes and help."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placeweave.jigsaw.forms.pieces import sort_by_framework, speakers
from placeweave.jigsaw.models import Introduction
from placeweave.kit.forms import HouseForm, VersionedForm, Words
from placeweave.places.models import FrameworkNode, Member, Organisation, Place


class IntroduceForm(HouseForm):
    """The mail of an introduction, drafted and to be changed."""

    subject = Words(label=_("Subject"), max_length=160)
    words = Words(
        label=_("The mail"),
        max_length=4000,
        lines=10,
        help_text=_(
            "Change it as you like. You send it from your own post; it is kept here so that you can ask later."
        ),
    )


class OutcomeForm(HouseForm):
    """What came of an introduction."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"), choices=Introduction.Outcome.choices[1:], widget=forms.RadioSelect
    )
    words = Words(label=_("In a line"), max_length=400, required=False)


class DifficultyForm(HouseForm):
    """Something that makes the work hard."""

    wording = Words(
        label=_("What makes the work hard?"),
        max_length=200,
        help_text=_("One thing, in plain words, about the work and not about a person. Others can say: ours too."),
    )


class ProgrammeForm(VersionedForm):
    """A programme several partners run."""

    name = Words(label=_("What is it called?"), max_length=160)
    about = Words(label=_("What is it about?"), max_length=2000, lines=3, required=False)
    partners = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Who is on it?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    outcomes = forms.ModelMultipleChoiceField(
        FrameworkNode.objects.none(),
        label=_("Which outcomes is it for?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("partners", Organisation.objects.filter(place=place, is_partner=True))
        self.choose_from("outcomes", FrameworkNode.objects.none())
        sort_by_framework(self, "outcomes", place)


class OfferHelpForm(HouseForm):
    """An answer to an ask."""

    giver = forms.ModelChoiceField(Organisation.objects.none(), label=_("Who helps?"), empty_label=None)
    words = Words(label=_("What can you do?"), max_length=400, help_text=_("For example: two drivers, until June."))

    def __init__(self, *args: Any, place: Place, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("giver", speakers(place, member))


class GivenForm(HouseForm):
    """That help came, with thanks."""

    thanks = Words(label=_("A word of thanks, if you like"), max_length=400, required=False)
