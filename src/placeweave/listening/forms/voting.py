"""Forms of the team for a voting: its rules, what people are asked about themselves, its first statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit.forms import HouseForm, VersionedForm, Words
from placeweave.listening import services
from placeweave.listening.models import AboutYou, Reason, Statement, Voting
from placeweave.listening.models.voting import LONGEST_CAP, SHORTEST_CAP
from placeweave.places.models import Place

GUIDE = gettext_lazy(
    "Say one thing that people could agree or disagree with. Speak for yourself: “I would…”, “We need…”. "
    "Leave out names, and anything that would show who you are."
)
POLICY = gettext_lazy(
    "We let in every statement that answers the question, whether we like it or not.\n\n"
    "We do not let in a statement that:\n"
    "- is not about the question,\n"
    "- says the same as another one,\n"
    "- holds more than one claim, or is a question,\n"
    "- lets somebody be made out,\n"
    "- attacks or demeans people,\n"
    "- is advertising or noise.\n\n"
    "We change nobody’s words. If we do not let a statement in, we say why to whoever wrote it."
)
OWN = (1, 2)
"""How many questions about themselves a team may write of its own."""


class RulesForm(VersionedForm):
    """What the team decides about a voting before people come."""

    takes_statements = forms.BooleanField(
        label=gettext_lazy("People may add statements of their own"), required=False, initial=True
    )
    longest = forms.IntegerField(
        label=gettext_lazy("Longest statement, in characters"),
        min_value=SHORTEST_CAP,
        max_value=LONGEST_CAP,
        initial=140,
        help_text=gettext_lazy("Between 60 and 400. One thought fits into 140."),
    )
    guide = Words(label=gettext_lazy("How to word a statement"), max_length=1000, lines=3, required=False,
                  help_text=gettext_lazy("People read this while they write."))  # fmt: skip
    let_in = forms.ChoiceField(
        label=gettext_lazy("When does a statement reach others?"),
        choices=Voting.LetIn.choices,
        initial=Voting.LetIn.FIRST_READ,
        widget=forms.RadioSelect,
    )
    policy = Words(
        label=gettext_lazy("What is let in and what is not"),
        max_length=4000,
        lines=12,
        required=False,
        help_text=gettext_lazy("Published beside the statements. You decide by it, and people can hold you to it."),
    )
    a_sitting = forms.IntegerField(
        label=gettext_lazy("Statements at a time"),
        min_value=3,
        max_value=10,
        initial=5,
        help_text=gettext_lazy("People answer so many, then are asked whether they want more."),
    )
    closes_on = forms.DateField(
        label=gettext_lazy("Last day for answers"),
        required=False,
        help_text=gettext_lazy("Leave empty to decide later."),
    )

    def clean_closes_on(self) -> Any:
        """Refuse a last day that is over."""
        day = self.cleaned_data["closes_on"]
        if day and day < timezone.localdate() and "closes_on" in self.changed_data:
            raise forms.ValidationError(_("This day is over already. Choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for the policy where people are judged by it."""
        said = super().clean() or {}
        if said.get("takes_statements") and not said.get("policy", "").strip():
            self.add_error(
                "policy", _("Say what is let in and what is not: people who write a statement are shown it.")
            )
        return said

    def rules(self) -> services.Rules:
        """Give what the form says."""
        return services.Rules(**{name: self.cleaned_data[name] for name in services.Rules.__dataclass_fields__})


def rules_as_written(voting: Voting | None) -> dict[str, Any]:
    """Give the rules as they stand, or those a voting begins with."""
    if voting is None:
        return {"guide": str(GUIDE), "policy": str(POLICY)}
    return {name: getattr(voting, name) for name in (*services.Rules.__dataclass_fields__, "version")}


class SeedsForm(HouseForm):
    """Statements of the hosts, one a line."""

    statements = Words(
        label=gettext_lazy("Your statements, one a line"),
        max_length=20_000,
        lines=10,
        help_text=gettext_lazy("Ten to twenty, from every side you know of. They are marked as coming from the hosts."),
    )

    def lines(self) -> list[str]:
        """Give the statements."""
        return [line for line in self.cleaned_data["statements"].splitlines() if line.strip()]


@dataclass(frozen=True)
class ReadyMade:
    """A question about oneself that a team need only tick."""

    name: str
    question: services.Question


def ready_made(place: Place) -> list[ReadyMade]:
    """List the questions a team may tick; of neighbourhoods there must be some to choose from."""
    age = services.Question(
        _("How old are you?"),
        _("So that we see whether young and old have been heard."),
        [_("Under 16"), "16–24", "25–44", "45–64", _("65 or older")],
    )
    tie = services.Question(
        _("How do you know this place?"),
        _("So that we see whether those who live here and those who work here have been heard."),
        [_("I live here"), _("I work here and live elsewhere"), _("I visit or have family here"), _("In another way")],
    )
    names = list(Place.objects.filter(parent_workspace=place).order_by("name").values_list("name", flat=True))
    found = [ReadyMade("age", age), ReadyMade("tie", tie)]
    if len(names) > 1:
        where = services.Question(
            _("Which part of it is yours?"),
            _("So that we see whose part of the place has not been heard yet."),
            [*names, _("Somewhere else")],
        )
        found.append(ReadyMade("where", where))
    return found


class AboutForm(HouseForm):
    """What people are asked about themselves: ready-made questions to tick, and two of the team's own."""

    def __init__(self, *args: Any, offered: Sequence[ReadyMade], asked: Sequence[AboutYou], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        by_question = {one.question: one for one in asked}
        for one in offered:
            self.fields[one.name] = forms.BooleanField(
                label=one.question.question,
                required=False,
                initial=by_question.pop(one.question.question, None) is not None,
                help_text=f"{one.question.purpose} {' · '.join(one.question.choices)}",
            )
        own = list(by_question.values())
        for number in OWN:
            self._ask_own(number, own[number - 1] if len(own) >= number else None)

    def _ask_own(self, number: int, kept: AboutYou | None) -> None:
        place = {"number": number}
        self.fields[f"question_{number}"] = Words(
            label=_("Question %(number)s of your own") % place,
            max_length=160,
            required=False,
            initial=kept.question if kept else "",
        )
        self.fields[f"purpose_{number}"] = Words(
            label=_("What question %(number)s is for") % place,
            max_length=240,
            required=False,
            initial=kept.purpose if kept else "",
            help_text=_("People are told."),
        )
        self.fields[f"choices_{number}"] = Words(
            label=_("Answers to question %(number)s, one a line") % place,
            max_length=1000,
            lines=3,
            required=False,
            initial="\n".join(kept.choices) if kept else "",
        )

    def questions(self) -> list[services.Question]:
        """Give the questions chosen and written."""
        said = self.cleaned_data
        ticked = [one.question for one in self.offered if said[one.name]]
        own = [
            services.Question(said[f"question_{n}"], said[f"purpose_{n}"], _lines(said[f"choices_{n}"]))
            for n in OWN
            if said[f"question_{n}"].strip()
        ]
        return [*ticked, *own]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class RulingForm(HouseForm):
    """A decision about one statement."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why is it not let in?"), choices=[("", gettext_lazy("Choose a reason")), *Reason.choices],
        required=False,
    )  # fmt: skip
    note = Words(label=gettext_lazy("A note to its author"), max_length=400, required=False)


class TranslationForm(VersionedForm):
    """A statement in another language."""

    text = Words(
        label=gettext_lazy("The translation"),
        max_length=2000,
        lines=3,
        required=False,
        help_text=gettext_lazy("Leave empty to take it away. The original is always shown beside it."),
    )


OTHER_LANGUAGES = [
    ("ar", "العربية"), ("pl", "Polski"), ("uk", "Українська"), ("ur", "اردو"), ("zh-hans", "简体中文"),
]  # fmt: skip


def languages_for(statement: Statement) -> list[tuple[str, str]]:
    """List the languages a statement may be put into: those of the pages first, then those often spoken in Scotland."""
    own = statement.language or settings.LANGUAGE_CODE
    known = [(code, str(name)) for code, name in settings.LANGUAGES] + OTHER_LANGUAGES
    return [(code, name) for code, name in known if code != own]


class RoomForm(HouseForm):
    """A sitting with people together."""

    title = Words(
        label=gettext_lazy("What is this sitting called?"),
        max_length=120,
        help_text=gettext_lazy("For example: Tuesday evening in the hall."),
    )
