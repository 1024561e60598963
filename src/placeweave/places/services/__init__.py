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
from placeweave.places.services.looking import look, look_again
from placeweave.places.services.membership import (
    Invited,
    accept_invitation,
    account_of,
    at_the_end,
    change_standing,
    invite,
    leave,
    open_invitation,
    remove_member,
    revoke_invitation,
    why_closed,
)
from placeweave.places.services.merging import who_stands
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
from placeweave.places.services.parting import Parted, added_counted, carried, part, part_all_of
from placeweave.places.services.places import Contact, add_place, edit_place, set_duty_contacts
from placeweave.places.services.profiles import edit_own_profile
from placeweave.places.services.remembering import about as decisions_about
from placeweave.places.services.remembering import lift
from placeweave.places.services.sameness import Accepted, Answer, accept_many, decide

__all__ = [
    "Accepted",
    "Answer",
    "Contact",
    "Hand",
    "Invited",
    "Parted",
    "Particulars",
    "Steward",
    "accept_invitation",
    "accept_many",
    "account_of",
    "add_identifier",
    "add_name",
    "add_organisation",
    "add_place",
    "add_site",
    "added_counted",
    "adopt_question",
    "answer_linkup",
    "ask_linkup",
    "at_the_end",
    "carried",
    "change_standing",
    "decide",
    "decisions_about",
    "edit_issue",
    "edit_organisation",
    "edit_own_profile",
    "edit_place",
    "identifiers",
    "invite",
    "leave",
    "lift",
    "load_frameworks",
    "look",
    "look_again",
    "open_invitation",
    "open_issue",
    "part",
    "part_all_of",
    "remove_identifier",
    "remove_member",
    "remove_name",
    "remove_site",
    "revoke_invitation",
    "set_duty_contacts",
    "set_question_aside",
    "suggest_question",
    "who_stands",
    "why_closed",
]
