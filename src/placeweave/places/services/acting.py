"""Who may stand behind a deed in places: a member of one, or whoever runs the installation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from placeweave.kit.access import Standing
from placeweave.kit.audit import Doer
from placeweave.kit.errors import Refused
from placeweave.kit.models import Account
from placeweave.places.models import Member


class Hand(Doer, Protocol):
    """Somebody with a name and a standing, through whom a deed is done."""

    @property
    def standing(self) -> str:
        """The standing this person has in the place at hand."""


@dataclass
class Steward:
    """Somebody who runs the installation; convenes a new place until its first convener has come."""

    account: Account | None
    standing: str = Standing.CONVENER

    @property
    def display_name(self) -> str:
        """The name the log keeps."""
        return str(self.account) if self.account else _("the operator")


def require_steward(by: Hand) -> None:
    """Refuse whoever does not run this installation: a member of some place is not enough."""
    if isinstance(by, Member) or (by.account is not None and not by.account.is_steward):
        raise Refused(_("Only those who run this installation may add a place. Ask its steward."))


def require_own(by: Hand, place_id: int) -> None:
    """Refuse a member of one place who reaches for another: standings never carry over."""
    if isinstance(by, Member) and by.place_id != place_id:
        raise Refused(_("You have no standing in that place."))
