"""Those who come to a session, one by one: everybody of every party that has a place, and whoever walked in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from placeweave.gatherings.models import Attendee, Session, SignUp

State = Attendee.State


@dataclass(frozen=True)
class Comer:
    """One person who comes, as the team knows them; ``key`` tells them from everybody else of this session.

    ``needs_said`` is what they wrote when they signed up, which only whoever runs the session may be shown.
    """

    key: str
    name: str
    organisation: str
    sector: str
    state: str
    sign_up: SignUp | None
    number: int
    attendee: Attendee | None
    is_named: bool
    needs_said: str

    @property
    def is_guest(self) -> bool:
        """Whether somebody else signed them up."""
        return self.number > 0

    @property
    def walked_in(self) -> bool:
        """Whether they came without having signed up."""
        return self.sign_up is None


def comers(session: Session) -> list[Comer]:
    """Give everybody who comes, in the order of their sign-up, and then those who walked in."""
    rows = list(session.attendees.select_related("stays_at"))
    noted = {(one.sign_up_id, one.number): one for one in rows if one.sign_up_id}
    coming = session.sign_ups.filter(state=SignUp.State.COMING).order_by("turn")
    found = [
        _of_party(sign_up, number, noted.get((sign_up.pk, number)))
        for sign_up in coming
        for number in range(sign_up.party)
    ]
    return found + [_walked_in(one) for one in rows if not one.sign_up_id]


def by_name(people: Sequence[Comer]) -> list[Comer]:
    """Give them as they are looked for at a door: by name, and each guest after whoever signed them up."""

    def turn(one: Comer) -> tuple[str, int, int]:
        if one.sign_up is None:
            return one.name.casefold(), 0, 0
        return one.sign_up.name.casefold(), one.sign_up.pk, one.number

    return sorted(people, key=turn)


def _of_party(sign_up: SignUp, number: int, attendee: Attendee | None) -> Comer:
    name = (attendee.name if attendee else "") if number else sign_up.name or _("somebody, erased since")
    return Comer(
        key=f"{sign_up.pk}-{number}",
        name=name or _guest_of(sign_up, number),
        organisation=sign_up.organisation,
        sector=sign_up.sector,
        state=attendee.state if attendee else State.EXPECTED,
        sign_up=sign_up,
        number=number,
        attendee=attendee,
        is_named=bool(name),
        needs_said="" if number else sign_up.access_needs,
    )


def _guest_of(sign_up: SignUp, number: int) -> str:
    if not sign_up.name:
        return _("a guest, erased since")
    if sign_up.party <= 2:
        return _("guest of %(name)s") % {"name": sign_up.name}
    return _("guest %(number)s of %(name)s") % {"number": number, "name": sign_up.name}


def _walked_in(one: Attendee) -> Comer:
    return Comer(
        key=f"w-{one.pk}",
        name=one.name or _("somebody who walked in"),
        organisation=one.organisation,
        sector=one.sector,
        state=one.state,
        sign_up=None,
        number=0,
        attendee=one,
        is_named=bool(one.name),
        needs_said="",
    )


def by_attendee(people: Sequence[Comer]) -> dict[int, Comer]:
    """Give those of whom something is noted, by the key of their row."""
    return {one.attendee.pk: one for one in people if one.attendee is not None}


def counts(people: Sequence[Comer]) -> dict[str, int]:
    """Count how many have arrived, did not come, and have not been seen yet."""
    counted = Counter(one.state for one in people)
    return {"here": counted[State.HERE], "away": counted[State.AWAY], "expected": counted[State.EXPECTED]}
