"""How sign-in behaves: nobody makes an account unasked, and every refusal is the same sentence."""

from __future__ import annotations

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class InvitedOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from invitations, never from a sign-up form."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This code does not fit. Check it against the newest e-mail, or ask for a new one."),
        "too_many_login_attempts": _("That was tried too often. Wait a few minutes, then ask for a new code."),
        "rate_limited": _("That was tried too often. Wait a few minutes, then ask for a new code."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: a convener's invitation is the way in."""
        return False
