"""The forms of tables: their shape only, the rules are in the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings.models import Arrangement, Bond, Feature, SessionTable
from placeweave.gatherings.models.arrangement import MOST_ROUNDS
from placeweave.gatherings.queries.people import Comer
from placeweave.gatherings.services.seat_room import MOST_TABLES
from placeweave.gatherings.services.seating import TableWish
from placeweave.kit.forms import HouseForm, VersionedForm, Words
from placeweave.places.models import Sector

Choices = list[tuple[str, Any]]
LANGUAGES = 5


class WalkInForm(HouseForm):
    """Somebody who came without having signed up."""

    name = Words(label=_("Their name"), max_length=120)
    organisation = Words(
        label=_("Organisation or group"), max_length=200, required=False, help_text=_("So that tables can mix.")
    )
    sector = forms.ChoiceField(
        label=_("Which part of society is that?"),
        choices=[("", _("They would rather not say")), *Sector.choices],
        required=False,
    )


class GuestForm(HouseForm):
    """What a guest is called."""

    person = forms.CharField(max_length=40)
    name = Words(label=_("Their name"), max_length=120, required=False)


class TablesForm(VersionedForm):
    """What tables are planned for."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    size = forms.IntegerField(label=_("How many at a table, at most?"), min_value=2, max_value=40, initial=6)
    tables = forms.IntegerField(
        label=_("How many tables?"),
        min_value=1,
        max_value=MOST_TABLES,
        required=False,
        help_text=_("Leave it empty for as few as seat everybody."),
    )
    rounds = forms.IntegerField(label=_("How many rounds?"), min_value=1, max_value=MOST_ROUNDS, initial=3)
    most_of_one = forms.IntegerField(
        label=_("How many of one organisation at a table, at most?"), min_value=1, max_value=20, initial=2
    )
    past = forms.ChoiceField(
        label=_("Whose meeting before counts?"),
        choices=Arrangement.Past.choices,
        help_text=_("Those who have sat together then meet others now, if that can be had."),
    )
    seed = forms.IntegerField(
        label=_("Where chance starts"),
        min_value=0,
        max_value=2_000_000_000,
        initial=0,
        help_text=_("The same number gives the same tables. Another gives others that are as good."),
    )

    def wish(self) -> TableWish:
        """Give what the form asks for."""
        return TableWish(**self.written())

    @property
    def seen(self) -> str:
        """The mark of the arrangement that was on the screen."""
        return str(self.cleaned_data["version"])


def _people(people: Sequence[Comer]) -> Choices:
    return [("", _("Choose somebody")), *((one.key, one.name) for one in people)]


def _tables(tables: Sequence[SessionTable]) -> Choices:
    return [(str(one.number), str(one)) for one in tables]


class BondForm(HouseForm):
    """Two who sit apart, or together."""

    one = forms.ChoiceField(label=_("Who?"))
    other = forms.ChoiceField(label=_("And who?"))
    kind = forms.ChoiceField(label=_("How do they sit?"), choices=Bond.Kind.choices)

    def __init__(self, *args: Any, people: Sequence[Comer], **kwargs: Any) -> None:
        super().__init__(*args, prefix="bond", **kwargs)
        for name in ("one", "other"):
            self.fields[name] = forms.ChoiceField(label=self.fields[name].label, choices=_people(people))


class StayForm(HouseForm):
    """Who stays at a table."""

    person = forms.ChoiceField(label=_("Who?"))
    table = forms.TypedChoiceField(label=_("Stays at"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, people: Sequence[Comer], tables: Sequence[SessionTable], **kwargs: Any) -> None:
        super().__init__(*args, prefix="stay", **kwargs)
        self.fields["person"] = forms.ChoiceField(label=self.fields["person"].label, choices=_people(people))
        choices = [("", _("no table: moves with the others")), *_tables(tables)]
        self.fields["table"] = forms.TypedChoiceField(
            label=self.fields["table"].label, choices=choices, coerce=int, empty_value=None, required=False
        )


class _OfferForm(HouseForm):
    """What tables and people have in common: features to tick, and languages to write."""

    features = forms.MultipleChoiceField(
        label=_("It must be, or have"), choices=Feature.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    languages = Words(
        label=_("Languages"), max_length=120, required=False, help_text=_("With commas between them: Gaelic, Polish.")
    )

    def offers(self) -> list[str]:
        """Give what was ticked and written, each once."""
        written = [one.strip() for one in self.cleaned_data["languages"].split(",")]
        return list(dict.fromkeys([*self.cleaned_data["features"], *filter(None, written[:LANGUAGES])]))


class NeedForm(_OfferForm):
    """What somebody's table must offer."""

    person = forms.ChoiceField(label=_("Who?"))
    field_order = ("person", "features", "languages")

    def __init__(self, *args: Any, people: Sequence[Comer], **kwargs: Any) -> None:
        super().__init__(*args, prefix="need", **kwargs)
        self.fields["person"] = forms.ChoiceField(label=self.fields["person"].label, choices=_people(people))
        self.fields["features"].label = _("Their table must be, or have")


class FurnishForm(_OfferForm):
    """What a table is called, and what it offers."""

    table = forms.TypedChoiceField(label=_("Which table?"), coerce=int)
    name = Words(label=_("Its name"), max_length=40, required=False, help_text=_("Empty: its letter."))
    field_order = ("table", "name", "features", "languages")

    def __init__(self, *args: Any, tables: Sequence[SessionTable], **kwargs: Any) -> None:
        super().__init__(*args, prefix="furnish", **kwargs)
        self.fields["table"] = forms.TypedChoiceField(
            label=self.fields["table"].label, choices=_tables(tables), coerce=int
        )
        self.fields["features"].label = _("It is, or has")
