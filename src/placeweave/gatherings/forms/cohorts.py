"""The forms of programmes, cohorts and applications: their shape only, the rules are in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings.forms.fields import MemberField, span_field
from placeweave.gatherings.models import Application, Cohort, Programme, Target
from placeweave.gatherings.models.cohort import LARGEST_COHORT
from placeweave.gatherings.queries import sessions as queries
from placeweave.gatherings.services.applying import Answers
from placeweave.gatherings.services.cohorts import (
    COHORT_LABELS,
    PROGRAMME_LABELS,
    CohortFacts,
    ProgrammeFacts,
    Wanted,
)
from placeweave.kit.forms import HouseForm, VersionedForm, Words
from placeweave.places.models import Member, Place, Sector

SECTORS = [choice for choice in Sector.choices if choice[0] != Sector.UNKNOWN]


class ProgrammeForm(VersionedForm):
    """A programme of learning."""

    title = Words(label=PROGRAMME_LABELS["title"], max_length=160)
    about = Words(
        label=PROGRAMME_LABELS["about"],
        max_length=4000,
        lines=4,
        required=False,
        help_text=_("Those who may apply read this."),
    )
    neighbourhoods = Words(
        label=PROGRAMME_LABELS["neighbourhoods"],
        max_length=2000,
        lines=4,
        required=False,
        help_text=_("One neighbourhood or village a line. Those who apply choose from them, and the mix counts them."),
    )

    def facts(self) -> ProgrammeFacts:
        """Give what the form says."""
        return ProgrammeFacts(**self.written())


class CohortForm(VersionedForm):
    """A cohort: how many, who leads it, and until when people can apply."""

    title = Words(label=COHORT_LABELS["title"], max_length=160, help_text=_("For example: spring, Braehead."))
    capacity = forms.IntegerField(label=COHORT_LABELS["capacity"], min_value=1, max_value=LARGEST_COHORT, initial=24)
    host = MemberField(
        Member.objects.none(),
        label=COHORT_LABELS["host"],
        required=False,
        empty_label=_("Nobody yet"),
        help_text=_("Only this person reads what somebody needs to take part."),
    )
    most_of_one = forms.IntegerField(
        label=COHORT_LABELS["most_of_one"],
        min_value=1,
        max_value=LARGEST_COHORT,
        required=False,
        help_text=_("Leave it empty if any number may come from one organisation."),
    )
    apply_by = forms.DateField(label=COHORT_LABELS["apply_by"], required=False)
    offer_hours = span_field(_("How long is an offered place kept?"), shortest=48, longest=336, initial=168)

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("host", queries.hosts(place))

    def facts(self) -> CohortFacts:
        """Give what the form says."""
        return CohortFacts(**self.written())


def cohort_as_written(cohort: Cohort) -> dict[str, Any]:
    """Give a cohort as its form says it."""
    return {name: getattr(cohort, name) for name in CohortForm.base_fields}


class MixForm(VersionedForm):
    """The mix hoped for: at least and at most so many of each sector and neighbourhood; empty is as it comes."""

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"version": cohort.version}
        self.asked: list[tuple[str, str, str, str]] = []
        known = {(one.aspect, one.value): one for one in cohort.targets.all()}
        for aspect, values in _aspects(cohort):
            for number, (value, label) in enumerate(values):
                name, target = f"{aspect}_{number}", known.get((aspect, value))
                self.asked.append((name, aspect, value, label))
                if target is not None:
                    initial |= {f"{name}_least": target.least or None, f"{name}_most": target.most}
        super().__init__(*args, initial=initial, **kwargs)
        for name, _aspect, _value, label in self.asked:
            self.fields[f"{name}_least"] = _figure(_("%(name)s, at least") % {"name": label})
            self.fields[f"{name}_most"] = _figure(_("%(name)s, at most") % {"name": label})

    def rows(self) -> list[tuple[str, list[tuple[str, forms.BoundField, forms.BoundField]]]]:
        """Give what is asked as two tables: of sectors, and of neighbourhoods."""
        found: dict[str, list[tuple[str, forms.BoundField, forms.BoundField]]] = {}
        for name, aspect, _value, label in self.asked:
            row = (label, self[f"{name}_least"], self[f"{name}_most"])
            found.setdefault(str(Target.Aspect(aspect).label), []).append(row)
        return list(found.items())

    def wanted(self) -> list[Wanted]:
        """Give what was asked for."""
        said = self.cleaned_data
        figures = [
            (aspect, value, said[f"{name}_least"], said[f"{name}_most"]) for name, aspect, value, _ in self.asked
        ]
        return [
            Wanted(aspect, value, least or 0, most)
            for aspect, value, least, most in figures
            if least or most is not None
        ]


def _figure(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=LARGEST_COHORT)


def _aspects(cohort: Cohort) -> list[tuple[str, list[tuple[str, str]]]]:
    names = [(name, name) for name in cohort.programme.neighbourhood_names]
    sectors = [(value, str(label)) for value, label in SECTORS]
    return [(Target.Aspect.SECTOR, sectors), (Target.Aspect.NEIGHBOURHOOD, names)]


class KeepForm(HouseForm):
    """What the team decides about somebody who waits."""

    kept = forms.ChoiceField(
        label=_("What shall become of this application?"), choices=Application.Kept.choices, required=False
    )
    because = Words(
        label=_("Why?"),
        max_length=400,
        lines=2,
        required=False,
        help_text=_("The team reads this, and whoever applied reads it on their own page."),
    )


class CloseForm(HouseForm):
    """What becomes of those who wait when a cohort is closed."""

    carry_to = forms.ModelChoiceField(
        Cohort.objects.none(),
        label=_("What becomes of those who wait?"),
        required=False,
        empty_label=_("They are told that no place came"),
        help_text=_("Or they are carried over to another cohort, with the time they have waited."),
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Cohort.objects.filter(programme=cohort.programme_id).exclude(pk=cohort.pk)
        gone = [Cohort.State.CLOSED, Cohort.State.RUNNING]
        self.choose_from("carry_to", others.exclude(state__in=gone).select_related("programme"))


class ApplicationForm(HouseForm):
    """What somebody tells who applies; each field says what it is for and who reads it."""

    name = Words(label=_("Your name"), max_length=120, autocomplete="name")
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("For your link, and for word about your application. Used for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    issue = Words(
        label=_("Which wicked issue would you bring?"),
        max_length=1200,
        lines=4,
        help_text=_("Something you meet in your work or street that nobody can resolve alone. A few sentences do."),
    )
    role = Words(label=_("What you do"), max_length=120, required=False, help_text=_("Paid or not."))
    organisation = Words(
        label=_("Organisation or group"), max_length=200, required=False, help_text=_("So that the cohort is mixed.")
    )
    sector = forms.ChoiceField(
        label=_("Which part of society is that?"),
        choices=[("", _("I would rather not say")), *SECTORS],
        required=False,
        help_text=_("So that the cohort is mixed: it decides, beside the time you waited, who is offered a place."),
    )
    neighbourhood = forms.ChoiceField(
        label=_("Which neighbourhood do you live or work in?"),
        required=False,
        help_text=_("So that the cohort is mixed, in the same way."),
    )
    dates = forms.ChoiceField(label=_("Can you come to all dates?"), choices=Application.Dates.choices)
    access_needs = Words(
        label=_("What do you need to take part?"),
        max_length=600,
        lines=2,
        required=False,
        help_text=_("For example: step-free access, an interpreter. Only whoever leads the cohort reads this."),
    )
    agreed = forms.BooleanField(
        label=_("The team of this place may keep what I wrote until I take it back or the programme is over."),
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = programme.neighbourhood_names
        if not names:
            del self.fields["neighbourhood"]
            return
        field = self.fields["neighbourhood"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker what the form says
        field.choices = [("", _("None of these, or I would rather not say")), *((name, name) for name in names)]

    def answers(self) -> Answers:
        """Give what was written."""
        return Answers(**{name: value for name, value in self.cleaned_data.items() if name != "agreed"})
