"""A letter as a mail message, and the one conversation with the mail host that hands it over."""

import contextlib
import mimetypes
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import datetime
from email import policy
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from flask import current_app

from tipline.kit.dates import local
from tipline.office.models import Letter

PATIENCE = 10.0
"""Seconds that the host may be silent."""
LONGEST = 60.0
"""Seconds that one conversation may take, however slowly the host drips; well within a claim."""


class NotDelivered(Exception):
    """The letter was not handed over; `trouble` is a code or a kind of error, never a text."""

    def __init__(self, trouble: str) -> None:
        self.trouble = trouble
        super().__init__(trouble)


class Later(NotDelivered):
    """Not accepted now; the same host may take it later."""


class HostDown(Later):
    """The host would not speak with us at all, so no other letter need be tried now."""


class Never(NotDelivered):
    """Refused for good: somebody has to look at the address or the letter."""


class Unheard(NotDelivered):
    """Everything was said and no answer came: the letter may have been accepted."""


def message(letter: Letter, at: datetime) -> EmailMessage:
    """The mail. Its Message-ID is the letter's own, so that a repeat can be recognised. That of a rehearsal says so."""
    sender, rehearsed = current_app.config["SENDER"], current_app.config["REHEARSAL_MAILBOX"]
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = sender
    mail["To"] = Address(letter.address, addr_spec=rehearsed) if rehearsed else letter.address
    mail["Subject"] = f"（演练）{letter.subject}" if rehearsed else letter.subject
    mail["Date"] = format_datetime(local(at))
    mail["Message-ID"] = f"<{letter.key}@{sender.partition('@')[2] or 'localhost'}>"
    mail["Auto-Submitted"] = "auto-generated"
    if letter.tries > 1:
        mail["X-Retry"] = str(letter.tries - 1)
    mail.set_content(letter.body, charset="utf-8", cte="base64")
    if letter.enclosure is not None:
        name = letter.enclosure_name or "enclosure"
        kind, _, subkind = (mimetypes.guess_type(name)[0] or "application/octet-stream").partition("/")
        mail.add_attachment(letter.enclosure, maintype=kind, subtype=subkind, filename=name)
    return mail


def deliver(letter: Letter, at: datetime) -> None:
    """Hand the letter to the mail host. Raises NotDelivered, which says what is known."""
    try:
        content = message(letter, at).as_bytes()
        to = current_app.config["REHEARSAL_MAILBOX"] or letter.address
        to.encode("ascii")
    except (ValueError, LookupError, HeaderParseError) as error:
        raise Never(type(error).__name__) from error
    with _conversation() as host:
        _settle(*host.mail(current_app.config["SENDER"]))
        _settle(*host.rcpt(to))
        try:
            _settle(*host.data(content))
        except smtplib.SMTPDataError as refusal:
            _settle(refusal.smtp_code, b"")
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise Unheard(type(error).__name__) from error


def greet() -> None:
    """Ask whether the mail host would speak with us. Raises NotDelivered when it would not."""
    with _conversation() as host:
        host.noop()


@contextlib.contextmanager
def _conversation() -> Iterator[smtplib.SMTP]:
    config = current_app.config
    host = smtplib.SMTP(timeout=PATIENCE, local_hostname=config["SENDER"].partition("@")[2] or "localhost")
    watch = threading.Timer(LONGEST, _cut, [host])
    watch.daemon = True
    watch.start()
    try:
        _introduce(host)
        yield host
        with contextlib.suppress(smtplib.SMTPException, OSError):
            host.quit()  # the letter is theirs by now, however they part
    except (smtplib.SMTPException, OSError) as error:
        raise Later(type(error).__name__) from error
    finally:
        watch.cancel()
        host.close()


def _introduce(host: smtplib.SMTP) -> None:
    config = current_app.config
    try:
        code, _ = host.connect(config["SMTP_HOST"], config["SMTP_PORT"])
        if code != 220:
            raise HostDown(str(code))
        if config["SMTP_STARTTLS"]:
            host.starttls(context=ssl.create_default_context())
        host.ehlo_or_helo_if_needed()
        if config["SMTP_USER"]:
            host.login(config["SMTP_USER"], config["SMTP_PASSWORD"])
    except smtplib.SMTPResponseException as refusal:
        raise HostDown(str(refusal.smtp_code)) from refusal
    except (smtplib.SMTPException, OSError) as error:
        raise HostDown(type(error).__name__) from error


def _settle(code: int, _answer: bytes) -> None:
    if code in (250, 251):
        return
    raise (Never if 500 <= code < 600 else Later)(str(code))


def _cut(host: smtplib.SMTP) -> None:
    sock = host.sock
    if sock is not None:
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
