"""Tables: whatever a spreadsheet or a person does to a file, each row is told and nothing is run."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from placeweave.formats import limits
from placeweave.formats.problems import Problem, Unreadable
from placeweave.formats.tables import Sheet, Table, header_fingerprint, read_table, write_csv, write_xlsx
from tests.shared_data import shared


def _csv(text: str, encoding: str = "utf-8") -> Table:
    return read_table(text.encode(encoding), "list.csv")


def _book(*rows: list[object], **sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for title, extra in sheets.items():
        page = book.create_sheet(title)
        for row in extra:
            page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(table: Table) -> list[list[str]]:
    return [list(row.cells.values()) for row in table.rows]


def _severities(table: Table) -> list[tuple[int | None, str]]:
    return [(problem.row, problem.severity) for problem in table.problems]


def test_a_byte_order_mark_does_not_hide_the_first_column() -> None:
    table = _csv("Identifier,Name\n1,Ann\n", "utf-8-sig")
    assert table.columns == ("Identifier", "Name")
    assert table.encoding == "utf-8"
    assert table.notes == ()


def test_a_windows_file_is_read_and_the_encoding_is_told() -> None:
    table = _csv("Name,Cost\nCafé,€5\n", "cp1252")
    assert _cells(table) == [["Café", "€5"]]
    assert table.notes == ("Read as cp1252 (Windows) because it is not UTF-8.",)


def test_unicode_text_from_excel_is_read() -> None:
    assert _cells(_csv("Name\tCost\r\nCafé\t5\r\n", "utf-16")) == [["Café", "5"]]


def test_bytes_that_are_no_text_are_refused_with_their_line() -> None:
    with pytest.raises(Unreadable, match=r"neither UTF-8 nor cp1252 .* line 2 "):
        read_table(b"a,b\n\x81\xff,2\n", "list.csv")


def test_a_nul_is_refused_with_its_line() -> None:
    with pytest.raises(Unreadable, match="NUL character on line 3"):
        read_table(b"a,b\n1,2\n3,\x004\n", "list.csv")


def test_a_no_break_space_becomes_a_space_and_is_told() -> None:
    table = _csv("Name\nWest\u00a0Lothian\n")
    assert _cells(table) == [["West Lothian"]]
    assert table.notes == ("Read as ordinary spaces: 1 no-break space.",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_are_found_out(delimiter: str, newline: str) -> None:
    rows = [["Name", "Note, legal"], ["Ann", "x"], ["Bob", 'said "hi"']]
    text = newline.join(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    table = _csv(text + newline)
    assert table.delimiter == delimiter
    assert _cells(table) == rows[1:]


def test_a_declared_delimiter_is_obeyed() -> None:
    table = _csv("sep=;\na,b;c\n1;2\n")
    assert table.columns == ("a,b", "c")
    assert table.rows[0].number == 3


def test_rows_are_numbered_as_the_file_counts_them() -> None:
    table = _csv('Name,Note\nAnn,"two\nlines"\n\n,\nBob,x\n')
    assert [(row.number, row.cells["Name"]) for row in table.rows] == [(2, "Ann"), (5, "Bob")]
    assert table.rows[0].cells["Note"] == "two\nlines"


def test_a_row_with_a_cell_too_many_is_kept_and_held() -> None:
    table = _csv("Name,Note\nAnn,well, then\nBob,x\n")
    assert table.rows[0].extra == (" then",)
    assert _severities(table) == [(2, "held")]
    assert table.held_rows() == {2}


def test_a_row_with_a_cell_too_few_is_read_with_a_warning() -> None:
    table = _csv("Name,Note,Cost\nAnn\nBob,x,5\n")
    assert _cells(table) == [["Ann", "", ""], ["Bob", "x", "5"]]
    assert table.problems == (
        Problem(
            2, "Note", "This row has 1 cell where the header has 3; the missing ones are read as empty.", "", "warning"
        ),
    )


def test_a_file_cut_short_in_its_last_row_holds_that_row() -> None:
    table = _csv("Name,Cost,Year\nAnn,12,2020\nBob,1")
    assert _severities(table) == [(3, "held")]
    assert "cut short" in table.problems[0].reason


def test_a_quotation_mark_never_closed_refuses_the_file() -> None:
    with pytest.raises(Unreadable, match="after row 1 that is never closed"):
        _csv('Name,Note\nAnn,"and then\nBob,x\n')


def test_stray_quotation_marks_are_read_and_told() -> None:
    table = _csv('Name,Note\nAnn,"a" b\nBob,5" pipe\n')
    assert _cells(table) == [["Ann", "a b"], ["Bob", '5" pipe']]
    assert "quotation marks" in table.notes[0]


def test_a_stray_and_an_unclosed_quotation_mark_refuse_the_file() -> None:
    with pytest.raises(Unreadable, match="never closed"):
        _csv('Name,Note\nAnn,"a" b\nBob,"and then\nCat,x\n')


def test_two_columns_of_one_name_are_told_apart() -> None:
    table = _csv("Name,name,Name \nAnn,Bob,Cat\n")
    assert table.columns == ("Name", "name (2)", "Name (3)")
    assert _severities(table) == [(1, "warning"), (1, "warning")]


def test_a_column_without_a_name_is_kept_if_it_holds_anything() -> None:
    table = _csv("Name,,Cost,,\nAnn,x,5,,\n")
    assert table.columns == ("Name", "Column 2", "Cost")
    assert _cells(table) == [["Ann", "x", "5"]]
    assert _severities(table) == [(1, "warning")]


def test_columns_are_found_by_name_in_any_case() -> None:
    table = _csv(" Charity  NUMBER ,Name\n1,Ann\n")
    assert table.column("charity number") == "Charity NUMBER"
    assert table.column("Known As", "name") == "Name"
    assert table.column("postcode") is None


def test_the_header_fingerprint_ignores_order_and_case() -> None:
    assert header_fingerprint(["Name", "Post Code"]) == header_fingerprint(["post  code", "NAME"])
    assert header_fingerprint(["Name"]) != header_fingerprint(["Name", "Post Code"])


@pytest.mark.parametrize("content", [b"", b"  \n\n", b"\xef\xbb\xbf", b",,\n"])
def test_an_empty_file_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(Unreadable, match="is empty; a row of column names was expected"):
        read_table(content, "list.csv")


def test_a_file_over_the_size_limit_is_refused() -> None:
    with pytest.raises(Unreadable, match="at most 20 MB"):
        read_table(b"a\n" * (limits.MAX_BYTES // 2 + 1), "list.csv")


def test_a_hundred_thousand_rows_are_read_in_seconds_and_one_more_is_refused() -> None:
    line = "360G-abc,A grant to somebody,12000,GBP,2021-01-26,SC012345\n"
    content = "Identifier,Title,Amount,Currency,Date,Number\n" + line * limits.MAX_ROWS
    started = time.perf_counter()
    table = read_table(content.encode(), "grants.csv")
    assert len(table.rows) == limits.MAX_ROWS
    assert time.perf_counter() - started < 20
    with pytest.raises(Unreadable, match="more than 100,000 rows"):
        read_table((content + line).encode(), "grants.csv")


@pytest.mark.parametrize(
    ("magic", "said"),
    [(b"%PDF-1.7", "a PDF"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "older Office format")],
)
def test_other_kinds_of_file_are_named(magic: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_table(magic, "list.xlsx")


def test_a_protected_workbook_is_told_as_such() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(Unreadable, match="protected by a password"):
        read_table(content, "list.xlsx")


def test_a_workbook_is_recognised_by_content_and_read_as_people_see_it() -> None:
    content = _book(
        ["Name", "Date", "When", "Cost", "Share", "Open", "Long"],
        ["Ann", date(2021, 1, 26), datetime.fromisoformat("2021-01-26T10:30:00"), 12.0, 0.1 + 0.2, True, 1e15],
        [None] * 7,
        ["Bob"],
    )
    table = read_table(content, "list.csv")
    assert _cells(table)[0] == ["Ann", "2021-01-26", "2021-01-26T10:30:00", "12", "0.3", "TRUE", "1000000000000000"]
    assert [row.number for row in table.rows] == [2, 4]
    assert table.problems == ()
    assert table.serials_from == date(1899, 12, 30)


def test_the_date_system_of_the_workbook_is_obeyed() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["Date"])
    book.active.append([date(2021, 1, 26)])
    out = io.BytesIO()
    book.save(out)
    assert _cells(read_table(out.getvalue(), "list.xlsx")) == [["2021-01-26"]]


def test_a_number_shown_with_leading_zeros_keeps_them() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Company"])
    book.active.append([6402143])
    book.active["A2"].number_format = "00000000"
    out = io.BytesIO()
    book.save(out)
    assert _cells(read_table(out.getvalue(), "list.xlsx")) == [["06402143"]]


def test_a_formula_without_its_result_holds_the_row() -> None:
    table = read_table(_book(["Name", "Cost"], ["Ann", "=2+3"], ["Bob", 5]), "list.xlsx")
    assert [(p.row, p.field, p.value, p.severity) for p in table.problems] == [(2, "Cost", "=2+3", "held")]


def test_the_first_sheet_that_holds_anything_is_read_and_the_others_are_named() -> None:
    table = read_table(_book(Empty=[], Grants=[["Name"], ["Ann"]], Notes=[["x"], ["y"]]), "list.xlsx")
    assert table.sheet == "Grants"
    assert table.notes == ("Read the sheet “Grants”; not read: “Notes”.",)
    chosen = read_table(_book(Grants=[["Name"]], Notes=[["x"], ["y"]]), "list.xlsx", sheet="Notes")
    assert _cells(chosen) == [["y"]]
    with pytest.raises(Unreadable, match="no sheet called “Other”"):
        read_table(_book(["Name"]), "list.xlsx", sheet="Other")


def _sheet(rows: bytes) -> bytes:
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return _edited(_book(["Name"]), "xl/worksheets/sheet1.xml", head + rows + b"</sheetData></worksheet>")


def _row(number: int, words: str) -> bytes:
    return f'<row r="{number}"><c r="A{number}" t="inlineStr"><is><t>{words}</t></is></c></row>'.encode()


def test_rows_of_a_workbook_keep_their_numbers_past_rows_that_hold_nothing() -> None:
    empty = b"".join(b'<row spans="1:2" r="%d" ht="15"/>' % number for number in range(2, 6))
    table = read_table(_sheet(_row(1, "Name") + empty + _row(6, "Ann") + b'<row r="7"/>' + _row(9, "Bob")), "list.xlsx")
    assert [(row.number, row.cells["Name"]) for row in table.rows] == [(6, "Ann"), (9, "Bob")]


def test_a_row_further_down_than_any_spreadsheet_goes_is_refused() -> None:
    with pytest.raises(Unreadable, match="1,048,576 rows"):
        read_table(_sheet(_row(1, "Name") + _row(2_000_000_000, "Ann")), "list.xlsx")


def _edited(content: bytes, member: str, edit: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, edit if name == member else before.read(name))
    return out.getvalue()


def test_a_workbook_with_an_entity_bomb_is_refused() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    )
    with pytest.raises(Unreadable, match="damaged workbook"):
        read_table(_edited(_book(["Name"], ["Ann"]), "xl/worksheets/sheet1.xml", bomb), "list.xlsx")


def test_a_sheet_that_claims_to_be_endless_is_read_by_what_it_holds() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/>'
        b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="2"><c r="A2"><v>2</v></c></row></sheetData></worksheet>'
    )
    table = read_table(_edited(_book(["Name"], ["Ann"]), "xl/worksheets/sheet1.xml", sheet), "list.xlsx")
    assert _cells(table) == [["2"]]
    wide = sheet.replace(b'r="A2"', b'r="XFD2"')
    with pytest.raises(Unreadable, match="16,384 columns"):
        read_table(_edited(_book(["Name"], ["Ann"]), "xl/worksheets/sheet1.xml", wide), "list.xlsx")


@pytest.mark.parametrize("cut", [30, 200, 2000, -1, -30])
def test_a_workbook_cut_short_is_refused_in_one_sentence(cut: int) -> None:
    with pytest.raises(Unreadable):
        read_table(_book(["Name"], ["Ann"])[:cut], "list.xlsx")


def test_a_zip_that_is_no_workbook_is_told() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", "x")
    with pytest.raises(Unreadable, match="not an XLSX workbook"):
        read_table(out.getvalue(), "list.xlsx")


RISKY = ["=1+1", "+44 131", "-x", "@home", "\tx", "\rx", "'=1", "''=1"]


@pytest.mark.parametrize("text", RISKY)
def test_formulas_are_inert_in_every_export_and_come_back_as_they_were(text: str) -> None:
    written = write_csv(["Name", "Note"], [["Ann", text]])
    assert b",'" in written or b",\"'" in written
    assert _cells(read_table(written, "out.csv")) == [["Ann", text]]
    book = write_xlsx({"Out": Sheet(["Name", "Note"], [["Ann", text]])})
    cell = openpyxl.load_workbook(io.BytesIO(book)).active["B2"]
    assert (cell.data_type, cell.value[0]) == ("s", "'")
    assert _cells(read_table(book, "out.xlsx")) == [["Ann", text.replace("\r", "\n")]]


def test_numbers_are_written_as_numbers_even_below_zero() -> None:
    assert write_csv(["a", "b", "c"], [[-5, -1.5, Decimal("-2.50")]], bom=False) == b"a,b,c\r\n-5,-1.5,-2.5\r\n"
    book = write_xlsx({"Out": Sheet(["a", "b"], [[-5, Decimal("-2.5")]])})
    assert [cell.value for cell in openpyxl.load_workbook(io.BytesIO(book)).active[2]] == [-5, -2.5]


def test_a_text_longer_than_a_cell_is_cut_where_it_can_be_seen() -> None:
    book = write_xlsx({"Out": Sheet(["a"], [["x" * 40_000]])})
    assert _cells(read_table(book, "out.xlsx"))[0][0].endswith("(cut here: a spreadsheet cell holds no more)")


def test_control_characters_do_not_stop_a_workbook_from_being_written() -> None:
    assert _cells(read_table(write_xlsx({"Out/1": Sheet(["a"], [["x\x07y"]])}), "out.xlsx")) == [["x\ufffdy"]]


def test_the_workbooks_own_spelling_of_characters_is_read_and_never_written() -> None:
    pasted = _book(["Note"], ["one_x000D_\ntwo_x0000_"])
    assert _cells(read_table(pasted, "list.xlsx")) == [["one\ntwo"]]
    literal = write_xlsx({"Out": Sheet(["Note"], [["say _x000D_ and _x005F_"]])})
    assert _cells(read_table(literal, "out.xlsx")) == [["say _x000D_ and _x005F_"]]


def test_a_file_of_nothing_but_line_ends_after_its_header_is_read_quickly() -> None:
    table = read_table(b"a,b\n" + b"\n" * 1_000_000 + b",\n" * 100_000 + b"1,2\n", "list.csv")
    assert [row.number for row in table.rows] == [1_100_002]


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\u00a0"), max_size=20)


@given(st.lists(st.tuples(words.filter(str.strip), words), max_size=8))
def test_what_is_written_is_read_again_equal(rows: list[tuple[str, str]]) -> None:
    table = read_table(write_csv(["Name", "Note"], rows), "out.csv")
    assert [tuple(cells) for cells in _cells(table)] == rows
    assert table.problems == ()


def test_every_planted_fault_of_the_shape_is_survived_by_a_real_register() -> None:
    table = read_table(shared("standards/orgs/SYNTHETIC_oscr_register_messy.csv").read_bytes(), "register.csv")
    assert len(table.columns) == 36
    assert len(table.rows) == 48
    assert table.column("Charity Number") == "Charity Number"


def test_a_register_with_leading_spaces_in_its_header_is_matched_by_name() -> None:
    content = shared("standards/orgs/companies_house_basic_test_extract.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        table = read_table(archive.read(archive.namelist()[0]), "companies.csv")
    assert table.column("CompanyNumber") == "CompanyNumber"
    assert len(table.rows) == 87
