"""The cabinet: large files, each sealed with a key of its own under a random name, outside of what the web serves.

A file is sealed while it comes in and never lies anywhere unsealed. It is written, brought to the disk, given its
name, and the name brought to the disk, before the transaction that tells of it commits. Whoever is writing holds a
lock on the file until then; what nobody holds and no row knows was left by a process that died, and is swept.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from flask import current_app
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.local import LocalProxy

from tipline.kit.db import db
from tipline.kit.errors import NoRoom, TooLarge
from tipline.kit.vault import CHUNK, FileSeal, Unreadable

INCOMING = "incoming"
MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Kept:
    """What must be remembered of a file in order to find it, open it and know that it is the same."""

    name: str
    secret: str
    """The file's own key in hex; it is itself sealed wherever it is kept."""
    size: int
    digest: str
    """SHA-256 of the file as it came."""


class Cabinet:
    """A folder of sealed files: `<2 hex>/<32 hex>`, and those still coming in under `incoming/`."""

    def __init__(self, folder: Path | None, *, limit: int, reserve: int) -> None:
        self.folder, self.limit, self.reserve = folder, limit, reserve

    def tray(self) -> "Tray":
        """Begin to take in one file. Raises NoRoom when the disk is nearly full or the folder takes nothing."""
        if self.folder is None:
            raise NoRoom("存放附件的目录还没有设置，没有收下。请告知系统管理员。")
        try:
            (self.folder / INCOMING).mkdir(mode=0o700, parents=True, exist_ok=True)
            if shutil.disk_usage(self.folder).free < self.reserve:
                raise NoRoom("磁盘空间不足，暂时不收附件，没有收下。请告知系统管理员；文字照常登记。")
            return Tray(self.folder, self.limit)
        except OSError as trouble:
            raise _no_room() from trouble

    def read(self, kept: Kept) -> Iterator[bytes]:
        """The file as it came, piece by piece. Raises Unreadable when it is gone, altered or not the same."""
        digest = hashlib.sha256()
        for piece in self._pieces(kept):
            digest.update(piece)
            yield piece
        if digest.hexdigest() != kept.digest:
            raise Unreadable(kept.name)

    def _pieces(self, kept: Kept) -> Iterator[bytes]:
        try:
            with self._path(kept.name).open("rb") as file:
                yield from FileSeal(bytes.fromhex(kept.secret), kept.name).open(file)
        except OSError as trouble:
            raise Unreadable(kept.name) from trouble

    def is_whole(self, kept: Kept) -> bool:
        """Whether the file is there and the same, read to its end."""
        try:
            for _ in self.read(kept):
                pass
        except Unreadable:
            return False
        return True

    def names(self) -> set[str]:
        """Every file that lies in the cabinet, under whatever name."""
        return {path.name for path in self._files()}

    def sweep(self, known: Callable[[], Collection[str]]) -> int:
        """Remove what was never acknowledged: files that no row knows and that nobody is writing any more.

        `known` gives the names that rows tell of, as they are when it is asked.
        """
        names = known()
        return sum(_remove_if_left(path, known) for path in self._files() if path.name not in names)

    def _files(self) -> Iterator[Path]:
        if self.folder is not None and self.folder.is_dir():
            yield from sorted(path for path in self.folder.rglob("*") if path.is_file())

    def _path(self, name: str) -> Path:
        if self.folder is None:
            raise Unreadable(name)
        return self.folder / name[:2] / name


cabinet = cast(Cabinet, LocalProxy(lambda: current_app.extensions["cabinet"]))


def _remove_if_left(path: Path, known: Callable[[], Collection[str]]) -> int:
    """The lock is asked first and the rows again afterwards: whoever wrote it may just have committed."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.name in known():
                return 0
            path.unlink()
    except OSError:
        return 0
    return 1


class Tray:
    """One file on its way into the cabinet: sealed and hashed as it comes, and gone again unless it is kept."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder, self._limit = folder, limit
        self.name = secrets.token_hex(16)
        self._secret = secrets.token_bytes(32)
        self._seal = FileSeal(self._secret, self.name)
        self._digest, self._rest, self._pieces, self.size = hashlib.sha256(), bytearray(), 0, 0
        self._path = folder / INCOMING / self.name
        self._file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "r+b", buffering=0)
        self._complete = self._in_doubt = False
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def write(self, data: bytes) -> int:
        """Take in the next bytes. Raises TooLarge or NoRoom."""
        self.size += len(data)
        if self.size > self._limit:
            raise TooLarge("文件超过%(n)s MB，没有收下。", n=self._limit // MEGABYTE)
        self._digest.update(data)
        self._rest += data
        while len(self._rest) > CHUNK:
            self._put(bytes(self._rest[:CHUNK]), last=False)
            del self._rest[:CHUNK]
        return len(data)

    def _put(self, piece: bytes, *, last: bool) -> None:
        box = memoryview(self._seal.seal(piece, self._pieces, last=last))
        self._pieces += 1
        try:
            while box:
                box = box[self._file.write(box) :]
        except OSError as trouble:
            raise _no_room() from trouble

    def seek(self, _offset: int, _whence: int = 0) -> int:
        """The whole of it has come: what reads forms says so by winding back."""
        if not self._complete:
            self._put(bytes(self._rest), last=True)
            self._rest.clear()
            self._complete = True
        return 0

    def read(self) -> Iterator[bytes]:
        """What came in, opened again piece by piece."""
        self._file.seek(0)
        yield from self._seal.open(self._file)

    def keep(self) -> Kept:
        """Bring it to the disk under its name. It stays if the transaction now running commits, and goes with it."""
        home = self._folder / self.name[:2]
        try:
            os.fsync(self._file.fileno())
            if not home.exists():
                home.mkdir(mode=0o700, exist_ok=True)
                _sync(self._folder)
            self._path = self._path.rename(home / self.name)
            _sync(home)
        except OSError as trouble:
            self.close()
            raise _no_room() from trouble
        db.session().info.setdefault("trays", []).append(self)
        return Kept(self.name, self._secret.hex(), self.size, self._digest.hexdigest())

    def leave(self) -> None:
        """The commit has begun: from here on only the rows can tell whether the file is wanted."""
        self._in_doubt = True

    def close(self) -> None:
        """Let go of the file; one that was not kept goes."""
        if not self._file.closed:
            if not self._in_doubt:
                with suppress(OSError):
                    self._path.unlink()
            self._file.close()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _no_room() -> NoRoom:
    return NoRoom("磁盘已满或不能写入，文件没有收下，什么也没有改动。请告知系统管理员。")


def _committing(session: Session) -> None:
    for tray in session.info.get("trays", ()):
        tray.leave()


def _ended(session: Session, *_: Any) -> None:
    for tray in session.info.pop("trays", ()):
        tray.close()


event.listen(Session, "before_commit", _committing)
event.listen(Session, "after_commit", _ended)
event.listen(Session, "after_rollback", _ended)
