"""Hands that send files while the house is killed."""

import hashlib
import http.client
import random
import secrets
import threading
import time
import urllib.error
import urllib.request

from tests.evidence.files import form
from tests.reliability.office import Hand, Web


class Uploader(Hand):
    """A keeper's browser that sends one text file after the other to one lead."""

    def __init__(self, web: Web, login: str, password: str, lead: str, *, mean: int = 200_000) -> None:
        super().__init__(web, login, password)
        self.page, self.mean, self.chance = f"/evidence/leads/{lead}", mean, random.Random(login)

    def send(self, stop: threading.Event) -> None:
        """One file, once: what was not acknowledged is not counted, and is sent as another."""
        content = secrets.token_hex(self.chance.randrange(100, self.mean)).encode()
        try:
            token = self.get(self.page)["csrf_token"]
            if self.hand_in(content, token) == 302:
                self.acknowledged.append(hashlib.sha256(content).hexdigest())
        except (OSError, KeyError, http.client.HTTPException):  # killed, perhaps in mid-sentence
            time.sleep(0.05)

    def hand_in(self, content: bytes, token: str) -> int:
        body, kind = form(content, "名单.txt", csrf_token=token)
        asked = urllib.request.Request(f"http://127.0.0.1:{self.web.port}{self.page}/attach", body)
        asked.add_header("Content-Type", kind)
        try:
            with self.browser.open(asked, timeout=60) as page:
                return int(page.status)
        except urllib.error.HTTPError as answer:
            return answer.code
