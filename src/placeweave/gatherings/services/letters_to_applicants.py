"""What the letters to those who applied for a cohort say."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from placeweave.gatherings.models import ApplicantLink, Application, CohortEvent, Letter
from placeweave.gatherings.services import envelopes
from placeweave.kit import links

Kind = CohortEvent.Kind
SUBJECTS = {
    Kind.APPLIED: _("Your application has come in: %(title)s"),
    Kind.RANKED: _("You are on the waiting list: %(title)s"),
    Kind.OFFERED: _("A place is kept for you: %(title)s"),
    Kind.ACCEPTED: _("You have a place: %(title)s"),
    Kind.LAPSED: _("Your offer has passed on: %(title)s"),
    Kind.CARRIED: _("You wait for a further cohort: %(title)s"),
    Kind.CLOSED: _("This cohort is closed: %(title)s"),
}
"""What is told by letter."""


def message(letter: Letter, event: CohortEvent) -> EmailMessage | None:
    """Write a letter to whom something happened; nothing to somebody who has left."""
    applicant = event.application
    if applicant is None or not applicant.email:
        return None
    with timezone.override(applicant.cohort.programme.place.zone):
        return _mail(letter, event, applicant)


def _mail(letter: Letter, event: CohortEvent, applicant: Application) -> EmailMessage:
    key = links.new_key()
    ApplicantLink.objects.create(application=applicant, key_digest=links.digest(key))
    context = {
        "kind": str(event.kind),
        "event": event,
        "applicant": applicant,
        "cohort": applicant.cohort,
        "link": envelopes.address_of(reverse("apply:mine", args=[key])),
    }
    return envelopes.message(
        letter,
        about=f"cohort-{applicant.cohort_id}",
        to=applicant.email,
        subject=SUBJECTS[Kind(event.kind)] % {"title": envelopes.in_one_line(applicant.cohort.programme.title)},
        template="gatherings/mail/to_applicant.txt",
        context=context,
    )
