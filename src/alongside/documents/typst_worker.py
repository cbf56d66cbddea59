"""``python -m alongside.documents.typst_worker``: a document as JSON comes in, its PDF goes out.

In a process of its own because typst, once it hangs or fails, would take the web server with it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst

TEMPLATE = Path(__file__).parent / "templates" / "document.typ"


def main() -> None:
    """Reads standard input, writes standard output; with typst's own fonts, so that every machine makes the same."""
    document = sys.stdin.buffer.read().decode()
    made = typst.compile(
        TEMPLATE, sys_inputs={"document": document}, pdf_standards=["ua-1"], ignore_system_fonts=True, format="pdf"
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
