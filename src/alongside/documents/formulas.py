"""Looks through an XLSX file before it is read: what would fill the memory is refused, and a cell with a formula too.

python-calamine hides formulas, and it makes room for every cell up to the farthest one, so one cell far out can end the
whole process. Both are found here, in the XML. What was looked through is packed anew: nothing else is read afterwards.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from functools import cache
from xml.parsers import expat

from django.utils.translation import gettext_noop

from alongside.standard.bad_input import BadInput, Problem

MOST_ROWS = 100_000
MOST_COLUMNS = 500
MOST_CELLS = 10_000_000
"""Rows times columns, empty ones too: that is the memory they take."""

MOST_UNPACKED = 200_000_000
MOST_CHARACTERS = 50_000_000
BOMB_BYTES, BOMB_RATIO = 10_000_000, 200
MOST_PARTS = 10_000
MOST_SHEETS = 1_000
DEEPEST = 100
DIGITS = 9
"""Of a row or an index: more cannot be right."""

BROKEN = gettext_noop("is broken or no XLSX workbook; open it in a spreadsheet and save it as .xlsx again")
PROTECTED = gettext_noop(
    "is protected by a password, or an old .xls under a new name; save it as .xlsx without a password"
)
FORMULA = gettext_noop("a formula stands here; copy the cells, paste them as values only, and save again")
ERROR = gettext_noop("an error such as #N/A stands here; put the right value in its place or empty the cell")
TOO_FAR = f"is filled beyond {MOST_ROWS:,} rows or {MOST_COLUMNS} columns; empty this cell or split the sheet"
TOO_MUCH = gettext_noop("would take too much memory when unpacked; save only the sheets with answers as a new .xlsx")

_OLE = b"\xd0\xcf\x11\xe0"
_READ = re.compile(r"(xl/|_rels/).*\.(xml|rels)|\[content_types\]\.xml", re.IGNORECASE)
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def checked_copy(data: bytes, file: str) -> bytes:
    """The workbook `data` with no more in it than its sheets, texts and styles, not compressed.

    Raises `BadInput` when it is broken or protected, unpacks too large, or has a formula or an error in a cell.
    """
    if data.startswith(_OLE):
        raise BadInput(Problem(file, PROTECTED))
    try:
        parts = _unpack(data, file)
        titles = _titles(parts, file)
        scans = [
            _scan(part, f"{file}, sheet {titles[name]}" if name in titles else file) for name, part in parts.items()
        ]
    except expat.ExpatError:
        raise BadInput(Problem(file, BROKEN)) from None
    _check_memory(scans, file)
    return _packed(parts)


@cache
def column_letter(number: int) -> str:
    """1 is A, 27 is AA."""
    before, last = divmod(number - 1, 26)
    return (column_letter(before) if before else "") + chr(ord("A") + last)


@cache
def _column_number(letters: str) -> int:
    return (_column_number(letters[:-1]) if letters[1:] else 0) * 26 + ord(letters[-1]) - ord("A") + 1


def _unpack(data: bytes, file: str) -> dict[str, bytes]:
    """The XML parts by name; raises `BadInput` before anything large is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_sizes(entries, file)
            wanted = {entry.filename.replace("\\", "/"): entry for entry in entries}
            if len({name.lower() for name in wanted}) < len(entries):
                raise BadInput(Problem(file, BROKEN))
            return {name: _content(archive, entry) for name, entry in wanted.items() if _READ.fullmatch(name)}
    except _ZIP_ERRORS:
        raise BadInput(Problem(file, BROKEN)) from None


def _check_sizes(entries: list[zipfile.ZipInfo], file: str) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadInput(Problem(file, PROTECTED))
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise BadInput(Problem(file, BROKEN))  # office programs write no other kind, and some of them cost memory
    bombs = any(e.file_size > BOMB_BYTES and e.file_size > e.compress_size * BOMB_RATIO for e in entries)
    if bombs or len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise BadInput(Problem(file, TOO_MUCH))


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as part:
        return part.read(entry.file_size + 1)  # read() without a number trusts what is packed, not the size it names


def _packed(parts: dict[str, bytes]) -> bytes:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return copy.getvalue()


def _titles(parts: dict[str, bytes], file: str) -> dict[str, str]:
    """What each sheet is called, by the name of its part."""
    names = {name.lower(): name for name in parts}
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names.keys():
        raise BadInput(Problem(file, BROKEN))
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for attributes in _elements(parts[names["xl/_rels/workbook.xml.rels"]], "Relationship", file)
    }
    titles: dict[str, str] = {}
    for attributes in _elements(parts[names["xl/workbook.xml"]], "sheet", file):
        id_ = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        name = names.get(_resolved(targets.get(id_, "")).lower())
        if name is None or name in titles:  # two sheets in one part would be read twice, or a thousand times
            raise BadInput(Problem(file, BROKEN))
        titles[name] = attributes.get("name", "")
    return titles


def _resolved(target: str) -> str:
    """A target that xl/workbook.xml names, as the name of a part."""
    if target.startswith(("/", "xl/")):
        return target.lstrip("/")
    return posixpath.normpath(f"xl/{target}")


def _elements(part: bytes, tag: str, file: str) -> list[dict[str, str]]:
    """The attributes of every element called `tag`."""
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == tag:
            found.append(attributes)
            if len(found) > MOST_SHEETS:
                raise BadInput(Problem(file, TOO_MUCH))

    parser = _parser(file)
    parser.StartElementHandler = start
    parser.Parse(part, True)
    return found


def _parser(file: str) -> expat.XMLParserType:
    """A parser that takes UTF-8 only, as calamine does, and no entities: they can multiply without end."""

    def refuse(*_: object) -> None:
        raise BadInput(Problem(file, BROKEN))

    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    return parser


def _scan(part: bytes, name: str) -> _Scan:
    scan, parser = _Scan(name), _parser(name)
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    parser.Parse(part, True)
    return scan


def _check_memory(scans: list[_Scan], file: str) -> None:
    """Refuses more cells or text than fit; a text that cells share is there once for each of them when it is read."""
    tables = [scan.lengths for scan in scans if scan.lengths]
    if len(tables) > 1:
        raise BadInput(Problem(file, BROKEN))
    lengths = tables[0] if tables else []
    shared = sum(lengths[text] for scan in scans for text in scan.shared if text < len(lengths))
    if sum(scan.last_row * scan.last_column for scan in scans) > MOST_CELLS or shared > MOST_CHARACTERS:
        raise BadInput(Problem(file, TOO_MUCH))


class _Scan:
    """One pass through a part: how far its cells reach and which shared texts they show, or how long those texts are.

    Refuses a formula (`f` in a cell `c`). Tables, charts and drop-down lists have formulas elsewhere, which are none.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.depth = self.row = 0
        self.cell_row = self.cell_column = 0
        self.last_row = self.last_column = 0
        self.within = ""  # c, v or si
        self.kind = self.digits = ""
        self.shared: list[int] = []
        self.lengths: list[int] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise BadInput(Problem(self.name, BROKEN))
        tag = name.rpartition(":")[2]
        if self.within == "si":
            return
        if tag == "c":
            self._open_cell(attributes)
        elif self.within:
            self._open_in_cell(tag)
        elif tag == "row":
            self.row, self.cell_column = self._number(attributes.get("r", "")) or self.row + 1, 0
        elif tag == "si":
            self.within = "si"
            self.lengths.append(0)
        elif attributes:
            self._check_counts(attributes)

    def end(self, name: str) -> None:
        self.depth -= 1
        tag = name.rpartition(":")[2]
        if tag == "v" and self.within == "v":
            self.within = "c"
            if self.kind == "s":
                self.shared.append(self._number(self.digits))
        elif (tag == "c" and self.within in ("c", "v")) or (tag == "si" and self.within == "si"):
            self.within = ""

    def text(self, text: str) -> None:
        if self.within == "si":
            self.lengths[-1] += len(text)
        elif self.within == "v" and self.kind == "s":
            self.digits = (self.digits + text)[: DIGITS + 1]

    def _check_counts(self, attributes: dict[str, str]) -> None:
        """calamine makes room for as many texts or styles as a part says it has."""
        for said in (attributes.get("count", ""), attributes.get("uniqueCount", "")):
            digits = said.removeprefix("+")
            if digits.isdecimal() and (len(digits) > DIGITS or int(digits) > MOST_CELLS):
                raise BadInput(Problem(self.name, TOO_MUCH))

    def _open_cell(self, attributes: dict[str, str]) -> None:
        if self.within:
            raise BadInput(Problem(self.name, BROKEN))
        self.within, self.kind, self.digits = "c", attributes.get("t", ""), ""
        self.cell_row = self.row  # a cell may leave out where it stands, or stand in another row than the one around it
        self.cell_column += 1
        if "r" in attributes:
            reference = _REFERENCE.fullmatch(attributes["r"])
            if not reference:
                raise BadInput(Problem(self.name, BROKEN))
            self.cell_column, self.cell_row = _column_number(reference[1]), int(reference[2])

    def _open_in_cell(self, tag: str) -> None:
        if tag == "f":
            raise self._bad_cell(FORMULA)
        if tag not in ("v", "is"):
            return
        if self.kind == "e":
            raise self._bad_cell(ERROR)
        if self.cell_row > MOST_ROWS + 1 or self.cell_column > MOST_COLUMNS:
            raise self._bad_cell(TOO_FAR)
        self.last_row, self.last_column = max(self.last_row, self.cell_row), max(self.last_column, self.cell_column)
        self.within = "v" if tag == "v" else "c"

    def _number(self, text: str) -> int:
        """A whole number, 0 for none."""
        if text and not (text.isascii() and text.isdecimal() and len(text) <= DIGITS):
            raise BadInput(Problem(self.name, BROKEN))
        return int(text or 0)

    def _bad_cell(self, message: str) -> BadInput:
        return BadInput(Problem(self.name, message, self.cell_row, column_letter(self.cell_column)))
