"""What all tests share."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from alongside.standard.edition import Edition
from alongside.standard.loading import standard
from tests.browser import opened_browser


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The standard as this release carries it."""
    return standard()


@pytest.fixture(scope="session")
def browser():
    """Chromium, started once for all tests."""
    with opened_browser() as running:
        yield running


@pytest.fixture(autouse=True)
def _no_memory():
    """What slows down wrong passwords counts in memory; every test begins with none."""
    cache.clear()
