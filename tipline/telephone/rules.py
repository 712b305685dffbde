"""Whether an announcement really comes from the telephone system, and what it says. Pure."""

import hmac
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tipline.hotline.rules import Missed, digits_of
from tipline.kit.words import Labelled

WINDOW = timedelta(minutes=5)
"""So far the clocks of the two machines may stand apart; what was signed longer ago is refused."""
LATEST = timedelta(days=1)
"""A call that rang longer ago is told too late."""
LARGEST = 4096
NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
CALL = re.compile(r"[!-~]{1,64}")


class Event(Labelled):
    """What the telephone system says of a call."""

    RINGING = "ringing", "来电"
    MISSED = "missed", "未接"
    ABANDONED = "abandoned", "未等接听已挂断"

    @property
    def missed(self) -> Missed | None:
        """How it went unanswered."""
        return None if self is Event.RINGING else next(one for one in Missed if one == self.value)


EVENTS = {event.value: event for event in Event}


class Unsigned(Exception):
    """Not from the telephone system, or not now. Nobody is told which."""


class Senseless(Exception):
    """Signed, but not what the interface speaks of; the words are for whoever sets the system up."""


@dataclass(frozen=True)
class Told:
    """One announcement."""

    call: str
    event: Event
    line: str
    caller: str
    at: datetime


def signature(secret: str, moment: str, nonce: str, body: bytes) -> str:
    """HMAC-SHA-256 over time, nonce and body, a line each."""
    return hmac.new(secret.encode(), f"{moment}\n{nonce}\n".encode() + body, "sha256").hexdigest()


def check(secret: str, moment: str, nonce: str, signed: str, body: bytes, now: datetime) -> None:
    """Raises Unsigned unless the body was signed with our secret a moment ago."""
    right = hmac.compare_digest(signature(secret, moment, nonce, body).encode(), signed.encode())
    if not right or not re.fullmatch(r"[0-9]{1,10}", moment) or not NONCE.fullmatch(nonce):
        raise Unsigned
    if abs(now - datetime.fromtimestamp(int(moment), UTC)) > WINDOW:
        raise Unsigned


def read(body: bytes, now: datetime) -> Told:
    """What a signed body says. Raises Senseless, which repeats nothing of it."""
    try:
        said = json.loads(body)
        call, line, caller, at = (str(said.get(name) or "") for name in ("call", "to", "from", "at"))
        event, moment = EVENTS[said.get("event", "ringing")], datetime.fromisoformat(at)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Senseless("a JSON object with call, event, from, to, at (ISO 8601 with its offset)") from None
    if not CALL.fullmatch(call):
        raise Senseless("call: 1 to 64 printable ASCII characters")
    digits, number = digits_of(line)[:40], digits_of(caller)[:40]
    if not 3 <= len(digits) <= 20:
        raise Senseless("to: the number that was called")
    if number and not 3 <= len(number) <= 20:
        raise Senseless("from: the number that calls, or nothing")
    if moment.tzinfo is None or not now - LATEST <= moment <= now + WINDOW:
        raise Senseless("at: when it rang, within a day, with its offset")
    return Told(call, event, digits, number, min(moment.astimezone(UTC), now))
