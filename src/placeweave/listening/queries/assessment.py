"""Place assessments: their headings, what people scored as far as it may be told, and why they did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, QuerySet

from placeweave.kit import links
from placeweave.kit.access import Actor
from placeweave.listening.models import (
    Assessment,
    AssessmentGroup,
    Contribution,
    ScoreCount,
    ScoreReason,
    Wave,
)
from placeweave.listening.queries.reading import Said, readable, words
from placeweave.listening.queries.spread import Scores, Spread, spreads
from placeweave.places.models import Crosswalk, Framework, FrameworkNode
from placeweave.places.queries.frameworks import TOPICS

FAR_APART = 2
"""Medians of two groups this many points apart are a difference to talk about, on a scale of seven."""
LOW = 3
"""A median up to here, on a scale of seven, says that much could be better."""


@dataclass(frozen=True)
class Heading:
    """One of the things about a place that people score."""

    code: str
    label: str
    prompt: str


def framework_in_use() -> Framework:
    """Give the newest version of the headings that is not retired."""
    return Framework.objects.filter(slug=TOPICS, valid_to=None).latest("version")


def framework_of(assessment: Assessment) -> Framework:
    """Give the version of the headings an assessment was begun with."""
    return Framework.objects.get(slug=TOPICS, version=assessment.framework_version)


def headings(version: str) -> list[Heading]:
    """Give the headings of a version, in their order."""
    nodes = FrameworkNode.objects.filter(framework__slug=TOPICS, framework__version=version).order_by("order")
    return [Heading(one.code, one.label, one.text) for one in nodes]


def assessments(place_id: int) -> QuerySet[Assessment]:
    """List the assessments of a place, the newest first, each with the number of its waves."""
    rows = Assessment.objects.filter(place_id=place_id).select_related("neighbourhood", "place")
    return rows.prefetch_related("groups").annotate(rounds=Count("waves")).order_by("-created_at", "-pk")


def waves_of(assessment: Assessment) -> list[Wave]:
    """List the waves of an assessment, the first one first."""
    return list(assessment.waves.select_related("conversation"))


def closed(waves: Iterable[Wave]) -> list[Wave]:
    """Keep the waves whose answers are all in; while answers come in, each would show against what stood before."""
    return [one for one in waves if one.closed_on]


@dataclass(frozen=True)
class Part:
    """What one group scored; None is "not shown"."""

    group: str
    spread: Spread | None


@dataclass(frozen=True)
class Result:
    """What was scored under one heading in one wave; None is "not shown"."""

    heading: Heading
    together: Spread | None
    by_group: Sequence[Part]
    before: Spread | None = None

    @property
    def change(self) -> float | None:
        """How far the median moved since the wave before."""
        return self.together.median - self.before.median if self.together and self.before else None

    @property
    def fall(self) -> float:
        """How far the median went down since the wave before, as a number to be written after a minus sign."""
        return -(self.change or 0.0)

    @property
    def apart(self) -> float:
        """How far the medians of groups lie from each other."""
        medians = [one.spread.median for one in self.by_group if one.spread]
        return max(medians) - min(medians) if medians else 0.0

    @property
    def is_disputed(self) -> bool:
        """Whether groups see it so differently that the two views belong side by side."""
        return self.apart >= FAR_APART


def results(assessment: Assessment, wave: Wave, *, before: Wave | None = None) -> list[Result]:
    """Give what was scored in a wave that is over, heading by heading, beside the wave before."""
    groups = list(assessment.groups.all())
    threshold = assessment.place.threshold
    asked = [one for one in (wave, before) if one is not None]
    scored = _scores(ScoreCount.objects.filter(wave__in=asked))
    found = []
    for heading in headings(assessment.framework_version):
        whole, parts = _told(scored[wave.pk, heading.code], groups, threshold)
        earlier = _told(scored[before.pk, heading.code], groups, threshold)[0] if before else None
        found.append(Result(heading, whole, [Part(one.name, parts[one.pk]) for one in groups], earlier))
    return found


ByGroup = Mapping[int | None, Scores]


def _scores(rows: QuerySet[ScoreCount]) -> dict[tuple[int, str], dict[int | None, dict[int, int]]]:
    """Sort counts by wave and heading, then by group, then by score."""
    found: dict[tuple[int, str], dict[int | None, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    for wave, heading, group, score, people in rows.values_list("wave", "heading", "group", "score", "people"):
        found[wave, heading][group][score] = people
    return found


def _told(
    by_group: ByGroup, groups: Sequence[AssessmentGroup], threshold: int
) -> tuple[Spread | None, dict[int | None, Spread | None]]:
    everybody: dict[int | None, Scores] = {one.pk: by_group.get(one.pk, {}) for one in groups}
    everybody[None] = by_group.get(None, {})
    return spreads(everybody, threshold=threshold)


OUTCOMES = "place-wellbeing-outcomes"
"""The framework in whose words public bodies plan; its crosswalk says which heading stands for which outcome."""


@dataclass(frozen=True)
class Outcome:
    """One outcome of the crosswalk, in its family, with what was scored under the heading that stands for it."""

    family: str
    label: str
    result: Result


def outcomes(version: str, scored: Sequence[Result]) -> list[Outcome]:
    """Give the scores in the order and the words of the outcomes; a heading without a counterpart is left out."""
    under = {one.heading.code: one for one in scored}
    pairs = Crosswalk.objects.filter(
        source__framework__slug=TOPICS, source__framework__version=version, target__framework__slug=OUTCOMES
    ).select_related("source", "target__parent")
    return [
        Outcome(pair.target.parent.label if pair.target.parent else "", pair.target.label, under[pair.source.code])
        for pair in pairs.order_by("target__order")
        if pair.source.code in under
    ]


def taking_part(found: Sequence[Result]) -> Spread | None:
    """Give the result most people answered, which says how many took part at the least."""
    told = [one.together for one in found if one.together]
    return max(told, key=lambda one: one.at_least, default=None)


@dataclass(frozen=True)
class Low:
    """A heading people scored low in the newest wave that is over; ``group`` is None where all did together."""

    assessment: Assessment
    wave: int
    closed_on: date
    heading: Heading
    group: AssessmentGroup | None
    spread: Spread


def low_scores(place_id: int) -> list[Low]:
    """List what people of a place scored low, the lowest first.

    What all scored low together is listed once; a group is named where it scored something low that all together did
    not, so that a few are not averaged away.
    """
    newest: dict[int, Wave] = {}
    waves = Wave.objects.filter(assessment__place_id=place_id).exclude(closed_on=None).order_by("number")
    with_groups = Prefetch("assessment__groups", AssessmentGroup.objects.order_by("order", "pk"))
    for wave in waves.select_related("assessment__place", "assessment__neighbourhood").prefetch_related(with_groups):
        newest[wave.assessment_id] = wave
    scored = _scores(ScoreCount.objects.filter(wave__in=list(newest.values()))) if newest else {}
    wordings = {version: headings(version) for version in {one.assessment.framework_version for one in newest.values()}}
    found = []
    for wave in newest.values():
        for heading in wordings[wave.assessment.framework_version]:
            found += _lows(wave, heading, scored.get((wave.pk, heading.code), {}))
    return sorted(found, key=lambda one: one.spread.median)


def _lows(wave: Wave, heading: Heading, by_group: ByGroup) -> list[Low]:
    groups = list(wave.assessment.groups.all())
    whole, parts = _told(by_group, groups, wave.assessment.place.threshold)
    told: list[tuple[AssessmentGroup | None, Spread | None]] = [(None, whole)]
    if whole is None or whole.median > LOW:
        told += [(one, parts[one.pk]) for one in groups]
    assert wave.closed_on is not None  # noqa: S101 - only waves that are over are read
    return [
        Low(wave.assessment, wave.number, wave.closed_on, heading, group, one)
        for group, one in told
        if one is not None and one.median <= LOW
    ]


@dataclass(frozen=True)
class Why:
    """The reasons given under one heading, as far as one reader may read them."""

    heading: Heading
    said: Sequence[Said]


def reasons(assessment: Assessment, actor: Actor) -> list[Why]:
    """Give the reasons people gave, by heading, as far as consent goes; the newest wave first."""
    rows = readable(assessment.place_id, actor).filter(reason_for__wave__assessment=assessment)
    rows = rows.select_related("conversation__place", "reason_for").order_by("-reason_for__wave__number", "pk")
    under: dict[str, list[Said]] = defaultdict(list)
    for one in rows:
        under[one.reason_for.heading].append(words(one, actor))
    return [Why(one, under[one.code]) for one in headings(assessment.framework_version) if one.code in under]


def kept_back(assessment: Assessment, shown: Sequence[Why]) -> int:
    """Count the reasons whose tellers have not shared them with this reader."""
    rows = Contribution.raw.filter(reason_for__wave__assessment=assessment)
    return rows.exclude(state=Contribution.State.WITHDRAWN).count() - sum(len(one.said) for one in shown)


def given_with(assessment: Assessment, key: str) -> list[tuple[str, str, str]]:
    """Find the reasons of one sheet by its private key: heading, words, and the key that opens each by itself."""
    labels = {one.code: one.label for one in headings(assessment.framework_version)}
    own = {links.digest(part): part for part in (links.part_of(key, code) for code in labels)}
    rows = ScoreReason.objects.filter(wave__assessment=assessment, contribution__teller_key_digest__in=own)
    return [
        (labels[one.heading], one.contribution.text, own[one.contribution.teller_key_digest])
        for one in rows.select_related("contribution")
    ]
