"""The site's own settings, with a key and an empty data folder in place of a site's, and quick passwords."""

import os
import tempfile

os.environ.setdefault("ALONGSIDE_SECRET_KEY", "only-for-tests")
os.environ.setdefault("ALONGSIDE_PRIVATE_KEYS", "fortests:YSBrZXkgb2YgMzIgYnl0ZXMsIG9ubHkgZm9yIHRlc3Q=")
os.environ.setdefault("ALONGSIDE_DATA", tempfile.mkdtemp(prefix="alongside-tests-"))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright keeps a loop running in the test's own thread

from alongside.config.settings import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EVENT_DAYS = -1  # browser tests empty all tables at their end; the database keeps an event until its day
