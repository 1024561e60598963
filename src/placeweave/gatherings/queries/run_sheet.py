"""Reads of a run sheet: when each step begins, and whether it all fits into the session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from placeweave.gatherings.models import Session, Step
from placeweave.gatherings.models.run_sheet import Audience

CLOCKS = {
    Audience.EVERYBODY: (Audience.ROOM, Audience.ONLINE),
    Audience.ROOM: (Audience.ROOM,),
    Audience.ONLINE: (Audience.ONLINE,),
}


@dataclass(frozen=True)
class Line:
    """A step with the clock beside it."""

    step: Step
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class RunSheet:
    """A run sheet as it is read, with minutes from the beginning to the end of the last step."""

    lines: Sequence[Line]
    minutes: int
    length: int
    """Minutes the session itself is given."""

    @property
    def over(self) -> int:
        """Minutes it runs over the end of the session."""
        return max(self.minutes - self.length, 0)

    @property
    def spare(self) -> int:
        """Minutes that nothing is planned for."""
        return max(self.length - self.minutes, 0)

    @property
    def materials(self) -> list[str]:
        """What to bring, each thing once, in the order it is used."""
        named = [one.strip() for line in self.lines for one in line.step.materials.split(",") if one.strip()]
        return list({one.casefold(): one for one in reversed(named)}.values())[::-1]


def run_sheet(session: Session) -> RunSheet:
    """Work out when each step begins.

    The room and those online have a clock each: what is for one of them alone moves that clock on, and a step for
    everybody begins when both are there. So a step for the room and one for those online may go on side by side.
    """
    free = dict.fromkeys((Audience.ROOM, Audience.ONLINE), session.begins_at)
    lines = []
    for step in session.steps.all():
        clocks = CLOCKS[Audience(step.audience)]
        begins_at = max(free[clock] for clock in clocks)
        ends_at = begins_at + timedelta(minutes=step.minutes)
        lines.append(Line(step, begins_at, ends_at))
        free |= dict.fromkeys(clocks, ends_at)
    return RunSheet(
        lines, _minutes(max(free.values()) - session.begins_at), _minutes(session.ends_at - session.begins_at)
    )


def _minutes(span: timedelta) -> int:
    return span // timedelta(minutes=1)
