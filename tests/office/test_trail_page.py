"""The trail at the counter: machinery to the auditor, an examination to those who may, papers to nobody here."""

import pytest
from sqlalchemy import text

from tests import make
from tipline.kit.db import db
from tipline.office import queries, roster, sessions, time
from tipline.office.charter import Act, Role
from tipline.office.deeds import witness
from tipline.office.models import Entry


class Paper:
    """Something that stands for a lead."""

    ref = "lead/23456789abcdefghj"


@pytest.fixture
def auditor(sign_in):
    return sign_in(make.officer(Role.AUDITOR))


def test_the_auditor_reads_who_was_admitted_and_by_whom(auditor):
    boss = make.officer(Role.SYSTEM_ADMIN, name="周建国")
    roster.admit(roster.new_officer("wangfang", "王芳", Role.OPERATOR, boss.office), by=boss, at=make.NOON)
    db.session.commit()
    page = auditor.get(f"/trail?act={Act.ADMIT_OFFICER}").text
    assert "周建国" in page
    assert "王芳" in page
    assert Act.ADMIT_OFFICER.label in page


def test_no_line_of_a_paper_stands_in_the_auditors_list(auditor):
    keeper = make.officer(Role.LEDGER_KEEPER, name="不应出现")
    witness(Act.READ_LEAD, Paper(), by=keeper, at=make.NOON)
    witness(Act.EXPORT_LEDGER, Paper(), by=keeper, at=make.NOON)
    db.session.commit()
    lines, _ = queries.machinery(act=None, by=keeper.key, since=None, until=None, before=None)
    assert lines == []
    assert {
        line.act for line in queries.machinery(act=Act.READ_LEAD, by=None, since=None, until=None, before=None)[0]
    } <= set(queries.MACHINERY)


def test_the_list_is_read_page_by_page_and_its_marks_tell_no_number(auditor):
    officer = make.officer(Role.OPERATOR)
    for _ in range(queries.ROWS * 2):
        witness(Act.SIGN_IN, officer, by=officer, at=make.NOON)
    db.session.commit()
    wanted = {"act": Act.SIGN_IN, "by": officer.key, "since": None, "until": None}
    first, mark = queries.machinery(**wanted, before=None)
    second, end = queries.machinery(**wanted, before=mark)
    assert (len(first), len(second), end) == (queries.ROWS, queries.ROWS, None)
    assert mark is not None
    last = db.session.query(Entry).count() - queries.ROWS + 1
    assert str(last) not in (mark, str(int(mark, 16)))
    page = auditor.get("/trail").text
    assert f"before={queries.machinery(**wanted, before=None)[1][:4]}" in page
    assert '<details class="earlier' not in page, "the latest lines, which stand first, are folded as earlier ones"
    for made_up in ("", "1", "zz", "00" * 90):
        assert auditor.get(f"/trail?before={made_up}").status_code == 200


@pytest.mark.parametrize(
    "asked", ["act=lead.read", "act=x", "by=x", "since=x", "until=2018-02-30", "act=&by=&since=&until="]
)
def test_a_filter_that_makes_no_sense_is_passed_over(auditor, asked):
    assert auditor.get(f"/trail?{asked}").status_code == 200


def test_days_are_the_offices_days(auditor):
    officer = make.officer(Role.OPERATOR)
    witness(Act.SIGN_IN, officer, by=officer, at=make.NOON)
    day = make.NOON.date()
    wanted = {"act": Act.SIGN_IN, "by": officer.key, "before": None}
    assert len(queries.machinery(**wanted, since=day, until=day)[0]) == 1
    assert len(queries.machinery(**wanted, since=day.replace(day=5), until=None)[0]) == 0
    assert len(queries.machinery(**wanted, since=None, until=day.replace(day=3))[0]) == 0


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SECURITY_ADMIN, Role.DISTRICT_INSPECTOR])
def test_whoever_may_examine_the_trail_is_told_that_it_is_whole(sign_in, role):
    browser = sign_in(make.officer(role, name="核验人"))
    end = db.session.execute(text("SELECT hash FROM trail_head")).scalar_one()
    page = browser.post("/trail/verify")
    assert page.status_code == 200
    assert "完整" in page.text
    assert end in page.text
    line = db.session.query(Entry).order_by(Entry.seq.desc()).first()
    assert (line.act, line.facts) == (Act.VERIFY_TRAIL, {"faults": "0"})


def test_a_broken_trail_is_told_line_by_line(auditor, forge):
    forge("UPDATE entry SET paper = 'officer/x' WHERE seq = 3")
    page = auditor.post("/trail/verify").text
    assert "第3行：内容被改" in page
    assert "完整" not in page


def test_only_the_auditor_reads_lines_and_takes_them_away(sign_in):
    inspector = sign_in(make.officer(Role.DISTRICT_INSPECTOR))
    page = inspector.get("/trail").text
    assert '<ol class="trail">' not in page
    assert "/trail/export" not in page
    assert inspector.post("/trail/export").status_code == 404
    for role in (Role.SYSTEM_ADMIN, Role.LEDGER_KEEPER, Role.TOWN_INSPECTOR):
        stranger = sign_in(make.officer(role))
        assert stranger.get("/trail").status_code == 404
        assert stranger.post("/trail/verify").status_code == 404


def test_an_export_is_whole_and_says_that_it_was_made(auditor):
    answer = auditor.post("/trail/export")
    lines = answer.text.splitlines()
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert len(lines) == db.session.query(Entry).count()
    assert Act.EXPORT_TRAIL.value in lines[-1]


def test_an_export_later_asks_for_the_password_again(auditor, monkeypatch):
    begun = time.machine_now()
    monkeypatch.setattr(time, "machine_now", lambda: begun + sessions.FRESH * 2)
    assert auditor.post("/trail/export").status_code == 403
    assert auditor.post("/trail/export", data={"password": "wrong"}).status_code == 403
    assert auditor.post("/trail/export", data={"password": make.PASSWORD}).status_code == 200
    assert auditor.post("/trail/export").status_code == 200


def test_the_trail_of_one_paper_keeps_its_reasons_from_those_who_may_not_read_them(app):
    keeper = make.officer(Role.LEDGER_KEEPER)
    witness(Act.OPEN_CONTENT, Paper(), by=keeper, at=make.NOON, note="核对张某的住址", to=keeper.office.code)
    witness(Act.READ_LEAD, Paper(), by=keeper, at=make.NOON)
    db.session.commit()
    first, second = queries.trail_of(Paper())
    assert (first.act, first.text, second.act) == (Act.OPEN_CONTENT, None, Act.READ_LEAD)
    assert list(first.facts.values()) == [keeper.office.name]
    assert queries.trail_of(Paper(), with_notes=True)[0].text == "核对张某的住址"


def test_what_cannot_be_asked_is_said_in_the_readers_language(sign_in):
    page = sign_in(make.officer(Role.AUDITOR)).get("/trail?act=nonsense&since=someday").text
    assert "不是有效的选择" in page
    assert "不是有效的日期" in page
    assert "Not a valid" not in page
