"""What all tests share."""

from __future__ import annotations

import pytest

from alongside.standard.edition import Edition
from alongside.standard.loading import standard


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The standard as this release carries it."""
    return standard()
