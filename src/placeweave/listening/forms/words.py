"""Forms that capture what people said, and change how far it travels."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.formats.notes import Notes, read_notes
from placeweave.formats.problems import Unreadable
from placeweave.kit.errors import Conflict
from placeweave.kit.forms import HouseForm, VersionedForm, Words
from placeweave.kit.wording import spoken_date
from placeweave.listening import services
from placeweave.listening.forms import fields
from placeweave.listening.forms.fields import LookedOver
from placeweave.listening.models import Contribution, Naming, Scope, VoiceType

NO_CASES = gettext_lazy(
    "What people said about their place. No police, health or other case records, and nobody's details but their own."
)


def _past(day: Any) -> None:
    if day and day > timezone.localdate():
        raise forms.ValidationError(_("Nobody can have said it on a day that has not come yet."))


class CaptureForm(LookedOver):
    """One thing somebody said."""

    text = Words(label=gettext_lazy("What was said, word for word"), max_length=20_000, lines=7, help_text=NO_CASES)
    voice_type = fields.voice()
    scope = fields.scope()
    naming = fields.naming()
    described_as = Words(
        label=gettext_lazy("How may the person be described?"),
        help_text=gettext_lazy(
            "For example: a resident of Shore Road. In a small place a role and a street are a name."
        ),
        max_length=120,
        required=False,
    )
    teller_name = Words(
        label=gettext_lazy("Their name"),
        help_text=gettext_lazy("Shown only where they chose to be named."),
        max_length=120,
        required=False,
    )
    pseudonym = Words(label=gettext_lazy("Another name to show"), max_length=120, required=False)
    may_recontact = forms.BooleanField(label=gettext_lazy("They may be contacted again about this"), required=False)
    teller_email = forms.EmailField(label=gettext_lazy("Their e-mail address"), required=False,
                                    help_text=gettext_lazy("Only the team sees it."))  # fmt: skip
    said_on = forms.DateField(label=gettext_lazy("Day it was said"), required=False)
    neighbourhood = fields.neighbourhood()
    organisation = fields.organisation()

    def clean_said_on(self) -> Any:
        """Refuse a day to come."""
        _past(self.cleaned_data["said_on"])
        return self.cleaned_data["said_on"]

    def clean(self) -> dict[str, Any]:
        """Ask for the name that is to be shown."""
        said = super().clean() or {}
        if said.get("naming") == Naming.NAMED and not said.get("teller_name"):
            self.add_error("teller_name", _("Write the name the words are to be shown with."))
        if said.get("naming") == Naming.PSEUDONYM and not said.get("pseudonym"):
            self.add_error("pseudonym", _("Write the other name the words are to be shown under."))
        return said

    def words(self) -> services.Words:
        """Give what the form says as words on their way in."""
        said = self.cleaned_data
        return services.Words(
            text=said["text"],
            voice_type=VoiceType(said["voice_type"]),
            consent=services.Consent(said["scope"], Naming(said["naming"]), said["may_recontact"]),
            teller=services.Teller(
                name=said["teller_name"],
                pseudonym=said["pseudonym"],
                described_as=said["described_as"],
                email=said["teller_email"],
                neighbourhood=said["neighbourhood"],
                organisation=said["organisation"],
            ),
            said_on=said["said_on"],
        )


class PasteForm(LookedOver):
    """The notes of a workshop, pasted as they were written, under one consent."""

    text = Words(label=gettext_lazy("Your notes"), max_length=200_000, lines=14, help_text=NO_CASES)
    split = forms.ChoiceField(
        label=gettext_lazy("Where does one contribution end?"),
        choices=[
            ("line", gettext_lazy("Each line is one")),
            ("paragraph", gettext_lazy("An empty line stands between them")),
        ],
        initial="line",
        widget=forms.RadioSelect,
    )
    voice_type = fields.voice()
    scope = fields.scope()
    naming = fields.naming([(one.value, one.label) for one in (Naming.ONLY_IN_THEMES, Naming.ANONYMOUS)])
    described_as = Words(
        label=gettext_lazy("How may they be described?"),
        help_text=gettext_lazy("One description for all of them, for example: at the Tuesday lunch."),
        max_length=120,
        required=False,
    )
    said_on = forms.DateField(label=gettext_lazy("Day it was said"), required=False)
    neighbourhood = fields.neighbourhood()
    organisation = fields.organisation()
    notes: Notes | None = None
    KEPT_WITH_EACH: ClassVar[tuple[str, ...]] = (
        "voice_type",
        "scope",
        "naming",
        "described_as",
        "said_on",
        "neighbourhood",
        "organisation",
    )

    def clean_said_on(self) -> Any:
        """Refuse a day to come."""
        _past(self.cleaned_data["said_on"])
        return self.cleaned_data["said_on"]

    def clean(self) -> dict[str, Any]:
        """Cut the notes into contributions, or say why not."""
        said = super().clean() or {}
        if "text" in said and "split" in said:
            try:
                self.notes = read_notes(said["text"], split=said["split"])
            except Unreadable as fault:
                self.add_error("text", str(fault))
            else:
                self._look_at(self.notes)
        return said

    def _look_at(self, notes: Notes) -> None:
        if notes.problems:
            first = notes.problems[0]
            self.add_error("text", _("Line %(row)s: %(reason)s") % {"row": first.row, "reason": first.reason})
        elif not notes.notes:
            self.add_error("text", _("There are no words in these notes."))

    @property
    def seen(self) -> str:
        """Name what a preview showed, so that nothing else is kept than what was seen."""
        shown = "\x1f".join(note.text for note in self.notes.notes) if self.notes else ""
        chosen = "\x1f".join(f"{self.cleaned_data.get(name)}" for name in self.KEPT_WITH_EACH)
        return hashlib.sha256(f"{chosen}\x1e{shown}".encode()).hexdigest()

    def kept_with_each(self) -> list[tuple[str, str]]:
        """List what is kept with every note, as a preview shows it: what it is, and what was chosen."""
        said = self.cleaned_data
        chosen = [
            (_("Whose kind of knowing"), VoiceType(said["voice_type"]).label),
            (_("Who may read them"), said["scope"].label),
            (_("How people are shown"), Naming(said["naming"]).label),
            (_("How they are described"), said["described_as"] or _("not described")),
            (_("Day it was said"), spoken_date(said["said_on"]) or _("no day")),
            (_("Neighbourhood"), said["neighbourhood"] or _("none in particular")),
            (_("Organisation"), said["organisation"] or _("none")),
        ]
        return [(what, str(value)) for what, value in chosen]

    def many(self) -> list[services.Words]:
        """Give every note as words on their way in, each under the same consent."""
        said = self.cleaned_data
        teller = services.Teller(
            described_as=said["described_as"], neighbourhood=said["neighbourhood"], organisation=said["organisation"]
        )
        consent = services.Consent(said["scope"], Naming(said["naming"]))
        notes = self.notes.notes if self.notes else ()
        return [
            services.Words(note.text, VoiceType(said["voice_type"]), consent, teller, said["said_on"]) for note in notes
        ]


class NarrowForm(VersionedForm):
    """Share words less far; only what is no wider than now is offered.

    Its version is the consent it was opened over.
    """

    scope = fields.scope()
    naming = fields.naming()
    version = Words(required=False, max_length=40)

    def __init__(self, *args: Any, contribution: Contribution, **kwargs: Any) -> None:
        now = services.standing(contribution)
        kept = {"scope": contribution.scope, "naming": contribution.naming, "version": now}
        super().__init__(*args, initial=kept, **kwargs)
        self.contribution = contribution
        self.fields["version"].widget = forms.HiddenInput()
        self.fields["scope"].help_text = ""
        # What was chosen over another consent is not a mistake in the form: the service answers with both.
        if not self.is_bound or self.data.get("version") == now:
            self._offer(contribution)

    def meet(self, conflict: Conflict) -> None:
        """Come back with both choices, offering what can be chosen now."""
        super().meet(conflict)
        self._offer(self.contribution)

    def _offer(self, contribution: Contribution) -> None:
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            (one.value, one.label) for one in Scope if one <= contribution.scope
        ]
        self.fields["naming"].choices = [  # type: ignore[attr-defined]
            (one.value, one.label)
            for one in Naming
            if services.is_no_wider(scope=contribution.scope, naming=one, than=contribution)
        ]


class ToldForm(HouseForm):
    """When those who spoke were told what came of it."""

    on = forms.DateField(label=gettext_lazy("Told on"))


class ConsentTextForm(HouseForm):
    """The words in which consent is asked."""

    body = Words(label=gettext_lazy("The words people are asked in"), max_length=4000, lines=9)
