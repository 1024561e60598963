"""What can be done in places, one verb each; used through this module: ``places.services.invite(...)``."""

from __future__ import annotations

from placeweave.places.services import identifiers
from placeweave.places.services.acting import Hand, Steward
from placeweave.places.services.frameworks import load_frameworks
from placeweave.places.services.issues import (
    adopt_question,
    edit_issue,
    open_issue,
    set_question_aside,
    suggest_question,
)
from placeweave.places.services.linkups import answer_linkup, ask_linkup
from placeweave.places.services.membership import (
    Invited,
    accept_invitation,
    account_of,
    change_standing,
    invite,
    leave,
    open_invitation,
    remove_member,
    revoke_invitation,
    why_closed,
)
from placeweave.places.services.organisations import (
    Particulars,
    add_identifier,
    add_name,
    add_organisation,
    add_site,
    edit_organisation,
    remove_identifier,
    remove_name,
    remove_site,
)
from placeweave.places.services.places import Contact, add_place, edit_place, set_duty_contacts
from placeweave.places.services.profiles import edit_own_profile

__all__ = [
    "Contact",
    "Hand",
    "Invited",
    "Particulars",
    "Steward",
    "accept_invitation",
    "account_of",
    "add_identifier",
    "add_name",
    "add_organisation",
    "add_place",
    "add_site",
    "adopt_question",
    "answer_linkup",
    "ask_linkup",
    "change_standing",
    "edit_issue",
    "edit_organisation",
    "edit_own_profile",
    "edit_place",
    "identifiers",
    "invite",
    "leave",
    "load_frameworks",
    "open_invitation",
    "open_issue",
    "remove_identifier",
    "remove_member",
    "remove_name",
    "remove_site",
    "revoke_invitation",
    "set_duty_contacts",
    "set_question_aside",
    "suggest_question",
    "why_closed",
]
