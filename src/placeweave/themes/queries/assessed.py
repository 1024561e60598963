"""What a place assessment found low, told to rooms above without opening the door to what people said."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from placeweave.kit.access import may
from placeweave.kit.figures import plain_number
from placeweave.kit.finding import MOST, Hit, holding
from placeweave.kit.wording import spoken_date
from placeweave.listening import queries as listening
from placeweave.places.models import Member, Place


@dataclass(frozen=True)
class LowScore:
    """Something much to improve: what, for whom, and the figures that say so."""

    assessment: int
    heading: str
    group: int
    title: str
    prompt: str
    for_whom: str
    whom: str
    score: str
    spread: str
    sentence: str
    url: str

    @property
    def subject(self) -> tuple[int, str, int]:
        """What it is about, so that a decision on it is remembered from wave to wave."""
        return self.assessment, self.heading, self.group


def low_scores(place: Place) -> list[LowScore]:
    """List what people scored low in the newest closed wave of each assessment, the lowest first.

    Only figures that may be shown at all are here: small groups, and what would give them away, were left out below.
    """
    return [_told(place, one) for one in listening.low_scores(place.pk)]


def _told(place: Place, low: listening.Low) -> LowScore:
    area = (low.assessment.neighbourhood or place).name
    whom = low.group.name if low.group else _("Everybody who answered")
    figures = {
        "whom": whom,
        "heading": low.heading.label,
        "median": plain_number(low.spread.median),
        "half": low.spread.middle_half,
        "people": low.spread.people,
        "title": low.assessment.title,
        "wave": low.wave,
        "day": spoken_date(low.closed_on),
    }
    return LowScore(
        assessment=low.assessment.pk,
        heading=low.heading.code,
        group=low.group.pk if low.group else 0,
        title=low.heading.label,
        prompt=low.heading.prompt,
        for_whom=low.group.name if low.group else _("People of %(area)s") % {"area": area},
        whom=whom,
        score=_("%(median)s of 7") % figures,
        spread=_("middle half %(half)s, %(people)s people") % figures,
        sentence=_(
            "%(whom)s scored “%(heading)s” %(median)s of 7 (median; middle half %(half)s; %(people)s people) "
            "in “%(title)s”, wave %(wave)s, closed %(day)s."
        )
        % figures,
        url=address(place, low.assessment.pk),
    )


def address(place: Place, assessment: int) -> str:
    """Give the page on which the scores of an assessment stand."""
    return f"{reverse('listening:assessment', args=[place.slug, assessment])}#scores"


def search_assessments(place: Place, member: Member, words: str) -> list[Hit]:
    """Find place assessments by their titles."""
    if not may(member, "listening.see_conversations"):
        return []
    found = listening.assessments(place.pk).filter(holding(words, "title"))[:MOST]
    page = "listening:assessment"
    return [Hit(_("Place assessment"), one.title, reverse(page, args=[place.slug, one.pk]), "heard") for one in found]
