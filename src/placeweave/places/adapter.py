"""How sign-in behaves: nobody makes an account unasked."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from invitations, never from a sign-up form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: a convener's invitation is the way in."""
        return False
