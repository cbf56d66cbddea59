"""``alongside tick``: idempotent, alone, and telling what it did without a name."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from alongside.cli.main import main
from alongside.people import actions
from alongside.people.models import Account, Event, Grant, Invitation, Programme
from alongside.people.scope import scope_of
from alongside.rules.access import Role
from alongside.standard.items import Stage
from alongside.web.tick import LOCK, alone, tick


@pytest.fixture
def mara(db, settings):
    settings.EVENT_DAYS = 30
    return Account.objects.create_user("mara@example.org", name="Mara")


@pytest.fixture
def org(mara):
    return actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.PREPARING)


def told(*options):
    out = StringIO()
    call_command("tick", *options, stdout=out)
    return out.getvalue().splitlines()


def test_what_is_due_is_done_once(mara, org):
    today = timezone.localdate()
    overdue(mara, org, today)
    lines = told()
    assert lines == [
        "weekly mails sent: 1",
        "invitations that had run out: 1",
        "grants to programmes that had run out: 1",
        "sessions that had run out: 1",
    ]
    assert not any(word in line for line in lines for word in ("mara", "Noorderhof", "example.org"))
    assert len(mail.outbox) == 1
    (ended,) = Event.objects.across(because="test").filter(action="grant.end")
    assert ended.account is None
    assert not Grant.objects.across(because="test").exists()
    assert [one.email for one in Invitation.objects.across(because="test")] == ["open@example.org"]
    assert told() == ["nothing is due"]
    assert told("--verbosity", "0") == []


def test_events_past_their_time_are_counted(settings, mara):
    settings.EVENT_DAYS = -1
    actions.open_organisation(by=mara, name="Old", kind="kind.care", country="NL", stage=Stage.PREPARING)
    assert "events of the record past their time: 1" in told()


def overdue(mara, org, today):
    """One of each kind that has run out, and an invitation that has not."""
    invited = {"by": scope_of(mara), "organisation": org.pk, "role": Role.HR}
    late = today - timedelta(days=actions.INVITATION_DAYS + 1)
    actions.invite(email="open@example.org", today=today, **invited)
    actions.invite(email="late@example.org", today=late, **invited)
    programme = Programme.objects.create(name="Region", purpose="To learn", code="R1")
    over = {"granted_from": today - timedelta(days=30), "until": today - timedelta(days=1)}
    Grant(org=org, programme=programme, purpose="standing", **over).save()
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=timezone.now() + timedelta(days=1))


def test_a_grant_ends_after_its_last_day(mara, org):
    programme = Programme.objects.create(name="Region", purpose="To learn", code="R1")
    day = date(2026, 11, 25)
    Grant(org=org, programme=programme, purpose="standing", granted_from=day, until=day).save()
    assert not [line for line in tick(day) if "grants" in line]
    assert [line for line in tick(day + timedelta(days=1)) if "grants" in line]


def test_the_second_tick_says_so_and_does_nothing(mara, org):
    with held_elsewhere():
        assert told() == ["another tick is at work"]
        assert mail.outbox == []
    assert told() == ["weekly mails sent: 1"]


@contextmanager
def held_elsewhere():
    """The lock, held as another process would hold it."""
    if connection.vendor != "postgresql":
        with alone():
            yield
        return
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield
    other.close()


def test_the_lock_is_free_again_after_a_tick_that_failed(db):
    with suppress(RuntimeError), alone() as free:
        assert free
        raise RuntimeError
    with alone() as free:
        assert free


def test_a_folder_without_a_site_is_named(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("ALONGSIDE_DATA", str(tmp_path / "nowhere"))
    monkeypatch.delenv("ALONGSIDE_SECRET_KEY")
    assert main(["tick"]) == 2
    assert "nowhere: there is no site" in capsys.readouterr().err


AT_ONCE = """
import sys
from alongside.cli import main, tick
tick.A_MINUTE = 0
sys.exit(main.main())
"""
"""The command line, with the first tick at once instead of after a minute."""


@pytest.mark.skipif(sys.platform == "win32", reason="ends the server by a signal")
def test_the_server_ticks_by_itself_and_both_end_together(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("ALONGSIDE_", "DJANGO_"))}
    environment |= {"ALONGSIDE_DATA": str(tmp_path / "site"), "PYTHONUNBUFFERED": "1"}
    environment.pop("DATABASE_URL", None)
    server = subprocess.Popen(
        [sys.executable, "-c", AT_ONCE, "serve", "--port", str(port)], env=environment, cwd=tmp_path
    )
    try:
        until(lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/about/").status == 200)
        until(lambda: (tmp_path / "site" / "tick.lock").exists())
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/about/")


def until(true, seconds=60):
    """Wait until something is so; what is not there yet counts as no."""
    for _ in range(seconds * 5):
        try:
            if true():
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError("it never came")
