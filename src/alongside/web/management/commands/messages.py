"""Collects the words of the pages into the catalogues (needs gettext) and compiles them (needs nothing)."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """``alongside manage messages``."""

    help = "Collects and compiles the words of the pages."

    def handle(self, *args: Any, **options: Any) -> None:
        """Collecting is passed over where gettext is missing."""
        languages = [tag for tag, _ in settings.LANGUAGES if tag != settings.LANGUAGE_CODE]
        if shutil.which("xgettext"):
            os.chdir(settings.PACKAGE)
            call_command("makemessages", locale=languages, no_location=True, no_obsolete=True, verbosity=0)
        for path in catalogues():
            polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
            self.stdout.write(f"{path.parent.parent.name}: {polib.pofile(str(path)).percent_translated()} % translated")


def catalogues() -> list[Path]:
    """The catalogues of all languages."""
    return sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))
