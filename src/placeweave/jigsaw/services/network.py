"""Having the network of partners measured."""

from __future__ import annotations

from placeweave.jigsaw.models import TieSurvey
from placeweave.kit import analyses
from placeweave.kit.access import require
from placeweave.kit.models import Analysis
from placeweave.places.models import Member, Place

KIND = "network"


def ask_for_network(*, place: Place, survey: TieSurvey | None, by: Member) -> Analysis:
    """Have ties measured: those of one wave, or the newest word of each partner."""
    require(by, "jigsaw.measure")
    parameters = {"survey": survey.pk if survey else 0, "before": _before(survey)}
    return analyses.ask_for(place_id=place.pk, kind=KIND, topic=topic_of(survey), parameters=parameters, by=by)


def _before(survey: TieSurvey | None) -> int:
    """Give the wave before one: it is closed, so what it says can no longer change the answer."""
    if survey is None:
        return 0
    earlier = TieSurvey.objects.filter(place=survey.place_id, number__lt=survey.number).order_by("-number")
    return earlier.values_list("pk", flat=True).first() or 0


def topic_of(survey: TieSurvey | None) -> str:
    """Name what an answer is about: one wave, or all."""
    return str(survey.pk) if survey else ""
