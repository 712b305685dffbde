"""The campaign from May to August 2018, lived day by day: everybody hears what they should, when they should, once."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, time

import pytest

from tests import make, smtp
from tests.story import summer
from tests.story.summer import Cast, arrived, text_of
from tipline.clock import operations
from tipline.kit.dates import at_clock
from tipline.kit.db import db
from tipline.office import answering, trail
from tipline.office.models import Letter, LetterState

LOOKS = (time(8, 29), time(8, 58), time(20))
"""When the clock looks up, twice while the office is closed; a real one does every second."""
LEAD_CAME, LEAD_DUE = date(2018, 6, 4), date(2018, 6, 11)
"""The fifth working day after it came; nobody at the bureau hands it over all summer."""
BUREAU, GROUP, DISTRICT = "mz@jinnan.example", "pz@jinnan.example", "jw@jinnan.example"
REPORTED_ON = {5: date(2018, 6, 1), 6: date(2018, 7, 2), 7: date(2018, 8, 1)}
"""The first working day of the month after."""


@pytest.fixture
def cast(app, monkeypatch) -> Cast:
    monkeypatch.delitem(answering.rooms, "publicity")  # what hangs on walls is another story: here nobody owes it
    people = Cast()
    people.hand_in_the_rest()
    db.session.commit()
    return people


@pytest.fixture
def host(app) -> Iterator[smtp.Host]:
    with smtp.host() as found:
        app.config.update(SMTP_HOST="127.0.0.1", SMTP_PORT=found.port)
        yield found


def live(cast: Cast) -> None:
    """The whole summer, rest days too: the clock looks up, and at noon people do what the story says."""
    todo = summer.deeds()
    for day in summer.days():
        for look in LOOKS:
            if look > summer.NOON:
                while todo and todo[0].day == day:
                    cast.do(todo.pop(0))
                if day == LEAD_CAME:
                    make.lead("village_head")
                    make.lead("bureau_deputy_head")
                db.session.commit()
            operations.tick(at_clock(day, look))
    assert not todo


def test_from_may_to_august_everybody_hears_what_they_should_once_and_in_office_hours(cast, host):
    live(cast)
    mails = host.accepted
    assert arrived(mails, lambda subject: "典型案例月报：" in subject) == cast.reminders()
    assert arrived(mails, lambda subject: "已退回" in subject) == cast.returns()
    assert arrived(mails, lambda subject: subject.endswith("专项治理月报")) == monthly_reports(cast)
    briefs = arrived(mails, lambda subject: "待办提醒" in subject)
    assert {key: n for key, n in briefs.items() if key[0] in cast.of_town.values()} == cast.briefs()
    assert {on for box, _, on in briefs if box == BUREAU} == set(filter(summer.works, summer.days(LEAD_DUE)))
    assert set(briefs.values()) == {1}
    kept_office_hours(mails)
    told_no_names(mails)
    nothing_is_left()
    assert not list(trail.faults(anchors(mails)))


def monthly_reports(cast: Cast) -> "Counter[summer.Reminder]":
    """To the bureau's leader and the two discipline bodies, on the first working day of the next month."""
    boxes = (cast.leader, GROUP, DISTRICT)
    return Counter(
        (box, f"2018年{month}月农村低保专项治理月报", on) for month, on in REPORTED_ON.items() for box in boxes
    )


def kept_office_hours(mails: list[smtp.EmailMessage]) -> None:
    for mail in mails:
        moment = summer.sent_at(mail)
        assert summer.works(moment.date()), moment
        assert summer.OPENS <= moment.time() < summer.CLOSES, moment


def told_no_names(mails: list[smtp.EmailMessage]) -> None:
    texts = [text_of(mail) for mail in mails]
    assert [name for name in summer.CANARIES if any(name in text for text in texts)] == []
    assert any("葛沽镇人民政府" in text for text in texts), "the texts were really read"


def nothing_is_left() -> None:
    """What was written on the last day went out too, and no letter exists twice."""
    db.session.rollback()
    letters = db.session.query(Letter.about, Letter.address, Letter.state).all()
    assert {state for _, _, state in letters} == {LetterState.SENT}
    assert len({(about, address) for about, address, _ in letters}) == len(letters)


def anchors(mails: list[smtp.EmailMessage]) -> dict[int, str]:
    """What somebody who kept every morning's mail could check the trail against."""
    heads = [mail for mail in mails if mail["Subject"].startswith("留痕末端")]
    found = [re.search(r"^(\d+) ([0-9a-f]{64})$", text_of(mail), re.MULTILINE) for mail in heads]
    assert len(found) == len(list(summer.days()))
    return {int(match[1]): match[2] for match in found if match}
