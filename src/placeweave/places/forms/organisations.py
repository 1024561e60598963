"""Forms for organisations."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from placeweave.kit.forms import HouseForm, VersionedForm, Words
from placeweave.places.models import OrganisationName, Place, Sector
from placeweave.places.services import Particulars, identifiers


class OrganisationForm(VersionedForm):
    """What is said of an organisation."""

    name = Words(label=_("Name"), max_length=200)
    sector = forms.ChoiceField(label=_("Sector"), choices=Sector.choices)
    description = Words(label=_("What it does here"), max_length=2000, lines=4, required=False)
    is_partner = forms.BooleanField(label=_("Takes part here"), required=False, initial=True)
    is_statutory = forms.BooleanField(label=_("A community planning partner by law, for this place"), required=False)
    is_anchor = forms.BooleanField(
        label=_("An anchor organisation"),
        required=False,
        help_text=_("A large local employer, buyer or landholder that can shift the local economy."),
    )

    def said(self) -> Particulars:
        """Give what was written."""
        return Particulars(**self.written())


class FindOrganisationsForm(HouseForm):
    """Filters over the list."""

    once: ClassVar[bool] = False
    q = Words(label=_("Name"), max_length=80, required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", _("All sectors")), *Sector.choices], required=False)
    partners = forms.BooleanField(label=_("Only those who take part"), required=False)


class NumberForm(HouseForm):
    """A number in a register."""

    scheme = forms.ChoiceField(label=_("Register"), choices=identifiers.SCHEMES.items())
    written = Words(label=_("Number, as the register writes it"), max_length=80)
    source = Words(label=_("Where you have it from"), max_length=120, required=False)


class OtherNameForm(HouseForm):
    """Another name."""

    name = Words(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("What sort of name"), choices=OrganisationName.Kind.choices)


class SiteForm(HouseForm):
    """Where it is to be found."""

    label = Words(label=_("What the site is called"), max_length=200)
    postcode = Words(label=_("Postcode"), max_length=10, required=False)
    neighbourhood = forms.ModelChoiceField(
        Place.objects.none(), label=_("Neighbourhood"), required=False, empty_label=_("Not said")
    )
    is_open = forms.BooleanField(
        label=_("Everybody may see this site"),
        required=False,
        help_text=_("Leave this empty where it may be somebody's home: then only conveners and facilitators see it."),
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("neighbourhood", Place.objects.filter(parent_workspace=place))
