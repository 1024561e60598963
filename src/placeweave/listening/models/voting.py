"""How a conversation in statements is held here: its door, its rules, its rooms, and what was ruled of statements."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from placeweave.kit.models import Dated
from placeweave.listening.models.conversation import Conversation
from placeweave.listening.models.statement import Statement
from placeweave.places.models import Member

SHORTEST_CAP, LONGEST_CAP = 60, 400


class VotingQuerySet(models.QuerySet["Voting"]):
    """Reads of votings."""

    def with_a_door(self) -> VotingQuerySet:
        """Keep those that people without an account may come to: open ones, and closed ones to read."""
        return self.filter(state__in=[Voting.State.OPEN, Voting.State.CLOSED])


def takes_answers(state: str, closes_on: date | None) -> bool:
    """Tell whether a voting in this state takes answers today: it is open, and its last day is not over."""
    return state == Voting.State.OPEN and (closes_on is None or closes_on >= timezone.localdate())


class Voting(Dated):
    """The rules and the door of a conversation in statements that is held here, not brought in from elsewhere.

    Whoever knows ``code`` comes in without an account. A statement by a participant is read by a person before others
    see it, or, where the team chose so, after.
    """

    class State(models.TextChoices):
        """How far it is: only an open one takes votes and statements, only an archived one is out of sight."""

        DRAFT = "draft", _("Being prepared")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        ARCHIVED = "archived", _("Archived")

    class LetIn(models.TextChoices):
        """When a participant's statement reaches others."""

        FIRST_READ = "first_read", _("Somebody of the team reads each statement first")
        AT_ONCE = "at_once", _("At once; the team takes out what breaks the policy")

    conversation = models.OneToOneField(Conversation, models.CASCADE, related_name="voting")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    code = models.CharField(max_length=24, unique=True, help_text=_("What people type to come in: heather-42."))
    takes_statements = models.BooleanField(default=True)
    longest = models.PositiveSmallIntegerField(
        default=140, validators=[MinValueValidator(SHORTEST_CAP), MaxValueValidator(LONGEST_CAP)]
    )
    guide = models.TextField(blank=True, max_length=1000, help_text=_("How to word a statement."))
    let_in = models.CharField(max_length=10, choices=LetIn, default=LetIn.FIRST_READ)
    policy = models.TextField(blank=True, max_length=4000, help_text=_("What is let in and what is not; published."))
    a_sitting = models.PositiveSmallIntegerField(
        default=5, validators=[MinValueValidator(3), MaxValueValidator(10)], help_text=_("Statements at a time.")
    )
    closes_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    votes_worked_out = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("Standing votes when it was last worked out what people share.")
    )
    preview_digest = models.CharField(max_length=64, blank=True, db_index=True)
    preview_until = models.DateTimeField(null=True, blank=True)

    objects = VotingQuerySet.as_manager()

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Whether the team has it open."""
        return self.state == self.State.OPEN

    @property
    def takes_answers(self) -> bool:
        """Whether votes and statements are taken: it is open, and its last day is not over."""
        return takes_answers(self.state, self.closes_on)

    @property
    def has_a_door(self) -> bool:
        """Whether people without an account may come to it, to answer or to read."""
        return self.state in {self.State.OPEN, self.State.CLOSED}

    @property
    def spoken_code(self) -> str:
        """The code as it stands on a wall: HEATHER 42."""
        return self.code.replace("-", " ").upper()


class AboutYou(models.Model):
    """Something participants are asked about themselves: once, only if they like, and with what it is for.

    Answers are shown only as counts, and never of a few.
    """

    voting = models.ForeignKey(Voting, models.CASCADE, related_name="about_you")
    order = models.PositiveSmallIntegerField(default=0)
    question = models.CharField(max_length=160)
    purpose = models.CharField(max_length=240)
    choices = models.JSONField(default=list, help_text=_("A list of short answers."))

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.question


class Room(Dated):
    """One sitting of a voting with people together: what the wall shows, and whether results are to be seen yet."""

    class Showing(models.TextChoices):
        """What stands on the wall."""

        DOOR = "door", _("How to join")
        STATEMENT = "statement", _("One statement")
        RESULTS = "results", _("Where we stand")

    voting = models.ForeignKey(Voting, models.CASCADE, related_name="rooms")
    title = models.CharField(max_length=120)
    showing = models.CharField(max_length=10, choices=Showing, default=Showing.DOOR)
    statement = models.ForeignKey(Statement, models.SET_NULL, null=True, blank=True, related_name="+")
    is_revealed = models.BooleanField(default=False)
    is_paused = models.BooleanField(default=False)
    opened_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    run_sheet = models.JSONField(default=list, blank=True, help_text=_("Keys of the statements, in the order chosen."))
    before = models.JSONField(default=dict, blank=True, help_text=_("What stood on the wall before the last step."))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["voting"], condition=models.Q(closed_at=None), name="one_open_room_per_voting"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Reason(models.TextChoices):
    """Why a statement is not let in; its author is told."""

    OFF_THE_QUESTION = "off_the_question", _("It is not about the question")
    SAID_ALREADY = "said_already", _("It says the same as another statement")
    SEVERAL_CLAIMS = "several_claims", _("It holds more than one claim, so an answer could mean either")
    A_PERSON = "a_person", _("Somebody could be made out from it")
    ATTACK = "attack", _("It attacks or demeans people")
    UNCLEAR = "unclear", _("It cannot be understood as it stands")
    NOT_A_STATEMENT = "not_a_statement", _("It is a question or a request, so nobody can agree or disagree")
    SPAM = "spam", _("It is advertising or noise")
    OTHER = "other", _("Another reason, told beside it")


class Ruling(Dated):
    """One decision about one statement. The log only grows: a change of mind is another ruling."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="rulings")
    outcome = models.CharField(max_length=10, choices=Statement.Moderation)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    note = models.CharField(max_length=400, blank=True, help_text=_("The author reads this."))
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.outcome}"


class Translation(Dated):
    """A statement in another language, written by a person; the original is always shown beside it."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="translations")
    language = models.CharField(max_length=10)
    text = models.TextField(max_length=2000)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["language", "pk"]
        constraints = [models.UniqueConstraint(fields=["statement", "language"], name="one_translation_per_language")]

    def __str__(self) -> str:
        return f"{self.language} of {self.statement_id}"
