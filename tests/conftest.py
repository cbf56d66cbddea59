"""What all tests share. A key and an empty data folder stand in for a site's own."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("ALONGSIDE_SECRET_KEY", "only-for-tests")
os.environ.setdefault("ALONGSIDE_DATA", tempfile.mkdtemp(prefix="alongside-tests-"))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright keeps a loop running in the test's own thread

import pytest

from alongside.standard.edition import Edition
from alongside.standard.loading import standard


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The standard as this release carries it."""
    return standard()


@pytest.fixture(autouse=True)
def _plain_settings(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the tests sign in often
