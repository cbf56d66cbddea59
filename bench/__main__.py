"""``python -m bench``: every measure, one line each; exit code 1 when one falls short."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Measure in a data folder of its own, on SQLite."""
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
        os.environ |= {
            "ALONGSIDE_DATA": folder,
            "ALONGSIDE_SECRET_KEY": "only-for-the-bench",
            "ALONGSIDE_HOSTS": "testserver",
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        }
        os.environ.pop("DATABASE_URL", None)
        return _run(Path(folder))


def _run(folder: Path) -> int:
    import django
    from django.test.utils import override_settings

    django.setup()
    from bench import pages, reading

    short = []
    with override_settings(ROOT_URLCONF="bench.urls"):
        for measure in (*_told(reading.measures(folder)), *_told(pages.measures())):
            if not measure.ok:
                short.append(measure.name)
    if short:
        print(f"# short: {', '.join(short)}")
    return bool(short)


def _told(measures):
    for measure in measures:
        print(measure, flush=True)
        if measure.note:
            print(f"#   {measure.note}", flush=True)
        yield measure


if __name__ == "__main__":
    sys.exit(main())
