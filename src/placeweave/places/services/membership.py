"""Who belongs to a place: invitations, standings, and leaving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit import access, audit, links, turns
from placeweave.kit.access import Standing
from placeweave.kit.afterwards import post_afterwards
from placeweave.kit.errors import NotReady, Refused, Unsound
from placeweave.kit.models import Account
from placeweave.places.models import Invitation, Member, Organisation, Person, Place
from placeweave.places.services.acting import Hand, require_own

LIFETIME = timedelta(days=14)
_at_the_end: list[Callable[[Member], None]] = []


def at_the_end(deed: Callable[[Member], None]) -> None:
    """Let a room above end what goes with a membership; places itself knows none of it."""
    _at_the_end.append(deed)


@dataclass(frozen=True)
class Invited:
    """A fresh invitation with its link, which is shown once and never stored."""

    invitation: Invitation
    link: str


@transaction.atomic
def invite(
    *, place: Place, email: str, name: str, standing: str, by: Hand, organisation: Organisation | None = None
) -> Invited:
    """Invite somebody by a private link, sent by mail and given back to be handed over in person.

    An earlier open invitation of the same address is withdrawn: one link at a time leads in.
    """
    require_own(by, place.pk)
    access.require(by, "places.manage_members")
    email = email.strip().lower()
    if standing not in access.INVITED:
        raise Unsound(_("“%(standing)s” is not a standing somebody can be invited to.") % {"standing": standing})
    if organisation is not None and organisation.place_id != place.pk:
        raise Unsound(_("That organisation belongs to another place."))
    if Member.objects.current().filter(place=place, account__email=email).exists():
        raise NotReady(_("%(email)s is already a member here.") % {"email": email})
    _open(place).filter(email=email).update(revoked_at=timezone.now())
    key = links.new_key()
    invitation = Invitation.objects.create(
        place=place,
        key_digest=links.digest(key),
        standing=standing,
        organisation=organisation,
        email=email,
        name=name.strip(),
        invited_by=by if isinstance(by, Member) else None,
        expires_at=timezone.now() + LIFETIME,
    )
    link = settings.PUBLIC_URL + reverse("places:join", args=[key])
    audit.write(by=by, place_id=place.pk, verb="invited", subject=invitation, summary=f"{invitation.name}, {standing}")
    # robust: a mail server that is down must not undo or hide an invitation whose link is on the page as well.
    post_afterwards(partial(_send, invitation, link, by.display_name))
    return Invited(invitation, link)


def _open(place: Place) -> QuerySet[Invitation]:
    return Invitation.objects.filter(place=place, accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())


def _send(invitation: Invitation, link: str, inviter: str) -> None:
    context = {"invitation": invitation, "place": invitation.place, "link": link, "inviter": inviter}
    send_mail(
        _("You are invited to %(place)s") % {"place": " ".join(invitation.place.name.split())},
        render_to_string("places/mail/invitation.txt", context),
        None,
        [invitation.email],
    )


def open_invitation(*, key: str) -> Invitation | None:
    """Find the invitation a link leads to, whatever became of it; None for a key that was never given out."""
    found = Invitation.objects.select_related("place", "organisation", "invited_by__person")
    return found.filter(key_digest=links.digest(key)).first()


def why_closed(invitation: Invitation) -> str:
    """Say in a sentence why a link no longer works, or nothing while it does."""
    if invitation.accepted_at:
        return _("This invitation has been used. To come back, sign in with your e-mail address.")
    if invitation.revoked_at:
        return _("This invitation was withdrawn. Ask whoever sent it for a new one.")
    if not invitation.is_open:
        return _("This invitation has run out: a link works for 14 days. Ask whoever sent it for a new one.")
    return ""


def account_of(invitation: Invitation) -> Account | None:
    """Give the account that already has the invited address, if any."""
    return Account.objects.filter(email__iexact=invitation.email).first()


@transaction.atomic
def accept_invitation(*, key: str, name: str, account: Account | None) -> Member:
    """Make whoever follows the link a member.

    Parameters
    ----------
    account : Account or None
        Who is signed in. A link alone makes a new account; an address that already has one must be signed in as it,
        because a convener sees the link too and must not come to hold somebody else's account by it.
    """
    invitation = Invitation.objects.select_for_update().select_related("place").filter(key_digest=links.digest(key))
    found = invitation.first()
    if found is None:
        raise NotReady(_("This link was never given out, or is incomplete. Copy the whole of it."))
    if closed := why_closed(found):
        raise NotReady(closed)
    known = account_of(found)
    if known is not None and known != account:
        raise Refused(
            _("%(email)s already signs in here. Sign in first, then follow the link.") % {"email": found.email}
        )
    if known is not None and not known.is_active:
        raise Refused(_("This account is closed. Ask the steward of this installation."))
    spoken = name.strip() or found.name
    holder = known or Account.objects.create_user(found.email, name=spoken)
    if known is not None:
        known.set_unusable_password()  # ends every other session that was opened in this account's name
        known.save(update_fields=["password"])
    member = _settle(found, holder, spoken)
    found.accepted_at = timezone.now()
    found.save(update_fields=["accepted_at"])
    audit.write(by=member, place_id=found.place_id, verb="joined", subject=member, summary=found.standing)
    return member


def _settle(invitation: Invitation, account: Account, name: str) -> Member:
    """Make the account a member, as the person they were here before where there is one."""
    if Member.objects.current().filter(place=invitation.place, account=account).exists():
        raise NotReady(_("You are already a member of %(place)s.") % {"place": invitation.place.name})
    earlier = Member.objects.filter(place=invitation.place, account=account).order_by("-left_at").first()
    if earlier is not None:
        earlier.standing, earlier.left_at = invitation.standing, None
        earlier.save(update_fields=["standing", "left_at"])
        return earlier
    person = Person.objects.filter(place=invitation.place, email__iexact=invitation.email, member=None).first()
    if person is None:
        person = Person.objects.create(
            place=invitation.place, name=name, email=account.email, organisation=invitation.organisation
        )
    return Member.objects.create(place=invitation.place, account=account, person=person, standing=invitation.standing)


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Hand) -> None:
    """Withdraw a link that was not followed yet."""
    require_own(by, invitation.place_id)
    access.require(by, "places.manage_members")
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at:
        raise NotReady(_("%(name)s has already come in by this invitation.") % {"name": locked.name})
    if locked.revoked_at:
        return
    locked.revoked_at = timezone.now()
    locked.save(update_fields=["revoked_at"])
    audit.write(by=by, place_id=locked.place_id, verb="withdrew invitation", subject=locked, summary=locked.name)


def _locked(member: Member) -> Member:
    """Take the turn of the place, so that two conveners cannot each let the other go."""
    turns.take(member.place_id)
    return Member.objects.select_related("person").get(pk=member.pk)


def _keep_a_convener(member: Member) -> None:
    if member.standing != Standing.CONVENER:
        return
    others = Member.objects.current().filter(place_id=member.place_id, standing=Standing.CONVENER)
    if not others.exclude(pk=member.pk).exists():
        raise NotReady(_("A place needs a convener. Make somebody else one first."))


@transaction.atomic
def change_standing(*, member: Member, standing: str, by: Hand) -> Member:
    """Give a member another standing in the place."""
    require_own(by, member.place_id)
    access.require(by, "places.manage_members")
    if standing not in access.INVITED:
        raise Unsound(_("“%(standing)s” is not a standing of a member.") % {"standing": standing})
    current = _locked(member)
    if current.left_at is not None:
        raise NotReady(_("%(name)s has left.") % {"name": current.display_name})
    if standing != Standing.CONVENER:
        _keep_a_convener(current)
    current.standing = standing
    current.save(update_fields=["standing"])
    summary = f"{current.display_name}: {standing}"
    audit.write(by=by, place_id=current.place_id, verb="changed standing", subject=current, summary=summary)
    return current


@transaction.atomic
def remove_member(*, member: Member, by: Hand) -> None:
    """End somebody's membership; what they did here stays, with their name."""
    require_own(by, member.place_id)
    access.require(by, "places.manage_members")
    _end(member, by=by, verb="removed member")


@transaction.atomic
def leave(*, by: Member) -> None:
    """Leave a place."""
    access.require(by, "places.leave_place")
    _end(by, by=by, verb="left")


def _end(member: Member, *, by: Hand, verb: str) -> None:
    current = _locked(member)
    if current.left_at is not None:
        return
    _keep_a_convener(current)
    current.left_at = timezone.now()
    current.save(update_fields=["left_at"])
    # Whoever has gone is no longer found, nor written to, by people they no longer work with.
    Person.objects.filter(pk=current.person_id).update(is_listed=False, shows_contact=False)
    for deed in _at_the_end:
        deed(current)
    audit.write(by=by, place_id=current.place_id, verb=verb, subject=current, summary=current.display_name)
