"""The bell is remembered from page to page, and is right on every page all the same."""

import re
from datetime import date, time, timedelta

import pytest
from flask import g
from sqlalchemy import select

from tests import make
from tests.questions import questions
from tests.referrals.cast import DEEDS, cast, proposed
from tipline.desk import queries
from tipline.kit.dates import at_clock, day_of
from tipline.kit.db import db
from tipline.law.calendar import DayKind
from tipline.office import sessions
from tipline.office.charter import Act
from tipline.office.models import CalendarDay, Entry
from tipline.office.unchanged import stand_at
from tipline.referrals import jobs

COURSE = (
    Act.APPROVE_REFERRAL,
    Act.HAND_OVER,
    Act.SEND_BACK,
    Act.ENDORSE_RETURN,
    Act.DECLINE_RETURN,
    Act.SIGN_FOR,
    Act.SET_DISPOSITION,
    Act.FILE_CASE,
    Act.RECORD_MILESTONE,
    Act.CONCLUDE,
)
NOON = time(12)
NOWHERE = "/nowhere/"
"""A page that shows the frame and nothing else."""
LATE = make.NOON + timedelta(days=400)


def bells_along(course, players, sign_in, set_clock):
    """What the bell of each player says after each deed, and what it should say."""
    everybody = {name: getattr(players, name) for name in ("keeper", "leader", "inspector", "stranger")}
    browsers = {name: sign_in(officer) for name, officer in everybody.items()}
    referral = proposed(players)
    set_clock(LATE)
    for act in course:
        DEEDS[act](referral, players, make.NOON)
        db.session.commit()
        db.session.expire_all()
        for name, officer in everybody.items():
            page = browsers[name].get("/account").text
            said = int(re.search(r"已超期和今天到期 (\d+) 件", page)[1])
            yield (act, name), said, queries._due_today(officer, day_of(LATE))


def test_the_bell_is_right_after_every_deed(app, sign_in, set_clock):
    told = list(bells_along(COURSE, cast(), sign_in, set_clock))
    assert [(who, said) for who, said, _ in told] == [(who, right) for who, _, right in told]
    assert len({said for _, said, _ in told}) > 1


def test_a_bell_that_hears_nothing_would_be_found(app, sign_in, set_clock, monkeypatch):
    monkeypatch.setattr(sessions, "stand_at", lambda _head: stand_at("nothing is ever written"))
    assert any(said != right for _, said, right in bells_along(COURSE, cast(), sign_in, set_clock))


def test_the_bell_hears_of_days_that_the_clock_counted_anew(app, sign_in, set_clock):
    """The calendar may have been corrected past the house, or the rules: no officer does anything."""
    players = cast()
    referral, browser = proposed(players), sign_in(players.leader)
    db.session.commit()
    set_clock(at_clock(referral.due_on, NOON))
    assert "已超期和今天到期 1 件" in browser.get("/account").text
    db.session.add(CalendarDay(day=date(2018, 6, 7), kind=DayKind.HOLIDAY, name="防汛停办", name_en="Flood"))
    db.session.commit()
    g.pop("calendar", None)
    assert jobs.reckon(make.NOON) == 1
    assert "已超期和今天到期 0 件" in browser.get("/account").text
    line = db.session.scalars(select(Entry).where(Entry.act == Act.COUNT_DAYS)).one()
    assert line.facts == {}, "how many moved would tell how many there are"
    assert jobs.reckon(make.NOON) == 0
    assert db.session.scalars(select(Entry).where(Entry.act == Act.COUNT_DAYS)).one()


@pytest.mark.parametrize("who", ["keeper", "inspector"])
def test_a_page_that_follows_a_page_asks_less(app, sign_in, who):
    browser = sign_in(getattr(cast(), who))
    with questions() as first:
        browser.get(NOWHERE)
    with questions(anew=False) as second:
        browser.get(NOWHERE)
    assert len(second) < len(first) - 2
    assert len(second) <= 5, "\n".join(second)
