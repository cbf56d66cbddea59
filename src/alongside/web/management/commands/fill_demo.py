"""Fills the demo, once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from alongside.people.models import Account
from alongside.web.demo.filling import fill


class Command(BaseCommand):
    """``alongside manage fill_demo``."""

    help = "Fills the demo with made-up people. Refused anywhere but in the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        """Does nothing when the demo is filled already."""
        if not settings.DEMO:
            raise CommandError("made-up people belong into the demo only; start it with `alongside demo`")
        if not Account.objects.exists():
            fill(timezone.localdate())
