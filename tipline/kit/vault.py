"""The vault: what is sealed cannot be read, moved or tested for by whoever holds only the database."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app
from werkzeug.local import LocalProxy

from tipline.kit.db import Model, new_key

PURPOSES = ("seal", "index", "trail")
HOW_TO_MAKE_ONE = "make one with `python -m tipline.commands keys new`"
NONCE = 12
TAG = 16
PAD = 64
CHUNK = 256 * 1024
"""How much of a file is sealed and opened at a time."""


class Unreadable(Exception):
    """A sealed value that no key opens in this place: altered, moved, or its key is missing."""


class KeysWrong(Exception):
    """The key file cannot be used; the message says what to do."""


def fresh_keys() -> str:
    """The text of a new key file, one random 256-bit key per purpose."""
    return "".join(f"{purpose}.1 {secrets.token_hex(32)}\n" for purpose in PURPOSES)


def read_keys(text: str) -> dict[str, dict[int, bytes]]:
    """`{purpose: {version: key}}` from lines such as `seal.1 <64 hex digits>`.

    Raises KeysWrong when a line cannot be read or a purpose has no key.
    """
    keys: dict[str, dict[int, bytes]] = {purpose: {} for purpose in PURPOSES}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            name, secret = line.split()
            purpose, version = name.split(".")
            keys[purpose][int(version)] = key = bytes.fromhex(secret)
        except (ValueError, KeyError) as error:
            raise KeysWrong(f"line {number} of the key file is not `purpose.version 64-hex-digits`") from error
        if len(key) != 32:
            raise KeysWrong(f"line {number} of the key file: a key has 64 hex digits")
    if missing := [purpose for purpose in PURPOSES if not keys[purpose]]:
        raise KeysWrong(f"the key file has no key for: {', '.join(missing)}; {HOW_TO_MAKE_ONE}")
    return keys


def read_key_file(path: Path) -> dict[str, dict[int, bytes]]:
    """The keys of a file that only its owner may read. Raises KeysWrong."""
    if not path.exists():
        raise KeysWrong(f"no key file at {path}; {HOW_TO_MAKE_ONE}")
    if path.stat().st_mode & 0o077:
        raise KeysWrong(f"{path} can be read by others; set it to 0600")
    return read_keys(path.read_text(encoding="ascii"))


def _derive(root: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(root)


def _padded(text: str) -> bytes:
    """The text made longer to the next step, so that its length tells little."""
    raw = text.encode()
    step = PAD if len(raw) < 512 else 512
    return raw + b"\x00" * (-(len(raw) + 1) % step) + b"\x01"


def _unpadded(raw: bytes) -> str:
    return raw[:-1].rstrip(b"\x00").decode()


class Vault:
    """All keys of the house. Sealing uses the newest; opening any; indexes and the trail their own."""

    def __init__(self, keys: Mapping[str, Mapping[int, bytes]]) -> None:
        self.current = max(keys["seal"])
        self._seals = {version: AESGCM(_derive(key, "seal")) for version, key in keys["seal"].items()}
        index = keys["index"][max(keys["index"])]
        self._blind = _derive(index, "blind")
        self._gram = _derive(index, "gram")
        self.trail_key = _derive(keys["trail"][max(keys["trail"])], "trail")
        self._note = _derive(keys["trail"][max(keys["trail"])], "note")

    def seal(self, text: str, place: str) -> bytes:
        """The text for this one place (`table|column|row`): version, nonce, ciphertext with tag."""
        nonce = secrets.token_bytes(NONCE)
        box = self._seals[self.current].encrypt(nonce, _padded(text), place.encode())
        return self.current.to_bytes(2) + nonce + box

    def open(self, box: bytes, place: str) -> str:
        """The text again. Raises Unreadable when the value was altered, moved, or its key is gone."""
        seal = self._seals.get(int.from_bytes(box[:2]))
        if seal is None:
            raise Unreadable(place)
        try:
            return _unpadded(seal.decrypt(box[2 : 2 + NONCE], box[2 + NONCE :], place.encode()))
        except InvalidTag as error:
            raise Unreadable(place) from error

    def blind(self, field: str, value: str) -> str:
        """A keyed hash for exact look-up of a normalised value within one field."""
        return hmac.digest(self._blind, f"{field}|{value}".encode(), "sha256")[:16].hex()

    def gram(self, gram: str) -> str:
        """A keyed 5-byte hash of one or two characters, as 8 letters for the search index."""
        return base64.b32encode(hmac.digest(self._gram, gram.encode(), "sha256")[:5]).decode().lower()

    def commit(self, text: str) -> str:
        """A keyed promise of a sealed note, which the trail can keep without keeping the note."""
        return hmac.new(self._note, text.encode(), hashlib.sha256).hexdigest()


class FileSeal:
    """Seals one file, piece by piece, with a key that nothing else is sealed with.

    Every piece is bound to the file's place, to its number and to whether it is the last: what was cut off,
    swapped, appended or moved to another file does not open.
    """

    def __init__(self, key: bytes, place: str) -> None:
        self._key, self._place = AESGCM(key), place.encode()

    def seal(self, piece: bytes, number: int, *, last: bool) -> bytes:
        """One piece of at most `CHUNK` bytes; all but the last are full."""
        return self._key.encrypt(self._nonce(number, last=last), piece, self._place)

    def open(self, file: IO[bytes]) -> Iterator[bytes]:
        """The pieces of a sealed file in turn. Raises Unreadable at the first that is not as it was sealed."""
        number, box = 0, file.read(CHUNK + TAG)
        while box:
            following = file.read(CHUNK + TAG)
            try:
                yield self._key.decrypt(self._nonce(number, last=not following), box, self._place)
            except InvalidTag as error:
                raise Unreadable(self._place.decode()) from error
            number, box = number + 1, following
        if number == 0:
            raise Unreadable(self._place.decode())

    @staticmethod
    def _nonce(number: int, *, last: bool) -> bytes:
        """Never the same twice under one key: its number, and one bit for the end."""
        return number.to_bytes(NONCE - 1) + last.to_bytes(1)


vault = cast(Vault, LocalProxy(lambda: current_app.extensions["vault"]))


class Sealed:
    """An attribute that is plain in Python and sealed in the database, bound to its row and column.

    The row is a `Keyed` model with a `Ciphertext` column called `<attribute>_sealed`. Every use is
    listed in `Sealed.everywhere`, which key rotation and the inventory test read.
    """

    everywhere: list[tuple[type[Model], str]] = []

    def __set_name__(self, owner: type[Model], name: str) -> None:
        self.name = name
        self.column = f"{name}_sealed"
        Sealed.everywhere.append((owner, name))

    def _place(self, row: Any) -> str:
        return f"{row.__tablename__}|{self.name}|{row.key}"

    def __get__(self, row: Any, owner: type[Any] | None = None) -> Any:
        if row is None:
            return self
        box: bytes | None = getattr(row, self.column)
        return None if box is None else vault.open(box, self._place(row))

    def __set__(self, row: Any, text: str | None) -> None:
        if row.key is None:
            row.key = new_key()
        setattr(row, self.column, None if text is None else vault.seal(text, self._place(row)))
