"""Assess a place: prepare, open and close waves, take answers without knowing whose they are, choose priorities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.kit import access, audit, links, versions
from placeweave.kit.errors import Conflict, NotReady, Unsound
from placeweave.listening import queries
from placeweave.listening.models import (
    Assessment,
    AssessmentGroup,
    AssessmentPriority,
    Contribution,
    Conversation,
    ScoreCount,
    ScoreReason,
    VoiceType,
    Wave,
)
from placeweave.listening.models.assessment import HIGHEST, LOWEST
from placeweave.listening.services.consent import text_in_force
from placeweave.listening.services.contributions import Consent, Teller, Words, write_down
from placeweave.places.models import Member, Place

MOST_PRIORITIES = 5
MOST_GROUPS = 8


@dataclass(frozen=True)
class AssessmentFacts:
    """What the team says about an assessment."""

    title: str
    about: str = ""
    neighbourhood: Place | None = None
    why_groups: str = ""
    groups: Sequence[str] = ()


LABELS = {
    "title": gettext_lazy("Title"),
    "about": gettext_lazy("About it"),
    "neighbourhood": gettext_lazy("Area"),
    "why_groups": gettext_lazy("Why groups are asked"),
}


@dataclass(frozen=True)
class Sheet:
    """One person's answers on their way in: scores and reasons by the code of their heading."""

    scores: Mapping[str, int]
    reasons: Mapping[str, str] = field(default_factory=dict)
    group: AssessmentGroup | None = None
    voice_type: VoiceType = VoiceType.LIVED
    consent: Consent = field(default_factory=Consent)
    teller: Teller = field(default_factory=Teller)


@transaction.atomic
def begin_assessment(*, facts: AssessmentFacts, by: Member) -> Assessment:
    """Prepare an assessment over the headings now in use; nobody can answer before it is opened."""
    access.require(by, "listening.convene")
    _check(facts, place_id=by.place_id, own=None)
    made = Assessment(place_id=by.place_id, framework_version=queries.framework_in_use().version)
    _take(made, facts)
    audit.write(by=by, place_id=by.place_id, verb="prepared", subject=made, summary=made.title)
    return made


@transaction.atomic
def edit_assessment(*, assessment: Assessment, facts: AssessmentFacts, version: int, by: Member) -> Assessment:
    """Change what is said about an assessment; its groups only while it is being prepared, so that waves compare."""
    access.require(by, "listening.convene")
    kept = _locked(assessment, by)
    versions.require_version(kept, version, said=vars(facts), labels=LABELS, verbs=["edited"])
    _check(facts, place_id=by.place_id, own=kept)
    kept.version += 1
    _take(kept, facts)
    audit.write(by=by, place_id=by.place_id, verb="edited", subject=kept, summary=kept.title)
    return kept


def _check(facts: AssessmentFacts, *, place_id: int, own: Assessment | None) -> None:
    if facts.neighbourhood is not None and facts.neighbourhood.parent_workspace_id != place_id:
        raise Unsound(_("That neighbourhood belongs to another place."))
    same = Assessment.objects.filter(place_id=place_id, title=facts.title)
    if (same.exclude(pk=own.pk) if own else same).exists():
        raise Unsound(_("There is already an assessment called “%(title)s” here.") % {"title": facts.title})
    if len(facts.groups) > MOST_GROUPS:
        raise Unsound(_("Name at most %(most)s groups: the more there are, the fewer can be shown.") % {
            "most": MOST_GROUPS})  # fmt: skip
    if len(set(facts.groups)) < len(facts.groups):
        raise Unsound(_("Two groups have the same name."))
    if facts.groups and not facts.why_groups.strip():
        raise Unsound(_("Say why you ask which group people answer for: they are told before they choose."))


def _take(assessment: Assessment, facts: AssessmentFacts) -> None:
    for name in ("title", "about", "neighbourhood", "why_groups"):
        setattr(assessment, name, getattr(facts, name))
    assessment.save()
    if assessment.state == Assessment.State.DRAFT:
        assessment.groups.all().delete()
        AssessmentGroup.objects.bulk_create(
            AssessmentGroup(assessment=assessment, name=name, order=order) for order, name in enumerate(facts.groups)
        )


def _locked(assessment: Assessment, by: Member) -> Assessment:
    return Assessment.objects.select_for_update().get(pk=assessment.pk, place_id=by.place_id)


@transaction.atomic
def open_wave(*, assessment: Assessment, by: Member) -> Wave:
    """Let people answer, for the first time or anew; reasons go into a conversation of this wave's own."""
    access.require(by, "listening.convene")
    kept = _locked(assessment, by)
    if kept.state == Assessment.State.OPEN:
        raise NotReady(_("This assessment is open already."))
    number, today = kept.waves.count() + 1, timezone.localdate()
    conversation = Conversation.objects.create(
        place_id=kept.place_id,
        title=_("%(title)s, wave %(number)s") % {"title": kept.title, "number": number},
        method=Conversation.Method.WRITTEN,
        held_on=today,
        neighbourhood=kept.neighbourhood,
        host=by if by.pk else None,
        description=_("Reasons people gave for their scores in a place assessment."),
    )
    wave = Wave.objects.create(assessment=kept, number=number, opened_on=today, conversation=conversation)
    _set_state(kept, Assessment.State.OPEN)
    audit.write(by=by, place_id=kept.place_id, verb="opened", subject=kept, summary=str(conversation))
    return wave


@transaction.atomic
def close_wave(*, assessment: Assessment, by: Member) -> Wave:
    """End a wave for good and show what was scored; were it opened again, late answers would show as differences."""
    access.require(by, "listening.convene")
    kept = _locked(assessment, by)
    wave = _open(kept)
    wave.closed_on = timezone.localdate()
    wave.save(update_fields=["closed_on"])
    _set_state(kept, Assessment.State.CLOSED)
    audit.write(by=by, place_id=kept.place_id, verb="closed", subject=kept, summary=str(wave))
    return wave


def _set_state(assessment: Assessment, state: str) -> None:
    assessment.state = state
    assessment.version += 1
    assessment.save(update_fields=["state", "version"])


def _open(assessment: Assessment) -> Wave:
    wave = assessment.waves.filter(closed_on=None).select_related("conversation").first()
    if wave is None:
        raise NotReady(_("“%(title)s” is not open for answers. Ask the team of this place.") % {
            "title": assessment.title})  # fmt: skip
    return wave


@transaction.atomic
def take_sheet(*, assessment: Assessment, sheet: Sheet, private_key: str = "") -> Wave:
    """Count one person's scores and keep their reasons, knowing nobody: there is no ``by``, and the log says nothing.

    Parameters
    ----------
    assessment
        One that is open. Whoever calls has asked whether this person may answer it.
    sheet
        What they answered.
    private_key
        Known to the person alone, who can find their reasons with it and see, narrow, pause or withdraw each.

    Raises
    ------
    NotReady
        If the assessment is not open.
    Unsound
        If nothing was answered, or something that was not asked.
    """
    kept = Assessment.objects.select_for_update().get(pk=assessment.pk)
    return _keep(kept, sheet, private_key=private_key)


@transaction.atomic
def enter_paper(*, assessment: Assessment, sheet: Sheet, by: Member) -> Wave:
    """Count a sheet somebody filled in on paper; kept is who typed its reasons in, and nothing of whose they are."""
    access.require(by, "listening.capture")
    kept = _locked(assessment, by)
    wave = _keep(kept, sheet, captured_by=by)
    audit.write(by=by, place_id=kept.place_id, verb="entered a paper sheet", subject=kept, summary=kept.title)
    return wave


def _keep(assessment: Assessment, sheet: Sheet, *, private_key: str = "", captured_by: Member | None = None) -> Wave:
    wave = _open(assessment)
    _check_sheet(assessment, sheet)
    _count(wave, sheet)
    _write_reasons(wave, sheet, private_key=private_key, captured_by=captured_by)
    return wave


def _check_sheet(assessment: Assessment, sheet: Sheet) -> None:
    asked = {one.code for one in queries.headings(assessment.framework_version)}
    if not sheet.scores and not sheet.reasons:
        raise Unsound(_("Score at least one theme, or say something about one."))
    if not asked >= {*sheet.scores, *sheet.reasons}:
        raise Unsound(_("This sheet answers something that was not asked."))
    if any(not LOWEST <= score <= HIGHEST for score in sheet.scores.values()):
        raise Unsound(_("A score is a number from %(low)s to %(high)s.") % {"low": LOWEST, "high": HIGHEST})
    if sheet.group is not None and sheet.group.assessment_id != assessment.pk:
        raise Unsound(_("That group belongs to another assessment."))


def _count(wave: Wave, sheet: Sheet) -> None:
    """Add one to each count; the caller holds the assessment, so that no two add at once."""
    kept = ScoreCount.objects.filter(wave=wave, group=sheet.group, heading__in=sheet.scores)
    known = {(one.heading, one.score): one for one in kept}
    counts = [
        known.get(given) or ScoreCount(wave=wave, group=sheet.group, heading=given[0], score=given[1])
        for given in sheet.scores.items()
    ]
    for one in counts:
        one.people += 1
    ScoreCount.objects.bulk_update([one for one in counts if one.pk], ["people"])
    ScoreCount.objects.bulk_create(one for one in counts if not one.pk)


def _write_reasons(wave: Wave, sheet: Sheet, *, private_key: str, captured_by: Member | None) -> None:
    given = {heading: text for heading, text in sheet.reasons.items() if text.strip()}
    today = timezone.localdate()
    made = write_down(
        conversation=wave.conversation,
        many=[Words(text, sheet.voice_type, sheet.consent, sheet.teller, said_on=today) for text in given.values()],
        consent_text=text_in_force(wave.conversation.place_id),
        captured_by=captured_by,
    )
    # The day is enough: an exact moment could be laid beside the log of who was here when.
    day = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for heading, one in zip(given, made, strict=True):
        one.created_at = one.consented_at = day
        one.teller_key_digest = links.digest(links.part_of(private_key, heading)) if private_key else ""
    Contribution.raw.bulk_update(made, ["created_at", "consented_at", "teller_key_digest"])
    ScoreReason.objects.bulk_create(
        ScoreReason(wave=wave, heading=heading, contribution=one) for heading, one in zip(given, made, strict=True)
    )


@transaction.atomic
def choose_priorities(
    *, assessment: Assessment, chosen: Sequence[tuple[str, str]], version: int, by: Member
) -> list[AssessmentPriority]:
    """Say which headings the place works on first, each with why; what was chosen before is replaced.

    Raises
    ------
    NotReady
        If no wave has been closed yet.
    Conflict
        If somebody changed the assessment since ``version`` was read; both choices are in it.
    Unsound
        If there are more than five, one twice, or one without a why.
    """
    access.require(by, "listening.convene")
    kept = _locked(assessment, by)
    if not kept.waves.exclude(closed_on=None).exists():
        raise NotReady(_("Close a wave first: priorities are chosen with the answers in view."))
    if kept.version != version:
        raise _chosen_meanwhile(kept, chosen)
    _check_chosen(kept, chosen)
    kept.priorities.all().delete()
    author = by if by.pk else None
    made = AssessmentPriority.objects.bulk_create(
        AssessmentPriority(assessment=kept, heading=heading, why=why, order=order, chosen_by=author)
        for order, (heading, why) in enumerate(chosen)
    )
    kept.version += 1
    kept.save(update_fields=["version"])
    audit.write(by=by, place_id=kept.place_id, verb="chose priorities", subject=kept, summary=str(len(made)))
    return made


def _chosen_meanwhile(assessment: Assessment, chosen: Sequence[tuple[str, str]]) -> Conflict:
    labels = {one.code: one.label for one in queries.headings(assessment.framework_version)}
    field = _("What comes first")

    def in_words(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
        return {field: "\n".join(f"{labels.get(heading, heading)}: {why}" for heading, why in pairs)}

    return Conflict(
        audit.who_changed(assessment, title=str(assessment), verbs=["chose priorities", "edited", "opened", "closed"]),
        theirs=in_words(assessment.priorities.values_list("heading", "why")),
        yours=in_words(chosen),
        version=assessment.version,
    )


def _check_chosen(assessment: Assessment, chosen: Sequence[tuple[str, str]]) -> None:
    asked = {one.code for one in queries.headings(assessment.framework_version)}
    named = [heading for heading, _why in chosen]
    if len(named) > MOST_PRIORITIES:
        raise Unsound(_("Choose at most %(most)s: a priority is what comes before the rest.") % {
            "most": MOST_PRIORITIES})  # fmt: skip
    if len(set(named)) < len(named):
        raise Unsound(_("One theme is chosen twice."))
    if not asked >= set(named):
        raise Unsound(_("One of these themes was not asked about."))
    if any(not why.strip() for _heading, why in chosen):
        raise Unsound(_("Say why for each: those who answered will want to know."))
