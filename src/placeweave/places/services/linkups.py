"""Getting in touch with another place that works on the same thing."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.kit import access, audit
from placeweave.kit.access import Standing
from placeweave.kit.afterwards import post_afterwards
from placeweave.kit.errors import NotReady, Unsound
from placeweave.places.models import FrameworkNode, Issue, LinkUp, Member, Place
from placeweave.places.services.acting import require_own


def _works_openly_on(place: Place, topic: FrameworkNode) -> bool:
    return place.in_portfolio and Issue.objects.filter(place=place, state=Issue.State.LIVE, topics=topic).exists()


@transaction.atomic
def ask_linkup(*, asked: Place, topic: FrameworkNode, note: str, by: Member) -> LinkUp:
    """Ask the conveners of another place to talk about a topic both work on.

    Only a place that shows its issues to others can be asked, and of ours it learns the name, the topic, the note,
    and who asks.
    """
    access.require(by, "places.ask_linkup")
    if asked.pk == by.place_id or asked.parent_workspace_id is not None or not _works_openly_on(asked, topic):
        raise Unsound(_("No place that shows its issues to others works on this under that name."))
    linkup, is_new = LinkUp.objects.get_or_create(
        asking=by.place, asked=asked, topic=topic, defaults={"by": by, "note": note}
    )
    if is_new:
        audit.write(by=by, place_id=by.place_id, verb="asked for link-up", subject=linkup, summary=asked.name)
        post_afterwards(partial(_tell, linkup.pk, "places/mail/linkup_asked.txt"))
    return linkup


@transaction.atomic
def answer_linkup(*, linkup: LinkUp, is_welcome: bool, by: Member) -> LinkUp:
    """Welcome another place's wish to talk, or say "not now". A welcome tells them one's name and e-mail address."""
    require_own(by, linkup.asked_id)
    access.require(by, "places.ask_linkup")
    current = LinkUp.objects.select_for_update().select_related("asking", "asked").get(pk=linkup.pk)
    if current.state != LinkUp.State.ASKED:
        raise NotReady(_("This has been answered already: %(state)s.") % {"state": current.get_state_display()})
    current.state = LinkUp.State.WELCOMED if is_welcome else LinkUp.State.DECLINED
    current.answered_by, current.answered_at = by, timezone.now()
    current.save(update_fields=["state", "answered_by", "answered_at"])
    summary = f"{current.asking.name}: {current.state}"
    audit.write(by=by, place_id=by.place_id, verb="answered link-up", subject=current, summary=summary)
    post_afterwards(partial(_tell, current.pk, "places/mail/linkup_answered.txt"))
    return current


def _tell(pk: int, template: str) -> None:
    linkup = LinkUp.objects.select_related("asking", "asked", "topic", "by__person", "answered_by__account").get(pk=pk)
    is_answer = linkup.state != LinkUp.State.ASKED
    reader, other = (linkup.asking, linkup.asked) if is_answer else (linkup.asked, linkup.asking)
    conveners = Member.objects.current().filter(place=reader, standing=Standing.CONVENER)
    link = settings.PUBLIC_URL + reverse("places:linkups", args=[reader.slug])
    context = {"linkup": linkup, "reader": reader, "other": other, "link": link}
    subject = _("%(place)s: working on the same thing") % {"place": " ".join(other.name.split())}
    for email in conveners.values_list("account__email", flat=True):
        send_mail(subject, render_to_string(template, context), None, [email])
