"""The forms about mail: when people are reminded, and which sessions are called off together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings.models import Reminder, Session
from placeweave.kit.forms import HouseForm


class RemindersForm(HouseForm):
    """When those who have a place are reminded."""

    before = forms.TypedMultipleChoiceField(
        label=_("When are those who have a place reminded?"),
        choices=Reminder.Before.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("By letter, with the link to join. What is set after its time has passed reminds nobody."),
    )


class _SessionsField(forms.ModelMultipleChoiceField[Session]):
    def label_from_instance(self, obj: Session) -> str:
        """Call a session by its title and its time."""
        return f"{obj.title}, {date_format(localtime(obj.begins_at), 'j F Y, H:i')}"


class CallOffForm(HouseForm):
    """Which of the sessions that are coming are called off."""

    once = False
    sessions = _SessionsField(
        Session.objects.none(),
        label=_("Which sessions?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one session.")},
    )

    def __init__(self, *args: Any, coming: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("sessions", coming)
