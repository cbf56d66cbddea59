"""Running a site: ``alongside serve`` and ``alongside demo``."""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import subprocess
import sys
from base64 import b64encode
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from alongside.cli.manage import run_manage
from alongside.cli.tick import every_hour

LOOPBACK = "127.0.0.1"


def add_commands(commands: Any) -> None:
    """Add ``serve`` and ``demo``."""
    serve = commands.add_parser("serve", help="run the site")
    serve.add_argument("--host", default=LOOPBACK, help="address to listen on (default: this machine only)")
    serve.add_argument("--port", type=_port, default=8000)
    serve.add_argument("--workers", type=int, default=1)
    serve.add_argument("--no-tick", action="store_true", help="leave it to cron to run `alongside tick` every hour")
    serve.set_defaults(run=_serve)
    demo = commands.add_parser("demo", help="run the site on this machine with made-up people")
    demo.add_argument("--port", type=_port, default=8000)
    demo.set_defaults(run=_demo)


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else 0
    if not 0 < port < 65536:
        raise argparse.ArgumentTypeError(f"“{text}” is not a port; take a number from 1 to 65535")
    return port


def _serve(options: argparse.Namespace) -> int:
    os.environ.pop("ALONGSIDE_DEMO", None)  # signing in with a click is for the demo alone
    _prepare(Path(os.environ.get("ALONGSIDE_DATA", "site")))
    if "ALONGSIDE_HOSTS" not in os.environ and os.environ.get("ALONGSIDE_HTTPS") != "1":
        os.environ.setdefault("ALONGSIDE_URL", f"http://localhost:{options.port}")
    with nullcontext() if options.no_tick else every_hour():
        return _listen(options.host, options.port, options.workers)


def _demo(options: argparse.Namespace) -> int:
    """The demo has a data folder of its own and listens on this machine only: nobody else can sign in with a click."""
    os.environ |= {"ALONGSIDE_DATA": ".demo", "ALONGSIDE_DEMO": "1", "ALONGSIDE_HOSTS": f"localhost,{LOOPBACK}"}
    os.environ["ALONGSIDE_URL"] = f"http://{LOOPBACK}:{options.port}"
    for name in ("DATABASE_URL", "ALONGSIDE_MAIL", "ALONGSIDE_SECRET_KEY", "ALONGSIDE_PRIVATE_KEYS"):
        os.environ.pop(name, None)
    _prepare(Path(".demo"))
    _must("fill_demo")
    print(f"The demo is at http://{LOOPBACK}:{options.port}/ (stop it with Ctrl-C).", flush=True)
    with every_hour():
        return _listen(LOOPBACK, options.port, 1)


def _prepare(data: Path) -> None:
    """The data folder, its keys, and the tables of this release."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    _keep_secret(data / "secret-key", secrets.token_urlsafe(48))
    if not os.environ.get("ALONGSIDE_PRIVATE_KEYS"):
        private = f"{secrets.token_hex(4)}:{b64encode(secrets.token_bytes(32)).decode()}\n"
        _keep_secret(data / "private-keys", private)
    _must("migrate", "--verbosity", "0")


def _keep_secret(file: Path, text: str) -> None:
    """For the site's own account only, and only where there is none yet."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(text, encoding="ascii")


def _must(*arguments: str) -> None:
    """A command of Django's without which there is no use in going on."""
    if code := run_manage(*arguments):
        raise SystemExit(code)


def _listen(host: str, port: int, workers: int) -> int:
    """Hand over to the web server. It writes no access log: addresses of pages can hold answers and links."""
    server = [
        sys.executable, "-m", "granian", "alongside.config.wsgi:application", "--interface", "wsgi",
        "--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", "4",
        "--no-access-log", "--log-level", "warning",
    ]  # fmt: skip
    try:
        with subprocess.Popen(server) as running:
            signal.signal(signal.SIGTERM, lambda *_: running.terminate())  # what ends this ends the server too
            return running.wait()
    except KeyboardInterrupt:
        return 0
