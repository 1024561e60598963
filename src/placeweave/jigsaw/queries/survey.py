"""One wave of ties as its convener watches it, and as one partner answers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import F

from placeweave.jigsaw.models import Tie, TieRating, TieReply, TieSurvey
from placeweave.jigsaw.queries.ties import surveys
from placeweave.jigsaw.queries.trust import ITEMS
from placeweave.places.models import Member, Organisation, Place


@dataclass(frozen=True)
class Kept:
    """What a partner has said of another so far; ``before`` is what it said last time."""

    organisation: Organisation
    level: int | None
    before: int | None
    ratings: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def items(self) -> list[tuple[str, object, int | None]]:
        """The six items of how it goes, each with its wording and what is said of it so far."""
        return [(name, label, self.ratings.get(name)) for name, label in ITEMS.items()]


def open_survey(place: Place) -> TieSurvey | None:
    """Give the wave that is open, if one is."""
    return surveys(place).filter(closed_at=None).first()


def reply_of(survey: TieSurvey, organisation: Organisation | None) -> TieReply | None:
    """Give what a partner was asked in a wave; None where it was not."""
    if organisation is None:
        return None
    return (
        TieReply.objects.select_related("survey", "organisation")
        .filter(survey=survey, organisation=organisation)
        .first()
    )


def kept(reply: TieReply) -> Sequence[Kept]:
    """Give every other partner of the wave with what is said so far, those one works with first."""
    others = [
        one.organisation
        for one in TieReply.objects.filter(survey=reply.survey_id)
        .exclude(organisation=reply.organisation_id)
        .select_related("organisation")
        .order_by("organisation__name")
    ]
    own = Tie.objects.filter(source=reply.organisation_id)
    now = dict(own.filter(survey=reply.survey_id).values_list("target", "level"))
    earlier = own.exclude(survey=reply.survey_id).order_by("reported_on", "pk")
    before = dict(earlier.filter(reported_on__isnull=False).values_list("target", "level"))
    rated = {
        one.target: {name: getattr(one, name) for name in ITEMS}
        for one in TieRating.objects.filter(tie__survey=reply.survey_id, tie__source=reply.organisation_id).annotate(
            target=F("tie__target")
        )
    }
    rows = [Kept(one, now.get(one.pk), before.get(one.pk), rated.get(one.pk, {})) for one in others]
    return sorted(rows, key=lambda row: not (row.level or row.before))


@dataclass(frozen=True)
class Asked:
    """One partner asked, how far it is, and who speaks for it."""

    reply: TieReply
    speakers: Sequence[Member]


def asked(survey: TieSurvey) -> Sequence[Asked]:
    """Give everybody asked, those who have not answered first."""
    replies = TieReply.objects.filter(survey=survey).select_related("organisation", "survey")
    members = Member.objects.current().filter(place=survey.place_id, person__organisation__isnull=False)
    speaking: dict[int, list[Member]] = {}
    for one in members.select_related("person").order_by("person__name"):
        speaking.setdefault(one.person.organisation_id or 0, []).append(one)
    rows = [Asked(one, speaking.get(one.organisation_id, [])) for one in replies]
    return sorted(rows, key=lambda row: row.reply.sent_at is not None)
