"""Reading CSV and XLSX: what is taken, and that anything else is refused in one sentence that names the place."""

from __future__ import annotations

import csv
import datetime
import io
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.documents import formulas, tables
from alongside.documents.formulas import column_letter
from alongside.documents.tables import Table, read_tables
from alongside.standard.bad_input import BadInput

Write = Callable[[Any, Any], None]
HEAD = '<row r="1"><c r="A1" t="str"><v>one</v></c></row>'


def save(folder: Path, content: str | bytes, name: str = "answers.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read_one(path: Path) -> Table:
    (table,) = read_tables(path)
    return table


def refusal(path: Path) -> str:
    """The one sentence with which a file is refused."""
    with pytest.raises(BadInput) as caught:
        read_tables(path)
    assert len(caught.value.problems) == 1
    return str(caught.value)


def book(folder: Path, **sheets: list[list[Any]]) -> Path:
    path = folder / "answers.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row)
    return path


def rewritten(path: Path, **changes: Callable[[str], str] | None) -> Path:
    """The workbook with parts changed, or left out (None); they are named by the stem of their file."""
    with zipfile.ZipFile(path) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            change = changes.get(Path(name).stem, str)
            if change is not None:
                archive.writestr(name, change(content.decode()))
    return path


def with_cells(folder: Path, cells: str) -> Path:
    """A workbook whose only sheet, Board, has `cells` below the column name “one”."""
    data = f"<sheetData>{HEAD}{cells}</sheetData>"
    path = book(folder, Board=[["one"], ["x"]])
    return rewritten(path, sheet1=lambda part: re.sub("<sheetData>.*</sheetData>", lambda _: data, part))


class TestCsvThatIsTaken:
    def test_cells_come_as_they_stand_and_the_first_answers_stand_in_row_2(self, tmp_path: Path) -> None:
        assert read_tables(save(tmp_path, "a,b\n 1 ,\n3,4\n")) == [
            Table("answers.csv", ("a", "b"), [(" 1 ", ""), ("3", "4")], 2)
        ]

    @pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt", "A.CSV"])
    def test_every_text_ending_is_taken(self, tmp_path: Path, name: str) -> None:
        assert read_one(save(tmp_path, "a\tb\n1\t2\n", name)).rows == [("1", "2")]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_encoding_delimiter_and_line_ends_make_no_difference(
        self, tmp_path: Path, encoding: str, delimiter: str, end: str
    ) -> None:
        text = end.join(delimiter.join(cells) for cells in (["naïve", "b"], ["žluťoučký", "🙂"])) + end
        table = read_one(save(tmp_path, text.encode(encoding)))
        assert (table.header, table.rows) == (("naïve", "b"), [("žluťoučký", "🙂")])

    def test_utf_16_that_starts_with_the_other_byte_is_taken(self, tmp_path: Path) -> None:
        assert read_one(save(tmp_path, "\ufeffa,b\n1,2\n".encode("utf-16-be"))).rows == [("1", "2")]

    def test_quoted_new_lines_stay_in_the_cell_and_count_as_one_row(self, tmp_path: Path) -> None:
        table = read_one(save(tmp_path, 'a,"b\nc"\n"x\ny, z",2\n3,4\n'))
        assert (table.header, table.rows) == (("a", "b c"), [("x\ny, z", "2"), ("3", "4")])

    def test_spaces_of_any_kind_in_a_column_name_become_one_space(self, tmp_path: Path) -> None:
        assert read_one(save(tmp_path, "  Do\u00a0 you \u00a0ask? ,b\n1,2\n")).header == ("Do you ask?", "b")

    def test_short_rows_are_filled_up(self, tmp_path: Path) -> None:
        assert read_one(save(tmp_path, "a,b,c\n1\n1,2\n")).rows == [("1", "", ""), ("1", "2", "")]

    def test_empty_rows_between_others_stay_and_those_at_the_end_go(self, tmp_path: Path) -> None:
        table = read_one(save(tmp_path, "a,b\n\n , \n3,4\n,\n\n\n"))
        assert table.rows == [("", ""), ("", ""), ("3", "4")]

    def test_empty_rows_above_the_header_are_counted(self, tmp_path: Path) -> None:
        table = read_one(save(tmp_path, "\n,\na,b\n1,2\n"))
        assert (table.header, table.rows, table.first_row) == (("a", "b"), [("1", "2")], 4)

    def test_columns_without_name_and_cells_are_dropped_wherever_they_stand(self, tmp_path: Path) -> None:
        table = read_one(save(tmp_path, "a,,b, ,\n1,,2,,\n3\n"))
        assert (table.header, table.rows) == (("a", "b"), [("1", "2"), ("3", "")])

    def test_a_column_with_a_name_and_no_answers_stays(self, tmp_path: Path) -> None:
        assert read_one(save(tmp_path, "a,b\n1,\n")).header == ("a", "b")


class TestWhichDelimiter:
    @pytest.mark.parametrize(
        ("line", "names"),
        [
            ("a", ("a",)),
            ("a, b", ("a", "b")),
            ('"a;b;c",d', ("a;b;c", "d")),
            ('"a "";"" ;b;c",d', ('a ";" ;b;c', "d")),
            ('"a\n;;",d', ("a ;;", "d")),
            ("Do you, or did you, ever?;b", ("Do you, or did you, ever?", "b")),
            ("A; or B,c", ("A; or B", "c")),
            ("a,b;c,d", ("a", "b;c", "d")),
            ("a, b, c\td", ("a, b, c", "d")),
            ('5" or more;"a, b"', ('5" or more', "a, b")),
        ],
    )
    def test_it_is_found_in_the_header_outside_quotation_marks(
        self, tmp_path: Path, line: str, names: tuple[str, ...]
    ) -> None:
        assert read_one(save(tmp_path, f"{line}\n1\n")).header == names

    def test_the_answers_have_no_say_in_it(self, tmp_path: Path) -> None:
        assert read_one(save(tmp_path, "a;b\n1,2,3,4;5,6,7,8\n")).rows == [("1,2,3,4", "5,6,7,8")]


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
NAMES = st.lists(st.from_regex(r"[a-z]{1,6}", fullmatch=True), min_size=2, max_size=5, unique=True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data(), names=NAMES, delimiter=st.sampled_from(",;\t"), mark=st.sampled_from(["utf-8", "utf-8-sig"]))
def test_what_the_csv_module_writes_reads_back_the_same(
    tmp_path: Path, data: st.DataObject, names: list[str], delimiter: str, mark: str
) -> None:
    row = st.tuples(*[CELL] * len(names))
    rows = data.draw(st.lists(row, min_size=1).filter(lambda rows: "".join(rows[-1]).strip()))
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([names, *rows])
    table = read_one(save(tmp_path, text.getvalue().encode(mark)))
    empty = ("",) * len(names)
    assert table.header == tuple(names)
    assert table.rows == [cells if "".join(cells).strip() else empty for cells in rows]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(content=st.binary(max_size=200), name=st.sampled_from(["a.csv", "a.xlsx"]))
def test_any_bytes_at_all_are_read_or_refused(tmp_path: Path, content: bytes, name: str) -> None:
    try:
        read_tables(save(tmp_path, content, name))
    except BadInput as refused:
        assert str(refused).startswith(name)  # noqa: PT017 - being read is as good as being refused


class TestFilesThatAreRefused:
    def test_a_missing_file(self, tmp_path: Path) -> None:
        assert refusal(tmp_path / "a.csv").startswith("a.csv: cannot be read (No such file")

    def test_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").mkdir()
        assert refusal(tmp_path / "a.csv").startswith("a.csv: is a folder")

    def test_a_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "a.csv")
        assert refusal(tmp_path / "a.csv").startswith("a.csv: is no ordinary file")

    def test_a_name_that_no_file_can_have(self) -> None:
        assert "is no name a file can have" in refusal(Path("a\0.csv"))

    @pytest.mark.parametrize("name", ["a.ods", "a.xls", "a.xlsm", "a.pdf", "csv", ".xlsx.zip"])
    def test_another_kind_of_file_with_what_is_taken(self, tmp_path: Path, name: str) -> None:
        message = refusal(save(tmp_path, "a\n1\n", name))
        assert message.startswith(f"{name}: is not taken")
        assert ".xlsx" in message
        assert ".csv, .tsv, .txt" in message

    @pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
    def test_an_empty_file(self, tmp_path: Path, name: str) -> None:
        assert refusal(save(tmp_path, "", name)).startswith(f"{name}: is empty")

    @pytest.mark.parametrize("content", ["\ufeff", "\n\n", " , ,\n,\n"])
    def test_a_file_with_nothing_but_spaces_and_delimiters(self, tmp_path: Path, content: str) -> None:
        assert "is empty" in refusal(save(tmp_path, content))

    def test_a_file_with_only_a_header(self, tmp_path: Path) -> None:
        assert refusal(save(tmp_path, "a,b\n,\n")).startswith("answers.csv: has column names but no answers")

    @pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
    def test_a_file_of_100_mb_before_it_is_read(
        self, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(100_000_000)
        monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("was opened"))
        assert refusal(tmp_path / name).startswith(f"{name}: is larger than 20 MB")


class TestCsvThatIsRefused:
    @pytest.mark.parametrize(
        ("content", "place"),
        [
            ("a,b\n1,2\n3,é\n".encode("latin-1"), "row 3, column B"),
            ('a,b\n"1\n2",3\né,'.encode("latin-1"), "row 3, column A"),
            ("a,é\n1,2\n".encode("cp1252"), "row 1, column B"),
            ("a,b\n1,2\n".encode("utf-16")[:-1], "row 2, column B"),
        ],
    )
    def test_another_encoding_with_the_place_of_its_first_bad_byte(
        self, tmp_path: Path, content: bytes, place: str
    ) -> None:
        message = refusal(save(tmp_path, content))
        assert message.startswith(f"answers.csv, {place}: cannot be read as text from here on")
        assert "save it as CSV UTF-8" in message

    def test_a_nul_character(self, tmp_path: Path) -> None:
        assert refusal(save(tmp_path, "a,b\n1,2\n3,\0\n")).startswith("answers.csv, row 3, column B: a NUL character")

    def test_utf_16_without_a_mark(self, tmp_path: Path) -> None:
        assert "row 1, column A: a NUL character" in refusal(save(tmp_path, "a,b\n1,2\n".encode("utf-16-le")))

    @pytest.mark.parametrize("bad", ['"never closed\n4,5\n', '"closed" early,4\n', f"{'x' * 140_000},1\n"])
    def test_broken_quoting_and_endless_cells_with_the_row_they_start_in(self, tmp_path: Path, bad: str) -> None:
        message = refusal(save(tmp_path, f'a,b\n"1\n1",2\n{bad}'))
        assert message.startswith("answers.csv, row 3: is not valid CSV here")

    def test_a_row_with_more_cells_than_the_header(self, tmp_path: Path) -> None:
        message = refusal(save(tmp_path, "a,b\n1,2\n\n1,2,\n"))
        assert message.startswith("answers.csv, row 4: has 3 cells but there are only 2 column names")

    @pytest.mark.parametrize("again", ["Age", "  age\u00a0"])
    def test_a_column_name_that_stands_twice_with_both_columns(self, tmp_path: Path, again: str) -> None:
        message = refusal(save(tmp_path, f"Age,,b,{again}\n1,,2,3\n"))
        assert message.startswith("answers.csv, row 1, column D: ")
        assert "is the name of column A already" in message

    def test_a_column_without_a_name_that_has_something_in_it(self, tmp_path: Path) -> None:
        message = refusal(save(tmp_path, "a,,b\n1,,2\n1,x,2\n"))
        assert message.startswith(
            "answers.csv, row 1, column B: this column has no name, yet something stands in row 3"
        )

    def test_more_than_100_000_rows(self, tmp_path: Path) -> None:
        assert len(read_one(save(tmp_path, "a\n" + "1\n" * 100_000)).rows) == 100_000
        assert "has more than 100,000 rows" in refusal(save(tmp_path, "a\n" + "1\n" * 100_001))

    def test_more_than_500_columns(self, tmp_path: Path) -> None:
        names = [f"c{number}" for number in range(501)]
        assert len(read_one(save(tmp_path, ",".join(names[:500]) + ",,\n1\n")).header) == 500
        assert "has more than 500 columns" in refusal(save(tmp_path, ",".join(names) + "\n1\n"))

    def test_short_rows_that_would_fill_the_memory_when_filled_up(self, tmp_path: Path) -> None:
        names = ",".join(f"c{number}" for number in range(500))
        assert "more than 10,000,000 cells" in refusal(save(tmp_path, f"{names}\n" + "1\n" * 20_001))


class TestRepeatedNamesThatAreNumbered:
    def test_the_second_and_third_get_a_number(self, tmp_path: Path) -> None:
        (table,) = read_tables(save(tmp_path, "Why?,a,why?,Why?\n1,2,3,4\n"), number_repeats=True)
        assert table.header == ("Why?", "a", "why? (2)", "Why? (3)")

    def test_a_number_that_stands_there_already_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(BadInput, match=r"column C: “a \(2\)” is the name of column B already"):
            read_tables(save(tmp_path, "a,a (2),a\n1,2,3\n"), number_repeats=True)


class TestXlsxThatIsTaken:
    def test_each_sheet_that_is_not_empty_is_a_table(self, tmp_path: Path) -> None:
        found = read_tables(book(tmp_path, Board=[["a"], ["x"]], Nothing=[], Team=[["b", "c"]]))
        assert found == [
            Table("answers.xlsx, sheet Board", ("a",), [("x",)], 2),
            Table("answers.xlsx, sheet Team", ("b", "c"), [], 2),
        ]

    def test_a_sheet_that_is_a_chart_is_passed_over(self, tmp_path: Path) -> None:
        with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as workbook:
            chart = workbook.add_chart({"type": "bar"})
            chart.add_series({"values": "=Board!$A$2:$A$3"})
            workbook.add_chartsheet("Chart").set_chart(chart)
            workbook.add_worksheet("Board").write_column(0, 0, ["a", 1, 2])
        assert [table.name for table in read_tables(tmp_path / "a.xlsx")] == ["a.xlsx, sheet Board"]

    @pytest.mark.parametrize(
        ("value", "text"),
        [(3.0, "3"), (3.5, "3.5"), (-0.0, "0"), (0.1 + 0.2, "0.3"), (1e20, "1e+20"), (True, "1"), (False, "0")],
    )
    def test_numbers_and_yes_or_no_are_as_short_as_they_can_be(
        self, tmp_path: Path, value: float | bool, text: str
    ) -> None:
        assert read_one(book(tmp_path, Board=[["a"], [value]])).rows == [(text,)]

    @pytest.mark.parametrize(
        ("value", "shown", "text"),
        [
            (datetime.date(2024, 5, 1), "d.m.yy", "2024-05-01"),
            (datetime.datetime(2024, 5, 1, 13, 30), "d.m.yy hh:mm", "2024-05-01T13:30:00"),
            (datetime.time(13, 30), "hh:mm", "13:30:00"),
            (datetime.timedelta(days=1, hours=2, minutes=5), "[h]:mm", "26:05:00"),
        ],
    )
    def test_dates_and_times_are_iso_text(self, tmp_path: Path, value: Any, shown: str, text: str) -> None:
        with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as workbook:
            sheet = workbook.add_worksheet()
            sheet.write(0, 0, "a")
            sheet.write_datetime(1, 0, value, workbook.add_format({"num_format": shown}))
        assert read_one(tmp_path / "a.xlsx").rows == [(text,)]

    def test_row_numbers_are_those_of_the_sheet(self, tmp_path: Path) -> None:
        table = read_one(book(tmp_path, Board=[[], [None, "a"], [], [None, "x"]]))
        assert (table.header, table.rows, table.first_row) == (("a",), [("",), ("x",)], 3)

    def test_drop_down_lists_conditional_formats_and_tables_hold_no_formula(self, tmp_path: Path) -> None:
        with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as workbook:
            sheet = workbook.add_worksheet("Board")
            sheet.write_column(0, 0, ["a", 1, 2])
            sheet.data_validation(1, 0, 2, 0, {"validate": "list", "source": "=$A$2:$A$3"})
            sheet.conditional_format(1, 0, 2, 0, {"type": "data_bar", "data_bar_2010": True, "min_value": "=$A$2"})
            sheet.add_sparkline(1, 5, {"range": "Board!A2:A3"})
            sheet.add_table(0, 0, 2, 0, {"columns": [{"header": "a"}]})
            workbook.define_name("Answers", "=Board!$A$2:$A$3")
        with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
            assert b"<xm:f>" in archive.read("xl/worksheets/sheet1.xml")
        assert read_one(tmp_path / "a.xlsx").rows == [("1",), ("2",)]

    def test_an_empty_cell_far_out_with_only_a_format_is_no_matter(self, tmp_path: Path) -> None:
        far = '<row r="2"><c r="A2"><v>7</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
        assert read_one(with_cells(tmp_path, far)).rows == [("7",)]

    def test_cells_that_do_not_say_where_they_stand_are_taken(self, tmp_path: Path) -> None:
        assert read_one(with_cells(tmp_path, "<row><c><v>7</v></c></row><row><c><v>8</v></c></row>")).rows == [
            ("7",),
            ("8",),
        ]

    def test_what_holds_for_csv_headers_holds_for_sheets(self, tmp_path: Path) -> None:
        message = refusal(book(tmp_path, Board=[["a", "b", "A"], [1, 2, 3]]))
        assert message.startswith("answers.xlsx, sheet Board, row 1, column C: “A” is the name of column A already")


class TestXlsxThatIsRefused:
    def test_sheets_with_only_headers(self, tmp_path: Path) -> None:
        assert "no answers in it" in refusal(book(tmp_path, Board=[["a"]], Team=[["b"]]))

    def test_sheets_with_nothing_in_them(self, tmp_path: Path) -> None:
        assert refusal(book(tmp_path, Board=[])).startswith("answers.xlsx: is empty")

    @pytest.mark.parametrize("content", [b"PK\x03\x04 and no more", b"a,b\n1,2\n", b"PK\x05\x06" + b"\0" * 18])
    def test_what_is_no_workbook(self, tmp_path: Path, content: bytes) -> None:
        assert refusal(save(tmp_path, content, "a.xlsx")).startswith("a.xlsx: is broken or no XLSX workbook")

    def test_a_workbook_that_was_cut_off_or_damaged(self, tmp_path: Path) -> None:
        whole = book(tmp_path, Board=[["a"], ["x"]]).read_bytes()
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
        damaged = bytearray(whole)
        damaged[start + 100] ^= 0xFF
        for content in (whole[: len(whole) // 2], bytes(damaged)):
            assert "is broken" in refusal(save(tmp_path, content, "a.xlsx"))

    @pytest.mark.parametrize("part", ["workbook", "sheet1", "workbook.xml"])
    def test_a_workbook_that_lacks_a_part(self, tmp_path: Path, part: str) -> None:
        assert "is broken" in refusal(rewritten(book(tmp_path, Board=[["a"], ["x"]]), **{part: None}))

    def test_one_that_a_password_protects(self, tmp_path: Path) -> None:
        message = refusal(save(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xlsx"))
        assert message.startswith("a.xlsx: is protected by a password")

    def test_a_zip_whose_parts_a_password_protects(self, tmp_path: Path) -> None:
        data = bytearray(book(tmp_path, Board=[["a"], ["x"]]).read_bytes())
        for entry in re.finditer(b"PK\x01\x02", bytes(data)):
            data[entry.start() + 8] |= 1
        assert "is protected by a password" in refusal(save(tmp_path, bytes(data), "a.xlsx"))

    @pytest.mark.parametrize("kind", ["write_formula", "write_array_formula", "write_dynamic_array_formula"])
    def test_a_formula_with_sheet_row_and_column(self, tmp_path: Path, kind: str) -> None:
        with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as workbook:
            workbook.add_worksheet("Board").write_column(0, 0, ["a", "x"])
            sheet = workbook.add_worksheet("Team & all")
            sheet.write_row(0, 0, [f"c{number}" for number in range(30)])
            getattr(sheet, kind)(*((6, 27) if kind == "write_formula" else (6, 27, 6, 27)), "=1+1", None, 2)
        message = refusal(tmp_path / "a.xlsx")
        assert message.startswith("a.xlsx, sheet Team & all, row 7, column AB: a formula stands here")
        assert "values only" in message

    def test_a_formula_under_another_prefix(self, tmp_path: Path) -> None:
        cells = '<x:row xmlns:x="main" r="3"><x:c r="C3"><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row>'
        assert "sheet Board, row 3, column C: a formula stands here" in refusal(with_cells(tmp_path, cells))

    def test_a_cell_with_an_error(self, tmp_path: Path) -> None:
        cells = '<row r="2"><c r="B2" t="e"><v>#N/A</v></c></row>'
        assert "sheet Board, row 2, column B: an error such as #N/A" in refusal(with_cells(tmp_path, cells))

    def test_a_nul_character(self, tmp_path: Path) -> None:
        cells = '<row r="2"><c r="A2" t="str"><v>a_x0000_b</v></c></row>'
        assert "sheet Board, row 2, column A: a NUL character" in refusal(with_cells(tmp_path, cells))

    def test_a_date_that_no_calendar_has(self, tmp_path: Path) -> None:
        with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as workbook:
            sheet = workbook.add_worksheet()
            sheet.write(0, 0, "a")
            sheet.write(1, 0, 1e300, workbook.add_format({"num_format": "[h]:mm"}))
        assert "is broken" in refusal(tmp_path / "a.xlsx")

    def test_sheets_that_share_a_part(self, tmp_path: Path) -> None:
        path = book(tmp_path, Board=[["a"], ["x"]])
        again = '<sheet name="Again" sheetId="2" r:id="rId1"/></sheets>'
        assert "is broken" in refusal(rewritten(path, workbook=lambda part: part.replace("</sheets>", again)))


class TestXlsxThatWouldFillTheMemory:
    @pytest.mark.parametrize("part", ["workbook", "workbook.xml", "sheet1", "sharedStrings", "styles"])
    def test_entities_in_any_part(self, tmp_path: Path, part: str) -> None:
        declared = '?>\n<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        path = rewritten(book(tmp_path, Board=[["a"], ["x"]]), **{part: lambda text: text.replace("?>", declared, 1)})
        assert "is broken" in refusal(path)

    def test_a_part_that_is_packed_too_tightly(self, tmp_path: Path) -> None:
        path = book(tmp_path, Board=[["a"], ["x"]])
        message = refusal(rewritten(path, sheet1=lambda part: part + " " * 10_000_001))
        assert message.startswith("answers.xlsx: would take too much memory")

    def test_parts_that_are_too_large_together(self, tmp_path: Path) -> None:
        path = book(tmp_path, Board=[["a"], ["x"]])
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            for number in range(21):
                archive.writestr(f"xl/media/{number}.png", bytes(9_900_000))
        assert "would take too much memory" in refusal(path)

    def test_a_part_that_is_larger_than_it_says(self, tmp_path: Path) -> None:
        path = book(tmp_path, Board=[["a"], ["x"]])
        rewritten(path, sheet1=lambda part: part + " " * 9_000_000)
        data = path.read_bytes()
        small = data.replace((9_000_000 + _size_of_sheet(path)).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
        assert small != data
        assert "is broken" in refusal(save(tmp_path, small, "a.xlsx"))

    def test_other_ways_to_pack_than_a_spreadsheet_has(self, tmp_path: Path) -> None:
        path = book(tmp_path, Board=[["a"], ["x"]])
        with zipfile.ZipFile(path, "a", zipfile.ZIP_LZMA) as archive:
            archive.writestr("xl/more.xml", "<a/>")
        assert "is broken" in refusal(path)

    def test_two_parts_of_one_name(self, tmp_path: Path) -> None:
        path = book(tmp_path, Board=[["a"], ["x"]])
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("xl\\Worksheets\\sheet1.xml", "<a/>")
        assert "is broken" in refusal(path)

    @pytest.mark.parametrize(
        ("cells", "place"),
        [
            ('<row r="9"><c r="A1048576"><v>1</v></c></row>', "row 1048576, column A"),
            ('<row r="1048576"><c r="A2"><v>1</v></c><c><v>1</v></c></row>', "row 1048576, column B"),
            ('<row r="2"><c r="XFD2"><v>1</v></c></row>', "row 2, column XFD"),
        ],
    )
    def test_a_cell_far_out_with_its_place(self, tmp_path: Path, cells: str, place: str) -> None:
        message = refusal(with_cells(tmp_path, cells))
        assert message.startswith(f"answers.xlsx, sheet Board, {place}: is filled beyond 100,000 rows or 500 columns")

    def test_two_cells_with_too_many_between_them(self, tmp_path: Path) -> None:
        cells = '<row r="90000"><c r="SF90000"><v>1</v></c></row>'
        assert "would take too much memory" in refusal(with_cells(tmp_path, cells))

    @pytest.mark.parametrize(
        "cells",
        [
            '<row r="2"><c r="XFD9999999"><c r="A2"></c><v>1</v></c></row>',
            '<row r="2"><c r="XFD9999999"><si></si><v>1</v></c></row>',
            '<row r="99999999999"><c><v>1</v></c></row>',
            '<row r="2"><c r="AAAAA2"><v>1</v></c></row>',
            "<a>" * 200 + "</a>" * 200,
        ],
    )
    def test_cells_that_try_to_hide_where_they_stand(self, tmp_path: Path, cells: str) -> None:
        assert "answers.xlsx, sheet Board" in refusal(with_cells(tmp_path, cells))

    @pytest.mark.parametrize("count", ["99999999999", "+99999999999", "0" * 20 + "9"])
    def test_a_list_of_texts_that_says_it_is_endless(self, tmp_path: Path, count: str) -> None:
        path = book(tmp_path, Board=[["a"], ["x"]])
        rewritten(path, sharedStrings=lambda part: re.sub('uniqueCount="[^"]*"', f'uniqueCount="{count}"', part))
        assert "would take too much memory" in refusal(path)

    @pytest.mark.parametrize("before", ["", "<c></c>"])
    def test_a_long_text_that_many_cells_share(self, tmp_path: Path, before: str) -> None:
        path = book(tmp_path, Board=[["a"], *[["x"]] * 200])
        long = f"{before}<t>{'x' * 300_000}</t>"
        assert "would take too much memory" in refusal(
            rewritten(path, sharedStrings=lambda part: part.replace("<t>x</t>", long))
        )

    def test_an_index_that_hides_behind_a_comment(self, tmp_path: Path) -> None:
        scan = formulas._scan(b'<r><c t="s"><v>1<!-- -->2</v></c></r>', "a.xlsx")
        assert scan.shared == [12]


def _size_of_sheet(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return archive.getinfo("xl/worksheets/sheet1.xml").file_size - 9_000_000


@pytest.mark.parametrize(
    ("number", "letter"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA"), (16384, "XFD")]
)
def test_columns_are_called_as_in_a_spreadsheet(number: int, letter: str) -> None:
    assert column_letter(number) == letter
    assert formulas._column_number(letter) == number


def test_limits_are_those_the_messages_name() -> None:
    assert (tables.MOST_BYTES, formulas.MOST_ROWS, formulas.MOST_COLUMNS) == (20_000_000, 100_000, 500)
