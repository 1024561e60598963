"""From one flat grant to a record, or to the reasons why it must wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from placeweave.formats.dates import DateReading
from placeweave.formats.money import read_money
from placeweave.formats.problems import Problem, Severity
from placeweave.formats.text import is_whole_number
from placeweave.formats.threesixty import checks
from placeweave.formats.threesixty.paths import Flat
from placeweave.formats.threesixty.records import Funder, Grant, Location, Recipient
from placeweave.formats.threesixty.sources import REQUIRED

AWARDED = "awardDate"
START, END, DURATION = "plannedDates/0/startDate", "plannedDates/0/endDate", "plannedDates/0/duration"
MODIFIED = "dateModified"
DATE_FIELDS = (AWARDED, START, END, MODIFIED)
OLD_AFTER_YEARS = 25
_UNSETTLED: frozenset[Severity] = frozenset({"held", "rejected"})


@dataclass(slots=True)
class GrantReader:
    """Reads the flat grants of one file: the reading of its dates and the ids it has used are shared by all."""

    dates: Mapping[str, DateReading]
    today: date
    problems: list[Problem] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def read(self, row: int, flat: Flat) -> Grant | None:
        """Give the grant, or ``None`` with at least one problem that holds or rejects the row."""
        attempt = _Attempt(row, flat, self)
        grant = attempt.grant()
        self.problems.extend(attempt.problems)
        return grant


class _Attempt:
    """One row on its way to a grant; every field taken is struck off, and what is left over is ``extra``."""

    def __init__(self, row: int, flat: Flat, reader: GrantReader) -> None:
        self.row, self.flat, self.reader = row, flat, reader
        self.left = dict(flat)
        self.problems: list[Problem] = []
        self.flags: list[str] = []

    def grant(self) -> Grant | None:
        """Read every field, so that a person sees all that is wrong with a row at once."""
        self._check_key()
        self._check_required()
        individual = self.left.pop("recipientIndividual", "") != ""
        amount, currency, awarded = self._amount(), self._currency(), self._date(AWARDED)[0]
        start, end, derived = self._period()
        title, description = self._prose("title"), self._prose("description")
        funder, recipient = self._funder(), self._recipient(individual=individual)
        modified = self._date(MODIFIED)[1]
        locations = self._locations()
        self._flag_age(awarded, start, end)
        if amount is None or awarded is None or self._is_stopped():
            return None
        return Grant(
            external_id=self._take("id"),
            title=title,
            description=description,
            currency=currency,
            amount=amount,
            award_date=awarded,
            funder=funder,
            recipient=recipient,
            individual=individual,
            planned_start=start,
            planned_end=end,
            planned_end_derived=derived,
            locations=locations,
            programme=self._take("grantProgramme/0/title"),
            url=self._take("url"),
            data_source=self._take("dataSource"),
            modified=modified,
            flags=tuple(sorted(set(self.flags))),
            extra=dict(sorted(self.left.items())),
            row=self.row,
        )

    def _take(self, path: str) -> str:
        return self.left.pop(path, "")

    def _say(self, path: str, reason: str, severity: Severity, value: str | None = None) -> None:
        shown = self.flat.get(path, "") if value is None else value
        self.problems.append(Problem(self.row, path, reason, shown, severity))

    def _is_stopped(self) -> bool:
        return any(problem.severity in _UNSETTLED for problem in self.problems)

    def _check_key(self) -> None:
        external_id = self.flat.get("id", "")
        if not external_id:
            self._say("id", "This grant has no identifier, so it could never be found again.", "rejected")
        elif external_id in self.reader.used:
            self._say("id", "An earlier row of this file has the same identifier.", "rejected")
        self.reader.used.add(external_id)

    def _check_required(self) -> None:
        for path in REQUIRED[1:]:
            if path not in self.flat:
                self._say(path, "Every grant needs this, and it is empty.", "held")

    def _amount(self) -> Decimal | None:
        cell = read_money(self._take("amountAwarded"))
        if cell.severity is not None:
            self._say("amountAwarded", cell.reason, cell.severity)
        if cell.value is not None and cell.value <= 0:
            self.flags.append("zero_amount" if cell.value == 0 else "negative_amount")
        return cell.value

    def _currency(self) -> str:
        currency = self._take("currency").upper()
        if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
            self._say("currency", "A currency is written with three letters, such as GBP.", "held")
        return currency

    def _date(self, path: str) -> tuple[date | None, datetime | None]:
        written = self._take(path)
        if not written:
            return None, None
        cell = self.reader.dates[path].read(written)
        if cell.severity is not None:
            is_fatal = path == AWARDED or cell.is_question
            self._say(path, cell.reason, cell.severity if is_fatal else "warning")
        return cell.value, cell.moment

    def _period(self) -> tuple[date | None, date | None, bool]:
        start, end = self._date(START)[0], self._date(END)[0]
        if start is None or end is not None or DURATION not in self.left:
            return start, end, False
        months = self.left[DURATION]
        derived = checks.months_later(start, int(months)) if is_whole_number(months) and len(months) < 5 else None
        if derived is None:
            self._say(DURATION, "A whole number of months was expected; the planned end was left empty.", "warning")
        return start, derived, derived is not None

    def _prose(self, path: str) -> str:
        written = self._take(path)
        text = checks.without_markup(written)
        if text != written:
            self.flags.append("markup_removed")
        if checks.holds_contact_details(text):
            self.flags.append("contact_details_in_text")
        return text

    def _funder(self) -> Funder:
        if any(path.startswith("fundingOrganization/1/") for path in self.flat):
            self._say("fundingOrganization/1/name", "This grant names more than one funder.", "rejected")
        funder = Funder(self._take("fundingOrganization/0/id"), self._take("fundingOrganization/0/name"))
        self._require_organisation("fundingOrganization/0", funder.external_id, funder.name)
        return funder

    def _recipient(self, *, individual: bool) -> Recipient | None:
        root = "recipientOrganization/0"
        named = any(path.startswith(f"{root}/") for path in self.flat)
        if individual and named:
            self._say(f"{root}/name", "This grant names both an organisation and a person: which received it?", "held")
        if individual:
            return None
        if any(path.startswith("recipientOrganization/1/") for path in self.flat):
            self._say("recipientOrganization/1/name", "This grant names more than one recipient.", "held")
        recipient = Recipient(
            external_id=self._take(f"{root}/id"),
            name=self._take(f"{root}/name"),
            charity_number=self._number(f"{root}/charityNumber", "charity_number_doubtful"),
            company_number=self._number(f"{root}/companyNumber", "company_number_doubtful"),
            postcode=self._take(f"{root}/postalCode"),
        )
        self._require_organisation(root, recipient.external_id, recipient.name)
        if recipient.external_id and not checks.is_shared_identifier(recipient.external_id):
            self.flags.append("recipient_id_private_to_publisher")
        return recipient

    def _require_organisation(self, root: str, external_id: str, name: str) -> None:
        for key, value in (("id", external_id), ("name", name)):
            if not value:
                self._say(f"{root}/{key}", "Every grant needs this, and it is empty.", "held")

    def _number(self, path: str, flag: str) -> str:
        written = self.flat.get(path, "")
        if not written:
            return ""
        check = checks.charity_number if path.endswith("charityNumber") else checks.company_number
        number, doubt = check(written)
        if doubt:
            self._say(path, doubt, "warning")
            self.flags.append(flag)
        else:
            self._take(path)
        return number

    def _locations(self) -> tuple[Location, ...]:
        positions = sorted({int(path.split("/")[1]) for path in self.flat if _is_location(path)})
        found = []
        for position in positions:
            root = f"beneficiaryLocation/{position}"
            location = Location(*(self._take(f"{root}/{key}") for key in ("name", "geoCode", "geoCodeType")))
            if location.name or location.geo_code:
                found.append(location)
        return tuple(found)

    def _flag_age(self, awarded: date | None, start: date | None, end: date | None) -> None:
        if awarded is not None and awarded < checks.years_before(self.reader.today, OLD_AFTER_YEARS):
            self._say(AWARDED, f"This date is more than {OLD_AFTER_YEARS} years back.", "warning")
            self.flags.append("award_date_long_ago")
        if start is not None and end is not None and end < start:
            self._say(END, "The planned end is before the planned start; both were kept as written.", "warning")
            self.flags.append("end_before_start")


def _is_location(path: str) -> bool:
    parts = path.split("/")
    return parts[0] == "beneficiaryLocation" and len(parts) > 2 and is_whole_number(parts[1])
