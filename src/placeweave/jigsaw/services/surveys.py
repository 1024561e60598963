"""Waves of ties: a convener asks every partner, a partner answers as it goes, and what each said stays its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from placeweave.jigsaw.models import Tie, TieRating, TieReply, TieSurvey
from placeweave.jigsaw.queries.ties import NAMES
from placeweave.jigsaw.services.speaking import require_own_body
from placeweave.kit import audit
from placeweave.kit.access import require
from placeweave.kit.errors import Conflict, NotReady, Refused, Unsound
from placeweave.places.models import Member, Organisation, Place

ITEMS = ("openness", "reliability", "shared_aim", "influence", "resources", "involvement")
SITTING = timedelta(minutes=20)
"""A page that is saved as one goes along is one deed in the log, not thirty."""
Levels = Mapping[int, int]
Ratings = Mapping[int, Mapping[str, int | None]]


@dataclass(frozen=True)
class ReplySaid:
    """What one partner says: a level for each other partner by key, and ratings where it likes."""

    levels: Levels
    ratings: Ratings = field(default_factory=dict)


@transaction.atomic
def open_survey(*, place: Place, lead: str, closes_on: date | None, by: Member) -> TieSurvey:
    """Ask every partner of a place with whom it works.

    Raises
    ------
    NotReady
        If a wave is open already, or there are fewer than three partners to ask.
    """
    require(by, "jigsaw.hold_survey")
    Place.objects.select_for_update().get(pk=place.pk)
    if TieSurvey.objects.filter(place=place, closed_at=None).exists():
        raise NotReady(_("A wave is open already. Close it before you open the next."))
    if closes_on is not None and closes_on < timezone.localdate():
        raise Unsound(_("The last day to answer lies in the past."))
    partners = list(Organisation.objects.filter(place=place, is_partner=True))
    if len(partners) < 3:
        raise NotReady(_("There are fewer than three partners here: ask them in person."))
    number = (
        TieSurvey.objects.filter(place=place).order_by("-number").values_list("number", flat=True).first() or 0
    ) + 1
    survey = TieSurvey.objects.create(place=place, number=number, lead=lead, closes_on=closes_on, opened_by=by)
    TieReply.objects.bulk_create([TieReply(survey=survey, organisation=one) for one in partners])
    audit.write(by=by, place_id=place.pk, verb="opened", subject=survey, summary=_wave(survey))
    return survey


def _wave(survey: TieSurvey) -> str:
    return _("Ties, wave %(number)s") % {"number": survey.number}


@transaction.atomic
def close_survey(*, survey: TieSurvey, by: Member) -> TieSurvey:
    """Take no more answers; what was saved and never sent counts as it stands."""
    require(by, "jigsaw.hold_survey")
    found = TieSurvey.objects.select_for_update().get(pk=survey.pk)
    if found.is_open:
        found.closed_at = timezone.now()
        found.save(update_fields=["closed_at"])
        audit.write(by=by, place_id=found.place_id, verb="closed", subject=found, summary=_wave(found))
    return found


@transaction.atomic
def note_reminder(*, reply: TieReply, by: Member) -> TieReply:
    """Write down that a partner was reminded today."""
    require(by, "jigsaw.watch_survey")
    found = TieReply.objects.select_for_update().select_related("organisation", "survey").get(pk=reply.pk)
    if found.sent_at is None and found.survey.is_open:
        found.reminded_on = timezone.localdate()
        found.save(update_fields=["reminded_on"])
        audit.write(
            by=by, place_id=found.survey.place_id, verb="reminded", subject=found, summary=found.organisation.name
        )
    return found


@transaction.atomic
def save_reply(*, reply: TieReply, said: ReplySaid, version: int, is_sent: bool, by: Member) -> TieReply:
    """Keep what a partner has said so far; once sent, whoever it left out counts as no contact.

    Raises
    ------
    Conflict
        If somebody of the same partner saved since ``version`` was read; both answers are given.
    """
    require(by, "jigsaw.report_tie")
    found = TieReply.objects.select_for_update().select_related("organisation", "survey").get(pk=reply.pk)
    if found.survey.place_id != by.place_id:
        raise Refused(_("You have no standing in that place."))
    require_own_body(found.organisation, by)
    if not found.survey.is_open:
        raise NotReady(_("This wave is closed. You can still report a tie on the page of ties."))
    asked = _asked_about(found, said)
    if found.version != version:
        raise _both(found, said, asked)
    _write(found, said, by)
    is_news = (
        is_sent or found.saved_by_id != by.pk or found.saved_at is None or found.saved_at < timezone.now() - SITTING
    )
    found.version += 1
    found.saved_at, found.saved_by = timezone.now(), by
    found.sent_at = timezone.now() if is_sent else found.sent_at
    found.save()
    if is_news:
        verb = "sent" if is_sent else "saved"
        audit.write(by=by, place_id=by.place_id, verb=verb, subject=found, summary=found.organisation.name)
    return found


def _asked_about(reply: TieReply, said: ReplySaid) -> dict[int, str]:
    others = TieReply.objects.filter(survey=reply.survey_id).exclude(organisation=reply.organisation_id)
    names = dict(others.values_list("organisation", "organisation__name"))
    if not (said.levels.keys() | said.ratings.keys()) <= names.keys():
        raise Unsound(_("Only partners who are asked in this wave can be named."))
    if any(not 0 <= level <= 5 for level in said.levels.values()):
        raise Unsound(_("A tie is rated from 0 to 5."))
    given = [value for items in said.ratings.values() for value in items.values() if value is not None]
    if any(not 1 <= value <= 4 for value in given):
        raise Unsound(_("How it goes is rated from 1 to 4."))
    return names


def _write(reply: TieReply, said: ReplySaid, by: Member) -> None:
    kept = {tie.target_id: tie for tie in Tie.objects.filter(survey=reply.survey_id, source=reply.organisation_id)}
    Tie.objects.filter(pk__in=[tie.pk for key, tie in kept.items() if key not in said.levels]).delete()
    today = timezone.localdate()
    for key, level in said.levels.items():
        tie = kept.get(key)
        if tie is None:
            tie = Tie(place_id=by.place_id, survey_id=reply.survey_id, source_id=reply.organisation_id, target_id=key)
        elif tie.level == level:
            continue
        tie.level, tie.reported_by, tie.reported_on = level, by, today
        tie.save()
        kept[key] = tie
    TieRating.objects.filter(tie__in=kept.values()).delete()
    _rate({key: kept[key] for key, level in said.levels.items() if level > 0}, said.ratings)


def _rate(ties: Mapping[int, Tie], ratings: Ratings) -> None:
    TieRating.objects.bulk_create(
        TieRating(tie=ties[key], **{name: items.get(name) for name in ITEMS})
        for key, items in ratings.items()
        if key in ties and any(items.get(name) for name in ITEMS)
    )


def _both(reply: TieReply, said: ReplySaid, names: Mapping[int, str]) -> Conflict:
    kept = dict(Tie.objects.filter(survey=reply.survey_id, source=reply.organisation_id).values_list("target", "level"))
    return Conflict(
        audit.who_changed(reply, title=reply.organisation.name, verbs=("saved", "sent")),
        theirs={names[key]: str(NAMES[level]) for key, level in kept.items() if key in names},
        yours={names[key]: str(NAMES[level]) for key, level in said.levels.items()},
        version=reply.version,
    )
