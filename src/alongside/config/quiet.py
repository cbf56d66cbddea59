"""Keeps what opens a door out of the log: tokens of links, and answers that travel in addresses."""

from __future__ import annotations

import logging
import re

_TOKENS = re.compile(r"/(answer|invitation|key|mail-off)/[^/\s?]+")
_QUERIES = re.compile(r"\?\S+")


class Discreet(logging.Filter):
    """Rewrites every message before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the message through without tokens and without what stands behind a question mark."""
        record.msg = _QUERIES.sub("?…", _TOKENS.sub(r"/\1/…", record.getMessage()))
        record.args = ()
        return True
