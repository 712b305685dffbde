"""The clock's own jobs: the daily head of the trail, and a calendar that is about to run out."""

import hashlib
from datetime import datetime
from functools import partial

from flask import current_app

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.law.calendar import missing_year_alarm
from tipline.office import calendars, duty, outbox, roster, trail
from tipline.office.charter import Role


def send_trail_head(at: datetime) -> int:
    """Send the number and hash of the last line to those who could later prove a change with it.

    Never to the box of the office: the number counts what was done about walled leads too.
    """
    seq, head = trail.head()
    day, bureau = day_of(at), roster.office_of(Body.CIVIL_AFFAIRS_BUREAU)
    to = [(one.email, one.language) for one in roster.officers() if one.role is Role.AUDITOR and one.email]
    if admin := current_app.config["ADMIN_EMAIL"]:
        to.append((admin, "zh"))
    write = partial(outbox.write, f"trail-head/{day}", to=bureau, letter="alarm_trail_head", at=at)
    written = sum(write(address=mail, language=spoken, day=day, seq=seq, head=head) for mail, spoken in to)
    db.session.commit()
    return written


def warn_of_calendar(at: datetime) -> int:
    """Once a week, while a year that should be there is missing, ask for it."""
    year = missing_year_alarm(day_of(at), calendars.calendar())
    if year is None:
        return 0
    bureau = roster.office_of(Body.CIVIL_AFFAIRS_BUREAU)
    _, week, _ = day_of(at).isocalendar()
    about = f"calendar/{year}/{day_of(at).year}-{week:02d}"
    written = outbox.write(about, to=bureau, role=Role.LEDGER_KEEPER, letter="alarm_calendar", at=at, year=year)
    db.session.commit()
    return written


def warn_of_empty_chairs(at: datetime) -> int:
    """Once a week, and whenever it changes, name the offices where nobody is at work to those who keep the roster."""
    gaps = duty.unmanned(day_of(at))
    if not gaps:
        return 0
    year, week, _ = day_of(at).isocalendar()
    named = hashlib.sha256(",".join(f"{gap.office.code}:{gap.gap.value}" for gap in gaps).encode()).hexdigest()[:12]
    bureau = roster.office_of(Body.CIVIL_AFFAIRS_BUREAU)
    written = 0
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN):
        about = f"unmanned/{year}-{week:02d}/{named}"
        written += outbox.write(about, to=bureau, role=role, letter="alarm_unmanned", at=at, gaps=gaps)
    db.session.commit()
    return written
