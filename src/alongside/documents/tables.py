"""Reads a CSV or XLSX file into plain tables of text, or says in one sentence why it cannot be used.

Cells are left as they stand in the file; whoever reads them trims them. In the header, spaces of any kind become one.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import compress, islice
from pathlib import Path

from django.utils.translation import gettext_noop
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from alongside.documents.formulas import BROKEN, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, checked_copy, column_letter
from alongside.standard.bad_input import BadInput, Problem
from alongside.standard.surveys import plain

MOST_BYTES = 20_000_000
TEXT_ENDINGS = (".csv", ".tsv", ".txt")

EMPTY = gettext_noop("is empty; fill in a row of column names and the answers below it")
NO_ROWS = gettext_noop("has column names but no answers in it; fill in at least one row")
NO_TEXT = gettext_noop("cannot be read as text from here on; save it as CSV UTF-8")
NUL = gettext_noop("a NUL character stands here, which no text has; save the file as CSV UTF-8 or .xlsx again")

_ENCODINGS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_FIRST_LINE = re.compile(r'(?: *[\r\n])*+(?:(?<![^,;\t\r\n])(?:"[^"]*+")++|[^,;\t\r\n]++|[,;\t])*+')
_QUOTED = re.compile(r'(?<![^,;\t\r\n])(?:"[^"]*+")++')

Value = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as text. Every row is as long as the header; an empty row between others stays, so that numbers hold.

    `name` is the file, or file and sheet ("answers.xlsx, sheet Board"); `first_row` the row number of rows[0] in it.
    """

    name: str
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    first_row: int


def read_tables(path: Path, *, number_repeats: bool = False) -> list[Table]:
    """The tables in a file: one of a CSV file, one for each sheet of an XLSX file that is not empty.

    A column name that stands twice is refused, or with `number_repeats` called “name (2)” the second time. Raises
    `BadInput` for whatever else cannot be read for certain, naming file, row and column.
    """
    file = path.name or str(path)
    data = _read_bytes(path, file)
    sheets = [(file, _csv_records(data, file))] if file.lower().endswith(TEXT_ENDINGS) else _xlsx_records(data, file)
    tables = [table for name, records in sheets if (table := _table(name, records, number_repeats))]
    if not tables:
        raise BadInput(Problem(file, EMPTY))
    if not any(table.rows for table in tables):
        raise BadInput(Problem(file, NO_ROWS))
    return tables


def _read_bytes(path: Path, file: str) -> bytes:
    """The whole file, after what can be known without reading it."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise BadInput(Problem(file, "is a folder; name a file in it"))
        if not file.lower().endswith((*TEXT_ENDINGS, ".xlsx")):
            raise BadInput(Problem(file, f"is not taken; save it as .xlsx or as CSV UTF-8 ({', '.join(TEXT_ENDINGS)})"))
        if not stat.S_ISREG(found.st_mode):  # a pipe would keep us waiting
            raise BadInput(Problem(file, "is no ordinary file; copy it into one"))
        if found.st_size <= MOST_BYTES:
            with path.open("rb") as stream:
                data = stream.read(MOST_BYTES + 1)  # a file that grows meanwhile is not read to its end
            if len(data) <= MOST_BYTES:
                return data
    except OSError as error:
        raise BadInput(
            Problem(file, f"cannot be read ({error.strerror}); check the name and who may read it")
        ) from None
    except ValueError:
        raise BadInput(Problem(file, "is no name a file can have; check it")) from None
    raise BadInput(Problem(file, f"is larger than {MOST_BYTES // 1_000_000} MB; split it into smaller files"))


def _csv_records(data: bytes, file: str) -> list[list[str]]:
    """Every record of a CSV file, the first being row 1."""
    text = _decoded(data, file)
    records = _records(text, file)
    if "\0" in text:
        _refuse_nul(file, records)
    return records


def _decoded(data: bytes, file: str) -> str:
    mark = next((mark for mark in _ENCODINGS if data.startswith(mark)), b"")
    encoding = _ENCODINGS.get(mark, "utf-8")
    data = data.removeprefix(mark)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = _records(data[: error.start].decode(encoding) + "?", file, strict=False)
        column = column_letter(len(before[-1]))
        raise BadInput(Problem(file, NO_TEXT, len(before), column)) from None


def _records(text: str, file: str, *, strict: bool = True) -> list[list[str]]:
    lines = io.StringIO(text, newline="")
    records: list[list[str]] = []
    try:
        # what came before an error stays in the list, and tells its row
        records.extend(islice(csv.reader(lines, delimiter=_delimiter(text), strict=strict), MOST_ROWS + 2))
    except csv.Error as error:
        message = f"is not valid CSV here ({error}); close every quotation mark, or save it again from a spreadsheet"
        raise BadInput(Problem(file, message, len(records) + 1)) from None
    if len(records) > MOST_ROWS + 1:
        raise BadInput(Problem(file, f"has more than {MOST_ROWS:,} rows; split it into smaller files"))
    return records


def _delimiter(text: str) -> str:
    """What stands between the names in the first line that has any.

    A tab decides. Between comma and semicolon the more frequent one does, not counting those in front of a space: they
    belong to a sentence, and spreadsheets in half of Europe write questions with commas between semicolons.
    """
    line = _FIRST_LINE.match(text)
    names = _QUOTED.sub("", line[0]).strip(" \r\n") if line else ""
    if "\t" in names:
        return "\t"
    counts = {mark: (len(re.findall(f"{mark}(?! )", names)), names.count(mark)) for mark in ",;"}
    return ";" if counts[";"] > counts[","] else ","


def _xlsx_records(data: bytes, file: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Name and rows of each sheet, from row 1 on; sheets that hold only a chart have none."""
    copy = checked_copy(data, file) if data else b""
    if not copy:
        return
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(copy)) as book:
            for index, sheet in enumerate(book.sheets_metadata):
                if sheet.typ is SheetTypeEnum.WorkSheet:
                    values = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
                    name = f"{file}, sheet {sheet.name}"
                    records = [[v if v.__class__ is str else _as_text(v) for v in row] for row in values]
                    _refuse_nul(name, records)
                    yield name, records
    except (CalamineError, ArithmeticError, ValueError):  # the last two for a date that no calendar has
        raise BadInput(Problem(file, BROKEN)) from None


def _as_text(value: Value) -> str:
    """3.0 is 3, a number has the 15 digits that a spreadsheet keeps, yes is 1; a duration is in hours."""
    match value:
        case str():
            return value
        case bool():
            return "1" if value else "0"
        case int() | float():
            return f"{value + 0.0:.15g}"
        case timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return value.isoformat()


def _refuse_nul(name: str, records: Sequence[Sequence[str]]) -> None:
    for row, record in enumerate(records, 1):
        if "\0" in "".join(record):
            column = next(number for number, cell in enumerate(record, 1) if "\0" in cell)
            raise BadInput(Problem(name, NUL, row, column_letter(column)))


def _table(name: str, records: list[list[str]], number_repeats: bool) -> Table | None:
    """The table in `records`, or None when nothing stands in them."""
    top = next((index for index, record in enumerate(records) if not _blank(record)), None)
    if top is None:
        return None
    last = next(index for index in range(len(records) - 1, -1, -1) if not _blank(records[index]))
    header = [" ".join(cell.split()) for cell in records[top]]
    rows = _fitted(name, records[top + 1 : last + 1], top + 2, len(header))
    if "" in header:
        header, rows = _named_columns(name, header, rows, top + 1)
    if len(header) > MOST_COLUMNS:
        raise BadInput(Problem(name, f"has more than {MOST_COLUMNS} columns; take out those that nothing is read from"))
    if number_repeats:
        header = _numbered(header)
    _refuse_repeats(name, header, records[top], top + 1)
    return Table(name, tuple(header), rows, top + 2)


def _blank(record: Sequence[str]) -> bool:
    return not "".join(record).strip()


def _fitted(name: str, records: list[list[str]], first_row: int, width: int) -> list[tuple[str, ...]]:
    """The records as rows of `width` cells. One that is longer has a stray delimiter: its answers may have moved."""
    if len(records) * width > MOST_CELLS:
        raise BadInput(Problem(name, f"has more than {MOST_CELLS:,} cells; split it into smaller files"))
    empty = ("",) * width
    rows = []
    for row, record in enumerate(records, first_row):
        missing = width - len(record)
        if missing < 0:
            message = f"has {len(record)} cells but there are only {width} column names; is a quotation mark missing?"
            raise BadInput(Problem(name, message, row))
        if missing or not record[0].strip():
            rows.append(empty if _blank(record) else (*record, *[""] * missing))
        else:
            rows.append(tuple(record))
    return rows


def _named_columns(
    name: str, header: list[str], rows: list[tuple[str, ...]], header_row: int
) -> tuple[list[str], list[tuple[str, ...]]]:
    """Without the columns that have neither a name nor anything else in them."""
    for column in [index for index, title in enumerate(header) if not title]:
        filled = next((row for row, cells in enumerate(rows, header_row + 1) if cells[column].strip()), None)
        if filled is not None:
            message = f"this column has no name, yet something stands in row {filled}; give it a name or empty it"
            raise BadInput(Problem(name, message, header_row, column_letter(column + 1)))
    return [title for title in header if title], [tuple(compress(row, header)) for row in rows]


def _numbered(header: list[str]) -> list[str]:
    """“Why?”, “Why?” becomes “Why?”, “Why? (2)”."""
    times: dict[str, int] = {}
    titles = []
    for title in header:
        times[plain(title)] = times.get(plain(title), 0) + 1
        titles.append(title if times[plain(title)] == 1 else f"{title} ({times[plain(title)]})")
    return titles


def _refuse_repeats(name: str, header: list[str], cells: list[str], row: int) -> None:
    """`cells` is the header as it stands in the file, with columns that `header` no longer has."""
    letters = [column_letter(number) for number, cell in enumerate(cells, 1) if cell.strip()]
    seen: dict[str, str] = {}
    for title, letter in zip(header, letters, strict=True):
        first = seen.setdefault(plain(title), letter)
        if first != letter:
            message = f"“{title[:60]}” is the name of column {first} already; give each column a name of its own"
            raise BadInput(Problem(name, message, row, letter))
