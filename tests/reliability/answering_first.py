"""A faulty build for the kill tests: it says "registered" or "received" first, and does it afterwards."""

import io
import re
import threading
import time
from collections.abc import Iterable
from typing import Any

from app import app as honest

HASTY = re.compile(r"/intake/register|/evidence/leads/\w+/attach")


def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """As the honest one, but for the sheet and for files."""
    if environ["REQUEST_METHOD"] != "POST" or not HASTY.fullmatch(environ["PATH_INFO"]):
        return honest(environ, start_response)
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    threading.Thread(target=_later, args=(environ | {"wsgi.input": io.BytesIO(body)},)).start()
    start_response("302 FOUND", [("Location", "/intake/registered"), ("Content-Length", "0")])
    return [b""]


def _later(environ: dict[str, Any]) -> None:
    time.sleep(0.1)
    for _ in honest(environ, lambda *_: lambda _: None):
        pass
