"""Write down what was done, in the transaction that does it."""

from __future__ import annotations

from typing import Protocol

from django.db import models

from placeweave.kit.models import Account, AuditEntry


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
