"""The reasons of linkage as sentences; marked for translation, and translated by whoever shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from placeweave.engines.linkage.records import Reason


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the catalogues of translation; the engine itself speaks English."""
    return sentence


SENTENCES: Final[Mapping[str, str]] = {
    "decided_same": gettext_noop("Somebody decided that they are the same. %(told)s"),
    "decided_different": gettext_noop("Somebody decided that they are not the same. %(told)s"),
    "same_number": gettext_noop("Both have the number %(number)s."),
    "numbers_are_linked": gettext_noop("A register says that their numbers belong together."),
    "same_name": gettext_noop("Their names are the same, but for how they are written."),
    "shared_alias": gettext_noop("Both go by the name “%(alias)s”."),
    "shared_words": gettext_noop("Their names share words that are rare here: %(words)s."),
    "like_names": gettext_noop("Their names share only words that are common here."),
    "strange_names": gettext_noop("Their names share no word."),
    "same_postcode": gettext_noop("They have the same postcode."),
    "same_district": gettext_noop("They are in the same postcode district."),
    "other_district": gettext_noop("They are in different postcode districts."),
    "place_not_known": gettext_noop("The postcode of at least one of them is not known."),
    "numbers_differ": gettext_noop("One register knows them under different numbers: %(one)s and %(other)s."),
    "renamed_or_wrong_number": gettext_noop("Same number, different names: was it renamed, or is the number wrong?"),
    "registered_anew_or_mistyped": gettext_noop("Was it registered anew, or is a number mistyped?"),
    "stands_in_a_chain": gettext_noop("They would come together through a third that does not agree with both."),
    "parts_disagree": gettext_noop("One of them was put together from records that do not all agree with the other."),
    "both_have_members": gettext_noop("People speak for both of them here."),
    "are_tied": gettext_noop("They are recorded as working with each other, or as giving to each other."),
    "values_differ": gettext_noop("People wrote different things about them: %(what)s."),
}
"""One sentence for each code. The last three are known only to a workspace, which finds them itself."""


def in_english(reason: Reason) -> str:
    """Say one reason in plain English."""
    return (SENTENCES[reason.code] % reason.facts).strip()
