"""Letters are written with the deed they tell of, in its transaction; the mailroom posts them later."""

from datetime import datetime

from flask import render_template
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tipline.kit.db import db
from tipline.kit.identity import tidy
from tipline.office.charter import Role
from tipline.office.models import Letter, Office, Officer


def write(
    about: str,
    *,
    to: Office,
    letter: str,
    at: datetime,
    role: Role | None = None,
    urgent: bool = False,
    enclosure: tuple[str, bytes] | None = None,
    **facts: object,
) -> int:
    """Write `templates/letters/<letter>.txt` to an office, or to its officers of one role.

    `about` says what the letter is about and can exist once per address, so that writing twice
    writes once. The first line of the template is the subject. Returns the letters newly written.
    """
    subject, _, body = render_template(f"letters/{letter}.txt", to=to, **facts).strip().partition("\n")
    name, content = enclosure or (None, None)
    written = 0
    for address in addresses(to, role):
        mail = Letter(
            about=about,
            address=address,
            office=to,
            subject=tidy(subject).replace("\n", " "),
            body=body.strip() + "\n",
            enclosure=content,
            enclosure_name=name,
            urgent=urgent,
            written_at=at,
            next_try_at=at,
        )
        try:
            with db.session.begin_nested():
                db.session.add(mail)
        except IntegrityError:
            continue
        written += 1
    return written


def addresses(office: Office, role: Role | None = None) -> list[str]:
    """Where mail for an office goes: to its officers of the role who have an address, else to the office."""
    if role is not None:
        query = select(Officer.email).where(
            Officer.office_id == office.id, Officer.role == role, Officer.active, Officer.email.is_not(None)
        )
        if found := [address for address in db.session.scalars(query.order_by(Officer.id)) if address]:
            return found
    return [office.email] if office.email else []
