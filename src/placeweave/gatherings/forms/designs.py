"""The forms of outlines and designs: their shape only, the rules are in the services."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings.forms.fields import time_field, where_field
from placeweave.gatherings.models import Session
from placeweave.gatherings.models.design import LONGEST, WIDEST
from placeweave.gatherings.services.designs import LABELS, OutlineFacts
from placeweave.kit.forms import HouseForm, VersionedForm, Words
from placeweave.places.models import Place


class OutlineForm(VersionedForm):
    """One session of an outline."""

    title = Words(label=LABELS["title"], max_length=160)
    purpose = Words(
        label=LABELS["purpose"],
        max_length=1200,
        lines=3,
        required=False,
        help_text=_("What people can do afterwards that they could not before."),
    )
    kind = forms.ChoiceField(label=LABELS["kind"], choices=Session.Kind.choices, initial=Session.Kind.LEARNING)
    minutes = forms.IntegerField(label=LABELS["minutes"], min_value=10, max_value=LONGEST, initial=150)
    gap_days = forms.IntegerField(label=LABELS["gap_days"], min_value=0, max_value=WIDEST, initial=28)

    def facts(self) -> OutlineFacts:
        """Give what the form says."""
        return OutlineFacts(**self.written())


class KeepVersionForm(HouseForm):
    """Why a design is kept anew."""

    because = Words(
        label=_("What did you learn, and change?"),
        max_length=400,
        lines=2,
        required=False,
        help_text=_("Stands beside the version. It goes along when the design is given to another place."),
    )


class RunForm(HouseForm):
    """A new run of a programme."""

    title = Words(label=_("What is the new run called?"), max_length=160, help_text=_("For example with its year."))


class _PlacesField(forms.ModelMultipleChoiceField[Place]):
    def label_from_instance(self, obj: Place) -> str:
        """Call a place by its name."""
        return obj.name


class GiveForm(HouseForm):
    """Other places that are to hold the programme, too."""

    places = _PlacesField(
        Place.objects.none(),
        label=_("Which places shall hold it, too?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only places that you convene or facilitate yourself."),
    )

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("places", places)


class PlanForm(HouseForm):
    """When the sessions of a cohort begin."""

    on = forms.DateField(label=_("Day of the first session"))
    begins = time_field(_("Begins"))
    where = where_field(_("Where?"))

    def begins_at(self) -> datetime:
        """Give the moment the first one begins, in the time of the place."""
        said = self.cleaned_data
        return timezone.make_aware(datetime.combine(said["on"], said["begins"]))
