"""Which files are taken as evidence: documents and pictures, told by what is in them and not by their name."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

MOST_BYTES = 10_000_000

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "txt": "text/plain",
}
_BEGINNINGS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff"}
_INSIDE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_PROGRAMS = re.compile(r"vbaproject\.bin$|^basic/|^scripts/|(^|/)activex/|(^|/)embeddings/.*\.bin$")


class Fault(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    KIND = "kind"
    NOT_WHAT_IT_SAYS = "not-what-it-says"
    MACROS = "macros"


class NotTaken(Exception):
    """A file that is not taken, and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def media_type_of(name: str, content: bytes) -> str:
    """The media type of a file that can be taken. Raises `NotTaken`."""
    ending = name.rpartition(".")[2].lower()
    if not content:
        raise NotTaken(Fault.EMPTY)
    if len(content) > MOST_BYTES:
        raise NotTaken(Fault.TOO_LARGE)
    if ending not in MEDIA_TYPES:
        raise NotTaken(Fault.KIND)
    if not _is(ending, content):
        raise NotTaken(Fault.NOT_WHAT_IT_SAYS)
    return MEDIA_TYPES[ending]


def _is(ending: str, content: bytes) -> bool:
    if ending in _BEGINNINGS:
        return content.startswith(_BEGINNINGS[ending])
    if ending == "txt":
        return b"\0" not in content and _is_text(content)
    return _is_office(ending, content)


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_office(ending: str, content: bytes) -> bool:
    """A zip with the parts of its kind. Raises `NotTaken` where programs are inside. Nothing is unpacked but a name."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name.lower() for name in archive.namelist()]
            if any(map(_runs, names)):
                raise NotTaken(Fault.MACROS)
            if ending in _INSIDE:
                return _INSIDE[ending] in names
            kind = archive.getinfo("mimetype")
            plain = kind.compress_type == zipfile.ZIP_STORED and kind.file_size < 100  # as the format has it
            return plain and archive.read(kind) == MEDIA_TYPES[ending].encode()
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        return False


def _runs(name: str) -> bool:
    """Whether a part of a document, by its name in small letters, is a program or hides one."""
    return bool(_PROGRAMS.search(name))
