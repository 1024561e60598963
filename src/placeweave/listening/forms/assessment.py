"""Forms for place assessments: preparing one, one person's sheet, and what the place works on first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit import links
from placeweave.kit.forms import VersionedForm, Words
from placeweave.listening import services
from placeweave.listening.forms import fields
from placeweave.listening.forms.fields import LookedOver, PlaceForm
from placeweave.listening.models import Assessment, AssessmentGroup, AssessmentPriority, Naming, VoiceType
from placeweave.listening.models.assessment import HIGHEST, LOWEST
from placeweave.listening.queries import Heading
from placeweave.listening.services.assessment import MOST_PRIORITIES
from placeweave.places.models import Place

SCORES = [(number, str(number)) for number in range(LOWEST, HIGHEST + 1)]


class AssessmentForm(VersionedForm, PlaceForm):
    """What an assessment is called, where it is about, why it is asked, and of which groups."""

    title = Words(
        label=gettext_lazy("What is the assessment called?"),
        max_length=120,
        help_text=gettext_lazy("For example: Clachan on foot and by bus."),
    )
    about = Words(
        label=gettext_lazy("Why are you asking, and what will you do with the answers?"),
        help_text=gettext_lazy("People read this before they answer."),
        max_length=2000,
        lines=4,
        required=False,
    )
    neighbourhood = forms.ModelChoiceField(
        Place.objects.none(),
        label=gettext_lazy("Which area is it about?"),
        required=False,
        empty_label=gettext_lazy("The whole place"),
    )
    groups = Words(
        label=gettext_lazy("Groups people may answer for"),
        help_text=gettext_lazy(
            "One on each line, for example: young people; people who live here; people who work here. "
            "Leave empty to ask nobody. They cannot be changed once the assessment was opened."
        ),
        max_length=700,
        lines=4,
        required=False,
    )
    why_groups = Words(
        label=gettext_lazy("Why do you ask which group?"),
        help_text=gettext_lazy(
            "For example: to see whether young people find the place otherwise than people at work do."
        ),
        max_length=400,
        lines=2,
        required=False,
    )

    def __init__(self, *args: Any, is_opened: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_opened:
            del self.fields["groups"]

    def clean_groups(self) -> list[str]:
        """Give the groups line by line, none of them too long to be read."""
        names = [line.strip() for line in self.cleaned_data["groups"].splitlines() if line.strip()]
        if any(len(name) > 80 for name in names):
            raise forms.ValidationError(_("Name each group in 80 characters or fewer."))
        return names

    def facts(self) -> services.AssessmentFacts:
        """Give what the form says."""
        said = self.cleaned_data
        return services.AssessmentFacts(
            said["title"], said["about"], said["neighbourhood"], said["why_groups"], tuple(said.get("groups", ()))
        )


@dataclass(frozen=True)
class Row:
    """One heading as the sheet asks about it."""

    number: int
    heading: Heading
    score: forms.BoundField
    reason: forms.BoundField


class SheetForm(LookedOver):
    """One person's sheet: a score and a reason for each heading, and one consent for all reasons on it."""

    group = forms.ModelChoiceField(
        AssessmentGroup.objects.none(),
        label=gettext_lazy("Which group do you answer for?"),
        required=False,
        empty_label=gettext_lazy("I would rather not say"),
        widget=forms.RadioSelect,
    )
    voice_type = fields.voice()
    scope = fields.scope()
    naming = fields.naming()
    described_as = Words(
        label=gettext_lazy("How may you be described?"),
        help_text=gettext_lazy(
            "For example: a resident of Shore Road. In a small place a role and a street are a name."
        ),
        max_length=120,
        required=False,
    )
    teller_name = Words(
        label=gettext_lazy("Your name"),
        help_text=gettext_lazy("Shown only if you chose to be named, and only with your reasons."),
        max_length=120,
        required=False,
    )
    pseudonym = Words(label=gettext_lazy("Another name to show"), max_length=120, required=False)
    private_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, assessment: Assessment, headings: Sequence[Heading], **kwargs: Any) -> None:
        self.headings = headings
        super().__init__(*args, place=assessment.place, **kwargs)
        for heading in headings:
            self.fields[f"score_{heading.code}"] = _score(heading)
            self.fields[f"reason_{heading.code}"] = Words(
                label=_("Why? About %(heading)s") % {"heading": heading.label.lower()},
                max_length=4000,
                lines=2,
                required=False,
            )
        self.fields["private_key"].initial = links.new_key()
        self.choose_from("group", assessment.groups.all())
        self.fields["group"].help_text = assessment.why_groups
        self.fields["voice_type"].label = _("Whose kind of knowing are your reasons?")
        self.fields["scope"].label = _("Who may read your reasons?")
        self.fields["scope"].help_text = ""
        self.fields["naming"].label = _("How are you shown with them?")
        if not self.fields["group"].queryset:  # type: ignore[attr-defined]
            del self.fields["group"]

    def free_words(self) -> str:
        """Give all reasons, as they were sent."""
        return "\n".join(str(self.data.get(f"reason_{one.code}", "")) for one in self.headings)

    def rows(self) -> list[Row]:
        """Give the headings in their order, each with its two questions."""
        return [
            Row(number, one, self[f"score_{one.code}"], self[f"reason_{one.code}"])
            for number, one in enumerate(self.headings, start=1)
        ]

    def consent_fields(self) -> list[forms.BoundField]:
        """Give the questions about the reasons as a whole."""
        return [self[name] for name in ("scope", "naming", "described_as", "teller_name", "pseudonym", "voice_type")]

    def clean(self) -> dict[str, Any]:
        """Ask for the name that is to be shown."""
        said = super().clean() or {}
        if said.get("naming") == Naming.NAMED and not said.get("teller_name"):
            self.add_error("teller_name", _("Write the name your reasons are to be shown with."))
        if said.get("naming") == Naming.PSEUDONYM and not said.get("pseudonym"):
            self.add_error("pseudonym", _("Write the other name your reasons are to be shown under."))
        return said

    def sheet(self) -> services.Sheet:
        """Give what the form says as a sheet on its way in."""
        said = self.cleaned_data
        scores = {one.code: said[f"score_{one.code}"] for one in self.headings}
        reasons = {one.code: said[f"reason_{one.code}"] for one in self.headings}
        return services.Sheet(
            scores={code: score for code, score in scores.items() if score is not None},
            reasons={code: text for code, text in reasons.items() if text.strip()},
            group=said.get("group"),
            voice_type=VoiceType(said["voice_type"]),
            consent=services.Consent(said["scope"], Naming(said["naming"])),
            teller=services.Teller(
                name=said["teller_name"], pseudonym=said["pseudonym"], described_as=said["described_as"]
            ),
        )


def _score(heading: Heading) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=heading.label,
        help_text=heading.prompt,
        choices=[*SCORES, ("", gettext_lazy("No answer"))],
        coerce=int,
        empty_value=None,
        required=False,
        initial="",
        widget=forms.RadioSelect,
    )


class PaperForm(SheetForm):
    """A sheet filled in on paper, typed in for somebody else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["private_key"]
        labels = {
            "group": _("Which group did they answer for?"),
            "voice_type": _("Whose kind of knowing are the reasons?"),
            "scope": _("Who may read the reasons?"),
            "naming": _("How is the person shown?"),
            "described_as": _("How may the person be described?"),
            "teller_name": _("Their name"),
        }
        for name in labels.keys() & self.fields.keys():
            self.fields[name].label = labels[name]
        self.fields["scope"].help_text = _("As they ticked it. Nothing ticked is the narrowest.")


class PrioritiesForm(VersionedForm):
    """Up to five headings the place works on first, each with why."""

    def __init__(
        self, *args: Any, headings: Sequence[Heading], chosen: Sequence[AssessmentPriority], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("None")), *((one.code, one.label) for one in headings)]
        for number in range(1, MOST_PRIORITIES + 1):
            kept = chosen[number - 1] if number <= len(chosen) else None
            self.fields[f"heading_{number}"] = forms.ChoiceField(
                label=_("Priority %(number)s") % {"number": number},
                choices=choices,
                required=False,
                initial=kept.heading if kept else "",
            )
            self.fields[f"why_{number}"] = Words(
                label=_("Why priority %(number)s?") % {"number": number},
                max_length=600,
                lines=2,
                required=False,
                initial=kept.why if kept else "",
            )

    def chosen(self) -> list[tuple[str, str]]:
        """Give the priorities in their order, leaving out lines that name none."""
        pairs = [
            (self.cleaned_data[f"heading_{number}"], self.cleaned_data[f"why_{number}"])
            for number in range(1, MOST_PRIORITIES + 1)
        ]
        return [(heading, why) for heading, why in pairs if heading]
