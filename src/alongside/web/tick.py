"""What is due: the weekly mails, and clearing away what is over. Doing it twice does nothing the second time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from alongside.people import upkeep
from alongside.web.letters import weekly

LOCK = 7_105_463_118  # any number will do; ours alone in this database


def tick(today: date) -> Iterator[str]:
    """Do what is due; one line for each kind of thing that was done, with a number and no names."""
    mails = weekly.send_due(today)
    yield from _told(mails.sent, "weekly mails sent")
    yield from _told(mails.failed, "weekly mails that could not be sent, tried again next time")
    yield from _told(upkeep.clear_invitations(today=today), "invitations that had run out")
    yield from _told(upkeep.end_grants(today=today), "grants to programmes that had run out")
    yield from _told(upkeep.clear_events(today=today), "events of the record past their time")
    yield from _told(Session.objects.filter(expire_date__lt=timezone.now()).delete()[0], "sessions that had run out")


def _told(number: int, words: str) -> Iterator[str]:
    if number:
        yield f"{words}: {number}"


@contextmanager
def alone() -> Iterator[bool]:
    """Whether no other tick is at work; none begins until this one is left, and the lock ends with the process.

    It is no lock on rows or files of the site: while mails go out, nobody has to wait.
    """
    with _on_postgresql() if connection.vendor == "postgresql" else _on_sqlite() as free:
        yield free


@contextmanager
def _on_postgresql() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        free = bool(cursor.fetchone()[0])
        try:
            yield free
        finally:
            if free:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


@contextmanager
def _on_sqlite() -> Iterator[bool]:
    """A second, empty SQLite file: locked the same way on every system."""
    with closing(sqlite3.connect(settings.DATA / "tick.lock", timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            yield False
        else:
            yield True
