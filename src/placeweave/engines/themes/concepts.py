"""Everyday words that belong together, so that fifty short notes with few words in common can still be compared.

In a small set "bus" and "taxi" never meet often enough for statistics to relate them. This list of our own says
only that they belong to one field of daily life. It is used in small sets alone, as one of three parts of the
comparison; it never names a theme, never adds a word to a quote, and a text it does not know is compared without it.
"""

from __future__ import annotations

from functools import cache

from placeweave.engines.themes.words import root, tokens

_FIELDS: dict[str, str] = {
    "transport": (
        "bus minibus coach timetable taxi train rail railway station ferry ferries car drive driver lift "
        "road route travel journey transport cycle cycling bike path pavement parking park-and-ride petrol "
        "fare commute stop pothole lane traffic"
    ),
    "health": (
        "gp doctor surgery dentist dental nurse hospital clinic appointment health nhs prescription chemist "
        "pharmacy ambulance a&e ward operation patient treatment diagnosis medicine midwife physio optician "
        "illness ill carer"
    ),
    "mind": (
        "mental anxiety anxious depression depressed stress stressed counselling counsellor therapy camhs "
        "suicide wellbeing bereavement grief trauma crisis"
    ),
    "company": (
        "lonely loneliness alone isolated isolation company companionship befriending friend friendship talk "
        "chat speaking soul neighbour visit visitor widow widower died club lunch coffee phoning sociable"
    ),
    "warmth": (
        "heat heating heater heated warm warmth cold freezing damp mould insulation insulated glazing "
        "draughty draught boiler radiator meter electricity electric gas energy fuel oil storage bill coat "
        "blanket prepayment"
    ),
    "home": (
        "house housing home flat tenancy tenant landlord rent rental let lets holiday homeless homelessness "
        "bedroom mortgage croft overcrowded airbnb council repairs eviction affordable"
    ),
    "money": (
        "money cost costs afford debt benefit benefits universal credit pension poverty poor wage price "
        "expensive pay paying savings budget"
    ),
    "work": (
        "work working job jobs wage wages employer employment unemployed seasonal shift career "
        "apprenticeship hours contract business hotel redundancy self-employed trade"
    ),
    "young": (
        "young youth teenager teenagers teen teens kid kids school college child children pupil student "
        "skate playground exam university apprenticeship sixteen thirteen"
    ),
    "family": (
        "mum mums mother dad father parent baby toddler nursery childcare childminder family families crèche "
        "creche pregnant granny gran grandparent"
    ),
    "older": ("older elderly pensioner pensioners old age ageing dementia retired care grandad granda"),
    "food": (
        "food foodbank hungry hunger meal meals cooking cook grocery groceries supermarket shop pantry "
        "larder vegetables eat breakfast"
    ),
    "safety": (
        "police policing crime safe unsafe safety vandalism theft antisocial violence abuse assault scared "
        "afraid fear speeding officer bullying burglary"
    ),
    "substances": (
        "drug drugs alcohol drink drinking drunk addiction addict recovery rehab dealer needle vaping overdose"
    ),
    "nature": (
        "beach sea coast coastal flood flooding floods storm erosion litter rubbish tree wildlife climate "
        "pollution sewage garden allotment greenspace woodland river recycling"
    ),
    "gathering": (
        "hall community volunteer volunteering volunteers library festival event gala church centre group "
        "cafe shed space venue meeting"
    ),
    "digital": ("broadband internet wifi online phone signal mobile computer digital website app email"),
    "voice": (
        "consultation listened listen asked council councillor decision decisions heard promise promised "
        "meeting survey vote"
    ),
    "access": ("wheelchair disabled disability accessible ramp deaf blind autism autistic mobility sensory"),
    "belonging": (
        "refugee migrant gaelic language culture heritage racism welcome incomer immigrant tradition interpreter"
    ),
}


@cache
def _fields_of_words() -> dict[str, tuple[str, ...]]:
    """Turn the list round: from the root of a word to its fields."""
    fields: dict[str, tuple[str, ...]] = {}
    for field, words in _FIELDS.items():
        for word in dict.fromkeys(root(word) for word in words.split()):
            fields[word] = (*fields.get(word, ()), field)
    return fields


def concepts(text: str) -> list[str]:
    """List the fields of daily life that the words of a text belong to, once per word.

    Examples
    --------
    >>> concepts("No bus and no taxi")
    ['transport', 'transport']
    """
    known = _fields_of_words()
    return [field for word in tokens(text) for field in known.get(root(word), ())]
