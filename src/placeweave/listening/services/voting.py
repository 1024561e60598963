"""Hold a conversation in statements here: write its rules, open its door, close it, put it away."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit import access, audit, links, versions
from placeweave.kit.errors import NotReady, Unsound
from placeweave.listening.models import AboutYou, Conversation, Statement, Voting
from placeweave.places.models import Member

State = Voting.State
PREVIEW_DAYS = 14
# Short words of this landscape, easily said over a microphone and spelt by ear.
WORDS = (
    "alder ash badger barley beech birch bracken bramble burn cairn clover coast cobble curlew daisy dune eagle elm "
    "fern finch firth foxglove glen gorse harbour hare hawthorn hazel heather heron hill holly island ivy kestrel "
    "larch linnet loch lupin maple meadow moor moss nettle oak orchid osprey otter pebble pine plover poppy puffin "
    "quarry reed robin rowan rush sage seal skerry slate sorrel strand swan thistle tide trout violet willow wren"
).split()


@dataclass(frozen=True)
class Rules:
    """What the team decides about a voting before people come."""

    takes_statements: bool = True
    longest: int = 140
    guide: str = ""
    let_in: str = Voting.LetIn.FIRST_READ
    policy: str = ""
    a_sitting: int = 5
    closes_on: date | None = None


RULES = {
    "takes_statements": gettext_lazy("People may add statements"),
    "longest": gettext_lazy("Longest statement, in characters"),
    "guide": gettext_lazy("How to word a statement"),
    "let_in": gettext_lazy("When a new statement is let in"),
    "policy": gettext_lazy("What is let in"),
    "a_sitting": gettext_lazy("Statements a sitting"),
    "closes_on": gettext_lazy("Last day"),
}


@dataclass(frozen=True)
class Question:
    """Something people are asked about themselves, with what it is for and the answers to choose from."""

    question: str
    purpose: str
    choices: Sequence[str]


def new_code() -> str:
    """Make a code that is free: a word and a number, as it can be said in a room."""
    while True:
        code = f"{secrets.choice(WORDS)}-{secrets.randbelow(9900) + 100}"
        if not Voting.objects.filter(code=code).exists():
            return code


@transaction.atomic
def prepare(*, conversation: Conversation, rules: Rules, by: Member) -> Voting:
    """Make a conversation in statements one that is held here; it starts as a draft, seen by the team alone.

    Raises
    ------
    NotReady
        If the conversation is not one of statements, came from elsewhere, or is prepared already.
    """
    access.require(by, "listening.hold_voting")
    kept = Conversation.objects.select_for_update().get(pk=conversation.pk, place_id=by.place_id)
    if not kept.is_in_statements:
        raise NotReady(_("Only a conversation in statements can be voted on."))
    if kept.batch_id:
        raise NotReady(_("These votes were brought in from elsewhere; start a conversation of your own instead."))
    if Voting.objects.filter(conversation=kept).exists():
        raise NotReady(_("This conversation is prepared already."))
    made = Voting.objects.create(conversation=kept, code=new_code(), **vars(rules))
    audit.write(by=by, place_id=by.place_id, verb="prepared", subject=made, summary=kept.title)
    return made


@transaction.atomic
def edit_rules(*, voting: Voting, rules: Rules, version: int, by: Member) -> Voting:
    """Change the rules of a voting, unless somebody else has meanwhile."""
    access.require(by, "listening.hold_voting")
    kept = _locked(voting, by)
    versions.require_version(kept, version, said=vars(rules), labels=RULES, verbs=["changed the rules of"])
    for name, value in vars(rules).items():
        setattr(kept, name, value)
    _save(kept, verb="changed the rules of", by=by)
    return kept


@transaction.atomic
def ask_about(*, voting: Voting, questions: Sequence[Question], by: Member) -> list[AboutYou]:
    """Say what people are asked about themselves; it stands as it is once somebody may have answered."""
    access.require(by, "listening.hold_voting")
    kept = _locked(voting, by)
    if kept.state != State.DRAFT:
        raise NotReady(_("People may have answered these questions already, so they stand as they are."))
    for one in questions:
        if not one.purpose.strip():
            raise Unsound(_("Say what “%(question)s” is for: people are told.") % {"question": one.question})
        if len({choice.casefold() for choice in one.choices}) < max(2, len(one.choices)):
            raise Unsound(
                _("“%(question)s” needs at least two answers to choose from, all different.")
                % {"question": one.question}
            )
    kept.about_you.all().delete()
    made = AboutYou.objects.bulk_create(
        AboutYou(voting=kept, order=order, question=one.question, purpose=one.purpose, choices=list(one.choices))
        for order, one in enumerate(questions)
    )
    audit.write(by=by, place_id=by.place_id, verb="changed the rules of", subject=kept, summary=kept.conversation.title)
    return made


@transaction.atomic
def open_door(*, voting: Voting, by: Member) -> Voting:
    """Let people in, for the first time or again."""
    access.require(by, "listening.hold_voting")
    kept = _locked(voting, by)
    if kept.state not in {State.DRAFT, State.CLOSED}:
        raise NotReady(_("It is %(state)s, so it cannot be opened.") % {"state": kept.get_state_display().lower()})
    if not kept.conversation.statements.filter(moderation=Statement.Moderation.ACCEPTED).exists():
        raise NotReady(_("There is no statement to answer yet. Write a few first: people who come need something."))
    if kept.takes_statements and not kept.policy.strip():
        raise NotReady(_("Say first what is let in and what is not: people who write a statement are shown it."))
    kept.state = State.OPEN
    _save(kept, verb="opened", by=by)
    return kept


@transaction.atomic
def close_door(*, voting: Voting, by: Member) -> Voting:
    """Take no more votes and statements; what was answered stays to be read, and the rooms are closed with it."""
    access.require(by, "listening.hold_voting")
    kept = _locked(voting, by)
    if not kept.is_open:
        raise NotReady(_("It is not open."))
    kept.state = State.CLOSED
    kept.rooms.filter(closed_at=None).update(closed_at=timezone.now())
    _save(kept, verb="closed", by=by)
    return kept


@transaction.atomic
def put_away(*, voting: Voting, by: Member) -> Voting:
    """Archive a closed voting: its door is gone, and its results stay in the place."""
    access.require(by, "listening.hold_voting")
    kept = _locked(voting, by)
    if kept.state != State.CLOSED:
        raise NotReady(_("Close it first."))
    kept.state = State.ARCHIVED
    _save(kept, verb="archived", by=by)
    return kept


@transaction.atomic
def preview_link(*, voting: Voting, by: Member) -> str:
    """Make the key of a page that shows a draft as people will see it; an earlier key stops working."""
    access.require(by, "listening.hold_voting")
    kept = _locked(voting, by)
    key = links.new_key()
    kept.preview_digest = links.digest(key)
    kept.preview_until = timezone.now() + timedelta(days=PREVIEW_DAYS)
    _save(kept, verb="made a preview of", by=by)
    return key


def _locked(voting: Voting, by: Member) -> Voting:
    rows = Voting.objects.select_related("conversation").select_for_update(of=("self",))
    return rows.get(pk=voting.pk, conversation__place_id=by.place_id)


def _save(voting: Voting, *, verb: str, by: Member) -> None:
    voting.version += 1
    voting.save()
    audit.write(by=by, place_id=by.place_id, verb=verb, subject=voting, summary=voting.conversation.title)
