"""Forms for adding a place, its settings, and whom to turn to."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placeweave.kit import smallnumbers
from placeweave.kit.forms import HouseForm, VersionedForm, Words
from placeweave.places.models import Place
from placeweave.places.services import Contact

_CONTINENTS = {
    *("Africa", "America", "Antarctica", "Arctic"),
    *("Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"),
}


@cache
def _cities() -> list[tuple[str, str]]:
    """Name every clock by a city that goes by it."""
    named = (one for one in available_timezones() if one.partition("/")[0] in _CONTINENTS)
    return [(one, one.replace("_", " ")) for one in sorted(named)]


def clocks() -> list[tuple[str, str]]:
    """List the clocks a place can go by, the installation's first."""
    return [("", gettext("The same as this installation: %(zone)s") % {"zone": settings.TIME_ZONE}), *_cities()]


class NewPlaceForm(HouseForm):
    """A place and its first convener."""

    name = Words(label=_("What is the place called?"), max_length=120)
    slug = Words(
        label=_("Short name"), max_length=60, help_text=_("For its address: small letters, digits and hyphens.")
    )
    kind = forms.ChoiceField(label=_("What sort of place is it?"), choices=Place.Kind.choices)
    convener_name = Words(label=_("Name of its first convener"), max_length=120)
    convener_email = forms.EmailField(
        label=_("Their e-mail address"), max_length=254, help_text=_("They get an invitation by mail.")
    )


class PlaceForm(VersionedForm):
    """What a place says of itself, and who sees it."""

    name = Words(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("What sort of place it is"), choices=Place.Kind.choices)
    description = Words(label=_("About the place"), max_length=2000, lines=5, required=False)
    is_public = forms.BooleanField(
        label=_("Visitors may see its public pages"),
        required=False,
        help_text=_("Only what people agreed to make public is ever shown there."),
    )
    in_portfolio = forms.BooleanField(
        label=_("Other places may see which issues it works on"),
        required=False,
        help_text=_("The name of the place and the titles and topics of its live issues; nothing else."),
    )
    time_zone = forms.ChoiceField(
        label=_("Which clock it goes by"),
        choices=clocks,
        required=False,
        help_text=_("The times of sessions are said by it. Those already planned stay at the same moment."),
    )
    threshold = forms.TypedChoiceField(
        label=_("Counts of fewer people than this are never shown outside"),
        coerce=int,
        choices=[(n, str(n)) for n in range(smallnumbers.LOWEST, smallnumbers.HIGHEST + 1)],
        help_text=_(
            "5 suits most places; 10 where the NHS rule for small numbers applies. "
            "Below 5, three or four people may be told apart."
        ),
    )


class DutyContactForm(HouseForm):
    """One contact; a row left empty is taken away."""

    once = False
    title = Words(label=_("Whom to turn to"), max_length=120, required=False)
    how = Words(label=_("How to reach them"), max_length=240, lines=2, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the other half of a half-filled row."""
        given = {name: str(self.cleaned_data.get(name, "")).strip() for name in ("title", "how")}
        for name, other in (("title", "how"), ("how", "title")):
            if given[other] and not given[name] and name not in self.errors:
                self.add_error(name, _("Fill in both, or leave both empty."))
        return self.cleaned_data


DutyContacts = forms.formset_factory(DutyContactForm, extra=2, max_num=20)


def contacts_of(rows: forms.BaseFormSet[DutyContactForm]) -> list[Contact]:
    """Give the rows that are filled in, in their order."""
    said = [form.cleaned_data for form in rows.forms if form.cleaned_data.get("title")]
    return [Contact(one["title"], one["how"]) for one in said]
