"""The forms of jigsaw: their shape only, the rules are in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placeweave.jigsaw.models import Need, Piece, PieceKind
from placeweave.jigsaw.queries.axes import HELD_KINDS, headings_for_pieces
from placeweave.jigsaw.services import NeedSaid, PieceSaid
from placeweave.jigsaw.services.needs import LINKS
from placeweave.kit.access import may
from placeweave.kit.forms import HouseForm, VersionedForm, Words
from placeweave.places.models import FrameworkNode, Issue, Member, Organisation, Place
from placeweave.themes import queries as theme_queries
from placeweave.themes.models import Quote, Theme

HELD = [("", _("Choose one")), *((kind.value, kind.label) for kind in HELD_KINDS)]


def speakers(place: Place, member: Member) -> Any:
    """Give the organisations a member may speak for: all of them for the team, one's own for everybody else."""
    found = Organisation.objects.filter(place=place, is_partner=True)
    if may(member, "jigsaw.edit_any"):
        return found
    return found.filter(pk=member.organisation.pk) if member.organisation else found.none()


class _AtAPlace(VersionedForm):
    """A form that knows who writes, and where."""

    def __init__(self, *args: Any, place: Place, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place, self.member = place, member
        self.choose_from("neighbourhood", place.neighbourhoods.all())


class PieceForm(_AtAPlace):
    """A piece, asked for in the order people say it: what, whose, may others use it, when."""

    title = Words(label=_("What is it?"), max_length=160, help_text=_("For example: Station minibus, 14 seats."))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Who holds it?"), required=False, empty_label=_("Nobody: it is in between")
    )
    kind = forms.ChoiceField(
        label=_("What kind of piece is it?"),
        choices=[("", _("Choose one")), *PieceKind.choices],
        help_text=_("What lies in between is nobody's: the school gate, a bench. It is protected, and never a gap."),
    )
    sharability = forms.ChoiceField(
        label=_("May others use it?"), choices=Piece.Sharability.choices, widget=forms.RadioSelect, initial="ask"
    )
    when = Words(
        label=_("When is it free?"),
        max_length=160,
        required=False,
        help_text=_("For example: Tuesday and Thursday evenings."),
    )
    neighbourhood = forms.ModelChoiceField(
        Place.objects.none(), label=_("In which neighbourhood?"), required=False, empty_label=_("The whole place")
    )
    point = Words(
        label=_("Where exactly?"),
        max_length=40,
        required=False,
        help_text=_("Latitude and longitude, such as 56.1165, -3.7936, to show it as a point on the map."),
    )
    quantity = Words(label=_("How much of it?"), max_length=80, required=False, help_text=_("6 hours a week, 40 seats"))
    amount = forms.DecimalField(
        label=_("If it is money, how much?"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    currency = forms.ChoiceField(
        label=_("Currency"), required=False, choices=[("", "–"), ("GBP", "GBP"), ("EUR", "EUR"), ("USD", "USD")]
    )
    hours_a_month = forms.DecimalField(
        label=_("If it is people's time, how many hours a month?"),
        required=False,
        min_value=0,
        max_digits=7,
        decimal_places=1,
    )
    expires_on = forms.DateField(label=_("Until when?"), required=False)
    what_stops = Words(
        label=_("What stops when it ends?"), max_length=240, required=False, help_text=_("The Tuesday run home.")
    )
    note = Words(label=_("Anything worth knowing"), max_length=2000, lines=3, required=False)

    def __init__(self, *args: Any, place: Place, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, place=place, member=member, **kwargs)
        self.choose_from("organisation", speakers(place, member))
        if member.organisation and not self.is_bound:
            self.fields["organisation"].initial = member.organisation.pk

    def said(self) -> PieceSaid:
        """Give what is said of the piece, once the form is valid."""
        given = self.written()
        given["currency"] = given["currency"] or ("GBP" if given["amount"] is not None else "")
        if given["amount"] is None:
            given["currency"] = ""
        return PieceSaid(**given)


def sort_by_framework(form: HouseForm, name: str, place: Place) -> None:
    """Let a field be chosen from the headings of frameworks, each framework a group of its own."""
    nodes = headings_for_pieces(place)
    form.choose_from(name, nodes)
    groups: dict[int, tuple[str, list[tuple[int, str]]]] = {}
    for node in nodes:
        groups.setdefault(node.framework_id, (str(node.framework), []))[1].append((node.pk, node.label))
    form.fields[name].choices = list(groups.values())  # type: ignore[attr-defined]


class WhatForForm(VersionedForm):
    """What a piece is for: themes, issues, and the headings of frameworks, each list folded until it is wanted."""

    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(), label=_("Which themes?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    issues = forms.ModelMultipleChoiceField(
        Issue.objects.none(), label=_("Which issues?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.ModelMultipleChoiceField(
        FrameworkNode.objects.none(),
        label=_("Which outcomes and pillars?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("themes", theme_queries.theme_options(place))
        self.choose_from("issues", Issue.objects.filter(place=place))
        sort_by_framework(self, "topics", place)


class NeedForm(_AtAPlace):
    """A need: what, who asks, for whom, when, and what was heard that it rests on."""

    title = Words(label=_("What is wanted?"), max_length=160, help_text=_("In the words of those who want it."))
    asked_by = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Which organisation asks?"),
        required=False,
        empty_label=_("None: people of the place ask"),
    )
    asked_for = Words(
        label=_("For whom?"), max_length=160, required=False, help_text=_("For example: people on Harbour Terrace.")
    )
    kind = forms.ChoiceField(label=_("What kind of piece would meet it?"), choices=HELD)
    priority = forms.TypedChoiceField(
        label=_("How pressing is it?"),
        choices=Need.Priority.choices,
        coerce=int,
        widget=forms.RadioSelect,
        initial=Need.Priority.SOON,
    )
    when = Words(label=_("When is it wanted?"), max_length=160, required=False, help_text=_("Tuesday evenings"))
    neighbourhood = forms.ModelChoiceField(
        Place.objects.none(), label=_("In which neighbourhood?"), required=False, empty_label=_("The whole place")
    )
    detail = Words(label=_("Anything more"), max_length=2000, lines=3, required=False)
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(),
        label=_("Which themes does it rest on?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("So that one can walk from the need back to what people said."),
    )
    quotes = forms.ModelMultipleChoiceField(Quote.objects.none(), required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, place: Place, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, place=place, member=member, **kwargs)
        self.choose_from("asked_by", speakers(place, member))
        self.choose_from("themes", theme_queries.theme_options(place))
        self.choose_from("quotes", Quote.objects.filter(place=place))

    def said(self) -> NeedSaid:
        """Give what is said of the need, once the form is valid."""
        given: dict[str, Any] = self.written()
        return NeedSaid(**(given | {name: tuple(given[name]) for name in LINKS if name in given}))


class SortedNeedForm(NeedForm):
    """A need with what it is for, each list folded until it is wanted."""

    issues = forms.ModelMultipleChoiceField(
        Issue.objects.none(), label=_("Which issues?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.ModelMultipleChoiceField(
        FrameworkNode.objects.none(),
        label=_("Which outcomes and pillars?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    folded = ("issues", "topics")

    def __init__(self, *args: Any, place: Place, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, place=place, member=member, **kwargs)
        self.choose_from("issues", Issue.objects.filter(place=place))
        sort_by_framework(self, "topics", place)
