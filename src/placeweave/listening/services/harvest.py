"""Bring in the harvest of a session: what each table and each online group wrote down, under one consent a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.gatherings.models import Session
from placeweave.kit import access
from placeweave.kit.errors import NotReady, Unsound
from placeweave.listening.models import Contribution, Conversation, Harvest
from placeweave.listening.services.contributions import Words, capture_many
from placeweave.listening.services.conversations import ConversationFacts, convene
from placeweave.places.models import Member


class Side(models.TextChoices):
    """Where a group sat."""

    ROOM = "room", gettext_lazy("In the room")
    ONLINE = "online", gettext_lazy("Online")


@dataclass(frozen=True)
class Group:
    """A table, or a group online."""

    name: str
    side: Side = Side.ROOM


METHODS = {
    Session.Kind.EXPLORING: Conversation.Method.CIRCLE,
    Session.Kind.LEARNING: Conversation.Method.CIRCLE,
    Session.Kind.WORKSHOP: Conversation.Method.WORKSHOP,
    Session.Kind.PUBLIC: Conversation.Method.WORKSHOP,
}


@transaction.atomic
def bring_in(*, session: Session, group: Group, many: Sequence[Words], by: Member) -> list[Contribution]:
    """Keep what one group wrote down, in the conversation of the session; the first group makes it.

    Raises
    ------
    Refused
        If ``by`` may not write down what others said.
    NotReady
        If the session has not begun, or was called off.
    """
    access.require(by, "listening.capture")
    if session.place_id != by.place_id:
        raise Unsound(_("That session belongs to another place."))
    kept = Session.objects.select_for_update().get(pk=session.pk)  # two tables at once begin one conversation
    _require_begun(kept)
    where = {"group": group.name, "side": str(group.side)}
    located = [replace(words, extra={**words.extra, **where}) for words in many]
    return capture_many(conversation=_conversation(kept, by), many=located, by=by)


def _require_begun(session: Session) -> None:
    if session.state in {Session.State.DRAFT, Session.State.CANCELLED} or session.begins_at > timezone.now():
        raise NotReady(_("There is a harvest once a session has begun."))


def _conversation(session: Session, by: Member) -> Conversation:
    known = Harvest.objects.select_related("conversation").filter(session=session).first()
    if known is not None:
        return known.conversation
    online = session.mode == Session.Mode.ONLINE
    facts = ConversationFacts(
        title=session.title,
        method=Conversation.Method.ONLINE if online else METHODS[Session.Kind(session.kind)],
        held_on=timezone.localtime(session.begins_at).date(),
        description=session.about,
    )
    made = convene(facts=facts, by=by)
    Harvest.objects.create(session=session, conversation=made)
    return made
