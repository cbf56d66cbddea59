"""``alongside``: the way in from the command line. Bad input ends with one clear message and exit code 2."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")

from alongside.cli import assess, manage, site, standard, tick
from alongside.standard.bad_input import BadInput

USED_WRONGLY = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a letter shows another, and nothing breaks
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    parser = argparse.ArgumentParser(
        prog="alongside", description="The European standard for peer support workers, put to work."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for room in (assess, standard, site, tick, manage):
        room.add_commands(commands)
    options = parser.parse_args(arguments)
    try:
        code: int = options.run(options)
    except BadInput as problem:
        print(f"alongside: {problem}", file=sys.stderr)
        return USED_WRONGLY
    except BrokenPipeError:  # the reader closed the pipe, as `| head` does
        sys.stderr.close()
        return 0
    return code


if __name__ == "__main__":
    sys.exit(main())
