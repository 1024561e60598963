"""Fields that several forms of gatherings ask for in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from placeweave.kit.forms import Words
from placeweave.places.models import Member

if TYPE_CHECKING:  # a type that only the stubs know
    from django.utils.functional import _StrPromise as StrPromise

_SPANS = {
    2: _("2 hours"),
    12: _("12 hours"),
    24: _("a day"),
    48: _("two days"),
    72: _("three days"),
    168: _("a week"),
    336: _("two weeks"),
}


def span_field(label: str | StrPromise, *, shortest: int, longest: int, initial: int) -> forms.TypedChoiceField:
    """Ask for how many hours an offer stands, in the words people use."""
    choices = [(hours, words) for hours, words in _SPANS.items() if shortest <= hours <= longest]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, initial=initial)


def time_field(label: str | StrPromise) -> forms.TimeField:
    """Ask for a time of day by the browser's own clock."""
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("This is no time of day: write it as 18:30.")},
    )


def where_field(label: str | StrPromise) -> Words:
    """Ask where people meet."""
    return Words(label=label, max_length=240, required=False, help_text=_("Room, street, how to get in."))


def link_field(label: str | StrPromise) -> forms.URLField:
    """Ask for the link by which people join online."""
    return forms.URLField(
        label=label,
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("Only those who have a place see it."),
    )


class MemberField(forms.ModelChoiceField[Member]):
    """Choose a member of the place."""

    def label_from_instance(self, obj: Member) -> str:
        """Call a member by the name others know."""
        return obj.display_name
