"""A rehearsal run exactly as `make run` runs it, in a folder and on a port of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tipline.rehearsal.district import PASSWORD

ROOT = Path(__file__).parents[2]
PATIENCE = 300  # seconds until a district is furnished, played and served; a busy machine is no fault
# QUIC and the browser's own errands would leave the machine.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
__all__ = ["PASSWORD", "QUIET", "Absent", "chromium_here", "rehearsal"]


class Absent(RuntimeError):
    """This machine has no Chromium: skip, but where CI=true promised it, fail."""


def chromium_here() -> str:
    """Where Chromium is."""
    for name in ("chromium", "chromium-browser", "google-chrome-stable"):
        if found := shutil.which(name):
            return found
    raise Absent("Chromium is not on this machine; on Debian: apt-get install chromium fonts-noto-cjk")


@contextmanager
def rehearsal(folder: Path) -> Iterator[str]:
    """Web and clock over a freshly played district; gives the address."""
    port = _free_port()
    command = [sys.executable, "-m", "tipline.commands", "demo", "run", "--port", str(port), "--folder", str(folder)]
    with (folder.parent / "house.log").open("wb") as log:
        running = subprocess.Popen(command, cwd=ROOT, env=_plain(), stdout=log, stderr=log)
    try:
        _wait_for(port, running, folder.parent / "house.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(PATIENCE)


def _plain() -> dict[str, str]:
    """The environment without what the tests themselves run under, such as PYTHONWARNINGS and TIPLINE_*."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("TIPLINE_", "PYTEST_"))}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, running: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and running.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the rehearsal did not start: {log.read_text(encoding='utf-8')}")
