"""Have a conversation in statements worked out, by hand or since enough has been answered."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from placeweave.kit import access, analyses
from placeweave.kit.errors import NotReady
from placeweave.kit.models import Analysis
from placeweave.listening.models import Conversation, Vote, Voting
from placeweave.listening.queries import opinion
from placeweave.places.models import Member

FEWEST_NEW, NEW_SHARE = 20, 0.01
"""New votes after which an open voting is worked out anew: so many, or this share of those it rests on, if more."""


@transaction.atomic
def ask_for_opinion(*, conversation: Conversation, by: Member) -> Analysis:
    """Work out what people share and where they differ, unless the newest answer still holds."""
    access.require(by, "listening.work_out")
    if not conversation.is_in_statements:
        raise NotReady(_("Only statements and votes can be worked out in this way."))
    return _ask(conversation, by)


def refresh_due() -> int:
    """Ask anew for every open voting that enough new votes came in for; give how many there were."""
    due = [one for one in Voting.objects.filter(state=Voting.State.OPEN).select_related("conversation") if _is_due(one)]
    for voting in due:
        _ask(voting.conversation, None)
    return len(due)


def _is_due(voting: Voting) -> bool:
    newest = opinion.newest(voting.conversation)
    if newest is not None and not newest.is_over:
        return False
    if newest is not None and newest.state == Analysis.State.FAILED and not analyses.is_out_of_date(newest):
        return False  # it would fail again
    before = voting.votes_worked_out
    votes = Vote.objects.filter(statement__conversation_id=voting.conversation_id, is_standing=True).count()
    return bool(votes - before >= max(FEWEST_NEW, NEW_SHARE * before))


def _ask(conversation: Conversation, by: Member | None) -> Analysis:
    return analyses.ask_for(
        place_id=conversation.place_id,
        kind=opinion.KIND,
        topic=opinion.topic(conversation),
        parameters={"conversation": conversation.pk, "seed": 0},
        by=by,
    )


def note_worked_out(*, conversation: Conversation, votes: int) -> None:
    """Note how many votes the newest answer rests on, so that it is worked out anew once enough have come in."""
    Voting.objects.filter(conversation=conversation).update(votes_worked_out=votes)
