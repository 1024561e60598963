"""Write the run sheet of a session: add, change, move and take out steps.

Every deed locks the session, so that two who move steps at once do not tear the order; what two people write is kept
step by step, each with a version of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placeweave.gatherings.models import Session, Step
from placeweave.gatherings.models.run_sheet import StepFacts
from placeweave.gatherings.services import running
from placeweave.kit import audit, versions
from placeweave.kit.errors import NotReady, Unsound
from placeweave.places.models import Member

STEP_LABELS = {
    "title": gettext_lazy("What happens?"),
    "minutes": gettext_lazy("Minutes"),
    "method": gettext_lazy("Method"),
    "how": gettext_lazy("How it goes"),
    "in_the_room": gettext_lazy("In the room"),
    "online": gettext_lazy("Online"),
    "materials": gettext_lazy("Materials"),
    "led_by": gettext_lazy("Who leads?"),
    "audience": gettext_lazy("Whom is it for?"),
    "is_break": gettext_lazy("It is a break"),
}
MOST_STEPS = 60
A_BREAK = 15


@transaction.atomic
def add_step(*, session: Session, facts: StepFacts, by: Member, after: Step | None = None) -> Step:
    """Put a step at the end, or after another."""
    session = running.locked(session, by=by)
    _require_space(session, 1)
    made = Step.objects.create(session=session, position=_make_way(session, after), **asdict(facts))
    _note(made, by=by, verb="added a step")
    return made


@transaction.atomic
def add_break(*, after: Step, by: Member) -> Step:
    """Put a break of a quarter of an hour after a step."""
    facts = StepFacts(title=_("Break"), minutes=A_BREAK, is_break=True)
    return add_step(session=after.session, facts=facts, by=by, after=after)


@transaction.atomic
def lay(*, session: Session, steps: Sequence[StepFacts], by: Member) -> list[Step]:
    """Fill an empty run sheet.

    Raises
    ------
    NotReady
        If it holds steps already: nothing is written over.
    """
    session = running.locked(session, by=by)
    if session.steps.exists():
        raise NotReady(_("This run sheet holds steps already. Take them out first, or begin another session."))
    _require_space(session, len(steps))
    made = Step.objects.bulk_create(
        Step(session=session, position=number, **asdict(facts)) for number, facts in enumerate(steps, 1)
    )
    audit.write(by=by, place_id=session.place_id, verb="laid the run sheet", subject=session, summary=session.title)
    return made


def _require_space(session: Session, more: int) -> None:
    if session.steps.count() + more > MOST_STEPS:
        raise Unsound(_("A run sheet holds %(most)s steps at most. Put some together.") % {"most": MOST_STEPS})


def _make_way(session: Session, after: Step | None) -> int:
    """Give the position of a new step; those behind it stand back by one."""
    if after is None:
        return (session.steps.aggregate(last=Max("position"))["last"] or 0) + 1
    kept = _one(session, after)
    session.steps.filter(position__gt=kept.position).update(position=F("position") + 1)
    return kept.position + 1


def _one(session: Session, step: Step) -> Step:
    kept = session.steps.filter(pk=step.pk).first()
    if kept is None:
        raise NotReady(_("This step has been taken out of the run sheet meanwhile."))
    return kept


@transaction.atomic
def change_step(*, step: Step, facts: StepFacts, version: int, by: Member) -> Step:
    """Change what is said of a step.

    Raises
    ------
    Conflict
        If somebody changed it since ``version`` was read.
    """
    kept = _one(running.locked(step.session, by=by), step)
    versions.require_version(kept, version, said=asdict(facts), labels=STEP_LABELS, verbs=["changed a step"])
    for name, value in asdict(facts).items():
        setattr(kept, name, value)
    kept.version += 1
    kept.save()
    _note(kept, by=by, verb="changed a step")
    return kept


@transaction.atomic
def move_step(*, step: Step, up: bool, by: Member) -> None:
    """Change places with the step before or after; at either end nothing happens."""
    session = running.locked(step.session, by=by)
    order = list(session.steps.all())
    here = order.index(_one(session, step))
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        for number, one in enumerate(order, 1):
            one.position = number
        Step.objects.bulk_update(order, ["position"])
        _note(step, by=by, verb="moved a step")


@transaction.atomic
def take_out(*, step: Step, version: int, by: Member) -> None:
    """Take a step out of the run sheet.

    Raises
    ------
    NotReady
        If somebody changed it since ``version`` was read: what they wrote is looked at first.
    """
    kept = _one(running.locked(step.session, by=by), step)
    if kept.version != version:
        raise NotReady(_("Somebody changed this step while you looked at it. Look at it again first."))
    _note(kept, by=by, verb="took out a step")
    kept.delete()


def _note(step: Step, *, by: Member, verb: str) -> None:
    audit.write(by=by, place_id=step.session.place_id, verb=verb, subject=step, summary=step.title)
