"""Printed and never failed: how long a start takes, how much memory a web process needs, how long a PDF takes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from django.utils import timezone

from alongside.documents.pdf import pdf
from alongside.documents.reports.board import board_page
from alongside.documents.reports.facts import gather
from alongside.people.models import Account, Organisation
from alongside.people.scope import scope_of

REQUESTS = 1000
PAGES = ("/", "/standard/item/A7.seniority/", "/first-look/", "/standard/part/A/")


def figures(account: Account, organisation: Organisation) -> Iterator[str]:
    """Lines such as ``first start of an empty site 4.2 s (aim 10 s)``."""
    with tempfile.TemporaryDirectory(prefix="alongside-starts-") as folder:
        with _served(folder) as (_, _pid, seconds):
            yield f"first start of an empty site to the first page {seconds:.1f} s (aim 10 s)"
        with _served(folder) as (address, pid, seconds):
            yield f"start of a site that is set up {seconds:.1f} s (aim 2 s)"
            for number in range(REQUESTS):
                urlopen(f"{address}{PAGES[number % len(PAGES)]}").read()
            yield f"memory of a web process after {REQUESTS} requests {_memory(pid):.0f} MB (aim 150 MB)"
    yield f"a board page as PDF {_board_page(account, organisation):.2f} s (aim 1 s)"


@contextmanager
def _served(folder: str) -> Iterator[tuple[str, int, float]]:
    """A site in a process of its own: its address, its process, and how long its first page took."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun, address = time.monotonic(), f"http://127.0.0.1:{port}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
    command = [sys.executable, "-m", "alongside.cli", "serve", "--no-tick", "--port", str(port)]
    server = subprocess.Popen(command, env=environment | {"ALONGSIDE_DATA": folder})
    try:
        while not _answers(address):
            time.sleep(0.02)
        yield address, server.pid, time.monotonic() - begun
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)


def _answers(address: str) -> bool:
    try:
        return bool(urlopen(address).status == 200)
    except OSError:
        return False


def _memory(pid: int) -> float:
    """Megabytes of the largest process below `pid`."""
    found = []
    for task in Path("/proc").glob("[0-9]*"):
        try:
            status = dict(line.split(":", 1) for line in (task / "status").read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if pid in _ancestors(int(task.name)):
            found.append(int(status.get("VmRSS", "0").split()[0]) / 1024)
    return max(found, default=0)


def _ancestors(pid: int) -> list[int]:
    found = [pid]
    while pid > 1:
        try:
            pid = int((Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            break
        found.append(pid)
    return found


def _board_page(account: Account, organisation: Organisation) -> float:
    begun = time.monotonic()
    facts = gather(scope_of(account), organisation, language="en", today=timezone.localdate(), whole=False)
    pdf(board_page(facts))
    return time.monotonic() - begun
