"""Django's own commands, as ``alongside manage``."""

from __future__ import annotations

import argparse
import subprocess
import sys
from typing import Any


def add_commands(commands: Any) -> None:
    """Add ``manage``."""
    manage = commands.add_parser("manage", help="Django's commands", add_help=False)
    manage.add_argument("arguments", nargs=argparse.REMAINDER)
    manage.set_defaults(run=lambda options: run_manage(*options.arguments))


def run_manage(*arguments: str) -> int:
    """Django's command in a process of its own: settings are read when the environment is complete."""
    return subprocess.run([sys.executable, "-m", "django", *arguments], check=False).returncode
