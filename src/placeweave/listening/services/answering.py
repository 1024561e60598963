"""What people without an account do in a voting: come in, answer, say something of their own, tell who they are.

Nothing here knows who they are: a random token stands for them, of which only a digest is kept, and no time.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit import links
from placeweave.kit.errors import NotReady, Unsound
from placeweave.listening.models import Participant, Room, Statement, Vote, Voting
from placeweave.listening.queries import Voter

MOST_AT_ONCE = 50
"""Answers a device may send in one go, after a while without a network."""
MOST_TURNS = 100
"""Changes of mind about one statement that are kept apart."""
MOST_WAITING = 10
"""Statements of one person that may wait to be read: each is read by somebody."""
MOST_A_DAY = 10
"""Statements of one person in a day where they are let in at once: nobody stands between them and everybody."""


@dataclass(frozen=True)
class Answer:
    """One answer on its way in.

    ``turn`` is the device's own count of its answers to this statement, from 1: it makes sending again harmless, and
    a late answer unable to undo a later one.
    """

    statement: int
    value: int
    turn: int = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of answers: the statements they are kept for, and those that are no longer asked."""

    statements: list[int]
    gone: list[int]


def come_in(*, voting: Voting) -> tuple[Participant, str]:
    """Let somebody in; give who they are from now on, and the token that only their device keeps."""
    _require_open(voting)
    token = links.new_key()
    room = Room.objects.filter(voting=voting, closed_at=None).first()
    made = Participant.objects.create(
        conversation_id=voting.conversation_id,
        external_id=str(secrets.randbelow(9 * 10**14) + 10**14),  # says nothing of when or in which order people came
        token_digest=links.digest(token),
        room=room,
    )
    return made, token


def join_room(*, voting: Voting, participant: Participant) -> None:
    """Count somebody who comes in by the door again as one of the room that is open now: last time's is over."""
    room = Room.objects.filter(voting=voting, closed_at=None).first()
    if room is not None and voting.conversation_id == participant.conversation_id:
        Participant.objects.filter(pk=participant.pk).update(room=room)


def answer(*, voter: Voter, answers: Sequence[Answer]) -> Kept:
    """Keep answers; give the statements they are kept for. Sending the same again changes nothing.

    A statement may be taken out while a phone is away: then the other answers of that phone are kept all the same.
    Hundreds of phones answer at once, so the few statements here and in :func:`answer_first` are written as SQL:
    building them anew for each vote cost several times what running them does.

    Raises
    ------
    NotReady
        If no votes are taken now.
    Unsound
        If there are none, too many, or one that is no answer; then none is kept.
    """
    if not voter.may_answer:
        raise NotReady(str(CLOSED))
    if not 1 <= len(answers) <= MOST_AT_ONCE:
        raise Unsound(_("Between 1 and %(most)s answers can be sent at once.") % {"most": MOST_AT_ONCE})
    if any(one.value not in Vote.Value or not 1 <= one.turn <= MOST_TURNS for one in answers):
        raise Unsound(_("An answer is agree, disagree or pass."))
    in_order = sorted(answers, key=lambda one: one.turn)
    try:
        return _keep_all(voter, in_order)
    except IntegrityError:  # another window of this device wrote in the same moment; what it wrote is to be seen now
        return _keep_all(voter, in_order)


_INSERT_AS_FIRST = """
    INSERT INTO listening_vote (participant_id, statement_id, value, turn, is_standing)
    SELECT participant.id, statement.id, %s, %s, %s FROM listening_participant participant
    JOIN listening_voting voting ON voting.conversation_id = participant.conversation_id
    JOIN listening_statement statement ON statement.conversation_id = participant.conversation_id
    WHERE participant.token_digest = %s AND voting.code = %s
        AND voting.state = %s AND (voting.closes_on IS NULL OR voting.closes_on >= %s)
        AND statement.id = %s AND statement.moderation = %s
        AND NOT EXISTS (
            SELECT 1 FROM listening_room room
            WHERE room.id = participant.room_id AND room.is_paused AND room.closed_at IS NULL
        )
        AND NOT EXISTS (
            SELECT 1 FROM listening_vote vote
            WHERE vote.participant_id = participant.id AND vote.statement_id = statement.id
        )
"""


def answer_first(*, token_digest: str, code: str, answer: Answer) -> bool:
    """Keep an answer in the ordinary case, in one statement of SQL; say whether it is kept.

    Ordinary is a first answer to a statement that is asked, in an open voting that is not paused, by somebody who is
    in it: nearly all are. Whatever else it may be is for :func:`answer`, which finds out and says.
    """
    if answer.value not in Vote.Value or not 1 <= answer.turn <= MOST_TURNS:
        return False
    now = (Voting.State.OPEN.value, timezone.localdate())
    asked = (answer.statement, Statement.Moderation.ACCEPTED.value)
    try:
        with connection.cursor() as cursor:
            cursor.execute(_INSERT_AS_FIRST, (answer.value, answer.turn, True, token_digest, code, *now, *asked))
            return bool(cursor.rowcount)
    except IntegrityError:  # another window of this device wrote in the same moment
        return False


_STANDING = """
    SELECT voting.state, vote.id, vote.turn FROM listening_statement statement
    JOIN listening_voting voting ON voting.conversation_id = statement.conversation_id
    LEFT JOIN listening_vote vote
        ON vote.statement_id = statement.id AND vote.participant_id = %s AND vote.is_standing
    WHERE statement.id = %s AND statement.conversation_id = %s AND statement.moderation = %s
"""
_SUPERSEDE = "UPDATE listening_vote SET is_standing = %s WHERE id = %s"
_INSERT = """
    INSERT INTO listening_vote (participant_id, statement_id, value, turn, is_standing)
    VALUES (%s, %s, %s, %s, %s)
"""


@transaction.atomic
def _keep_all(voter: Voter, answers: Sequence[Answer]) -> Kept:
    kept = Kept([], [])
    with connection.cursor() as cursor:
        for one in answers:
            (kept.statements if _keep(cursor, voter, one) else kept.gone).append(one.statement)
    return kept


def _keep(cursor: CursorWrapper, voter: Voter, answer: Answer) -> bool:
    """Write one answer, unless this turn or a later one is kept already; say whether the statement is asked at all."""
    cursor.execute(_STANDING, [voter.key, answer.statement, voter.conversation, Statement.Moderation.ACCEPTED.value])
    found = cursor.fetchone()
    if found is None:
        return False
    state, standing, turn = found
    if state != Voting.State.OPEN:  # it was open when this request came in, and is looked at again where it writes
        raise NotReady(str(CLOSED))
    if standing is not None:
        if turn >= answer.turn:
            return True
        cursor.execute(_SUPERSEDE, [False, standing])
    cursor.execute(_INSERT, [voter.key, answer.statement, answer.value, answer.turn, True])
    return True


CLOSED = gettext_lazy("No more answers are taken here. What was answered before is kept.")


def _require_open(voting: Voting) -> None:
    if not voting.takes_answers:
        raise NotReady(str(CLOSED))


@transaction.atomic
def say(*, voting: Voting, participant: Participant, text: str) -> Statement:
    """Add a statement in a participant's own words; who says it agrees with it. Saying it again adds nothing.

    Raises
    ------
    NotReady
        If no statements are taken now.
    Unsound
        If it is empty, too long, or stands here already word for word.
    """
    kept = Voting.objects.select_for_update().get(pk=voting.pk)  # so that two do not say the same in one moment
    _require_open(kept)
    if not kept.takes_statements:
        raise NotReady(_("No new statements are taken here."))
    said = " ".join(text.split())
    if not said:
        raise Unsound(_("There are no words in it yet."))
    if len(said) > voting.longest:
        raise Unsound(
            _("It is %(length)s characters long; %(longest)s fit. One thought is enough.")
            % {"length": len(said), "longest": voting.longest}
        )
    if (sent_before := _said_by(participant).filter(text__iexact=said).first()) is not None:
        return sent_before
    if Statement.objects.filter(conversation_id=voting.conversation_id, text__iexact=said).exists():
        raise Unsound(_("Somebody has said exactly this already."))
    if own_waiting(participant) >= MOST_WAITING:
        raise NotReady(
            _("%(most)s statements of yours wait to be read. Please wait until some are.") % {"most": MOST_WAITING}
        )
    at_once = kept.let_in == Voting.LetIn.AT_ONCE
    if at_once and _said_by(participant).filter(made_on=timezone.localdate()).count() >= MOST_A_DAY:
        raise NotReady(
            _("You have added %(most)s statements today. Please leave room for others, and come again tomorrow.")
            % {"most": MOST_A_DAY}
        )
    made = Statement.objects.create(
        conversation_id=voting.conversation_id,
        text=said,
        origin=Statement.Origin.PARTICIPANT,
        moderation=Statement.Moderation.ACCEPTED if at_once else Statement.Moderation.UNDECIDED,
        author_ref=participant.external_id,
        made_on=timezone.localdate(),
    )
    Vote.objects.create(participant=participant, statement=made, value=Vote.Value.AGREE)
    return made


def own_waiting(participant: Participant) -> int:
    """Count the statements of somebody that nobody has looked at yet."""
    return _said_by(participant).filter(moderation=Statement.Moderation.UNDECIDED).count()


def _said_by(participant: Participant) -> QuerySet[Statement]:
    return Statement.objects.filter(
        conversation_id=participant.conversation_id,
        author_ref=participant.external_id,
        origin=Statement.Origin.PARTICIPANT,
    )


@transaction.atomic
def take_back(*, participant: Participant) -> None:
    """Take somebody out: their answers, what they told about themselves, and statements nobody has looked at yet.

    A statement that others have read stays, because they answered it, but nothing leads from it to its author any
    more; so does one that was let in for a while, with its place in the log. This may be done at any time, also after
    the voting has closed, and doing it twice is no harm.
    """
    kept = Participant.objects.select_for_update().filter(pk=participant.pk).first()  # so that no answer slips in
    if kept is None:
        return
    said = _said_by(kept)
    said.filter(moderation=Statement.Moderation.UNDECIDED, rulings=None).delete()
    said.update(author_ref="")
    kept.delete()


@transaction.atomic
def tell_about(*, voting: Voting, participant: Participant, chosen: Mapping[int, int]) -> None:
    """Keep what somebody chose to tell about themselves; each question may be left out, and changed later."""
    _require_open(voting)
    asked = {one.pk: one for one in voting.about_you.all()}
    for question, choice in chosen.items():
        if question not in asked or not 0 <= choice < len(asked[question].choices):
            raise Unsound(_("That is no answer to choose from here."))
    kept = Participant.objects.select_for_update().get(pk=participant.pk)
    kept.about = {str(question): choice for question, choice in chosen.items()}
    kept.save(update_fields=["about"])
