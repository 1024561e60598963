"""Write down what was done, in the transaction that does it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.db import models
from django.utils.translation import gettext as _

from placeweave.kit.models import Account, AuditEntry
from placeweave.kit.wording import spoken_time


class Doer(Protocol):
    """Whoever did it: a member, with or without an account behind them."""

    @property
    def account(self) -> Account | None:
        """The account behind them, if there is one."""

    @property
    def display_name(self) -> str:
        """The name others know this person by."""


def write(*, by: Doer | None, place_id: int | None, verb: str, subject: models.Model, summary: str = "") -> AuditEntry:
    """Keep one deed.

    ``summary`` names things (titles, numbers) and never repeats what a contributor said: words belong to those who
    said them, and a copy here would outlive their withdrawal.
    """
    return AuditEntry.objects.create(
        place_id=place_id,
        account=by.account if by else None,
        actor_name=by.display_name if by else "",
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        summary=summary[:240],
    )


def who_changed(record: models.Model, *, title: str, verbs: Sequence[str] = ("changed",)) -> str:
    """Say who changed a record while somebody else was writing, and when, as far as the log knows."""
    deeds = AuditEntry.objects.filter(subject_type=record._meta.label_lower, subject_id=record.pk, verb__in=verbs)
    last = deeds.first()
    if last is None:
        return _("Somebody changed “%(title)s” while you were writing.") % {"title": title}
    return _("%(who)s changed “%(title)s” while you were writing, on %(when)s.") % {
        "who": last.actor_name or _("Somebody"),
        "title": title,
        "when": spoken_time(last.created_at),
    }


class OnBehalf:
    """The worker, acting for the person who asked for the work."""

    def __init__(self, account: Account | None) -> None:
        self.account = account
        self.display_name = str(account) if account else "placeweave"
