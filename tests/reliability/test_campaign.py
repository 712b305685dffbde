"""The whole campaign, its clock killed again and again, its mail host of every temper: nobody is forgotten."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as wall
from pathlib import Path

import pytest

from tests import smtp
from tests.conftest import KEYS
from tests.reliability.office import HOUSE
from tests.story import summer
from tests.story.summer import Cast
from tipline.clock.models import JobRun
from tipline.kit.dates import at_clock, day_of
from tipline.kit.db import db, reading
from tipline.office import trail
from tipline.office.models import Letter, LetterState
from tipline.office.time import rehearsal, set_rehearsal

KILLS = int(os.environ.get("TIPLINE_KILLS", "8"))
"""How often the clock is killed; 40 by hand."""
NASTY = (*smtp.MENU, smtp.STALL)
KINDNESS = 0.7
PAIR = timedelta(days=2)
PATIENCE = 90

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@dataclass
class Clock:
    """`flask clock` as a process of its own, over the test's database."""

    home: Path
    database: str
    process: "subprocess.Popen[bytes] | None" = None

    def start(self, port: int) -> None:
        settings = {
            "DATABASE": self.database,
            "KEYS": self.secret("keys", KEYS),
            "SECRET_FILE": self.secret("secret", "nobody signs in here"),
            "REHEARSAL": "1",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(port),
        }
        env = os.environ | {f"TIPLINE_{name}": value for name, value in settings.items()}
        command = [sys.executable, "-m", "flask", "--app", "tests.reliability.mailing", "clock"]
        with (self.home / "clock.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=HOUSE, env=env, stdout=log, stderr=log)

    def kill(self) -> None:
        """In the middle of whatever it does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def secret(self, name: str, content: str) -> str:
        path = self.home / name
        path.write_text(content)
        path.chmod(0o600)
        return str(path)

    def told(self) -> str:
        return (self.home / "clock.log").read_text()


@dataclass
class Weather:
    """What the clock has to live through: on which days it is killed, and the temper of the mail host."""

    clock: Clock
    host: smtp.Host
    draw: random.Random
    kills: list[date]
    struck: int = 0
    fair: bool = False

    def temper(self) -> str:
        return smtp.KIND if self.fair or self.draw.random() < KINDNESS else self.draw.choice(NASTY)

    def strike(self) -> None:
        """Kill the clock; when the next kill is near, the one that lives till then finds no mail host at all."""
        day = self.kills.pop(0)
        time.sleep(self.draw.uniform(0, 0.1))
        self.clock.kill()
        self.struck += 1
        alone = self.struck % 2 and self.kills and self.kills[0] - day <= PAIR
        self.clock.start(smtp.nobody() if alone else self.host.port)

    def clear(self) -> None:
        """The last clock and a kind host."""
        self.fair = True
        self.clock.kill()
        self.clock.start(self.host.port)


@pytest.fixture
def cast(app) -> Cast:
    people = Cast()
    set_rehearsal(at_clock(summer.FIRST, wall()))
    db.session.commit()
    return people


@pytest.fixture
def weather(cast, database, tmp_path) -> Iterator[Weather]:
    draw = random.Random(17)
    clock = Clock(tmp_path, database)
    with smtp.open_door(smtp.Host(pause=0.01)) as host:
        found = Weather(clock, host, draw, days_of_kills(draw))
        host.temper = found.temper
        clock.start(host.port)
        try:
            yield found
        finally:
            clock.kill()


def days_of_kills(draw: random.Random) -> list[date]:
    """In pairs, all over the summer."""
    first = draw.choices(list(filter(summer.works, summer.days()))[5:-10], k=(KILLS + 1) // 2)
    return sorted([*first, *(day + PAIR for day in first)])


def live(cast: Cast, weather: Weather) -> None:
    """The whole summer: the clock walks to the noon on which somebody acts, and on."""
    todo = summer.deeds()
    while todo:
        walk(at_clock(todo[0].day, summer.NOON), weather)
        cast.do(todo.pop(0))
        db.session.commit()
    walk(at_clock(summer.LAST, summer.NOON), weather)
    weather.clear()
    walk(at_clock(summer.LAST, wall(16, 29)), weather)
    wait(lambda: not waiting(), weather)


def walk(target: datetime, weather: Weather) -> None:
    set_rehearsal(where(), target=target)
    db.session.commit()

    def there() -> bool:
        if weather.kills and day_of(where()) >= weather.kills[0]:
            weather.strike()
        return where() >= target

    wait(there, weather)


def wait(until: Callable[[], bool], weather: Weather) -> None:
    patience = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < patience, weather.clock.told()
        time.sleep(0.03)


def where() -> datetime:
    """Where the rehearsal stands, asked without standing in the clock's way."""
    db.session.rollback()
    reading()
    stand = rehearsal()
    assert stand is not None
    moment = stand.moment
    db.session.rollback()
    return moment


def waiting() -> int:
    db.session.rollback()
    reading()
    number = db.session.query(Letter).filter(Letter.state.in_((LetterState.DUE, LetterState.SENDING))).count()
    db.session.rollback()
    return number


def test_no_reminder_is_missing_and_every_repeat_says_that_it_is_one(cast, weather, record_property):
    live(cast, weather)
    assert weather.struck >= KILLS
    letters = db.session.query(Letter).all()
    assert len({(letter.about, letter.address) for letter in letters}) == len(letters)
    assert {letter.state for letter in letters} == {LetterState.SENT}
    written = [letter for letter in letters if letter.about.startswith("typical-cases/")]
    assert Counter((it.address, it.subject, day_of(it.written_at)) for it in written) == cast.reminders()
    repeated = repeats(weather.host, {f"<{letter.key}@localhost>": letter for letter in letters})
    for mail in weather.host.accepted:
        moment = summer.sent_at(mail)
        assert summer.works(moment.date()), moment
        assert summer.OPENS <= moment.time() < summer.CLOSES, moment
    assert not list(trail.faults())
    retried = sum(letter.tries > 1 for letter in letters)
    again = db.session.query(JobRun).filter(JobRun.tries > 1).count()
    told = f"{len(letters)} letters, {weather.struck} kills, {again} jobs taken up again: "
    told += f"0 missing, {repeated} repeated, all among {retried} marked as retries"
    record_property("figures", told)
    print(told)


def repeats(host: smtp.Host, letters: dict[str, Letter]) -> int:
    """Every letter was accepted, under its own number; what was accepted twice carries the number of the try."""
    accepted = host.by_id()
    assert set(accepted) == set(letters)
    for number, mails in accepted.items():
        letter, tries = letters[number], [int(mail["X-Retry"] or 0) for mail in mails]
        assert {(mail["To"], mail["Subject"]) for mail in mails} == {(letter.address, letter.subject)}
        assert len(set(tries)) == len(tries), "each try carries a number of its own"
        assert max(tries) < letter.tries
    return sum(len(mails) > 1 for mails in accepted.values())
