"""Two notices side by side: each with its places, duties, clocks and tables, and neither takes the other's keys."""

from datetime import date, timedelta
from datetime import time as clock

import pytest
from flask import g
from sqlalchemy import select

from tests import make
from tests.duties import second
from tests.duties.second import STREETS
from tests.duties.test_ladder import noon, walk
from tests.typical_cases.telling import told
from tipline.desk import queries as desk
from tipline.duties import pages, queries, waiting
from tipline.kit.dates import Month, at_clock
from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.law import campaign
from tipline.law.campaign import Every, periods
from tipline.leads.models import Lead
from tipline.office import calendars, editions, roster, time
from tipline.office.charter import Act, Role
from tipline.office.models import Letter, Office, Officer
from tipline.publicity import waiting as posting_waiting
from tipline.reports import brief
from tipline.reports import queries as reports
from tipline.reports.jobs import send_monthly_report
from tipline.reports.rules import Asked, Span
from tipline.typical_cases import operations as typical_cases
from tipline.typical_cases.models import TypicalCaseReport

FIRST, OTHER = "jinnan-2018-17", "haitang-2030-3"
MARCH = Month(2030, 3)
TODAY = date(2030, 4, 8)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: noon(TODAY))


@pytest.fixture
def clerk(app) -> Officer:
    """Of a street that the second notice addresses."""
    second.in_force()
    found = make.officer(Role.TOWN_CLERK)
    found.office = second.office_of(STREETS[0])
    db.session.commit()
    return found


def under(key: str):
    return editions.under(next(one.digest for one in editions.campaigns() if one.key == key))


def test_the_first_notice_stays_the_one_that_is_worked_by(clerk):
    assert [one.key for one in editions.campaigns()] == [FIRST, OTHER]
    assert (editions.notice().key, editions.address(), editions.mark("a/b")) == (FIRST, {}, "a/b")
    with under(OTHER) as other:
        assert editions.notice() is other
        assert (editions.address(), editions.mark("a/b")) == ({"campaign": OTHER}, f"{OTHER}/a/b")
    assert editions.notice().key == FIRST
    again = editions.shipped_text().replace('title_zh = "关于', 'title_zh = "再次关于', 1)
    editions.publish(again, by=roster.clock_officer(), at=noon(date(2030, 5, 1)))
    assert [one.key for one in editions.campaigns()] == [FIRST, OTHER]  # a corrected edition is no third notice
    assert editions.notice().title.zh.startswith("再次")
    with pytest.raises(NotNow):
        editions.publish(second.TEXT.replace("〔2030〕3号", "〔2030〕4号"), by=roster.clock_officer(), at=make.NOON)
    with pytest.raises(NotNow):  # what was registered under its key must find it
        editions.publish(second.TEXT.replace(OTHER, "other", 1), by=roster.clock_officer(), at=make.NOON)


def test_reminders_of_both_go_out_and_each_once(clerk, monkeypatch):
    """Every step that falls into a week of April 2030, of both ladders, and nothing twice."""
    make.officer(Role.TOWN_CLERK)
    make.officer(Role.LEDGER_KEEPER)
    db.session.commit()
    since, until = date(2030, 4, 3), date(2030, 4, 8)
    assert walk(since, until, hours=(clock(9),)) > 0
    assert walk(since, until, hours=(clock(13),)) == 0
    letters = list(db.session.scalars(select(Letter)))
    theirs = {one.about for one in letters if one.about.startswith(f"{OTHER}/")}
    own = {one.about for one in letters} - theirs
    assert any(about.startswith("typical-cases/2030-03/") for about in own)
    assert not any(street in about for about in own for street in STREETS)
    with under(OTHER) as other:
        calendar, expected = calendars.calendar(), set()
        for day in (since + timedelta(days=number) for number in range((until - since).days + 1)):
            for cell in queries.owed(day):
                if step := campaign.current_step(cell.duty, cell.period, day, other, calendar):
                    key = f"{cell.duty.key.replace('_', '-')}/{cell.period.key}/{cell.debtor.office.place_code}"
                    expected.add(f"{OTHER}/{key}/{step.key}")
    assert theirs <= expected
    assert any(f"typical-cases/2030-03/{STREETS[0]}" in about for about in theirs)
    assert len({(one.about, one.address) for one in letters}) == len(letters)
    assert {f"?campaign={OTHER}" in one.body for one in letters if one.about in theirs} == {True}
    monkeypatch.setattr(editions, "mark", lambda text: text)  # planted: a reminder that forgets its notice
    assert walk(until, until, hours=(clock(9),)) > 0


def test_one_place_under_both_files_each_month_for_each(clerk, monkeypatch):
    """A town whom both notices address owes two reports for one month, and they do not meet."""
    both = second.TEXT.replace(f'places = ["{STREETS[0]}"', f'places = ["{make.SHUANGGANG}", "{STREETS[0]}"')
    editions.publish(both, by=roster.clock_officer(), at=noon(date(2030, 3, 1)).replace(year=2031))
    town = make.officer(Role.TOWN_CLERK)
    for key in (FIRST, OTHER):
        with under(key):
            typical_cases.file(MARCH, [told()], signatory="周某", by=town, at=noon(TODAY))
    db.session.commit()
    found = db.session.scalars(select(TypicalCaseReport).order_by(TypicalCaseReport.id)).all()
    assert [(one.notice, one.office_id, one.month) for one in found] == [
        (FIRST, town.office_id, MARCH),
        (OTHER, town.office_id, MARCH),
    ]


def test_the_pages_let_one_choose_and_carry_the_choice(sign_in, clerk):
    keeper = sign_in(make.officer(Role.LEDGER_KEEPER))
    for room in ("duties", "typical-cases", "screening", "reports", "publicity"):
        page = keeper.get(f"/{room}/")
        assert page.status_code == 200, room
        assert f"/{room}/?campaign={OTHER}" in page.text
        there = keeper.get(f"/{room}/?campaign={OTHER}")
        assert there.status_code == 200, room
        assert f'href="/{room}/?campaign={FIRST}"' in there.text
    assert "海棠" not in keeper.get("/duties/").text.split("<table")[-1]
    duties = keeper.get(f"/duties/?campaign={OTHER}&year=2030").text
    assert "自查表" in duties
    assert f"self_check.2030-Q2.{STREETS[0]}?campaign={OTHER}" in duties
    assert keeper.get("/duties/?campaign=nothing").status_code == 404
    assert "campaign=" not in keeper.get("/leads/").text
    browser, village = sign_in(clerk), f"/duties/self_check.2030-Q2.{STREETS[0]}001"
    done = browser.post(f"{village}/hand-in?campaign={OTHER}", data={"in-words": "已自查，无问题。"})
    assert done.status_code == 302
    assert f"campaign={OTHER}" in done.location
    assert browser.get(village).status_code == 404  # the first notice asks nothing of the street


def test_a_posting_of_the_second_notice_is_not_taken_for_one_of_the_first(sign_in, clerk):
    """Both notices ask for postings under one key: address and waiting list name the notice."""
    of = editions.shipped_text().split('answered_by = "publicity"')[0].rsplit('key = "', 1)[1].split('"')[0]
    hanging = second.TEXT.replace('key = "self_check"', f'key = "{of}"').replace("submission", "publicity", 1)
    hanging = hanging.replace('first = "2030-04"', 'first = "2030-01"')
    editions.publish(hanging, by=roster.clock_officer(), at=noon(date(2031, 3, 1)))
    db.session.commit()
    place = f"{STREETS[0]}001"
    with under(OTHER):
        key = next(cell.key for cell in queries.owed(TODAY) if cell.duty.key == of and cell.debtor.code == place)
    browser = sign_in(clerk)
    assert browser.get(f"/publicity/{key}").status_code == 404
    assert browser.get(f"/publicity/{key}?campaign={OTHER}").status_code == 200
    assert f"/publicity/{key}?campaign={OTHER}" in browser.get(f"/publicity/?campaign={OTHER}&town={STREETS[0]}").text
    mine = [one for one in posting_waiting.waiting_for(clerk, TODAY) if one.act is Act.RECORD_POSTING]
    assert [one.values["campaign"] for one in mine] == [OTHER]


def test_with_one_notice_there_is_nothing_to_choose(sign_in, app):
    keeper = sign_in(make.officer(Role.LEDGER_KEEPER))
    assert "campaign=" not in keeper.get("/duties/").text


def test_the_desk_the_bell_the_brief_and_the_feed_know_of_both(app, clerk):
    mine = [thing for thing in waiting.waiting_for(clerk, TODAY) if thing.act is Act.HAND_IN]
    assert mine == []  # nothing of the quarter has begun to be asked for, and typical cases have a page of their own
    late = date(2030, 7, 9)
    mine = [thing for thing in waiting.waiting_for(clerk, late) if thing.act is Act.HAND_IN]
    assert {thing.values["campaign"] for thing in mine} == {OTHER}
    assert desk.due_today(clerk, late) >= 3
    with app.test_request_context():
        uids = {day.uid for day in pages.days_of(clerk, TODAY)}
    assert any(uid.startswith(f"{OTHER}/typical_cases-2030-03") for uid in uids)
    burning = {office.code: found for office, found in brief.burning(TODAY)}
    assert burning["street-0"].duties_late > 0


def test_each_notice_counts_what_is_its_own(clerk):
    lead = make.lead("village_head", at=noon(TODAY))
    assert db.session.get_one(Lead, lead.id).notice == FIRST
    with under(FIRST):
        assert reports.report(Month(2030, 4), TODAY).line(Asked.LEADS).number(Span.MONTH) == 1
    with under(OTHER):
        told = reports.report(Month(2030, 4), TODAY)
        assert told.line(Asked.LEADS).number(Span.MONTH) == 0
        assert told.line(Asked.MISSING).number(Span.MONTH) == 3  # the cases of March of two streets, and the digest
        assert [code for code, _ in told.towns[:-1]] == list(STREETS)


def test_both_monthly_reports_are_mailed_and_each_once(clerk):
    make.officer(Role.BUREAU_LEADER)
    db.session.commit()
    assert send_monthly_report(at_clock(TODAY, noon(TODAY).time())) > 0
    assert send_monthly_report(at_clock(TODAY, noon(TODAY).time())) == 0
    found = {one.about for one in db.session.scalars(select(Letter).where(Letter.about.contains("monthly-report")))}
    assert found == {f"{OTHER}/monthly-report/2030-03", "monthly-report/2030-03"}


def test_other_words_clocks_and_cadences_hold_under_the_other_notice(clerk):
    with under(OTHER) as other:
        assert {one.every for one in other.duties} == {Every.MONTH, Every.QUARTER, Every.ONCE}
        assert other.clocks != editions.edition(editions.in_force()[0]).clocks
        assert [period.key for period in periods(other.duty("self_check"), TODAY)] == ["2030-Q2"]
    assert "self_check" not in {one.key for one in editions.notice().duties}


def test_an_administrator_puts_a_second_notice_beside_the_first(app, tmp_path):
    """Places, then the file; no code. Its streets get offices of their own, with letters nobody has."""
    places, file = tmp_path / "divisions.csv", tmp_path / "notice.toml"
    rows = [f"{code},海棠{name}街道,street,120112" for code, name in zip(STREETS, "东西", strict=True)]
    places.write_text("\n".join(["code,name,level,parent_code", *rows]), encoding="utf-8")
    file.write_text(second.TEXT, encoding="utf-8")
    runner = app.test_cli_runner()
    before = set(db.session.scalars(select(Office.series)))
    db.session.rollback()
    assert runner.invoke(args=["rules", "publish", str(file)]).exit_code != 0  # its places are not known yet
    db.session.rollback()
    assert len(editions.campaigns()) == 1
    assert runner.invoke(args=["district", "load", str(places)]).exit_code == 0
    told_of = [runner.invoke(args=["rules", "publish", str(file), "--mail-host", "ht.example"]) for _ in range(2)]
    assert [one.exit_code for one in told_of] == [0, 0]
    assert "海棠东街道办事处" in told_of[0].output
    assert "海棠东街道办事处" not in told_of[1].output
    db.session.rollback()
    g.pop("editions", None)
    assert [one.key for one in editions.campaigns()] == [FIRST, OTHER]
    new = db.session.scalars(select(Office).where(Office.place_code.in_(STREETS))).all()
    assert len(new) == 4
    assert not before & {office.series for office in new}
    assert {office.email.partition("@")[2] for office in new} == {"ht.example"}
    with under(OTHER):
        assert {debtor.code for debtors in queries.debtors().values() for debtor in debtors} >= set(STREETS)
