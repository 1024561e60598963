"""The forms of thread."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from placeweave.kit.forms import HouseForm, Words


class SearchForm(HouseForm):
    """What to look for."""

    once = False
    q = Words(label=_("Look for"), max_length=200)


class AskedForm(HouseForm):
    """Why words are taken back for somebody: nothing is chosen beforehand."""

    reason = forms.ChoiceField(label=_("Who asked for it?"), choices=[], widget=forms.RadioSelect)

    def offer(self, reasons: list[tuple[str, str]]) -> None:
        """Put the reasons in, as listening words them."""
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker what stands above
        field.choices = reasons


class ConsentForm(HouseForm):
    """How far a teller's words may travel, asked of the teller."""

    scope = forms.TypedChoiceField(
        label=_("Who may read what you said?"),
        coerce=int,
        choices=[(1, ""), (2, ""), (3, "")],
        widget=forms.RadioSelect,
    )
    naming = forms.ChoiceField(label=_("How should you be shown?"), choices=[], widget=forms.RadioSelect)
    name = Words(label=_("Your name"), max_length=120, required=False, help_text=_("Only if it is to be shown."))
    pseudonym = Words(label=_("Another name to use"), max_length=120, required=False)
    may_recontact = forms.BooleanField(label=_("You may get in touch with me about this"), required=False)

    def offer(self, *, scopes: list[tuple[int, str]], namings: list[tuple[str, str]]) -> None:
        """Put the choices in, as listening words them."""
        for name, choices in (("scope", scopes), ("naming", namings)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker what stands above
            field.choices = choices
