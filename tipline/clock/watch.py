"""The dead man's switch: asked from outside, by a timer that does not need the clock."""

from datetime import datetime

from flask import current_app

from tipline.clock import queries
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.bodies import Body
from tipline.office import mailroom, outbox, roster
from tipline.office.time import machine_now


def watch(at: datetime) -> list[Sentence]:
    """What is wrong with the clock. Once an hour while it is, the administrator is written to at once."""
    troubles = queries.troubles(at)
    admin = current_app.config["ADMIN_EMAIL"]
    if troubles and admin:
        about = f"alarm/clock/{machine_now():%Y-%m-%dT%H}"
        bureau = roster.office_of(Body.CIVIL_AFFAIRS_BUREAU)
        outbox.write(about, to=bureau, address=admin, letter="alarm_clock", at=at, urgent=True, troubles=troubles)
        db.session.commit()
        mailroom.post(at)
    return troubles
