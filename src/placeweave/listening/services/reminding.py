"""Remind whoever holds a voting that statements wait to be read: one mail a day at most, with numbers and no words."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from placeweave.kit import audit
from placeweave.kit.access import Standing
from placeweave.kit.afterwards import post_afterwards
from placeweave.kit.models import AuditEntry
from placeweave.listening import queries
from placeweave.listening.models import Voting
from placeweave.listening.queries import Waiting
from placeweave.places.models import Member, Place

VERB = "reminded of statements in"
A_DAY = 1


def remind() -> int:
    """Write to the hosts of votings where something has waited since yesterday or longer; give how many votings.

    Safe to run at any time: what was sent today stands in the log, and is not sent again before tomorrow.
    """
    sent = 0
    for place_id in Place.objects.workspaces().values_list("pk", flat=True):
        late = [one for one in queries.to_read(place_id) if one.days >= A_DAY]
        sent += sum(_remind_once(one) for one in late)
    return sent


@transaction.atomic
def _remind_once(waiting: Waiting) -> bool:
    """Note the reminder before it goes, with the voting locked, so that two workers do not both send it."""
    voting = Voting.objects.select_for_update().get(conversation=waiting.conversation)
    today = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    noted = AuditEntry.objects.filter(subject_type=voting._meta.label_lower, subject_id=voting.pk, verb=VERB)
    addresses = _addresses(waiting)
    if not addresses or noted.filter(created_at__gte=today, created_at__lt=today + timedelta(days=1)).exists():
        return False
    place_id = waiting.conversation.place_id
    audit.write(by=None, place_id=place_id, verb=VERB, subject=voting, summary=waiting.conversation.title)
    post_afterwards(partial(_send, waiting, addresses))
    return True


def _addresses(waiting: Waiting) -> list[str]:
    """Give the host's address; where nobody hosts it any more, those of the conveners."""
    current = Member.objects.current().filter(place_id=waiting.conversation.place_id, account__isnull=False)
    host = current.filter(pk=waiting.conversation.host_id) if waiting.conversation.host_id else current.none()
    found = host if host.exists() else current.filter(standing=Standing.CONVENER)
    return list(found.values_list("account__email", flat=True))


def _send(waiting: Waiting, addresses: list[str]) -> None:
    conversation = waiting.conversation
    link = settings.PUBLIC_URL + reverse("listening:moderate", args=[conversation.place.slug, conversation.pk])
    subject = ngettext(
        "%(count)s statement waits to be read: %(title)s",
        "%(count)s statements wait to be read: %(title)s",
        waiting.count,
    ) % {"count": waiting.count, "title": " ".join(conversation.title.split())}  # fmt: skip
    text = render_to_string("listening/mail/to_read.txt", {"waiting": waiting, "link": link})
    for address in addresses:
        send_mail(subject, text, None, [address])
