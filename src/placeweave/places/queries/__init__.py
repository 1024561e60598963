"""What can be read in places; used through this module: ``places.queries.partners(place)``."""

from __future__ import annotations

from placeweave.places.queries.boundaries import Boundaries, boundaries_of, missing_sectors, whereabouts
from placeweave.places.queries.feed import changes, entries
from placeweave.places.queries.finding import search
from placeweave.places.queries.frameworks import crosswalks, frameworks, headings, topics
from placeweave.places.queries.ground import (
    accepted,
    area_of,
    by_law,
    codes_here,
    deprivation,
    drawable,
    first_day,
    picture,
    zone_tenths,
)
from placeweave.places.queries.imports import UnderWay, batch_under_way, batches, reading_of, rows_by_outcome, was_asked
from placeweave.places.queries.issues import issue_page, issues, put_on, question_in_use
from placeweave.places.queries.linkage import (
    changes_since_look,
    decisions,
    gone_into,
    latest_look,
    linkage_counts,
    merges,
    merges_of,
    pairing_page,
    pairings,
    pairings_in_words,
)
from placeweave.places.queries.organisations import known_organisations, organisation_page, partners, partners_by_sector
from placeweave.places.queries.people import invitations, listed_people, members, people
from placeweave.places.queries.portfolio import (
    Elsewhere,
    all_places,
    elsewhere,
    linkups_of,
    places_of,
    public_places,
    works_on_this_too,
)
from placeweave.places.queries.registers import attributions_of, entries_of
from placeweave.places.wording import spoken

__all__ = [
    "Boundaries",
    "Elsewhere",
    "UnderWay",
    "accepted",
    "all_places",
    "area_of",
    "attributions_of",
    "batch_under_way",
    "batches",
    "boundaries_of",
    "by_law",
    "changes",
    "changes_since_look",
    "codes_here",
    "crosswalks",
    "decisions",
    "deprivation",
    "drawable",
    "elsewhere",
    "entries",
    "entries_of",
    "first_day",
    "frameworks",
    "gone_into",
    "headings",
    "invitations",
    "issue_page",
    "issues",
    "known_organisations",
    "latest_look",
    "linkage_counts",
    "linkups_of",
    "listed_people",
    "members",
    "merges",
    "merges_of",
    "missing_sectors",
    "organisation_page",
    "pairing_page",
    "pairings",
    "pairings_in_words",
    "partners",
    "partners_by_sector",
    "people",
    "picture",
    "places_of",
    "public_places",
    "put_on",
    "question_in_use",
    "reading_of",
    "rows_by_outcome",
    "search",
    "spoken",
    "topics",
    "was_asked",
    "whereabouts",
    "works_on_this_too",
    "zone_tenths",
]
