"""Who sits with whom, and who is in which cohort: plain records in, frozen plans with their bounds out."""

from __future__ import annotations

from placeweave.engines.grouping.applicants import Applicant, Cohort, Quota, Rank, Selection, Shortfall
from placeweave.engines.grouping.cohort import select
from placeweave.engines.grouping.records import Fact, Impossible, Move, Person, Plan, Rules, Seat, Sitting, Table
from placeweave.engines.grouping.repair import repair
from placeweave.engines.grouping.rounds import even_tables, plan
from placeweave.engines.grouping.waiting import next_in

__all__ = [
    "Applicant",
    "Cohort",
    "Fact",
    "Impossible",
    "Move",
    "Person",
    "Plan",
    "Quota",
    "Rank",
    "Rules",
    "Seat",
    "Selection",
    "Shortfall",
    "Sitting",
    "Table",
    "even_tables",
    "next_in",
    "plan",
    "repair",
    "select",
]
