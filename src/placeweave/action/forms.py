"""The forms of action: their shape only, the rules are in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from placeweave.action.models import Assent, Commitment, Purpose
from placeweave.action.services.commitments import Promise
from placeweave.jigsaw.models import Need, Piece, Synergy
from placeweave.kit.access import may
from placeweave.kit.forms import HouseForm, VersionedForm, Words
from placeweave.places.models import Issue, Member, Organisation, Person, Place
from placeweave.themes.models import Quote, Theme


def _date_field(**options: Any) -> forms.DateField:
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("This is not a day: write it as 2026-12-31.")},
        **options,
    )


class _Several(forms.ModelMultipleChoiceField[models.Model]):
    """Choose any number of records by ticking them."""

    def __init__(self, queryset: models.QuerySet[Any], *, label: str | Lazy, help_text: str | Lazy = "") -> None:
        super().__init__(
            queryset, label=label, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
        )


class PromiseForm(HouseForm):
    """A commitment, asked for in the order people say it: who promises what to whom by when, resting on what."""

    what = Words(label=_("What is promised?"), max_length=240, help_text=_("One sentence that begins with a verb."))
    promised_to = Words(label=_("To whom?"), max_length=240, help_text=_("For example: the Tuesday group."))
    due_on = _date_field(label=_("By when?"), required=False)
    detail = Words(label=_("Anything more"), max_length=2000, lines=3, required=False)

    def __init__(self, *args: Any, place: Place, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place, self.member = place, member
        self._ask_who()
        self._ask_grounds()

    def _ask_who(self) -> None:
        """Those who hold the space may write down other people's promises; everybody else promises for themselves."""
        if not may(self.member, "action.edit_any"):
            return
        partners = Organisation.objects.filter(place=self.place, is_partner=True)
        self.fields["person"] = forms.ModelChoiceField(
            Person.objects.filter(place=self.place), label=_("Who promises it?"), empty_label=None
        )
        self.fields["organisation"] = forms.ModelChoiceField(
            partners, label=_("For which organisation?"), required=False, empty_label=_("For themselves")
        )
        self.fields["together_with"] = _Several(partners, label=_("Together with"))
        people = Person.objects.filter(place=self.place)
        self.fields["person"].choices = [(one.pk, str(one)) for one in people]  # type: ignore[attr-defined]
        choices = [(one.pk, str(one)) for one in partners]  # read once for both fields
        self.fields["together_with"].choices = choices  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [("", _("For themselves")), *choices]  # type: ignore[attr-defined]
        self.order_fields(["what", "person", "organisation", "together_with"])

    def _ask_grounds(self) -> None:
        place = self.place
        self.fields["purpose"] = forms.ModelChoiceField(
            Purpose.objects.filter(place=place), label=_("Which purpose does it serve?"), required=False
        )
        self.fields["themes"] = _Several(
            Theme.objects.current().filter(place=place),
            label=_("Which themes does it rest on?"),
            help_text=_("A commitment that rests on nothing anybody said is shown as a broken thread."),
        )
        needs = Need.objects.filter(place=place).exclude(state=Need.State.WITHDRAWN)
        self.fields["needs"] = _Several(needs, label=_("Which needs does it answer?"))
        pieces = Piece.objects.filter(place=place, is_gone=False, organisation__isnull=False)
        self.fields["pieces"] = _Several(
            pieces.select_related("organisation"), label=_("Which pieces are put at its service?")
        )
        self.fields["quotes"] = forms.ModelMultipleChoiceField(
            Quote.objects.filter(place=place), required=False, widget=forms.MultipleHiddenInput
        )
        self.fields["synergies"] = forms.ModelMultipleChoiceField(
            Synergy.objects.filter(place=place), required=False, widget=forms.MultipleHiddenInput
        )

    def grounds(self) -> list[forms.BoundField]:
        """Give the long lists of choices, which the page folds away."""
        return [self[name] for name in ("themes", "needs", "pieces")]

    def basics(self) -> list[forms.BoundField]:
        """Give the short fields, in order."""
        folded = {"themes", "needs", "pieces"}
        return [field for field in self if field.name not in folded and not field.is_hidden]

    def promise(self) -> Promise:
        """Give what was promised, once the form is valid."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        given.setdefault("person", self.member.person)
        given.setdefault("organisation", self.member.organisation)
        several = {name: tuple(value) for name, value in given.items() if name in self._several()}
        return Promise(**{**given, **several})

    def _several(self) -> set[str]:
        return {name for name, field in self.fields.items() if isinstance(field, forms.ModelMultipleChoiceField)}


class PromiseEditForm(VersionedForm, PromiseForm):
    """A commitment changed, perhaps while somebody else changes it too."""


class UpdateForm(HouseForm):
    """How a commitment goes."""

    words = Words(label=_("How does it go?"), max_length=2000, lines=3)
    state = forms.ChoiceField(
        label=_("Where does it stand now?"),
        required=False,
        choices=[("", _("As before")), *Commitment.State.choices],
    )


class PurposeForm(HouseForm):
    """A purpose with its first wording."""

    title = Words(label=_("What is it about, in a few words?"), max_length=120)
    wording = Words(
        label=_("The purpose itself"),
        max_length=2000,
        lines=4,
        help_text=_("One or two sentences all could say aloud."),
    )
    issue = forms.ModelChoiceField(Issue.objects.none(), label=_("Which issue does it belong to?"), required=False)

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["issue"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - tells the type checker what stands above
        field.queryset = Issue.objects.filter(place=place)


class RevisionForm(HouseForm):
    """A new wording of a purpose."""

    wording = Words(label=_("The new wording"), max_length=2000, lines=4)
    why = Words(label=_("Why change it?"), max_length=400, required=False)


class StandForm(HouseForm):
    """Where one stands on a wording."""

    gradient = forms.ChoiceField(
        label=_("Where do you stand?"), choices=Assent.Gradient.choices, widget=forms.RadioSelect
    )
    concern = Words(
        label=_("What is the concern?"),
        max_length=1000,
        lines=2,
        required=False,
        help_text=_("Needed when you have a concern or stand aside. It is kept word for word."),
    )
