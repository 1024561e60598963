"""Consent given, narrowed, changed by its teller, paused and withdrawn; every change locks the row it changes."""

from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit import access, audit, links
from placeweave.kit.errors import Conflict, NotReady, Refused, Unsound
from placeweave.kit.models import BatchChange
from placeweave.listening.models import ConsentText, Contribution, Naming, Scope
from placeweave.places.models import Member

_WIDTH = [Naming.ONLY_IN_THEMES, Naming.ANONYMOUS, Naming.PSEUDONYM, Naming.NAMED]
"""How much a way of naming tells, the least first."""


class Reason(models.TextChoices):
    """Why the team takes words back for somebody; that they would rather not hear them is none."""

    ASKED = "asked", gettext_lazy("The person who said it asked us")
    ASKED_FOR_THEM = "asked_for_them", gettext_lazy("Somebody who may speak for that person asked us")


def is_no_wider(*, scope: int, naming: str, than: Contribution) -> bool:
    """Tell whether a choice shares no more than a contribution shares now."""
    return scope <= than.scope and _WIDTH.index(Naming(naming)) <= _WIDTH.index(Naming(than.naming))


def standing(contribution: Contribution) -> str:
    """Name the consent a contribution has now, so that a form can tell whether it was changed since it was opened."""
    return f"{contribution.scope}-{contribution.naming}"


def text_in_force(place_id: int) -> ConsentText:
    """Give the words consent is asked in here, laying down our plain ones where a place has none yet."""
    latest = ConsentText.objects.filter(place_id=place_id).order_by("-version").first()
    return latest or ConsentText.objects.get_or_create(place_id=place_id, version=1, defaults={"body": _plain()})[0]


def _plain() -> str:
    return _(
        "What you say is kept with this place. You choose who may read it in your own words, and whether your name is "
        "shown. You need not agree to anything, and you can change your mind at any time without giving a reason: "
        "your private link lets you see, narrow, pause or withdraw what you said."
    )


@transaction.atomic
def write_consent_text(*, body: str, by: Member) -> ConsentText:
    """Lay down a new version of the words consent is asked in; earlier ones stay with what was given under them."""
    access.require(by, "listening.convene")
    if not body.strip():
        raise Unsound(_("Write the words in which consent is asked."))
    latest = ConsentText.objects.select_for_update().filter(place_id=by.place_id).order_by("-version").first()
    if latest is not None and latest.body == body:
        return latest
    made = ConsentText.objects.create(
        place_id=by.place_id, version=latest.version + 1 if latest else 1, body=body.strip()
    )
    audit.write(by=by, place_id=by.place_id, verb="worded", subject=made, summary=str(made))
    return made


def _locked(contribution: Contribution) -> Contribution:
    return Contribution.raw.select_for_update().get(pk=contribution.pk)


def _refuse_withdrawn(kept: Contribution) -> None:
    if kept.state == Contribution.State.WITHDRAWN:
        raise NotReady(_("These words were withdrawn. Nothing about them can be changed any more."))


@transaction.atomic
def narrow(*, contribution: Contribution, scope: Scope, naming: Naming, seen: str, by: Member) -> Contribution:
    """Share somebody's words less far than they agreed to; the team can never share them further.

    ``seen`` is the consent (:func:`standing`) this person had before them.

    Raises
    ------
    Refused
        If this would widen the consent: only the teller can, by their private link.
    Conflict
        If the consent was changed meanwhile: perhaps by the teller, whose choice comes first.
    """
    access.require(by, "listening.change_consent")
    kept = Contribution.raw.select_for_update().get(pk=contribution.pk, place_id=by.place_id)
    _refuse_withdrawn(kept)
    if seen != standing(kept):
        raise Conflict(
            _("The consent was changed while you were looking."),
            theirs={_("Consent"): f"{kept.get_scope_display()}; {kept.get_naming_display()}"},
            yours={_("Consent"): f"{Scope(scope).label}; {Naming(naming).label}"},
            version=standing(kept),
        )
    if not is_no_wider(scope=scope, naming=naming, than=kept):
        raise Refused(_("Only the person who said it can share it further, by their private link."))
    kept.scope, kept.naming = scope, naming
    kept.save(update_fields=["scope", "naming"])
    audit.write(by=by, place_id=kept.place_id, verb="narrowed", subject=kept, summary=kept.get_scope_display())
    return kept


@transaction.atomic
def teller_link(*, contribution: Contribution, by: Member) -> str:
    """Make the private link of the person who said it, and give its key this once; an earlier link stops working.

    Whoever wrote the words down may make it, and the team.
    """
    kept = Contribution.raw.select_for_update().get(pk=contribution.pk, place_id=by.place_id)
    if kept.captured_by_id is None or kept.captured_by_id != by.pk:
        access.require(by, "listening.change_consent")
    _refuse_withdrawn(kept)
    key = links.new_key()
    kept.teller_key_digest = links.digest(key)
    kept.save(update_fields=["teller_key_digest"])
    audit.write(by=by, place_id=kept.place_id, verb="gave a private link", subject=kept)
    return key


@transaction.atomic
def reconsent(
    *,
    contribution: Contribution,
    scope: Scope,
    naming: Naming,
    may_recontact: bool,
    name: str | None = None,
    pseudonym: str | None = None,
) -> Contribution:
    """Take the teller's own choice, wider or narrower; only their private link leads here.

    ``name`` and ``pseudonym`` replace what is kept where given.
    """
    kept = _locked(contribution)
    _refuse_withdrawn(kept)
    kept.teller_name = kept.teller_name if name is None else name.strip()
    kept.pseudonym = kept.pseudonym if pseudonym is None else pseudonym.strip()
    if naming == Naming.NAMED and not kept.teller_name:
        raise Unsound(_("Write the name your words are to be shown with."))
    if naming == Naming.PSEUDONYM and not kept.pseudonym:
        raise Unsound(_("Write the other name your words are to be shown under."))
    kept.scope, kept.naming, kept.may_recontact = scope, naming, may_recontact
    kept.consented_at, kept.consent_text = timezone.now(), text_in_force(kept.place_id)
    kept.save()
    audit.write(by=None, place_id=kept.place_id, verb="consented anew", subject=kept, summary=kept.get_scope_display())
    return kept


@transaction.atomic
def pause(*, contribution: Contribution) -> Contribution:
    """Take words out of use until their teller brings them back; doing it twice is doing it once."""
    return _turned(contribution, Contribution.State.PAUSED, "paused")


@transaction.atomic
def resume(*, contribution: Contribution) -> Contribution:
    """Bring paused words back into use, as far as consent went before."""
    return _turned(contribution, Contribution.State.LIVE, "resumed")


def _turned(contribution: Contribution, state: Contribution.State, verb: str) -> Contribution:
    kept = _locked(contribution)
    _refuse_withdrawn(kept)
    if kept.state != state:
        kept.state = state
        kept.save(update_fields=["state"])
        audit.write(by=None, place_id=kept.place_id, verb=verb, subject=kept)
    return kept


@transaction.atomic
def withdraw(*, contribution: Contribution, by: Member | None = None, reason: str = "") -> Contribution:
    """Take somebody's words back for good: the text is gone here and wherever it was shown from.

    The teller (``by`` is None) is not asked why. The team does it only because the teller asked, and says so.

    What stays is that something was said and withdrawn, the teller's key (so that their page can say so) and the
    source's own number (so that bringing the same file in again does not bring the words back).

    Raises
    ------
    Refused
        If ``by`` is not of the team of that place.
    Unsound
        If the team gives no reason.
    """
    if by is not None:
        _require_asked(contribution, reason, by)
    kept = _locked(contribution)
    if kept.state == Contribution.State.WITHDRAWN:
        return kept
    kept.text = kept.sha256 = kept.language = ""
    kept.teller_name = kept.pseudonym = kept.described_as = kept.teller_email = ""
    kept.neighbourhood = kept.organisation = None
    kept.extra = {}
    kept.scope, kept.naming, kept.may_recontact = Scope.NOTES, Naming.ONLY_IN_THEMES, False
    kept.state, kept.withdrawn_at = Contribution.State.WITHDRAWN, timezone.now()
    kept.save()
    BatchChange.objects.filter(subject_type=kept._meta.label_lower, subject_id=kept.pk).delete()
    if by is None:
        audit.write(by=None, place_id=kept.place_id, verb="withdrew", subject=kept)
    else:
        why = str(Reason(reason).label)
        audit.write(by=by, place_id=kept.place_id, verb="withdrew for its teller", subject=kept, summary=why)
    return kept


def _require_asked(contribution: Contribution, reason: str, by: Member) -> None:
    access.require(by, "listening.change_consent")
    if by.place_id != contribution.place_id:
        raise Refused(_("You have no standing in that place."))
    if reason not in Reason.values:
        raise Unsound(_("Say who asked for it: only the person who said it, or somebody who may speak for them, can."))
