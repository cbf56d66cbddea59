"""``python -m alongside.documents.typst_worker``: a document as JSON comes in, its PDF goes out.

In a process of its own because typst, once it hangs or fails, would take the web server with it. Only the fonts that
are inside typst are used (Latin, Greek, Cyrillic, Hebrew, Arabic), so that every machine makes the same and nothing
has to be installed or fetched.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from pathlib import Path

import typst

TEMPLATE = Path(__file__).parent / "templates" / "document.typ"
ONE_SIGN = b'#set document(title: "sign")\n#set text(font: "Libertinus Serif")\n#sys.inputs.sign'
NO_SHAPE = re.compile(r"could not be displayed|disallowed codepoint")
MOST_SIGNS = 200
"""How many unusual signs are tried one by one, at some milliseconds each; all others count as missing."""
UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def made(document: str) -> bytes:
    """The PDF. PDF/UA allows no sign without a shape: an emoji would refuse the whole, so it is named instead."""
    try:
        return _compiled(document)
    except typst.TypstError as error:
        if not NO_SHAPE.search(str(error)):
            raise
    return _compiled(document.translate(_instead(document)))


def _compiled(document: str) -> bytes:
    compiled: bytes = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        sys_inputs={"document": document},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        format="pdf",
    )
    return compiled


def _instead(document: str) -> dict[int, str]:
    """For each sign that no font has what is written for it."""
    compiler = typst.Compiler(ONE_SIGN, ignore_system_fonts=True)
    unusual = sorted({sign for sign in document if not sign.isascii()})
    missing = [sign for sign in unusual[:MOST_SIGNS] if not _has_shape(compiler, sign)] + unusual[MOST_SIGNS:]
    return {ord(sign): _named(sign) for sign in missing}


def _has_shape(compiler: typst.Compiler, sign: str) -> bool:
    try:
        compiler.compile(ONE_SIGN, sys_inputs={"sign": sign}, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True


def _named(sign: str) -> str:
    """A picture by its name, “[grinning face]”; a letter that is nowhere as “�”; nothing for a mere join or tint."""
    match unicodedata.category(sign):
        case "So":
            return f"[{unicodedata.name(sign, UNKNOWN).lower()}]"
        case "Sk" | "Cf":
            return ""
    return UNKNOWN


def main() -> None:
    """Reads standard input, writes standard output."""
    document = json.dumps(json.load(sys.stdin.buffer), ensure_ascii=False)
    sys.stdout.buffer.write(made(document))


if __name__ == "__main__":
    main()
