"""What a start of a site makes ready: its folder, its keys, its tables."""

from __future__ import annotations

import os
import stat

import pytest

from alongside.cli import site


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """Where a site will be; settings and keys of the tests do not count for it."""
    for name in [name for name in os.environ if name.startswith(("ALONGSIDE_", "DJANGO_"))]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ALONGSIDE_DATA", str(tmp_path / "site"))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    return tmp_path / "site"


def test_keys_are_made_once_and_for_the_site_alone(folder):
    site._prepare(folder)
    kept = {name: (folder / name).read_text() for name in ("secret-key", "private-keys")}
    assert {stat.S_IMODE((folder / name).stat().st_mode) for name in kept} == {0o600}
    assert kept["secret-key"] not in kept["private-keys"]
    site._prepare(folder)
    assert {name: (folder / name).read_text() for name in kept} == kept


def test_a_site_does_not_start_with_keys_that_are_not_its_own(folder, capfd):
    site._prepare(folder)
    (folder / "private-keys").unlink()  # lost; the next start makes another one
    with pytest.raises(SystemExit):
        site._prepare(folder)
    told = capfd.readouterr().err
    assert "private-keys" in told
    assert "Traceback" not in told


def test_keys_from_the_environment_leave_no_file(folder, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_PRIVATE_KEYS", "aaaaaaaa:YSBrZXkgb2YgMzIgYnl0ZXMsIG9ubHkgZm9yIHRlc3Q=")
    site._prepare(folder)
    assert not (folder / "private-keys").exists()
