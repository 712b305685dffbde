"""A mail host for tests that keeps what it accepts, and can be as nasty as real ones are."""

import asyncio
import contextlib
import itertools
import random
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

KIND = "kind"
BUSY = "421 at the banner"
STALL = "silent after the banner is due"
GREYLIST = "450 once"
UNKNOWN_USER = "550"
DROP = "accept DATA, then drop before the reply"
HANG_UP = "reply 250, then close"
SLOW = "byte for byte"
FULL = "452 after DATA"
MENU = (KIND, BUSY, GREYLIST, DROP, HANG_UP, SLOW, FULL)
"""What a letter outlives without a person: everything but a refusal for good and a stall."""


@dataclass
class Host:
    """One mail host: its temper is asked anew for every conversation."""

    temper: Callable[[], str] = lambda: KIND
    port: int = 0
    """0 until it is open: the first call is the controller's own, to see whether the door opens."""
    accepted: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    """For whom, as the conversation said it."""
    seen: Counter[str] = field(default_factory=Counter)
    lines: set[Any] = field(default_factory=set)
    """The connections that stand open."""
    pause: float = 0.0
    """Seconds between keeping a letter and saying so: when a carrier may die."""

    def keep(self, content: bytes) -> None:
        self.accepted.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]

    def by_id(self) -> dict[str, list[EmailMessage]]:
        """What was accepted, by Message-ID: a list of more than one is a repeat."""
        found: dict[str, list[EmailMessage]] = {}
        for mail in self.accepted:
            found.setdefault(mail["Message-ID"], []).append(mail)
        return found


class Moody(SMTP):
    """A real SMTP server that follows the temper of its host."""

    def __init__(self, host: Host, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host = host
        self.temper = host.temper() if host.port else KIND

    def connection_made(self, transport: Any) -> None:
        self.host.lines.add(transport)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.host.lines.discard(self.transport)
        super().connection_lost(error)

    async def _handle_client(self) -> None:
        if self.temper == BUSY:
            await self.push("421 come back another time")
            self.transport.close()
        elif self.temper == STALL:
            try:
                await asyncio.sleep(60)
            finally:
                self._writer.close()
        else:
            await super()._handle_client()

    async def push(self, status: Any) -> None:
        if self.temper != SLOW:
            await super().push(status)
            return
        for byte in f"{status}\r\n".encode():
            self._writer.write(bytes([byte]))
            await self._writer.drain()
            await asyncio.sleep(0.001)


class Handler:
    """Says yes or no, and keeps what it said yes to."""

    def __init__(self, host: Host) -> None:
        self.host = host

    async def handle_RCPT(  # noqa: N802
        self, server: Moody, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if server.temper == UNKNOWN_USER:
            return "550 nobody here has that name"
        if server.temper == GREYLIST and not self.host.seen[address]:
            self.host.seen[address] += 1
            return "450 greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Moody, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if server.temper == FULL:
            return "452 no room"
        assert isinstance(envelope.content, bytes)
        self.host.keep(envelope.content)
        self.host.recipients += envelope.rcpt_tos
        await asyncio.sleep(self.host.pause)
        if server.temper == DROP:
            server.transport.abort()
        if server.temper == HANG_UP:
            await server.push("250 OK")
            server.transport.close()
        return "250 OK"


class Door(Controller):
    """Listens on a free port of this machine."""

    def __init__(self, host: Host) -> None:
        self.host = host
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        super().__init__(Handler(host), hostname="127.0.0.1", port=port)

    def factory(self) -> SMTP:
        return Moody(self.host, self.handler)


@contextlib.contextmanager
def host(*tempers: str) -> Iterator[Host]:
    """A host that shows these tempers in turn, the last for ever; kind when none is given."""
    script = itertools.chain(tempers[:-1], itertools.repeat(tempers[-1] if tempers else KIND))
    with open_door(Host(temper=lambda: next(script))) as found:
        yield found


@contextlib.contextmanager
def moody(seed: int, *, pause: float = 0.0) -> Iterator[Host]:
    """A host whose temper is drawn from the menu for every conversation."""
    draw = random.Random(seed)
    with open_door(Host(temper=lambda: draw.choice(MENU), pause=pause)) as found:
        yield found


@contextlib.contextmanager
def open_door(found: Host) -> Iterator[Host]:
    door = Door(found)
    door.start()
    found.port = door.port
    try:
        yield found
    finally:
        until = time.monotonic() + 5
        while found.lines and time.monotonic() < until:
            time.sleep(0.01)  # conversations end before the loop that carries them
        asyncio.run_coroutine_threadsafe(hang_up(door, found), door.loop).result()
        door.stop()


async def hang_up(door: Door, found: Host) -> None:
    """Take no more callers, let those at the door come in, and cut off whoever still talks."""
    door.server.close()
    for _ in range(20):
        await asyncio.sleep(0.005)
        for line in list(found.lines):
            line.abort()


def nobody() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
