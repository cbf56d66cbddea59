"""Tables as a workbook or as CSV: text stays text whatever it begins with, numbers stay numbers."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from alongside.documents.blocks import Rows

Cell = str | int | float | None
NARROWEST, WIDEST = 8, 60
LONGEST_CELL, LONGEST_HEADER = 32_767, 240
A4 = 9
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def open_book(content: io.BytesIO) -> Any:
    """A workbook that takes no text for a formula, a link or a number; to be used in a ``with`` statement."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(content, {"in_memory": True, **options})


def head_format(book: Any) -> Any:
    """How the names of columns look."""
    return book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#e3efec"})


def xlsx(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook with a sheet for each table, under its name; the header row is bold and stays in sight.

    Every text is written as a typed string, so that none becomes a formula, a link or a number. The caption stands
    above each page when it is printed.
    """
    content = io.BytesIO()
    with open_book(content) as book:
        head, long = head_format(book), book.add_format({"text_wrap": True, "valign": "top"})
        for name, table in zip(_names(list(sheets)), sheets.values(), strict=True):
            sheet = book.add_worksheet(name)
            _for_printing(sheet, table)
            for column, title in enumerate(table.head):
                sheet.set_column(column, column, _width(table, column))
                _write(sheet, 0, column, title, head)
            for number, row in enumerate(table.rows, 1):
                for column, cell in enumerate(row):
                    _write(sheet, number, column, cell, long)
    return content.getvalue()


def _for_printing(sheet: Any, table: Rows) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&L{table.caption[: LONGEST_HEADER // 2].replace('&', '&&')}")


def _write(sheet: Any, row: int, column: int, cell: Cell, text_format: Any) -> None:
    match cell:
        case str():
            sheet.write_string(row, column, cell[:LONGEST_CELL], text_format)
        case int() | float() if math.isfinite(cell):
            sheet.write_number(row, column, cell)


def _width(table: Rows, column: int) -> int:
    longest = max((len(str(row[column])) for row in table.rows if row[column] is not None), default=0)
    words = max((len(word) for word in table.head[column].split()), default=0)
    return min(WIDEST, max(NARROWEST, longest + 2, words + 2))


def _names(wanted: Sequence[str]) -> list[str]:
    """Names a sheet can have: 31 UTF-16 units, none of []:*?/\\, no apostrophe at an end, each once, not “History”."""
    names: list[str] = []
    taken = {"history", ""}
    for number, name in enumerate(wanted, 1):
        clean = _fitting(NOT_IN_A_NAME.sub(" ", name), 31)
        while clean.lower() in taken:
            clean = f"{_fitting(clean, 24)} {number}".strip()
            number += len(wanted)
        taken.add(clean.lower())
        names.append(clean)
    return names


def _fitting(name: str, units: int) -> str:
    cut = name.encode("utf-16-le", "ignore")[: 2 * units].decode("utf-16-le", "ignore")
    return cut.strip(" '")


def csv_text(table: Rows) -> str:
    """A table as CSV; text that a spreadsheet could take for a formula gets an apostrophe in front.

    Spreadsheets know the letters only if the file begins with a mark: encode it as ``utf-8-sig``.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_harmless(title) for title in table.head])
    writer.writerows([[_harmless(cell) for cell in row] for row in table.rows])
    return out.getvalue()


def _harmless(cell: Cell) -> Cell:
    match cell:
        case str():
            return f"'{cell}" if cell.startswith(RUN_BY_SPREADSHEETS) else cell
        case float() if not math.isfinite(cell):
            return None
    return cell
