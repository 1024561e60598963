"""Reads of learning needs: who has the same one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import ngettext

from placeweave.gatherings.models import Asking, LearningNeed, Session
from placeweave.places.models import Member, Organisation, Place


@dataclass(frozen=True)
class AskedBy:
    """Who has a need: organisations by name, and how many people asked for themselves."""

    organisations: Sequence[str]
    people: int

    @property
    def count(self) -> int:
        """How many have it in all."""
        return len(self.organisations) + self.people


@dataclass(frozen=True)
class Common:
    """A need with who has it; ``is_mine`` tells whether the reader said so."""

    need: LearningNeed
    asked_by: AskedBy
    is_mine: bool


def asked_by(need: LearningNeed) -> AskedBy:
    """Say who has a need."""
    return _told(list(need.askings.select_related("organisation")))


def _told(askings: Sequence[Asking]) -> AskedBy:
    names = {one.organisation_id: one.organisation.name for one in askings if one.organisation}
    return AskedBy(
        sorted(names.values(), key=str.casefold), people=sum(1 for one in askings if one.organisation_id is None)
    )


def common(place: Place, member: Member) -> list[Common]:
    """Give the needs of a place, those that most have first."""
    rows = LearningNeed.objects.filter(place=place).select_related("session")
    needs = [(need, list(need.askings.all())) for need in rows.prefetch_related("askings__organisation")]
    told = [
        Common(need, _told(askings), is_mine=any(one.member_id == member.pk for one in askings))
        for need, askings in needs
    ]
    return sorted(told, key=lambda one: (-one.asked_by.count, one.need.title.casefold()))


@dataclass(frozen=True)
class Answered:
    """A need that a session answers, and in one line who has it."""

    need: LearningNeed
    asked_by: AskedBy

    @property
    def who(self) -> str:
        """Name the organisations, and count those who asked for themselves."""
        people = ngettext("%(n)s person", "%(n)s people", self.asked_by.people) % {"n": self.asked_by.people}
        return ", ".join([*self.asked_by.organisations, *([people] if self.asked_by.people else [])])


def answered_by(session: Session) -> list[Answered]:
    """Give the needs that a session was opened for."""
    needs = LearningNeed.objects.filter(session=session).prefetch_related("askings__organisation")
    return [Answered(need, _told(list(need.askings.all()))) for need in needs]


def addresses(need: LearningNeed, *, without: Member) -> list[str]:
    """Give the addresses of the members who said that they have a need."""
    asked = Member.objects.current().filter(pk__in=need.askings.values("member")).exclude(pk=without.pk)
    return sorted(set(asked.values_list("account__email", flat=True)))


def partners(place: Place) -> QuerySet[Organisation]:
    """Give the organisations the team may speak for."""
    return Organisation.objects.filter(place=place, is_partner=True).order_by("name")
