"""Running a site: ``alongside serve``, ``alongside demo`` and Django's own commands as ``alongside manage``."""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

LOOPBACK = "127.0.0.1"


def add_commands(commands: Any) -> None:
    """Add ``serve``, ``demo`` and ``manage``."""
    serve = commands.add_parser("serve", help="run the site")
    serve.add_argument("--host", default=LOOPBACK, help="address to listen on (default: this machine only)")
    serve.add_argument("--port", type=_port, default=8000)
    serve.add_argument("--workers", type=int, default=1)
    serve.set_defaults(run=_serve)
    demo = commands.add_parser("demo", help="run the site on this machine with made-up people")
    demo.add_argument("--port", type=_port, default=8000)
    demo.set_defaults(run=_demo)
    manage = commands.add_parser("manage", help="Django's commands", add_help=False)
    manage.add_argument("arguments", nargs=argparse.REMAINDER)
    manage.set_defaults(run=_manage)


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else 0
    if not 0 < port < 65536:
        raise argparse.ArgumentTypeError(f"“{text}” is not a port; take a number from 1 to 65535")
    return port


def _serve(options: argparse.Namespace) -> int:
    os.environ.pop("ALONGSIDE_DEMO", None)  # signing in with a click is for the demo alone
    _prepare(Path(os.environ.get("ALONGSIDE_DATA", "site")))
    return _listen(options.host, options.port, options.workers)


def _demo(options: argparse.Namespace) -> int:
    """The demo has a data folder of its own and listens on this machine only: nobody else can sign in with a click."""
    os.environ |= {"ALONGSIDE_DATA": ".demo", "ALONGSIDE_DEMO": "1", "ALONGSIDE_HOSTS": f"localhost,{LOOPBACK}"}
    for name in ("DATABASE_URL", "ALONGSIDE_MAIL", "ALONGSIDE_SECRET_KEY"):
        os.environ.pop(name, None)
    _prepare(Path(".demo"))
    _run_manage("fill_demo")
    print(f"The demo is at http://{LOOPBACK}:{options.port}/ (stop it with Ctrl-C).", flush=True)
    return _listen(LOOPBACK, options.port, 1)


def _manage(options: argparse.Namespace) -> int:
    return _run_manage(*options.arguments)


def _prepare(data: Path) -> None:
    """The data folder, its key, and the tables of this release."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = data / "secret-key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(48), encoding="ascii")
    _run_manage("migrate", "--verbosity", "0")


def _run_manage(*arguments: str) -> int:
    """Django's command in a process of its own: settings are read when the environment is complete."""
    code = subprocess.run([sys.executable, "-m", "django", *arguments], check=False).returncode
    if code and arguments and arguments[0] in {"migrate", "fill_demo"}:
        raise SystemExit(code)
    return code


def _listen(host: str, port: int, workers: int) -> int:
    """Hand over to the web server. It writes no access log: addresses of pages can hold answers and links."""
    server = [
        sys.executable, "-m", "granian", "alongside.config.wsgi:application", "--interface", "wsgi",
        "--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", "4",
        "--no-access-log", "--log-level", "warning",
    ]  # fmt: skip
    try:
        return subprocess.run(server, check=False).returncode
    except KeyboardInterrupt:
        return 0
