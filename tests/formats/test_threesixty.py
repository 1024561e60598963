"""360Giving: the same grants from every form, every row told, and no private person anywhere."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from placeweave.formats.problems import Unreadable
from placeweave.formats.tables import write_csv
from placeweave.formats.threesixty import Funder, GrantsFile, Location, Recipient, read_grants
from placeweave.formats.threesixty.paths import path_of
from tests.shared_data import shared

TODAY = date(2026, 11, 22)


def _grant(**changes: Any) -> dict[str, Any]:
    grant: dict[str, Any] = {
        "id": "360G-x-1",
        "title": "A grant",
        "description": "For a hall",
        "currency": "GBP",
        "amountAwarded": 1000,
        "awardDate": "2021-01-26",
        "fundingOrganization": [{"id": "GB-SC-SC000001", "name": "The Fund"}],
        "recipientOrganization": [{"id": "GB-SC-SC000002", "name": "The Hall"}],
    }
    return {key: value for key, value in (grant | changes).items() if value is not None}


def _read(*grants: Any, **options: Any) -> GrantsFile:
    content = json.dumps({"grants": list(grants)}).encode()
    return read_grants(content, "grants.json", today=TODAY, **options)


def _told(read: GrantsFile) -> list[tuple[int | None, str, str]]:
    return [(problem.row, problem.field, problem.severity) for problem in read.problems]


def _shared(name: str) -> GrantsFile:
    return read_grants(shared(f"standards/360giving/{name}").read_bytes(), name, today=TODAY)


def test_the_json_and_the_workbook_of_one_publisher_are_the_same_grants() -> None:
    from_json, from_xlsx = _shared("abct-grants.json"), _shared("abct-grants.xlsx")
    for read in (from_json, from_xlsx):
        assert read.rows == len(read.grants) == len({grant.external_id for grant in read.grants}) == 783
        assert read.totals == {"GBP": Decimal(12_785_625)}
        assert sum("charity_number_doubtful" in grant.flags for grant in read.grants) == 9
        assert sum("recipient_id_private_to_publisher" in grant.flags for grant in read.grants) == 6
    by_id = {grant.external_id: grant for grant in from_xlsx.grants}
    assert all(by_id[grant.external_id] == grant for grant in from_json.grants)


def test_a_csv_of_the_workbook_is_the_same_again() -> None:
    content = shared("standards/360giving/abct-grants.xlsx").read_bytes()
    header, *rows = openpyxl.load_workbook(io.BytesIO(content), read_only=True).active.iter_rows(values_only=True)
    texts = ([str(cell)[:10] if hasattr(cell, "year") else cell for cell in row] for row in rows)
    from_csv = read_grants(write_csv(header, texts), "grants.csv", today=TODAY)
    assert from_csv.grants == _shared("abct-grants.xlsx").grants


@pytest.mark.parametrize("day_first", [None, True])
def test_altered_dates_are_settled_for_the_whole_file(day_first: bool | None) -> None:
    name = "wolfson-grantnav-test-baddates.json"
    read = read_grants(shared(f"standards/360giving/{name}").read_bytes(), name, day_first=day_first, today=TODAY)
    assert read.rows == len(read.grants) + len(read.held) + len(read.rejected) == 379
    assert sum(read.totals.values()) == 31_178_456
    assert set(read.totals) == {"GBP", "USD"}
    assert sum("zero_amount" in grant.flags for grant in read.grants) == 114
    assert read.grants[0].award_date == date(2014, 6, 5)
    assert read.grants[0].modified == datetime(2015, 8, 17, tzinfo=UTC)
    assert all("recipient_id_private_to_publisher" in grant.flags for grant in read.grants)


def test_ambiguous_dates_hold_every_row_until_the_question_is_answered() -> None:
    grants = [_grant(id="1", awardDate="05/06/2014"), _grant(id="2", awardDate="01/02/2013")]
    read = _read(*grants)
    assert (read.grants, read.held, read.rejected) == ((), {1, 2}, frozenset())
    assert read.date_question.startswith("Is 05/06/2014 day/month/year or month/day/year?")
    assert [grant.award_date for grant in _read(*grants, day_first=True).grants] == [date(2014, 6, 5), date(2013, 2, 1)]
    assert [grant.award_date for grant in _read(*grants, day_first=False).grants] == [
        date(2014, 5, 6),
        date(2013, 1, 2),
    ]


def test_every_field_of_a_full_grant_has_its_place() -> None:
    read = _read(
        _grant(
            title="<p>A <b>grant</b></p>",
            plannedDates=[{"startDate": "2021-02-01", "duration": 12}],
            recipientOrganization=[
                {"id": "GB-COH-SC123456", "name": "The Hall", "charityNumber": "sc000002", "companyNumber": "SC123456",
                 "postalCode": "EH1 1AA", "contactName": "Jo Bloggs", "streetAddress": "1 Way"}
            ],
            beneficiaryLocation=[{"name": "Leith", "geoCode": "S13002931", "geoCodeType": "WD"}, {"name": "Fife"}],
            grantProgramme=[{"title": "Halls", "code": "H"}],
            url="https://x.example/1",
            dataSource="https://x.example",
            dateModified="2021-03-01T10:00:00Z",
            regrantType="FRG010",
            Website={"Decision Notes": "Yes"},
        )
    )  # fmt: skip
    assert read.problems == ()
    grant = read.grants[0]
    assert grant.title == "A grant"
    assert grant.funder == Funder("GB-SC-SC000001", "The Fund")
    assert grant.recipient == Recipient("GB-COH-SC123456", "The Hall", "SC000002", "SC123456", "EH1 1AA")
    assert (grant.planned_start, grant.planned_end, grant.planned_end_derived) == (
        date(2021, 2, 1),
        date(2022, 1, 31),
        True,
    )
    assert grant.locations == (Location("Leith", "S13002931", "WD"), Location("Fife"))
    assert (grant.programme, grant.url, grant.data_source) == ("Halls", "https://x.example/1", "https://x.example")
    assert grant.modified == datetime(2021, 3, 1, 10, tzinfo=UTC)
    assert grant.flags == ("markup_removed",)
    assert grant.extra == {
        "Website/Decision Notes": "Yes",
        "grantProgramme/0/code": "H",
        "plannedDates/0/duration": "12",
        "recipientOrganization/0/streetAddress": "1 Way",
        "regrantType": "FRG010",
    }
    assert "Jo Bloggs" not in repr(read)


@pytest.mark.parametrize("field", ["title", "description", "currency", "amountAwarded", "awardDate"])
def test_a_missing_required_value_holds_the_row(field: str) -> None:
    read = _read(_grant(), _grant(id="2", **{field: None}))
    assert (len(read.grants), read.held, _told(read)) == (1, {2}, [(2, field, "held")])


@pytest.mark.parametrize(
    ("changes", "field", "severity"),
    [
        ({"id": None}, "id", "rejected"),
        ({"awardDate": "31/02/2019"}, "awardDate", "rejected"),
        ({"awardDate": "soon"}, "awardDate", "held"),
        (
            {"fundingOrganization": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]},
            "fundingOrganization/1/name",
            "rejected",
        ),
        ({"fundingOrganization": [{"id": "a"}]}, "fundingOrganization/0/name", "held"),
        ({"recipientOrganization": [{"name": "A"}]}, "recipientOrganization/0/id", "held"),
        ({"amountAwarded": "£12,000"}, "amountAwarded", "held"),
        ({"amountAwarded": "*"}, "amountAwarded", "held"),
        ({"currency": "£"}, "currency", "held"),
        ({"title": "a\x00b"}, "title", "rejected"),
        ({"title": "half \ud800 pair"}, "title", "rejected"),
    ],
)
def test_a_row_that_cannot_go_on_says_which_field_and_why(changes: dict[str, Any], field: str, severity: str) -> None:
    read = _read(_grant(id="0"), _grant(**changes))
    assert len(read.grants) == 1
    assert (2, field, severity) in _told(read)
    assert len(read.held) + len(read.rejected) == 1


def test_the_likely_reading_of_an_amount_is_offered_with_its_value() -> None:
    problem = _read(_grant(amountAwarded="£12,000")).problems[0]
    assert (problem.value, problem.reason) == ("£12,000", "“£12,000” is text, not a number: is 12000 meant?")


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"amountAwarded": 0}, "zero_amount"),
        ({"amountAwarded": -5}, "negative_amount"),
        ({"awardDate": "1999-01-01"}, "award_date_long_ago"),
        ({"plannedDates": [{"startDate": "2021-02-01", "endDate": "2020-02-01"}]}, "end_before_start"),
        ({"description": "Ring 0131 496 0123"}, "contact_details_in_text"),
        ({"description": "Write to a@b.example"}, "contact_details_in_text"),
        (
            {"recipientOrganization": [{"id": "GB-SC-1", "name": "A", "charityNumber": "TBC"}]},
            "charity_number_doubtful",
        ),
        (
            {"recipientOrganization": [{"id": "GB-SC-1", "name": "A", "companyNumber": "12345"}]},
            "company_number_doubtful",
        ),
        ({"recipientOrganization": [{"id": "360G-x-org", "name": "A"}]}, "recipient_id_private_to_publisher"),
    ],
)
def test_what_is_odd_but_usable_is_kept_and_flagged(changes: dict[str, Any], flag: str) -> None:
    read = _read(_grant(**changes))
    assert len(read.grants) == 1
    assert flag in read.grants[0].flags


def test_a_doubtful_number_is_kept_as_text_and_is_no_identifier() -> None:
    grant = _read(_grant(recipientOrganization=[{"id": "GB-SC-1", "name": "A", "charityNumber": "06402143"}])).grants[0]
    assert grant.recipient is not None
    assert grant.recipient.charity_number == ""
    assert grant.extra["recipientOrganization/0/charityNumber"] == "06402143"


def test_faulty_optional_fields_are_warnings_on_an_accepted_row() -> None:
    read = _read(
        _grant(dateModified="TBC", plannedDates=[{"startDate": "2021-02-01", "duration": 1.5}], url="x.example")
    )
    assert len(read.grants) == 1
    assert {severity for _, _, severity in _told(read)} == {"warning"}


def test_an_unknown_code_on_every_row_is_told_once() -> None:
    read = _read(*(_grant(id=str(i), fromOpenCall="Y") for i in range(5)))
    assert [(p.row, p.field, p.value) for p in read.problems] == [(None, "fromOpenCall", "Y")]
    assert read.problems[0].reason.startswith("5 rows have")
    assert read.grants[0].extra["fromOpenCall"] == "Y"


def test_the_second_row_of_one_identifier_is_rejected() -> None:
    read = _read(_grant(), _grant(title="Another"), _grant(id="360G-x-2"))
    assert [grant.row for grant in read.grants] == [1, 3]
    assert (read.rejected, read.held) == ({2}, frozenset())


PERSON = {
    "recipientOrganization": None,
    "recipientIndividual": {"id": "p-1", "name": "Jane Ann Smith"},
    "title": "Grant to Jane Ann Smith",
    "description": "smith, jane ann needs a wheelchair; Smithson does not. Jane is 9.",
    "url": "https://x.example/jane-ann-smith",
    "Applicant": "Jane Smith",
    "toIndividualsDetails": {"grantPurpose": ["GTIP050"]},
}


def test_a_grant_to_a_person_keeps_the_money_and_loses_the_name() -> None:
    read = _read(_grant(**PERSON))
    grant = read.grants[0]
    assert (grant.individual, grant.recipient, grant.amount) == (True, None, Decimal(1000))
    assert grant.title == "Grant to an individual"
    assert grant.description == "an individual needs a wheelchair; Smithson does not. an individual is 9."
    assert grant.extra == {"toIndividualsDetails/grantPurpose/0": "GTIP050"}
    for trace in ("Jane", "jane", "p-1", "Smith,"):
        assert trace not in repr(read)


@pytest.mark.parametrize(
    "fault", [{"currency": None}, {"awardDate": "31/02/2019"}, {"recipientOrganization": [{"name": "Jane Ann Smith"}]}]
)
def test_not_even_a_faulty_row_gives_a_name_away(fault: dict[str, Any]) -> None:
    read = _read(_grant(**(PERSON | fault)))
    assert read.grants == ()
    assert "jane" not in repr(read).lower()


def test_a_spreadsheet_of_people_gives_no_name_away_in_ragged_rows_either() -> None:
    header = (
        "Identifier,Title,Description,Currency,Amount Awarded,Award Date,"
        "Funding Org:Identifier,Funding Org:Name,Recipient Ind:Name"
    )
    rows = ["1,T,D,GBP,5,2021-01-26,GB-SC-1,F,Jane Ann,Smith", "2,T,D,GBP,5,2021-01-26,GB-SC-1,F,Jane Ann"]
    read = read_grants("\n".join([header, *rows, ""]).encode(), "grants.csv", today=TODAY)
    assert ([grant.external_id for grant in read.grants], read.held) == (["2"], {2})
    assert "Smith" not in repr(read)
    assert "Jane" not in repr(read)


def test_malformed_json_is_told_by_line_and_column() -> None:
    with pytest.raises(Unreadable, match=r"grants\.json is not valid JSON: line 3, column 1: "):
        read_grants(b'{"grants": [\n{"id": "1",\n}]}', "grants.json")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"services": []}', "an object with a list called “grants”"),
        (b'{"grants": {}}', "an object with a list called “grants”"),
        (b'{"grants": [NaN]}', "no grants file needs"),
        (b"[" * 100_000, "no grants file needs"),
        (b'{"grants": [{"a": ' + b"[" * 60 + b"1" + b"]" * 60 + b"}]}", "nested more than 20 levels"),
        (b"", "is empty"),
        (b"Name,Cost\nA,5\n", "lacks columns that every 360Giving file has: Identifier, Title"),
    ],
)
def test_what_is_no_grants_file_is_refused_in_one_sentence(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_grants(content, "grants.json")


def test_a_grant_that_is_no_object_is_rejected_and_counted() -> None:
    read = _read(_grant(), "oops", 5, None, [])
    assert (read.rows, len(read.grants), read.rejected) == (5, 1, {2, 3, 4, 5})


def test_an_enormous_number_is_held_not_written_out() -> None:
    content = json.dumps({"grants": [_grant()]}).replace("1000", "1e999999").encode()
    assert read_grants(content, "grants.json", today=TODAY).held == {1}


def test_what_a_workbook_says_of_itself_is_read_from_its_own_sheet_wherever_that_stands() -> None:
    book = openpyxl.Workbook()
    for row in (["Title", "Grants"], ["License", "https://example.org/licence"], ["Publisher:Name", "The Trust"], []):
        book["Sheet"].append(row)
    book["Sheet"].title = "meta"
    titles = ("Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date")
    titles += ("Funding Org:Identifier", "Funding Org:Name", "Recipient Org:Identifier", "Recipient Org:Name")
    book.create_sheet("Our grants").append(titles)
    book["Our grants"].append(("1", "A van", "For lifts", "GBP", 5, "2026-01-31", "GB-CHC-1", "Trust", "x", "Hall"))
    out = io.BytesIO()
    book.save(out)
    read = read_grants(out.getvalue(), "grants.xlsx")
    assert [one.title for one in read.grants] == ["A van"]
    assert (read.licence, read.publisher) == ("https://example.org/licence", "The Trust")


def test_licence_and_publisher_come_from_the_package() -> None:
    content = json.dumps(
        {"grants": [_grant()], "license": "https://cc.example/by/4.0", "publisher": {"name": "The Fund"}}
    )
    read = read_grants(content.encode(), "grants.json", today=TODAY)
    assert (read.licence, read.publisher) == ("https://cc.example/by/4.0", "The Fund")


@pytest.mark.parametrize(
    ("header", "path"),
    [
        ("IDENTIFIER", "id"),
        ("From an open call?", "fromOpenCall"),
        ("amountAwarded", "amountAwarded"),
        ("Recipient Org: Postal Code", "recipientOrganization/0/postalCode"),
        ("Recipient Org:Web Address", "recipientOrganization/0/url"),
        ("recipientOrganization/0/name", "recipientOrganization/0/name"),
        ("Planned Dates:Duration (months)", "plannedDates/0/duration"),
        ("Beneficiary Location:1:Geographic Code", "beneficiaryLocation/1/geoCode"),
        ("Recipient Org:Location:Name", "recipientOrganization/0/location/0/name"),
        ("Recipient Ind:Name", "recipientIndividual/name"),
        ("Last Modified", "dateModified"),
        ("For Regrant Type", "regrantType"),
        ("Website: Decision Notes", "Website/Decision Notes"),
    ],
)
def test_headers_of_every_spelling_lead_to_one_path(header: str, path: str) -> None:
    assert path_of(header) == path
