"""The forms of run sheets, and of beginning from a recipe."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings import services
from placeweave.gatherings.forms.fields import link_field, time_field, where_field
from placeweave.gatherings.models import Cohort, Session
from placeweave.gatherings.models.run_sheet import LONGEST_STEP, Audience, StepFacts
from placeweave.gatherings.models.session import MOST_PEOPLE
from placeweave.gatherings.queries import sessions as queries
from placeweave.gatherings.services.run_sheet import STEP_LABELS
from placeweave.gatherings.services.sessions import LABELS
from placeweave.kit.forms import HouseForm, VersionedForm, Words
from placeweave.places.models import Member, Place

METHODS = _("For example: check-in round, World Cafe, 1-2-4-All, fishbowl, Open Space.")


class StepForm(VersionedForm):
    """A step of a run sheet, with what most steps need first."""

    title = Words(label=STEP_LABELS["title"], max_length=120)
    minutes = forms.IntegerField(label=STEP_LABELS["minutes"], min_value=1, max_value=LONGEST_STEP)
    method = Words(label=STEP_LABELS["method"], max_length=80, required=False, help_text=METHODS)
    how = Words(label=STEP_LABELS["how"], max_length=2000, lines=4, required=False)
    in_the_room = Words(label=STEP_LABELS["in_the_room"], max_length=1000, lines=2, required=False)
    online = Words(label=STEP_LABELS["online"], max_length=1000, lines=2, required=False)
    materials = Words(label=STEP_LABELS["materials"], max_length=300, required=False)
    led_by = Words(label=STEP_LABELS["led_by"], max_length=120, required=False)
    audience = forms.ChoiceField(
        label=STEP_LABELS["audience"],
        choices=Audience.choices,
        help_text=_("A step for the room and one for those online go on side by side."),
    )
    is_break = forms.BooleanField(label=STEP_LABELS["is_break"], required=False)

    def facts(self) -> StepFacts:
        """Give what the form says."""
        return StepFacts(**self.written())


class StartForm(HouseForm):
    """The few things a session needs that begins from a recipe; how long it takes, the recipe says."""

    title = Words(label=LABELS["title"], max_length=160)
    on = forms.DateField(label=_("Day"))
    begins = time_field(LABELS["begins_at"])
    mode = forms.ChoiceField(label=LABELS["mode"], choices=Session.Mode.choices, initial=Session.Mode.HYBRID)
    where = where_field(LABELS["where"])
    joining_link = link_field(LABELS["joining_link"])
    capacity = forms.IntegerField(label=LABELS["capacity"], min_value=1, max_value=MOST_PEOPLE, initial=24)
    cohort = forms.ModelChoiceField(
        Cohort.objects.none(), label=LABELS["cohort"], required=False, empty_label=_("None: it stands alone")
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("cohort", queries.cohorts(place))

    def clean(self) -> dict[str, Any]:
        """Ask for what people need to get there."""
        said = super().clean() or {}
        if said.get("mode") in {Session.Mode.ROOM, Session.Mode.HYBRID} and not said.get("where"):
            self.add_error("where", _("Say where the room is, so that people find it."))
        return said

    def facts(self, *, host: Member) -> services.SessionFacts:
        """Give what the form says, in the time of the place; the end is settled by the recipe."""
        said = dict(self.cleaned_data)
        begins_at = timezone.make_aware(datetime.combine(said.pop("on"), said.pop("begins")))
        return services.SessionFacts(begins_at=begins_at, ends_at=begins_at, host=host, **said)


def soon() -> dict[str, Any]:
    """Propose the next quarter of an hour that leaves people time to come in."""
    now = timezone.localtime() + timedelta(minutes=15)
    ahead = now.replace(second=0, microsecond=0) + timedelta(minutes=-now.minute % 15)
    return {"on": ahead.date(), "begins": ahead.time()}


class KeepRecipeForm(HouseForm):
    """A name for a run sheet that is kept."""

    title = Words(label=_("What shall the recipe be called?"), max_length=120)
    about = Words(label=_("When does it help?"), max_length=600, lines=2, required=False)
