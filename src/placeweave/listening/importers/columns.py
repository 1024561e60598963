"""What a table of contributions may tell, column by column."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from placeweave.kit.columns import ColumnSpec, Target
from placeweave.listening.models import Naming, Scope, VoiceType

SCOPES = [(str(scope.value), scope.label) for scope in Scope]
_SCOPE_WORDS = {
    "notes": "1", "team": "1", "facilitators": "1", "facilitator notes": "1", "private": "1", "confidential": "1",
    "partners": "2", "partner": "2", "workspace": "2", "place": "2", "members": "2",
    "public": "3", "anyone": "3", "everyone": "3", "open": "3",
}  # fmt: skip
_NAMING_WORDS = {
    "only in themes": "only_in_themes", "not quoted": "only_in_themes", "themes only": "only_in_themes",
    "anon": "anonymous", "anonymously": "anonymous", "no name": "anonymous",
    "pseudonymous": "pseudonym", "other name": "pseudonym", "name": "named",
}  # fmt: skip
_VOICE_WORDS = {
    "resident": "lived_experience", "lived": "lived_experience", "community": "lived_experience",
    "practitioner": "frontline", "staff": "frontline", "worker": "frontline", "management": "manager",
    "councillor": "elected", "elected": "elected", "politician": "elected", "research": "data",
}  # fmt: skip

CONTRIBUTIONS = ColumnSpec(
    format="contributions",
    targets=[
        Target(
            "text",
            _("What was said"),
            guesses=(
                "comment",
                "comment-body",
                "contribution",
                "response",
                "answer",
                "words",
                "quote",
                "what was said",
            ),
            required=True,
            max_length=20_000,
            help_text=_("Kept word for word. It can be withdrawn by the person who said it, and never edited."),
        ),
        Target(
            "voice_type",
            _("Whose kind of knowing it is"),
            guesses=("voice", "role", "who"),
            kind="choice",
            choices=VoiceType.choices,
            synonyms=_VOICE_WORDS,
            default=VoiceType.LIVED,
            asks_default=True,
        ),
        Target(
            "scope",
            _("Who may read the words"),
            guesses=("consent", "consent scope", "share", "sharing"),
            kind="choice",
            choices=SCOPES,
            synonyms=_SCOPE_WORDS,
            default=str(Scope.NOTES.value),
            asks_default=True,
            help_text=_("Choose a wider circle only where people agreed to it."),
        ),
        Target(
            "naming",
            _("How the teller is shown"),
            guesses=("name consent", "attribution"),
            kind="choice",
            choices=Naming.choices,
            synonyms=_NAMING_WORDS,
            default=Naming.ONLY_IN_THEMES,
            asks_default=True,
        ),
        Target("may_recontact", _("May be contacted again"), guesses=("recontact", "contact again"), kind="flag"),
        Target("said_on", _("Day it was said"), guesses=("date", "when", "datetime"), kind="date"),
        Target("described_as", _("How the teller is described"), guesses=("description", "speaker"), max_length=120),
        Target("pseudonym", _("Other name to show"), max_length=120),
        Target("teller_name", _("Name to show"), max_length=120),
        Target("neighbourhood", _("Neighbourhood"), guesses=("area", "locality"), max_length=120),
        Target("organisation", _("Organisation"), guesses=("organization", "partner"), max_length=200),
        Target(
            "external_id",
            _("Its number in your file"),
            guesses=("id", "comment-id", "row-id", "ref", "reference", "number"),
            is_key=True,
            max_length=80,
            help_text=_("With a number, a later version of the same file updates instead of adding."),
        ),
    ],
)
