"""Mail that is never lost: workers killed at any moment, and mail hosts of every temper."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

import pytest

from tests import make, smtp
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.office.models import Letter, LetterState
from tipline.office.time import machine_now

LETTERS, WORKERS, KILLS = 160, 3, 24


@dataclass
class Office:
    """A mailroom under fire: its workers, and the one who kills them."""

    nursery: "subprocess.Popen[str]"
    alive: list[int] = field(default_factory=list)

    def hire(self) -> None:
        self.nursery.stdin.write("\n")
        self.nursery.stdin.flush()
        self.alive.append(int(self.nursery.stdout.readline()))

    def kill(self, victim: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        self.alive.remove(victim)

    def close(self) -> None:
        self.nursery.stdin.close()
        for victim in list(self.alive):
            self.kill(victim)
        self.nursery.wait(10)
        self.nursery.stdout.close()


@pytest.fixture
def under_fire(app, database):
    """Put letters into the outbox and let workers post them while they are being killed."""

    def run(host, manner, seed):
        draw, office = random.Random(seed), make.office(Body.TOWN_GOVERNMENT)
        at = machine_now()
        db.session.add_all(
            Letter(
                about=f"fire/{number}",
                address=f"reader-{number}@jinnan.example",
                office=office,
                subject=f"第{number}封",
                body="请登录查看。\n",
                urgent=True,
                written_at=at,
                next_try_at=at,
            )
            for number in range(LETTERS)
        )
        db.session.commit()
        command = [sys.executable, "-m", "tests.reliability.nursery", database, str(host.port), manner]
        mailroom = Office(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        try:
            for _ in range(WORKERS):
                mailroom.hire()
            kills = 0
            while kills < KILLS and waiting():
                time.sleep(draw.uniform(0.02, 0.35))
                mailroom.kill(draw.choice(mailroom.alive))
                mailroom.hire()
                kills += 1
            until = time.monotonic() + 90
            while waiting() and time.monotonic() < until:
                time.sleep(0.1)
        finally:
            mailroom.close()
        return kills

    return run


def waiting():
    """How many letters are not delivered; asked without standing in any worker's way."""
    number = db.session.query(Letter).filter(Letter.state != LetterState.SENT).count()
    db.session.rollback()
    return number


def missing(host):
    """Letters that the house takes for sent and no host ever accepted."""
    accepted = host.by_id()
    sent = db.session.query(Letter.key).filter(Letter.about.startswith("fire/"), Letter.state == LetterState.SENT)
    return {f"<{key}@localhost>" for (key,) in sent} - set(accepted)


@pytest.mark.slow
def test_no_letter_is_lost_and_every_repeat_says_that_it_is_one(app, under_fire, record_property):
    with smtp.moody(18, pause=0.03) as host:
        kills = under_fire(host, "honest", seed=18)
        assert waiting() == 0
        assert not missing(host)
        tries = {f"<{key}@localhost>": number for key, number in db.session.query(Letter.key, Letter.tries)}
        repeated = {number: mails for number, mails in host.by_id().items() if len(mails) > 1}
    assert kills >= 20
    for number, mails in repeated.items():
        assert tries[number] > 1
        marks = [int(mail["X-Retry"] or 0) for mail in mails]
        assert sorted(set(marks)) == sorted(marks), "each try carries a number of its own"
        assert sum(mark == 0 for mark in marks) <= 1
    retried = sum(number > 1 for number in tries.values())
    told = (
        f"{LETTERS} letters, {kills} kills: 0 missing, {len(repeated)} repeated, all among {retried} marked as retries"
    )
    record_property("figures", told)
    print(told)


@pytest.mark.slow
def test_a_worker_that_marks_before_it_sends_is_caught_by_this_test(app, under_fire):
    """The control: if this harness could not see a lost letter, the test above would prove nothing."""
    with smtp.moody(18, pause=0.03) as host:
        under_fire(host, "hasty", seed=18)
        assert missing(host)
