"""Forms for issues and their question, and for asking another place to talk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from placeweave.kit.access import TEAM
from placeweave.kit.forms import HouseForm, VersionedForm, Words
from placeweave.places import queries
from placeweave.places.models import FrameworkNode, Issue, Member, Organisation, Place


class OpenIssueForm(HouseForm):
    """A new issue, with its first question."""

    title = Words(
        label=_("The issue, in a few words"), max_length=120, help_text=_("Like: Cut off through the winter.")
    )
    wording = Words(
        label=_("The question you would ask about it"),
        max_length=400,
        lines=3,
        help_text=_("An open question that nobody can answer alone. Others can suggest another wording."),
    )


class QuestionForm(HouseForm):
    """Another wording."""

    wording = Words(label=_("The question, as you would ask it"), max_length=400, lines=3)
    why = Words(label=_("Why this wording"), max_length=400, lines=2, required=False)


class _People(forms.ModelMultipleChoiceField[Member]):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.display_name)


class IssueForm(VersionedForm):
    """Who is on an issue, where it is felt, and what it is about."""

    title = Words(label=_("The issue, in a few words"), max_length=120)
    state = forms.ChoiceField(
        label=_("Is it being worked on?"),
        choices=Issue.State.choices,
        widget=forms.RadioSelect,
        help_text=_("An issue like this is never closed, only resting."),
    )
    facilitators = _People(
        Member.objects.none(), label=_("Facilitators"), required=False, widget=forms.CheckboxSelectMultiple
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Organisations on it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    neighbourhoods = forms.ModelMultipleChoiceField(
        Place.objects.none(), label=_("Where it is felt"), required=False, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.ModelMultipleChoiceField(
        FrameworkNode.objects.none(),
        label=_("What it is about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Places that show their issues find each other by these."),
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, QuerySet[Any]] = {
            "facilitators": queries.members(place).filter(standing__in=TEAM),
            "organisations": queries.partners(place),
            "neighbourhoods": place.neighbourhoods.order_by("name"),
            "topics": queries.topics(),
        }
        for name, found in choices.items():
            self.choose_from(name, found)


class LinkUpForm(HouseForm):
    """A few words to the conveners of another place."""

    note = Words(
        label=_("A few words to their conveners"),
        max_length=400,
        lines=3,
        required=False,
        help_text=_("They see this, your name and e-mail address, and the name of your place."),
    )
