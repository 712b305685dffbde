"""From nothing to a rehearsal that answers, with one command; and again, with everything as it was."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request

import pytest

from tests import smtp
from tipline.commands import stage

COMMAND = [sys.executable, "-m", "tipline.commands"]
PATIENCE = 120


@pytest.fixture
def run(tmp_path):
    """Start a rehearsal in a folder of its own; whatever is still running afterwards is stopped."""
    started = []

    def start(*options, **settings):
        port = smtp.nobody()
        env = {name: value for name, value in os.environ.items() if not name.startswith("TIPLINE_")}
        env |= {"TIPLINE_VAR": str(tmp_path / "var"), "TIPLINE_PORT": str(port), "PYTHONUNBUFFERED": "1", **settings}
        log = (tmp_path / f"log-{port}").open("w+")
        process = subprocess.Popen(
            [*COMMAND, "demo", "run", *options], env=env, cwd=stage.HOUSE, stdout=log, stderr=log
        )
        started.append((process, log))
        until = time.monotonic() + PATIENCE
        while "Ctrl C" not in told(log) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.2)
        assert process.poll() is None, told(log)
        return process, port, log

    yield start
    for process, log in started:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
        log.close()


def told(log):
    log.seek(0)
    return log.read()


def lines(tmp_path):
    database = sqlite3.connect(f"file:{tmp_path / 'var' / 'tipline.db'}?mode=ro", uri=True)
    try:
        return database.execute("SELECT count(*) FROM entry").fetchone()[0]
    finally:
        database.close()


def children_of(process):
    with open(f"/proc/{process.pid}/task/{process.pid}/children") as children:
        return [int(child) for child in children.read().split()]


@pytest.mark.slow
def test_one_command_runs_the_house_and_a_second_start_finds_it_as_it_was(run, tmp_path):
    process, port, log = run()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=20) as page:
        assert stage.PASSWORD in page.read().decode()
    assert "47 leads" in told(log)
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "var").glob("[ks]e*")} == {0o600}
    web_and_clock = children_of(process)
    assert len(web_and_clock) == 2
    process.send_signal(signal.SIGTERM)
    process.wait(60)
    assert not any(os.path.exists(f"/proc/{child}") for child in web_and_clock)
    before = lines(tmp_path)
    _, _, log = run()
    assert "as it was left" in told(log)
    assert lines(tmp_path) == before


@pytest.mark.slow
def test_a_reminder_of_the_typical_cases_reaches_a_real_mailbox(run, tmp_path):
    with smtp.host() as host:
        mail = {"TIPLINE_SMTP_HOST": "127.0.0.1", "TIPLINE_SMTP_PORT": str(host.port)}
        _, port, _ = run("--mail-to", "trainer@office.example", **mail)
        env = stage.settings(tmp_path / "var", port) | {"TIPLINE_REHEARSAL_MAILBOX": "trainer@office.example"} | mail
        walk = [*stage.FLASK, "clock", "--at", "2018-06-07"]
        subprocess.run(walk, env=env, cwd=stage.HOUSE, capture_output=True, check=True)
        until = time.monotonic() + PATIENCE
        while not (due := [one for one in host.accepted if "2018年5月的典型案例" in one["Subject"]]):
            assert time.monotonic() < until
            time.sleep(0.2)
    assert set(host.recipients) == {"trainer@office.example"}
    assert due[0]["Subject"].startswith("（演练）")


def test_keys_can_be_made_before_anything_else_exists(tmp_path):
    env = {name: value for name, value in os.environ.items() if not name.startswith("TIPLINE_")}
    done = subprocess.run(
        [*COMMAND, "keys", "new"], env=env, cwd=stage.HOUSE, capture_output=True, text=True, check=True
    )
    assert re.findall(r"^(\w+)\.1 [0-9a-f]{64}$", done.stdout, re.MULTILINE) == ["seal", "index", "trail"]
