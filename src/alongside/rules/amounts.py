"""Amounts as people write them: “12”, “7,5”, “1.200,50”, “€ 1 200”. Counted in hundredths, never in fractions."""

from __future__ import annotations

import re

_GAPS = re.compile(r"[\s\u00a0\u202f'’]")
_PLAIN = re.compile(r"\d{1,12}(?:[.,]\d{1,2})?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?")


def hundredths(text: str) -> int:
    """The amount in hundredths. A mark before three digits parts thousands, before one or two it parts decimals.

    Raises ValueError for anything else; a minus is read, so that whoever asks can say what is wrong with it.
    """
    bare = _GAPS.sub("", text).removeprefix("€").removesuffix("€")
    sign = -1 if bare[:1] in ("-", "−") else 1
    bare = bare.lstrip("-−").removeprefix("€")
    if not bare.isascii() or not (_PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare)):
        raise ValueError(f"{text!r} is no amount")
    found = re.fullmatch(r"(.*?)(?:[.,](\d{1,2}))?", bare)
    assert found is not None
    whole = re.sub(r"[.,]", "", found[1])
    return sign * (int(whole) * 100 + int((found[2] or "").ljust(2, "0")))
