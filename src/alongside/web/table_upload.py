"""A table that someone handed in: on disk for as long as it takes to read it, and not a moment longer."""

from __future__ import annotations

from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile

from alongside.documents.tables import Table, read_tables

LONGEST_NAME = 60


def tables_of(upload: UploadedFile[bytes]) -> list[Table]:
    """The tables in it. Raises `BadInput` with file, row and column."""
    name = PurePath(upload.name or "table")
    with TemporaryDirectory(prefix="alongside-") as folder:
        path = Path(folder, f"{name.stem[:LONGEST_NAME]}{name.suffix}")
        with path.open("wb") as copy:
            for chunk in upload.chunks():
                copy.write(chunk)
        return read_tables(path)
