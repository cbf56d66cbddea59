"""Text stays text whatever it begins with; numbers stay numbers."""

from __future__ import annotations

import csv
import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from alongside.documents.blocks import Rows
from alongside.documents.xlsx_book import csv_text, xlsx

TYPED = ["=1+1", "+49", "-5", "@SUM(A1)", "https://example.org", "12", "0012", "<b>", "\tx", "{=1}"]


def test_text_in_a_workbook_is_never_a_formula_a_link_or_a_number():
    made = xlsx({"Figures": Rows("c", ("=head", "n"), tuple((text, 2.5) for text in TYPED))})
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet
    rows = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()
    assert rows == [["=head", "n"], *([text, 2.5] for text in TYPED)]


@given(st.lists(st.text(max_size=60), min_size=1, max_size=6))
def test_every_sheet_gets_a_name_a_workbook_can_have(names):
    unique = list(dict.fromkeys(names))
    made = xlsx({name: Rows("c", ("a",), ()) for name in unique})
    found = CalamineWorkbook.from_filelike(io.BytesIO(made)).sheet_names
    assert len(found) == len(unique)
    assert len({name.lower() for name in found}) == len(unique)


def test_csv_escapes_what_a_spreadsheet_would_run_and_leaves_numbers():
    table = Rows("c", ("=head", "n"), (*((text, -3) for text in TYPED), ("\rx", 1.5)))
    rows = list(csv.reader(io.StringIO(csv_text(table), newline="")))
    assert rows[0] == ["'=head", "n"]
    assert rows[1] == ["'=1+1", "-3"]
    for text, number in rows[1:]:
        assert not text.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert float(number)
