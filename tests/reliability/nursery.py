"""Raises mailroom workers on demand, so that they can be killed: a line in, the number of a new process out.

python -m tests.reliability.nursery DATABASE PORT honest|hasty
"""

import os
import signal
import sys
import time
from datetime import timedelta

from sqlalchemy import update

from tests.conftest import settings
from tipline import create_app
from tipline.kit.db import db
from tipline.office import envelope, mailroom
from tipline.office.models import Letter, LetterState
from tipline.office.time import machine_now


def hasty(letter, moment):
    """The planted fault: mark first, send afterwards. Who dies in between loses the letter."""
    db.session.expunge(letter)
    db.session.rollback()
    mailroom._put_back(letter, state=LetterState.SENT, sent_at=moment(), trouble=None)
    try:
        envelope.deliver(letter, moment())
    except envelope.NotDelivered:
        again = {"state": LetterState.DUE, "sent_at": None, "next_try_at": moment() + mailroom.LONGEST_WAIT}
        mailroom._changed(update(Letter).where(Letter.id == letter.id).values(**again))
    return 1


def work(app):
    while True:
        with app.app_context():
            mailroom.post(machine_now())
        time.sleep(0.02)


def main(database, port, manner):
    mailroom.LEASE, mailroom.LONGEST_WAIT = timedelta(seconds=2), timedelta(seconds=0.3)
    envelope.PATIENCE = 2.0
    if manner == "hasty":
        mailroom._post = hasty
    app = create_app(settings(database, smtp_host="127.0.0.1", smtp_port=int(port)))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            work(app)
        print(child, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
