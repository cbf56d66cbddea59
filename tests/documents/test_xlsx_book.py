"""Text stays text whatever it begins with; numbers stay numbers."""

from __future__ import annotations

import csv
import io
import math
import re
import zipfile

from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from alongside.documents.blocks import Rows
from alongside.documents.xlsx_book import csv_text, xlsx

TYPED = ["=1+1", "+49", "-5", "@SUM(A1)", "https://example.org", "12", "0012", "<b>", "\tx", "{=1}", "", "😀", "a\nb"]


def opened(made):
    return CalamineWorkbook.from_filelike(io.BytesIO(made))


def parts(made):
    """The XML of a workbook, part by part."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_text_in_a_workbook_is_never_a_formula_a_link_or_a_number():
    made = xlsx({"Figures": Rows("c", ("=head", "n"), tuple((text, 2.5) for text in TYPED))})
    sheet = parts(made)["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    rows = opened(made).get_sheet_by_index(0).to_python()
    assert rows == [["=head", "n"], *([text, 2.5] for text in TYPED)]


@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_every_sheet_gets_a_name_a_workbook_can_have(names):
    unique = list(dict.fromkeys(names))
    made = xlsx({name: Rows("c", ("a",), ()) for name in unique})
    found = opened(made).sheet_names
    assert len(found) == len(unique)
    assert len({name.lower() for name in found}) == len(unique)
    assert all(len(name.encode("utf-16-le")) <= 62 for name in found)


def test_sheets_that_would_have_the_same_name_are_numbered():
    wanted = ["Said", "said", "Said?", "History", "a" * 40, "a" * 41, "[]", "'x'", "a" * 24 + " 6"]
    made = xlsx({name: Rows("c", ("a",), ()) for name in wanted})
    found = opened(made).sheet_names
    assert found[:4] == ["Said", "said 2", "Said 3", "History 4"]
    assert found[4:] == ["a" * 31, "a" * 24 + " 6", "7", "x", "a" * 24 + " 9"]


def test_the_head_stays_in_sight_and_is_printed_on_every_page_under_the_caption():
    made = parts(xlsx({"Said": Rows("Said & done", ("Who", "n"), (("Team", 5),))}))
    sheet = made["xl/worksheets/sheet1.xml"]
    assert '<pane ySplit="1" topLeftCell="A2"' in sheet
    assert "<oddHeader>&amp;LSaid &amp;&amp; done</oddHeader>" in sheet
    assert "_xlnm.Print_Titles" in made["xl/workbook.xml"]
    assert "<b/>" in made["xl/styles.xml"]


def test_columns_are_as_wide_as_what_is_in_them_within_limits():
    table = Rows("c", ("n", "A name of several words", "long"), ((5, "Lindenhof and others", "x" * 500),))
    sheet = parts(xlsx({"Said": table}))["xl/worksheets/sheet1.xml"]
    widths = [round(float(one)) for one in re.findall(r'width="([\d.]+)"', sheet)]
    assert widths == [9, 23, 61]


def test_a_number_that_is_none_leaves_its_cell_empty():
    table = Rows("c", ("a", "b", "c", "d"), ((math.nan, math.inf, None, 0.1),))
    assert opened(xlsx({"x": table})).get_sheet_by_index(0).to_python()[1] == ["", "", "", 0.1]
    assert csv_text(table).splitlines()[1] == ",,,0.1"


def test_a_text_longer_than_a_cell_can_be_is_cut_and_not_lost():
    made = opened(xlsx({"x": Rows("c", ("a",), (("y" * 40_000,),))})).get_sheet_by_index(0).to_python()
    assert made[1] == ["y" * 32_767]


def test_csv_escapes_what_a_spreadsheet_would_run_and_leaves_numbers():
    table = Rows("c", ("=head", "n"), (*((text, -3) for text in TYPED), ("\rx", 1.5), ("＝1", 2)))
    rows = list(csv.reader(io.StringIO(csv_text(table), newline="")))
    assert rows[0] == ["'=head", "n"]
    assert rows[1] == ["'=1+1", "-3"]
    for text, number in rows[1:]:
        assert not text.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert float(number)
