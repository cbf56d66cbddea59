"""A document as PDF: tagged (PDF/UA-1), fonts inside, made by typst in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

from alongside.documents.blocks import Document
from alongside.documents.plain import as_data

SECONDS = 30
"""A report of a hundred questions takes about one; what takes longer hangs."""


class NotMade(Exception):
    """The file could not be made. There is never half of one."""


def pdf(document: Document) -> bytes:
    """The bytes of the PDF. Raises `NotMade`."""
    data = json.dumps(as_data(document), ensure_ascii=False).encode()
    command = [sys.executable, "-m", "alongside.documents.typst_worker"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=True)
    except (subprocess.SubprocessError, OSError) as error:
        raise NotMade from error
    if not done.stdout.startswith(b"%PDF-"):
        raise NotMade
    return done.stdout
