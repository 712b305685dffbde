"""demo run: a rehearsal from nothing, web and clock together, until Ctrl C."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import FrameType

import click

from tipline.kit.vault import fresh_keys
from tipline.rehearsal.district import PASSWORD

HOUSE = Path(__file__).resolve().parents[2]
FLASK = [sys.executable, "-m", "flask", "--app", "app"]
PATIENCE = 60


@click.command("run")
@click.option("--port", default=8000, envvar="TIPLINE_PORT", show_default=True)
@click.option("--folder", type=click.Path(path_type=Path), default=HOUSE / "var", envvar="TIPLINE_VAR")
@click.option("--mail-to", default="", help="Post the letters to this one mailbox too, through TIPLINE_SMTP_HOST.")
@click.option("--campaign", is_flag=True, help="The whole campaign, lived to its last day, in a folder of its own.")
def run(port: int, folder: Path, *, mail_to: str, campaign: bool) -> None:
    """Make keys, database and district where there are none, then run web and clock on this machine only."""
    if not _is_free(port):
        raise click.ClickException(f"port {port} is taken; try TIPLINE_PORT={port + 1} make run")
    signal.signal(signal.SIGTERM, _interrupt)
    env = settings((folder / "campaign" if campaign else folder).resolve(), port, mail_to)
    _prepare(env, "campaign" if campaign else "seed")
    children: list[subprocess.Popen[bytes]] = []
    try:
        children += [_start(env, *_web(port)), _start(env, *FLASK, "clock")]
        _wait_for(port, children)
        click.echo(f"\n  http://127.0.0.1:{port}/    sign in as keeper, leader, operator … password {PASSWORD}")
        click.echo("  Ctrl C stops it; what you did is kept.\n")
        _stay(children)
    finally:
        _stop(children)


def settings(folder: Path, port: int, mail_to: str = "") -> dict[str, str]:
    """The environment of a rehearsal kept in a folder; keys and secret are made when they are missing."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.environ | {
        "TIPLINE_DATABASE": f"sqlite:///{folder / 'tipline.db'}",
        "TIPLINE_KEYS": _once(folder / "keys", fresh_keys()),
        "TIPLINE_SECRET_FILE": _once(folder / "secret", secrets.token_hex(32)),
        "TIPLINE_BASE_URL": f"http://127.0.0.1:{port}",
        "TIPLINE_HOSTS": "127.0.0.1,localhost",
        "TIPLINE_REHEARSAL": "1",
        "TIPLINE_SUPERVISION_PHONES": "022-00000000",
        "TIPLINE_REHEARSAL_MAILBOX": mail_to,
        "TIPLINE_SMTP_HOST": os.environ.get("TIPLINE_SMTP_HOST", "localhost") if mail_to else "",
    }


def _once(file: Path, text: str) -> str:
    """The path of the file, which is written only when it is not there, whole or not at all."""
    if not file.exists():
        beside = file.with_name(f".{file.name}.{os.getpid()}")
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(text)
        beside.rename(file)
    return str(file)


def _prepare(env: dict[str, str], filling: str) -> None:
    for step in (["db", "upgrade"], ["demo", filling]):
        done = subprocess.run([*FLASK, *step], env=env, cwd=HOUSE, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise click.ClickException(f"flask {' '.join(step)} failed:\n{done.stderr}")


def _web(port: int) -> list[str]:
    config = str(HOUSE / "deploy" / "gunicorn.conf.py")
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        config,
        "--bind",
        f"127.0.0.1:{port}",
        "--log-level",
        "warning",
    ]


def _start(env: dict[str, str], *command: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, env=env, cwd=HOUSE, start_new_session=True)  # noqa: S603


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """To be told to stop is the same as Ctrl C."""
    raise KeyboardInterrupt


def _wait_for(port: int, children: list["subprocess.Popen[bytes]"]) -> None:
    """Until the pages answer."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and all(child.poll() is None for child in children):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise click.ClickException("web or clock did not start; the lines above say why")


def _stay(children: list["subprocess.Popen[bytes]"]) -> None:
    """Until somebody says stop, or one of the two has ended by itself."""
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
    except KeyboardInterrupt:
        return
    raise click.ClickException("web or clock has ended by itself; the lines above say why")


def _stop(children: list["subprocess.Popen[bytes]"]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
