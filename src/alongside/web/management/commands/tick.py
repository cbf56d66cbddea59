"""Does what is due, once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from alongside.web.tick import alone, tick


class Command(BaseCommand):
    """``alongside tick``."""

    help = "Does what is due: weekly mails, and clearing away what is over."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each kind of thing done; with ``--verbosity 0`` not a word where nothing was."""
        with alone() as free:
            lines = tick(timezone.localdate()) if free else iter(["another tick is at work"])
            done = [self.stdout.write(line) for line in lines]
        if not done and options["verbosity"]:
            self.stdout.write("nothing is due")
