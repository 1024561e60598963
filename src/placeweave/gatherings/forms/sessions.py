"""The forms of sessions and sign-up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings import services
from placeweave.gatherings.forms.fields import MemberField, link_field, span_field, time_field, where_field
from placeweave.gatherings.models import Cohort, Session
from placeweave.gatherings.models.session import MOST_PEOPLE
from placeweave.gatherings.models.signup import LARGEST_PARTY
from placeweave.gatherings.queries import sessions as queries
from placeweave.gatherings.services.sessions import LABELS
from placeweave.kit.forms import HouseForm, VersionedForm, Words
from placeweave.places.models import Member, Place, Sector


class SessionForm(VersionedForm):
    """A session, asked for in the order people plan one."""

    title = Words(label=LABELS["title"], max_length=160)
    kind = forms.ChoiceField(label=LABELS["kind"], choices=Session.Kind.choices)
    about = Words(
        label=_("About it"), max_length=4000, lines=4, required=False, help_text=_("Those who may come read this.")
    )
    on = forms.DateField(label=_("Day"))
    begins = time_field(LABELS["begins_at"])
    ends = time_field(LABELS["ends_at"])
    mode = forms.ChoiceField(label=LABELS["mode"], choices=Session.Mode.choices)
    where = where_field(LABELS["where"])
    joining_link = link_field(LABELS["joining_link"])
    capacity = forms.IntegerField(label=LABELS["capacity"], min_value=1, max_value=MOST_PEOPLE)
    offer_hours = span_field(
        _("How long is a place that came free kept for whoever is next?"), shortest=2, longest=168, initial=48
    )
    host = MemberField(
        Member.objects.none(),
        label=LABELS["host"],
        empty_label=None,
        help_text=_(
            "Only this person, and whoever stands in, reads what somebody needs to take part, and what they eat."
        ),
    )
    cohort = forms.ModelChoiceField(
        Cohort.objects.none(), label=LABELS["cohort"], required=False, empty_label=_("None: it stands alone")
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("host", queries.hosts(place))
        self.choose_from("cohort", queries.cohorts(place))

    def facts(self) -> services.SessionFacts:
        """Give what the form says, in the time of the place."""
        said = self.written()
        day, begins, ends = (said.pop(name) for name in ("on", "begins", "ends"))
        return services.SessionFacts(
            begins_at=timezone.make_aware(datetime.combine(day, begins)),
            ends_at=timezone.make_aware(datetime.combine(day, ends)),
            **said,
        )


def as_written(session: Session) -> dict[str, Any]:
    """Give a session as its form says it."""
    begins, ends = timezone.localtime(session.begins_at), timezone.localtime(session.ends_at)
    told = {name: getattr(session, name) for name in SessionForm.base_fields if hasattr(session, name)}
    return told | {"on": begins.date(), "begins": begins.time(), "ends": ends.time()}


class SignUpForm(HouseForm):
    """What somebody tells who wants to come; each field says what it is for and who reads it."""

    name = Words(label=_("Your name"), max_length=120, autocomplete="name")
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("For your link, and for word about this session. Used for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    party = forms.IntegerField(
        label=_("How many of you come?"), min_value=1, max_value=LARGEST_PARTY, initial=1, help_text=_("You included.")
    )
    organisation = Words(
        label=_("Organisation or group"), max_length=200, required=False, help_text=_("So that tables can mix.")
    )
    role = Words(label=_("What you do there"), max_length=120, required=False)
    sector = forms.ChoiceField(
        label=_("Which part of society is that?"),
        choices=[("", _("I would rather not say")), *Sector.choices],
        required=False,
    )
    access_needs = Words(
        label=_("What do you need to take part?"),
        max_length=600,
        lines=2,
        required=False,
        help_text=_("For example: step-free access, an interpreter. Only whoever runs the session reads this."),
    )
    dietary = Words(
        label=_("What should the kitchen know?"),
        max_length=600,
        lines=2,
        required=False,
        help_text=_("Only whoever runs the session reads this."),
    )

    def wish(self) -> services.Wish:
        """Give what was written."""
        return services.Wish(**self.cleaned_data)
