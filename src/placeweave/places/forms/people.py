"""Forms for people: invitations, standings, one's own entry."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placeweave.kit.access import Standing
from placeweave.kit.forms import HouseForm, Words
from placeweave.places.models import Organisation, Place

STANDINGS = [
    (Standing.PARTNER, _("Partner: speaks for an organisation")),
    (Standing.COMMUNITY, _("Community member: lives here; the same rights as partners")),
    (Standing.FACILITATOR, _("Facilitator: holds conversations, sees what was said in confidence")),
    (Standing.EVALUATOR, _("Evaluator: reads, and weighs what changed")),
    (Standing.GUEST, _("Guest: sees what the place shows its friends")),
    (Standing.CONVENER, _("Convener: as a facilitator, and decides who belongs")),
]


class _OfPlace(HouseForm):
    """A form with an organisation of one place in it."""

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("organisation", Organisation.objects.filter(place=place, is_partner=True))


class InviteForm(_OfPlace):
    """Who is invited, and as what."""

    name = Words(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    standing = forms.ChoiceField(label=_("As what?"), choices=STANDINGS, widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), required=False, empty_label=_("None")
    )


class StandingForm(HouseForm):
    """Another standing for a member."""

    standing = forms.ChoiceField(label=_("As what?"), choices=STANDINGS, widget=forms.RadioSelect)


class JoinForm(HouseForm):
    """How whoever comes in wants to be called."""

    name = Words(label=_("How should others here call you?"), max_length=120, help_text=_("You can change it later."))


class ProfileForm(_OfPlace):
    """One's own entry in the directory."""

    name = Words(label=_("Name"), max_length=120, autocomplete="name")
    role = Words(label=_("What you do"), max_length=120, required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation you speak for"), required=False, empty_label=_("None")
    )
    about = Words(label=_("About you"), max_length=1000, lines=4, required=False)
    email = forms.EmailField(
        label=_("E-mail address others may write to"),
        max_length=254,
        required=False,
        help_text=_("The address you sign in with does not change by this."),
    )
    phone = Words(label=_("Phone"), max_length=40, required=False, autocomplete="tel")
    shows_contact = forms.BooleanField(
        label=_("Members of this place may see my e-mail address and phone"), required=False
    )
    is_listed = forms.BooleanField(label=_("Others who work on the same things may find me"), required=False)
