"""What comes in with a request: how much of it is read, and where a file goes before anybody has looked at it."""

import io
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import IO, Any

import flask
from flask import current_app
from flask_login import current_user

from tipline.kit.cabinet import MEGABYTE, Tray, cabinet
from tipline.kit.db import db
from tipline.kit.errors import TooLarge

AROUND = MEGABYTE
"""How much the form around a file may weigh."""


PATIENCE = 30.0
"""So many seconds a body may take to come in. The proxy hands it on whole; whoever is slower came past the proxy."""


@contextmanager
def _in_time(line: socket.socket | None) -> Iterator[None]:
    """Stop listening on the line once patience is over: what was sent until then is half a body, and is refused."""
    if line is None:
        yield
        return
    over = Timer(PATIENCE, line.shutdown, (socket.SHUT_RD,))
    over.daemon = True
    over.start()
    try:
        yield
    finally:
        over.cancel()


class Request(flask.Request):
    """A request whose files never lie on the disk unsealed.

    Only a door that receives files takes more than the house's usual measure, and only from whoever may do its
    deed. While a large body comes in, slowly perhaps, no transaction is open: nobody has to wait for it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._trays: list[Tray] = []

    def _load_form_data(self) -> None:
        if "form" not in self.__dict__ and self._is_for_files():
            self.max_content_length = cabinet.limit + AROUND
            if (self.content_length or 0) > self.max_content_length:
                raise TooLarge("文件超过%(n)s MB，没有收下。", n=cabinet.limit // MEGABYTE)
            db.session.rollback()
        with _in_time(self.environ.get("gunicorn.socket")):
            super()._load_form_data()

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return self.tray() if self._is_for_files() else io.BytesIO()  # type: ignore[return-value]

    def tray(self) -> Tray:
        """A tray that is cleared away with the request."""
        self._trays.append(tray := cabinet.tray())
        return tray

    def _is_for_files(self) -> bool:
        view = current_app.view_functions.get(self.endpoint or "")
        receives = getattr(view, "receives", False) and current_user.is_authenticated
        return receives and bool(current_user.may(view.act))  # type: ignore[union-attr]

    def close(self) -> None:
        super().close()
        for tray in self._trays:
            tray.close()
