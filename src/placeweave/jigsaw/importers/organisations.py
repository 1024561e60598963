"""Organisations that grants name: matched only where it is safe, and otherwise new; nothing is ever merged by a guess.

A number others know (a charity's, a company's) finds an organisation of the place if the name agrees too: one number
on two names is evidence, not proof. Numbers private to one publisher (``360G-``) say nothing across files, and link
only to what carried the same number and name before. Within one file, an equal name is enough, unless two numbers of
one register speak against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from placeweave.engines.linkage import canonical
from placeweave.formats.threesixty import Funder, Recipient
from placeweave.kit.models import Batch
from placeweave.places import services
from placeweave.places.models import Organisation, OrganisationIdentifier, Sector, Site, SourceRecord
from placeweave.places.services import identifiers

PRIVATE = "360G"
Number = tuple[str, str]


@dataclass(frozen=True)
class Party:
    """One end of a grant as the file writes it."""

    external_id: str
    name: str
    charity_number: str = ""
    company_number: str = ""
    postcode: str = ""
    gives: bool = False

    @classmethod
    def of_funder(cls, funder: Funder) -> Party:
        """Take the giving end."""
        return cls(funder.external_id, funder.name, gives=True)

    @classmethod
    def of_recipient(cls, recipient: Recipient) -> Party:
        """Take the receiving end."""
        return cls(
            recipient.external_id,
            recipient.name,
            recipient.charity_number,
            recipient.company_number,
            recipient.postcode,
        )

    def numbers(self) -> list[Number]:
        """List its numbers in public registers, and its publisher's own where that is all there is."""
        found = [number for number in (_split(self.external_id), *self._second()) if number]
        return list(dict.fromkeys(found)) or ([(PRIVATE, self.external_id)] if self.external_id else [])

    def _second(self) -> list[Number | None]:
        if not self.charity_number and not self.company_number:
            return []
        scheme = {"S": "GB-SC", "N": "GB-NIC"}.get(self.charity_number[:1], "GB-CHC")
        charity = self.charity_number.removeprefix("NIC") if scheme == "GB-NIC" else self.charity_number
        return [_sound(scheme, charity), _sound("GB-COH", self.company_number)]


def _split(external_id: str) -> Number | None:
    scheme = next((one for one in identifiers.SCHEMES if external_id.upper().startswith(f"{one}-")), None)
    return _sound(scheme, external_id[len(scheme) + 1 :]) if scheme else None


def _sound(scheme: str, written: str) -> Number | None:
    reading = identifiers.read(scheme, written) if written else None
    return (reading.scheme, reading.value) if reading and reading.is_sound else None


class Directory:
    """The organisations at both ends of the grants of one batch, found or made."""

    def __init__(self, batch: Batch, parties: Sequence[Party]) -> None:
        self.batch = batch
        self.found: dict[tuple[str, str], Organisation] = {}
        self._known = self._of_place()
        for group in _grouped(parties):
            organisation = self._existing(group) or self._new(group)
            for party in group:
                self.found[party.external_id, party.name] = organisation
            self._note(organisation, group)
        if parties:
            services.look_again(batch.place_id)

    def _note(self, organisation: Organisation, group: Sequence[Party]) -> None:
        """Keep how the file writes an organisation, number and name as they came."""
        rows = [
            SourceRecord(
                organisation=organisation,
                batch=self.batch,
                source=STANDARD_NAME,
                written_number=party.external_id[:160],
                name=party.name[:200],
                postcode=party.postcode.upper()[:10],
            )
            for party in group
        ]
        SourceRecord.objects.bulk_create(rows, ignore_conflicts=True)  # written so before: the first row stays

    def find(self, party: Party) -> Organisation:
        """Give the organisation of a party."""
        return self.found[party.external_id, party.name]

    def _of_place(self) -> dict[Number, list[Organisation]]:
        known: dict[Number, list[Organisation]] = defaultdict(list)
        rows = OrganisationIdentifier.objects.filter(organisation__place_id=self.batch.place_id)
        rows = rows.filter(organisation__merged_into=None).exclude(status=OrganisationIdentifier.Status.DISPUTED)
        for one in rows.select_related("organisation").prefetch_related("organisation__names").order_by("pk"):
            known[one.scheme, one.value].append(one.organisation)
        return known

    def _existing(self, group: Sequence[Party]) -> Organisation | None:
        names = {canonical(party.name) for party in group}
        for number in sorted({number for party in group for number in party.numbers()}):
            for organisation in self._known[number]:
                theirs = {canonical(organisation.name), *(canonical(one.name) for one in organisation.names.all())}
                if names & theirs:
                    return organisation
        return None

    def _new(self, group: Sequence[Party]) -> Organisation:
        """Make an organisation that is named in a file, and takes no part here until a person says so."""
        first = group[0]
        sector = Sector.FUNDER if any(party.gives for party in group) else Sector.UNKNOWN
        organisation = Organisation.objects.create(
            place_id=self.batch.place_id, name=first.name[:200], sector=sector, batch=self.batch
        )
        numbers = sorted({number for party in group for number in party.numbers()})
        status = OrganisationIdentifier.Status
        OrganisationIdentifier.objects.bulk_create(
            OrganisationIdentifier(
                organisation=organisation,
                scheme=scheme,
                value=value[:80],
                source=STANDARD_NAME,
                batch=self.batch,
                status=status.SHARED if self._known[scheme, value] else status.CURRENT,
            )
            for scheme, value in numbers
        )
        for number in numbers:
            self._known[number].append(organisation)
        postcodes = sorted({party.postcode.upper() for party in group if 0 < len(party.postcode) <= 10})
        Site.objects.bulk_create(
            Site(organisation=organisation, label=STANDARD_NAME, postcode=postcode, batch=self.batch)
            for postcode in postcodes
        )
        return organisation


STANDARD_NAME = "360Giving"


def _grouped(parties: Sequence[Party]) -> list[list[Party]]:
    """Put together the parties of one file that are surely one: equal name, and no two numbers of one register."""
    by_name: dict[str, list[Party]] = defaultdict(list)
    for party in parties:
        by_name[canonical(party.name)].append(party)
    groups: list[list[Party]] = []
    for name in sorted(by_name):
        groups.extend([by_name[name]] if _agree(by_name[name]) else _by_id(by_name[name]))
    return groups


def _agree(parties: Sequence[Party]) -> bool:
    registers: dict[str, set[str]] = defaultdict(set)
    for party in parties:
        for scheme, value in party.numbers():
            registers[scheme].add(value)
    return all(len(values) == 1 for values in registers.values())


def _by_id(parties: Sequence[Party]) -> list[list[Party]]:
    by_id: dict[str, list[Party]] = defaultdict(list)
    for party in parties:
        by_id[party.external_id].append(party)
    return [by_id[key] for key in sorted(by_id)]
