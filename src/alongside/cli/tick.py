"""``alongside tick``: what is due is done, from cron or from the server itself."""

from __future__ import annotations

import argparse
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alongside.cli.manage import run_manage
from alongside.standard.bad_input import BadInput, Problem

A_MINUTE, AN_HOUR = 60, 3600


def add_commands(commands: Any) -> None:
    """Add ``tick``."""
    tick = commands.add_parser("tick", help="do what is due: weekly mails, and clearing away what is over")
    tick.set_defaults(run=_tick)


def _tick(options: argparse.Namespace) -> int:
    data = Path(os.environ.get("ALONGSIDE_DATA", "site"))
    if not os.environ.get("ALONGSIDE_SECRET_KEY") and not (data / "secret-key").exists():
        raise BadInput(Problem(str(data), "there is no site; begin with `alongside serve`, or set ALONGSIDE_DATA"))
    return run_manage("tick")


@contextmanager
def every_hour() -> Iterator[None]:
    """Tick beside what is run inside: first after a minute, then every hour, each time in a process that ends again."""
    over = threading.Event()

    def tick_on() -> None:
        pause = A_MINUTE
        while not over.wait(pause):
            run_manage("tick", "--verbosity", "0")
            pause = AN_HOUR

    threading.Thread(target=tick_on, name="tick", daemon=True).start()
    try:
        yield
    finally:
        over.set()
