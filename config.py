"""Settings: every knob of an installation, typed, read once. A wrong value stops the start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).parent
NOTICE = HOUSE / "tipline" / "law" / "notices" / "jinnan-2018-17.toml"
LAYOUT = HOUSE / "tipline" / "letters" / "layout.toml"


class WrongSetting(ValueError):
    """A setting is missing or makes no sense; the message says which, why, and what to do."""


@dataclass(frozen=True)
class Settings:
    """What one installation of Tipline needs to know. Names of variables: TIPLINE_<FIELD>."""

    database: str
    keys: str
    """The text of the key file: lines `purpose.version 64-hex-digits`."""
    secret: str
    """Signs cookies and forms."""
    base_url: str = "http://127.0.0.1:8000"
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    smtp_host: str = ""
    """Empty: letters stay in the local outbox."""
    smtp_port: int = 25
    smtp_starttls: bool = False
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    sender: str = "tipline@localhost"
    admin_email: str = ""
    """Who hears of a clock that stands still or a broken trail."""
    notice: str = str(NOTICE)
    rehearsal: bool = False
    """A district that plays: a date of its own, demo officers on the sign-in page, no real duty."""
    rehearsal_mailbox: str = ""
    """Where a rehearsal posts its letters, whoever they are for. Empty: it posts to nobody."""
    evidence: str = ""
    """Where attachments lie, each sealed. Empty: beside an SQLite database; with PostgreSQL none are taken."""
    evidence_file_mb: int = 50
    """What one attachment may weigh."""
    evidence_lead_mb: int = 200
    """What all attachments of one lead may weigh that came from one side."""
    evidence_reserve_mb: int = 256
    """Room left on that disk for the ledger: below it no attachment is taken, and words are."""
    letter_layout: str = str(LAYOUT)
    """How official letters look (GB/T 9704-2012): geometry and faces."""
    font_dirs: tuple[str, ...] = ()
    """Folders with the bureau's own faces, taken before the free stand-ins."""
    supervision_phones: tuple[str, ...] = ()
    """The numbers to complain to, printed on every sheet that hangs up. Empty: a line to be filled in by hand."""
    full_export_hours: int = 2
    """How long a screening table with its numbers may be taken away, once it was allowed."""
    telephone_secret: str = field(default="", repr=False)
    """With which the telephone system signs what it tells of calls. Empty: none is connected."""
    ring_minutes: int = 15
    """How long a call that nobody takes is remembered, with its number sealed."""
    proxies: int = 0
    """How many reverse proxies stand in front and set X-Forwarded-For."""

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read TIPLINE_* variables. Raises WrongSetting."""
        return cls(
            database=_needed(env, "DATABASE", "e.g. sqlite:////var/lib/tipline/tipline.db or postgresql+psycopg://…"),
            keys=_file(env, "KEYS", "make one with: python -m tipline.commands keys new > keys && chmod 600 keys"),
            secret=_file(env, "SECRET_FILE", "any 32 random bytes in a file of mode 0600"),
            base_url=env.get("TIPLINE_BASE_URL", cls.base_url).rstrip("/"),
            hosts=tuple(env.get("TIPLINE_HOSTS", ",".join(cls.hosts)).split(",")),
            smtp_host=env.get("TIPLINE_SMTP_HOST", ""),
            smtp_port=_number(env, "SMTP_PORT", cls.smtp_port),
            smtp_starttls=_switch(env, "SMTP_STARTTLS"),
            smtp_user=env.get("TIPLINE_SMTP_USER", ""),
            smtp_password=env.get("TIPLINE_SMTP_PASSWORD", ""),
            sender=env.get("TIPLINE_SENDER", cls.sender),
            admin_email=env.get("TIPLINE_ADMIN_EMAIL", ""),
            notice=env.get("TIPLINE_NOTICE", cls.notice),
            rehearsal=_switch(env, "REHEARSAL"),
            rehearsal_mailbox=_rehearsal_mailbox(env),
            evidence=env.get("TIPLINE_EVIDENCE", "").strip(),
            evidence_file_mb=_number(env, "EVIDENCE_FILE_MB", cls.evidence_file_mb),
            evidence_lead_mb=_number(env, "EVIDENCE_LEAD_MB", cls.evidence_lead_mb),
            evidence_reserve_mb=_number(env, "EVIDENCE_RESERVE_MB", cls.evidence_reserve_mb),
            letter_layout=env.get("TIPLINE_LETTER_LAYOUT", cls.letter_layout),
            font_dirs=_folders(env, "FONT_DIRS"),
            supervision_phones=tuple(filter(None, env.get("TIPLINE_SUPERVISION_PHONES", "").split(","))),
            full_export_hours=_number(env, "FULL_EXPORT_HOURS", cls.full_export_hours),
            telephone_secret=_telephone_secret(env),
            ring_minutes=_number(env, "RING_MINUTES", cls.ring_minutes),
            proxies=_number(env, "PROXIES", 0),
        )

    def for_flask(self) -> dict[str, Any]:
        """The same, in the words of Flask and its extensions."""
        https = self.base_url.startswith("https://")
        return {
            "SECRET_KEY": self.secret,
            "SQLALCHEMY_DATABASE_URI": self.database,
            "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True} if self.database.startswith("postgresql") else {},
            "TRUSTED_HOSTS": list(self.hosts),
            "MAX_CONTENT_LENGTH": 12 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
            "MAX_FORM_PARTS": 2000,
            "SESSION_COOKIE_NAME": "__Host-tipline" if https else "tipline",
            "SESSION_COOKIE_SECURE": https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Strict",
            "WTF_CSRF_TIME_LIMIT": None,
            "BABEL_DEFAULT_LOCALE": "zh_Hans_CN",
            "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
            "SEND_FILE_MAX_AGE_DEFAULT": 31_536_000,
            "KEYS": self.keys,
            "BASE_URL": self.base_url,
            "NOTICE": self.notice,
            "REHEARSAL": self.rehearsal,
            "REHEARSAL_MAILBOX": self.rehearsal_mailbox,
            "EVIDENCE": self.evidence or _beside(self.database),
            "EVIDENCE_FILE_MB": self.evidence_file_mb,
            "EVIDENCE_LEAD_MB": self.evidence_lead_mb,
            "EVIDENCE_RESERVE_MB": self.evidence_reserve_mb,
            "LETTER_LAYOUT": self.letter_layout,
            "FONT_DIRS": self.font_dirs,
            "SUPERVISION_PHONES": self.supervision_phones,
            "FULL_EXPORT_HOURS": self.full_export_hours,
            "TELEPHONE_SECRET": self.telephone_secret,
            "RING_MINUTES": self.ring_minutes,
            "PROXIES": self.proxies,
            "SENDER": self.sender,
            "ADMIN_EMAIL": self.admin_email,
            "SMTP_HOST": self.smtp_host,
            "SMTP_PORT": self.smtp_port,
            "SMTP_STARTTLS": self.smtp_starttls,
            "SMTP_USER": self.smtp_user,
            "SMTP_PASSWORD": self.smtp_password,
        }


def _beside(database: str) -> str:
    """The folder beside an SQLite database; other databases stand on no disk that we know."""
    file = database.removeprefix("sqlite:///")
    return str(Path(file).with_suffix(".evidence")) if file and file != database else ""


def _needed(env: Mapping[str, str], name: str, hint: str) -> str:
    value = env.get(f"TIPLINE_{name}", "").strip()
    if not value:
        raise WrongSetting(f"TIPLINE_{name} is not set ({hint})")
    return value


def _file(env: Mapping[str, str], name: str, hint: str) -> str:
    path = Path(_needed(env, name, f"the path of a file; {hint}"))
    if not path.is_file():
        raise WrongSetting(f"TIPLINE_{name}: there is no file {path} ({hint})")
    if path.stat().st_mode & 0o077:
        raise WrongSetting(f"TIPLINE_{name}: {path} can be read by others; run: chmod 600 {path}")
    return path.read_text(encoding="utf-8").strip()


def _telephone_secret(env: Mapping[str, str]) -> str:
    if not env.get("TIPLINE_TELEPHONE_SECRET_FILE", "").strip():
        return ""
    secret = _file(env, "TELEPHONE_SECRET_FILE", "at least 32 random characters in a file of mode 0600")
    if len(secret) < 32:
        raise WrongSetting("TIPLINE_TELEPHONE_SECRET_FILE: the secret has fewer than 32 characters")
    return secret


def _rehearsal_mailbox(env: Mapping[str, str]) -> str:
    box = env.get("TIPLINE_REHEARSAL_MAILBOX", "").strip()
    if box and not (_switch(env, "REHEARSAL") and env.get("TIPLINE_SMTP_HOST")):
        raise WrongSetting("TIPLINE_REHEARSAL_MAILBOX is for a rehearsal only, and needs TIPLINE_SMTP_HOST")
    return box


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(f"TIPLINE_{name}", str(default))
    try:
        return int(value)
    except ValueError:
        raise WrongSetting(f"TIPLINE_{name} must be a whole number, not {value!r}") from None


def _folders(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    found = tuple(part for part in env.get(f"TIPLINE_{name}", "").split(os.pathsep) if part)
    if wrong := [part for part in found if not Path(part).is_dir()]:
        raise WrongSetting(f"TIPLINE_{name}: there is no folder {wrong[0]}")
    return found


def _switch(env: Mapping[str, str], name: str) -> bool:
    value = env.get(f"TIPLINE_{name}", "0").lower()
    if value not in {"0", "1", "yes", "no", "true", "false"}:
        raise WrongSetting(f"TIPLINE_{name} must be 1 or 0, not {value!r}")
    return value in {"1", "yes", "true"}
