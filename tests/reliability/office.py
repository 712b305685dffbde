"""An office under load: real web workers, three hands that send call sheets, and somebody who pulls the plug."""

import http.cookiejar
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 60
TOKEN = re.compile(r'name="(csrf_token|token)"[^>]*value="([^"]+)"')
HOUSE = Path(__file__).parents[2]
SHEET = {
    "wants_secrecy": "yes",
    "wants_answer": "no",
    "named": "no",
    "people-0-post": "village_head",
    "people-0-name": "某甲",
    "town": "120112103",
    "narrative": "不够条件吃低保。",
    "channel": "call",
    "told_duty": "y",
    "read_back": "y",
}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass
class Web:
    """Two workers on the loopback, started and killed as often as one likes."""

    home: Path
    database: str
    keys: str
    entry: str = "app:app"
    port: int = field(default_factory=free_port)
    server: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        for name, content in (("keys", self.keys), ("secret", "one secret for all starts of this office")):
            path = self.home / name
            path.write_text(content)
            path.chmod(0o600)
        env = os.environ | {
            "TIPLINE_DATABASE": self.database,
            "TIPLINE_KEYS": str(self.home / "keys"),
            "TIPLINE_SECRET_FILE": str(self.home / "secret"),
        }
        # The house is read once and forked: it has not asked its database anything yet.
        workers = ["--preload", "-w", "2", "-t", "60", "-b", f"127.0.0.1:{self.port}"]
        command = [sys.executable, "-m", "gunicorn", *workers, self.entry]
        with (self.home / "web.log").open("ab") as log:
            self.server = subprocess.Popen(command, cwd=HOUSE, env=env, stdout=log, stderr=log, start_new_session=True)
        self.wait()

    def wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                    return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError((self.home / "web.log").read_text())

    def kill(self) -> None:
        """Every process at once, without a word: only those of the group that was started here."""
        assert self.server is not None
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()


class Hand:
    """An operator's browser that sends a sheet again, with the same mark, until it hears that it arrived."""

    def __init__(self, web: Web, login: str, password: str) -> None:
        self.web, self.acknowledged = web, list[str]()
        self.jar = http.cookiejar.CookieJar()
        handlers = urllib.request.HTTPCookieProcessor(self.jar), Stay()
        self.browser = urllib.request.build_opener(*handlers)
        page = self.get("/sign-in")
        status = self.post("/sign-in", page | {"login": login, "password": password})
        assert status == 302, status

    def get(self, path: str) -> dict[str, str]:
        with self.browser.open(f"http://127.0.0.1:{self.web.port}{path}", timeout=30) as page:
            return dict(TOKEN.findall(page.read().decode()))

    def post(self, path: str, data: dict[str, str]) -> int:
        body = urllib.parse.urlencode(data).encode()
        try:
            with self.browser.open(f"http://127.0.0.1:{self.web.port}{path}", body, timeout=30) as page:
                return int(page.status)
        except urllib.error.HTTPError as answer:
            return answer.code

    def send(self, stop: threading.Event) -> None:
        """One sheet, whatever happens to the house meanwhile."""
        mark, page = secrets.token_urlsafe(12), dict[str, str]()
        while True:
            try:
                page = page or self.get("/intake/")
                sheet = SHEET | {"csrf_token": page["csrf_token"], "token": mark}
                status = self.post("/intake/register", sheet | {"received_at": "2018-06-04 09:30"})
            except (OSError, http.client.HTTPException):  # killed, perhaps in mid-sentence: try again
                time.sleep(0.05)
                continue
            if status == 302:
                self.acknowledged.append(mark)
                return
            if status < 500:
                raise AssertionError(status)

    def send_until(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self.send(stop)


class Stay(urllib.request.HTTPRedirectHandler):
    """Answers are looked at, not followed."""

    def redirect_request(self, *_: object) -> None:
        return None
