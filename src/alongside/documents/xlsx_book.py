"""Tables as a workbook or as CSV: text stays text whatever it begins with, numbers stay numbers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence

import xlsxwriter

from alongside.documents.blocks import Rows

Cell = str | int | float | None
WIDEST = 60
LONGEST_CELL = 32_767
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def xlsx(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook with a sheet for each table, under its name; the header row is bold and stays in sight.

    Every text is written as a typed string, so that none becomes a formula, a link or a number.
    """
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        names = _names(list(sheets))
        for name, table in zip(names, sheets.values(), strict=True):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for column, title in enumerate(table.head):
                sheet.write_string(0, column, title, bold)
                sheet.set_column(column, column, _width(table, column))
            for number, row in enumerate(table.rows, 1):
                for column, cell in enumerate(row):
                    _write(sheet, number, column, cell)
    return data.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell[:LONGEST_CELL])
    elif cell is not None:
        sheet.write_number(row, column, cell)


def _width(table: Rows, column: int) -> int:
    longest = max((len(str(row[column])) for row in table.rows if row[column] is not None), default=0)
    return min(WIDEST, max(longest, len(table.head[column])) + 2)


def _names(wanted: Sequence[str]) -> list[str]:
    """Names a sheet can have: 31 UTF-16 units, none of []:*?/\\, no apostrophe at an end, each once."""
    names: list[str] = []
    for number, name in enumerate(wanted, 1):
        clean = _fitting(re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", name), 31)
        taken = {one.lower() for one in names}
        usable = clean and clean.lower() not in {*taken, "history"}
        names.append(clean if usable else f"{_fitting(clean, 26)} {number}".strip())
    return names


def _fitting(name: str, units: int) -> str:
    cut = name.encode("utf-16-le", "ignore")[: 2 * units].decode("utf-16-le", "ignore")
    return cut.strip(" '")


def csv_text(table: Rows) -> str:
    """A table as CSV; text that a spreadsheet could take for a formula gets an apostrophe in front."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_harmless(title) for title in table.head])
    writer.writerows([[_harmless(cell) for cell in row] for row in table.rows])
    return out.getvalue()


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_DANGEROUS) else cell
