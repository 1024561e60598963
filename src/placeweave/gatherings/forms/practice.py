"""The forms of the practice log and of learning needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.gatherings.models import Cohort, Tried
from placeweave.gatherings.queries import learning
from placeweave.gatherings.queries import practice as queries
from placeweave.gatherings.services.practice import TRIED_LABELS, TriedFacts
from placeweave.kit.access import TEAM
from placeweave.kit.forms import HouseForm, VersionedForm, Words
from placeweave.places.models import Member, Organisation


class TriedForm(VersionedForm):
    """What somebody tried; nobody else reads it unless they say so."""

    on = forms.DateField(label=TRIED_LABELS["on"])
    done = Words(label=TRIED_LABELS["done"], max_length=2000, lines=3)
    noticed = Words(label=TRIED_LABELS["noticed"], max_length=3000, lines=4)
    next_step = Words(label=TRIED_LABELS["next_step"], max_length=1000, lines=2, required=False)
    sharing = forms.ChoiceField(
        label=TRIED_LABELS["sharing"],
        choices=Tried.Sharing.choices,
        initial=Tried.Sharing.OWN,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Until you share it, nobody else reads it, conveners included. Name nobody who would mind."
        ),
    )
    cohort = forms.ModelChoiceField(
        Cohort.objects.none(), label=TRIED_LABELS["cohort"], required=False, empty_label=gettext_lazy("None")
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("cohort", queries.cohorts_of(member).select_related("programme"))

    def clean(self) -> dict[str, Any]:
        """Ask for the cohort where one is shared with, and leave it out elsewhere."""
        said = super().clean() or {}
        if said.get("sharing") != Tried.Sharing.COHORT:
            said["cohort"] = None
        elif not said.get("cohort"):
            self.add_error("cohort", _("Choose the cohort you share it with."))
        return said

    def facts(self) -> TriedFacts:
        """Give what the form says."""
        return TriedFacts(**self.written())


class LearningNeedForm(HouseForm):
    """What somebody needs to learn."""

    title = Words(
        label=gettext_lazy("What do you need to learn?"),
        max_length=160,
        help_text=gettext_lazy("In a few words, so that others find theirs in it. For example: sharing data lawfully."),
    )
    about = Words(label=gettext_lazy("What would it help with?"), max_length=1000, lines=2, required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("For whom do you say it?"),
        required=False,
        empty_label=gettext_lazy("For my own organisation, or myself"),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if member.standing in TEAM:
            self.choose_from("organisation", learning.partners(member.place))
        else:
            del self.fields["organisation"]
