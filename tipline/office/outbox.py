"""Letters are written with the deed they tell of, in its transaction; the mailroom posts them later."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import render_template
from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer, joinedload

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import NotFound
from tipline.kit.identity import tidy
from tipline.office import duty
from tipline.office.charter import Role
from tipline.office.models import Letter, LetterState, Office, Officer

LOCALES = {"zh": "zh_Hans_CN", "en": "en"}


def write(
    about: str,
    *,
    to: Office,
    letter: str,
    at: datetime,
    role: Role | None = None,
    address: str | None = None,
    language: str = "zh",
    urgent: bool = False,
    enclosure: tuple[str, bytes] | None = None,
    **facts: object,
) -> int:
    """Write `templates/letters/<letter>.txt` to an office, to its officers of one role, or to one address.

    `about` says what the letter is about and can exist once per address, so that writing twice
    writes once. The first line of the template is the subject; each reader gets it in their own
    language, an address in the one given. Returns the letters newly written.
    """
    name, content = enclosure or (None, None)
    written = 0
    for reader, spoken in [(address, language)] if address else readers(to, role, on=day_of(at)):
        with force_locale(LOCALES[spoken]):
            text = render_template(f"letters/{letter}.txt", to=to, **facts)
        subject, _, body = text.strip().partition("\n")
        mail = Letter(
            about=about,
            address=reader,
            office=to,
            subject=tidy(subject).replace("\n", " "),
            body=body.strip() + "\n",
            enclosure=content,
            enclosure_name=name,
            urgent=urgent,
            written_at=at,
            next_try_at=at,
        )
        written += _put(mail)
    return written


def _put(mail: Letter) -> bool:
    """False when a letter about this was written to this address before."""
    try:
        with db.session.begin_nested():
            db.session.add(mail)
    except IntegrityError:
        return False
    return True


def readers(office: Office, role: Role | None = None, *, on: date | None = None) -> list[tuple[str, str]]:
    """Addresses, each with its reader's language: the officers of the role, those at work that day, else the office."""
    if role is not None:
        query = select(Officer).where(
            Officer.office_id == office.id, Officer.role == role, Officer.active, Officer.email.is_not(None)
        )
        known = [officer for officer in db.session.scalars(query.order_by(Officer.id)) if officer.email]
        found = {one.email: one.language for one in (duty.at_work(known, on) if on else known) if one.email}
        if found:
            return list(found.items())
    return [(office.email, "zh")] if office.email else []


def addresses(office: Office, role: Role | None = None) -> list[str]:
    """Where mail for an office goes: to its officers of the role who have an address, else to the office."""
    return [address for address, _ in readers(office, role)]


@dataclass(frozen=True)
class Page:
    """A stretch of letters, newest first."""

    letters: list[Letter]
    state: LetterState | None
    next: str | None
    """The key after which the next page begins."""


def page(
    *, state: LetterState | None = None, to: Office | None = None, before: str | None = None, rows: int = 25
) -> Page:
    """Letters of one state or to one office, or all; newest first, from the one after `before`."""
    query = select(Letter).options(joinedload(Letter.office), defer(Letter.enclosure)).order_by(Letter.id.desc())
    if state is not None:
        query = query.where(Letter.state == state)
    if to is not None:
        query = query.where(Letter.office_id == to.id)
    if before is not None:
        query = query.where(Letter.id < select(Letter.id).filter_by(key=before).scalar_subquery())
    letters = list(db.session.scalars(query.limit(rows + 1)))
    return Page(letters[:rows], state, letters[rows - 1].key if len(letters) > rows else None)


def letter(key: str) -> Letter:
    """One letter. Raises NotFound."""
    found = db.session.scalars(select(Letter).filter_by(key=key)).one_or_none()
    if found is None:
        raise NotFound("没有这个页面，或您无权查看。")
    return found
