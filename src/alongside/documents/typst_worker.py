"""``python -m alongside.documents.typst_worker``: a document as JSON comes in, its PDF goes out.

In a process of its own because typst, once it hangs or fails, would take the web server with it. typst's own fonts
(Latin, Greek, Cyrillic, Hebrew, some Arabic) come with it; nothing is fetched and nothing has to be installed.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import typst

TEMPLATE = Path(__file__).parent / "templates" / "document.typ"
ONE_SIGN = b'#set document(title: "sign")\n#set text(font: "Libertinus Serif")\n#sys.inputs.sign'
NO_GLYPH = re.compile(r"could not be displayed|disallowed codepoint")
MOST_SIGNS = 400
"""How many unusual signs are tried one by one, at about 2 ms each; all others count as missing."""
INSTEAD = "\N{REPLACEMENT CHARACTER}"


def made(document: str) -> bytes:
    """The PDF. A sign that typst's fonts lack is taken from the machine's fonts; one that those lack too becomes “�”.

    PDF/UA allows no sign without a shape, so otherwise one emoji would refuse the whole report.
    """
    try:
        return _compiled(document, ignore_system_fonts=True)
    except typst.TypstError as error:
        if not NO_GLYPH.search(str(error)):
            raise
    return _compiled(_without_missing(document), ignore_system_fonts=False)


def _compiled(document: str, *, ignore_system_fonts: bool) -> bytes:
    compiled: bytes = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        sys_inputs={"document": document},
        pdf_standards=["ua-1"],
        ignore_system_fonts=ignore_system_fonts,
        format="pdf",
    )
    return compiled


def _without_missing(document: str) -> str:
    compiler = typst.Compiler(ONE_SIGN, ignore_system_fonts=False)
    unusual = sorted(sign for sign in set(document) if not sign.isascii())
    missing = {sign for sign in unusual[:MOST_SIGNS] if not _shown(compiler, sign)} | {*unusual[MOST_SIGNS:]}
    return document.translate(dict.fromkeys(map(ord, missing), INSTEAD))


def _shown(compiler: typst.Compiler, sign: str) -> bool:
    try:
        compiler.compile(sys_inputs={"sign": sign}, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True


def main() -> None:
    """Reads standard input, writes standard output. What is wrong stays unsaid: the words are somebody's."""
    document = sys.stdin.buffer.read().decode()
    json.loads(document)
    sys.stdout.buffer.write(made(document))


if __name__ == "__main__":
    main()
