"""A document as PDF: tagged (PDF/UA-1), fonts inside, made by typst in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

from alongside.documents.blocks import Document
from alongside.documents.plain import as_data

SECONDS = 30
"""A board page takes a tenth of one, a report of a hundred questions about one; what takes longer hangs."""
WORKER = (sys.executable, "-P", "-m", "alongside.documents.typst_worker")


class NotMade(Exception):
    """The file could not be made. There is never half of one."""


def pdf(document: Document) -> bytes:
    """The bytes of the PDF. Raises `NotMade`."""
    data = json.dumps(as_data(document), ensure_ascii=False).encode()
    try:
        done = subprocess.run(WORKER, input=data, capture_output=True, timeout=SECONDS, check=True)
    except subprocess.TimeoutExpired:
        raise NotMade("typst took too long") from None  # the error would carry what was written so far
    except subprocess.CalledProcessError as error:
        raise NotMade(f"typst ended with {error.returncode}") from None  # and this one the words of the document
    except OSError as error:
        raise NotMade("typst could not be started") from error
    if not (done.stdout.startswith(b"%PDF-") and done.stdout.rstrip().endswith(b"%%EOF")):
        raise NotMade("typst made no whole file")
    return done.stdout
