"""Forms for series and conversations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placeweave.kit.forms import VersionedForm, Words
from placeweave.listening import services
from placeweave.listening.forms import fields
from placeweave.listening.forms.fields import PlaceForm
from placeweave.listening.models import Conversation, Series
from placeweave.places.models import Issue, Organisation


class SeriesForm(VersionedForm, PlaceForm):
    """A run of conversations around one question."""

    title = Words(label=_("What is the series called?"), max_length=120)
    guiding_question = Words(
        label=_("The question every conversation starts from"),
        max_length=400,
        lines=2,
        help_text=_("An open question, in words anybody here would use."),
    )
    intention = Words(label=_("Why are you asking, and what will you do with the answers?"), max_length=2000, lines=4,
                      required=False)  # fmt: skip
    issue = forms.ModelChoiceField(
        Issue.objects.none(), label=_("Issue it belongs to"), required=False, empty_label=_("None")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("issue", Issue.objects.filter(place=self.place))

    def facts(self) -> services.SeriesFacts:
        """Give what the form says."""
        said = self.cleaned_data
        return services.SeriesFacts(said["title"], said["guiding_question"], said["intention"], said["issue"])


class ConversationForm(VersionedForm, PlaceForm):
    """A conversation that is planned, or was held."""

    title = Words(
        label=_("What do people call it?"), max_length=160, help_text=_("For example: Tuesday lunch, Shore Road.")
    )
    series = forms.ModelChoiceField(
        Series.objects.none(), label=_("Series it belongs to"), required=False, empty_label=_("None")
    )
    guiding_question = Words(label=_("Its own question, if it had one"), max_length=400, lines=2, required=False)
    method = forms.ChoiceField(label=_("How is it held?"), choices=Conversation.Method.choices)
    held_on = forms.DateField(label=_("Day"), required=False, help_text=_("Leave empty while it is not fixed."))
    neighbourhood = fields.neighbourhood()
    invited = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Organisations invited"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Those from whom nothing is heard will be listed as not heard yet."),
    )
    description = Words(label=_("About it"), max_length=4000, lines=4, required=False)
    harvest_note = Words(
        label=_("Harvest: what you took away from it"),
        help_text=_("Your own summary. What people said is kept in their own words, one by one."),
        max_length=4000,
        lines=5,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("series", Series.objects.filter(place=self.place))
        self.choose_from("invited", Organisation.objects.filter(place=self.place, is_partner=True))

    def keep_method_of(self, held: Conversation) -> None:
        """Offer only methods that what was heard so far fits: statements stay statements, words stay words."""
        self.fields["method"].choices = [  # type: ignore[attr-defined]
            one
            for one in Conversation.Method.choices
            if (one[0] == Conversation.Method.STATEMENTS) == held.is_in_statements
        ]

    def facts(self) -> services.ConversationFacts:
        """Give what the form says."""
        names = services.ConversationFacts.__dataclass_fields__
        return services.ConversationFacts(**{name: self.cleaned_data[name] for name in names})
