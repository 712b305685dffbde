"""The room's pages as those see them who may, who may not, and strangers; and what a town sees of others: nothing."""

import io
import re
from datetime import date

import pytest
from sqlalchemy import select

from tests import make
from tests.duties import second
from tests.duties.at_work import PLAN, SUMMARY, cell, handed_in, noon
from tests.evidence.files import pdf
from tests.questions import questions
from tipline.duties import operations, queries
from tipline.duties.lifecycle import SubmissionState as S
from tipline.duties.models import CalendarFeed, DutyRuling, Submission, SubmissionVersion
from tipline.duties.operations import Said
from tipline.evidence import checking
from tipline.evidence import jobs as evidence_jobs
from tipline.kit.cabinet import cabinet
from tipline.kit.db import db
from tipline.office import time
from tipline.office.charter import Act, Role
from tipline.office.models import Entry
from tipline.office.powers import PERMITTED

TOWN = f"/duties/{PLAN}.once.{make.SHUANGGANG}"
OTHER = f"/duties/{PLAN}.once.{make.XINZHUANG}"
PATHS = ["/duties/", "/duties/calendar", TOWN, f"/duties/clashes/{SUMMARY}"]
FORM = {"in-principal": "胡永年", "in-deputy": "宋海涛", "in-words": "成立领导小组，逐户排查。"}
SECRET = "蘪蘼只有辛庄镇写过"


@pytest.fixture(autouse=True)
def monday(monkeypatch):
    """Monday 4 June 2018: the work plan was due on 31 May."""
    monkeypatch.setattr(time, "machine_now", lambda: make.NOON)


@pytest.fixture
def clerk(app):
    return make.officer(Role.TOWN_CLERK)


def the_paper() -> Submission:
    return db.session.scalars(select(Submission)).one()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CLOCK])
def test_who_has_business_here_and_who_finds_no_page(sign_in, role):
    browser = sign_in(make.officer(role))
    wanted = 200 if Act.READ_DUTIES in PERMITTED[role] else 404
    assert [browser.get(path).status_code for path in PATHS] == [wanted] * len(PATHS)


def test_the_bureau_sees_every_town_and_a_town_its_own(sign_in, clerk):
    keeper = sign_in(make.officer(Role.LEDGER_KEEPER)).get("/duties/").text
    own = sign_in(clerk).get("/duties/").text
    assert "双港镇" in keeper
    assert "辛庄镇" in keeper
    assert "双港镇" in own
    assert "辛庄镇" not in own


def test_a_plan_goes_the_whole_way_over_the_counter(sign_in, clerk):
    own, keeper = sign_in(clerk), sign_in(make.officer(Role.LEDGER_KEEPER))
    assert own.post(f"{TOWN}/hand-in", data=FORM | {"in-deputy": ""}).status_code == 422
    assert own.post(f"{TOWN}/hand-in", data=FORM).status_code == 302
    assert the_paper().state is S.FILED
    answer = keeper.post(f"{TOWN}/return", data={"return-reason": "缺排查步骤，请补充后重报。"})
    assert answer.status_code == 302
    assert "缺排查步骤" in own.get(TOWN).text
    assert own.post(f"{TOWN}/hand-in", data=FORM | {"in-words": "补上步骤。"}).status_code == 302
    assert keeper.post(f"{TOWN}/accept").status_code == 302
    assert the_paper().state is S.ACCEPTED
    text = own.get(TOWN).text
    assert "补上步骤" in text
    assert FORM["in-words"] in text
    assert f"{TOWN}/hand-in" not in text


def test_a_button_is_shown_to_whom_it_is_open_and_to_nobody_else(sign_in, clerk):
    leader = sign_in(make.officer(Role.BUREAU_LEADER))
    keeper = sign_in(make.officer(Role.LEDGER_KEEPER))
    inspector = sign_in(make.officer(Role.DISTRICT_INSPECTOR))
    deputy = sign_in(make.officer(Role.TOWN_DEPUTY))
    own = sign_in(clerk)

    def buttons(browser):
        return set(re.findall(rf'action="{TOWN}/([a-z-]+)"', browser.get(TOWN).text))

    assert [buttons(one) for one in (own, leader, keeper, inspector, deputy)] == [
        {"hand-in"},
        {"excuse"},
        set(),
        set(),
        set(),
    ]
    own.post(f"{TOWN}/hand-in", data=FORM)
    assert [buttons(one) for one in (own, leader, keeper)] == [set(), set(), {"accept", "return"}]
    assert own.post(f"{TOWN}/accept").status_code == 404
    assert leader.post(f"{TOWN}/excuse", data={"excuse-reason": "不必再报，免报。"}).status_code == 409
    assert inspector.post(f"{TOWN}/hand-in", data=FORM).status_code == 404


def test_a_file_is_taken_by_its_content_kept_whole_and_given_out_with_a_line(sign_in, clerk):
    own, keeper = sign_in(clerk), sign_in(make.officer(Role.LEDGER_KEEPER))
    wrong = FORM | {"in-file": (io.BytesIO(b"MZ\x90 not a pdf"), "方案.pdf")}
    assert own.post(f"{TOWN}/hand-in", data=wrong).status_code == 422
    right = FORM | {"in-words": "", "in-file": (io.BytesIO(content := pdf()), "工作方案.pdf")}
    assert own.post(f"{TOWN}/hand-in", data=right).status_code == 302
    version = db.session.scalars(select(SubmissionVersion)).one()
    key, ref = version.key, version.ref
    assert cabinet.names() == {version.file}
    assert evidence_jobs.sweep(make.NOON) == 0
    assert not list(checking.discrepancies())
    answer = keeper.post(f"/duties/versions/{key}/download")
    assert answer.data == content
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert db.session.scalars(select(Entry.act).filter_by(paper=ref)).all() == [Act.DOWNLOAD_SUBMISSION]
    stranger = sign_in(make.officer(Role.TOWN_CLERK, make.XINZHUANG))
    assert stranger.post(f"/duties/versions/{key}/download").status_code == 404


def test_a_damaged_file_is_found_and_not_given_out(sign_in, clerk, tmp_path):
    own = sign_in(clerk)
    own.post(f"{TOWN}/hand-in", data=FORM | {"in-file": (io.BytesIO(pdf()), "工作方案.pdf")})
    version = db.session.scalars(select(SubmissionVersion)).one()
    key, ref = version.key, version.ref
    path = next(path for path in cabinet.folder.rglob(version.file))
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    assert [found.of for found in checking.discrepancies()] == [ref]
    assert own.post(f"/duties/versions/{key}/download").status_code == 409


PAGES = ("/duties/", "/duties/calendar", f"/duties/calendar/{make.SHUANGGANG}", TOWN, f"/duties/clashes/{SUMMARY}")


def test_a_town_sees_nothing_of_another_town(sign_in, clerk, monkeypatch):
    """Twin worlds: whatever the neighbour does, every page of this town stays the same to the letter."""
    browser, other = sign_in(clerk), make.officer(Role.TOWN_CLERK, make.XINZHUANG)
    db.session.commit()
    token = re.compile(r'name="csrf-token" content="[^"]*"|value="[^"]{60,}"')

    def world():
        return [token.sub("", browser.get(path).text) for path in (*PAGES, "/desk/")]

    before = world()
    handed_in(other, said=Said(words=SECRET, principal=SECRET, deputy="某"))
    operations.excuse(
        cell(PLAN, place=make.XIANSHUIGU), reason=SECRET, by=make.officer(Role.BUREAU_LEADER), at=make.NOON
    )
    db.session.commit()
    assert world() == before
    assert browser.get(OTHER).status_code == 404
    assert browser.get(f"/duties/calendar/{make.XINZHUANG}").status_code == 404
    assert browser.post(f"{OTHER}/hand-in", data=FORM).status_code == 404
    assert db.session.scalars(queries.visible_to(clerk)).all() == []

    everybody = queries.debtors
    monkeypatch.setattr(queries, "debtors", lambda _officer=None: everybody())  # the wall is really what keeps it out
    assert world() != before


def test_the_grid_asks_as_many_questions_for_one_submission_as_for_many(sign_in, clerk):
    keeper = sign_in(make.officer(Role.LEDGER_KEEPER))

    def asked(path):
        with questions() as count:
            assert keeper.get(path).status_code == 200
        return len(count)

    paths = ("/duties/", f"/duties/calendar/{make.SHUANGGANG}", "/desk/")
    keeper.get("/duties/")
    before = [asked(path) for path in paths[:2]]
    handed_in(clerk)
    db.session.commit()
    one = [asked(path) for path in paths]
    for place in (make.XINZHUANG, make.XIANSHUIGU):
        handed_in(make.officer(Role.TOWN_CLERK, place))
    db.session.commit()
    assert [asked(path) for path in paths] == one
    assert one[:2] == before


def test_the_bell_counts_what_the_town_owes_today_and_late(sign_in, clerk):
    from tipline.desk.queries import Group, desk_of, due_today

    due = [due_today(clerk, date(2018, *day)) for day in ((5, 30), (5, 31), (6, 6), (6, 7))]
    assert due == [0, 2, 2, 3]
    desk = desk_of(clerk, date(2018, 6, 7))  # where what all villages owe is one line
    assert due[-1] == desk.number(Group.OVERDUE) + desk.number(Group.TODAY)
    handed_in(clerk)
    assert due_today(clerk, date(2018, 6, 7)) == 2
    assert due_today(make.officer(Role.LEDGER_KEEPER), date(2018, 6, 7)) == 0


def test_a_leader_rules_on_the_page_and_the_ruling_stands_under_the_duty(sign_in, clerk):
    leader, own = sign_in(make.officer(Role.BUREAU_LEADER)), sign_in(clerk)
    page = f"/duties/{SUMMARY}.once.{make.SHUANGGANG}"
    assert "通知的时限有矛盾" in own.get(page).text
    assert own.post(f"/duties/clashes/{SUMMARY}/rule", data={"rule-words": "以七月为准。"}).status_code == 404
    assert leader.post(f"/duties/clashes/{SUMMARY}/rule", data={"rule-words": ""}).status_code == 422
    said = {"rule-words": "7月10日报阶段数，8月31日报最终数。"}
    assert leader.post(f"/duties/clashes/{SUMMARY}/rule", data=said).status_code == 302
    assert "8月31日报最终数" in own.get(page).text
    assert db.session.scalars(select(DutyRuling)).one().ruled_by.role is Role.BUREAU_LEADER
    assert leader.get(f"/duties/clashes/{PLAN}").status_code == 404


def test_the_days_that_the_notice_does_not_name_are_not_shown_as_its_own(sign_in, clerk):
    browser = sign_in(clerk)
    assert "本局约定，通知没有写明" in browser.get(TOWN).text
    assert "通知所定" in browser.get(f"/duties/{SUMMARY}.once.{make.SHUANGGANG}").text


def test_a_month_of_typical_cases_leads_to_its_own_form(sign_in, clerk):
    text = sign_in(clerk).get(f"/duties/typical_cases.2018-05.{make.SHUANGGANG}").text
    assert 'href="/typical-cases/months/2018-05/filing"' in text


def test_villages_stand_under_their_town_and_open_one_by_one(sign_in, clerk):
    browser = sign_in(clerk)
    text = browser.get(f"/duties/publicity_village.2018-05.{make.SHUANGGANG}").text
    links = re.findall(r'href="(/duties/publicity_village\.2018-05\.\d{12})"', text)
    assert len(links) > 5
    assert browser.get(links[0]).status_code == 200


@pytest.mark.parametrize("path", ["/duties/nothing.once.120112103", f"/duties/{PLAN}.2018-05.120112103", TOWN + "9"])
def test_what_is_not_asked_is_not_there(sign_in, clerk, path):
    assert sign_in(clerk).get(path).status_code == 404


def test_the_feed_opens_to_its_secret_alone_and_a_new_one_ends_the_old(app, sign_in, clerk):
    browser, outside = sign_in(clerk), app.test_client()

    def renewed():
        text = browser.post("/duties/calendar/renew-feed").text
        return re.search(r"/duties/feed/([\w-]{40,})", text)[1]

    first = renewed()
    assert first not in browser.get("/duties/calendar").text
    assert outside.get(f"/duties/feed/{first}").status_code == 200
    second_secret = renewed()
    assert outside.get(f"/duties/feed/{first}").status_code == 404
    answer = outside.get(f"/duties/feed/{second_secret}")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "Set-Cookie" not in answer.headers
    assert db.session.scalars(select(CalendarFeed)).one().token_hash != second_secret
    clerk.active = False
    db.session.commit()
    assert outside.get(f"/duties/feed/{second_secret}").status_code == 404


THERE = "?campaign=haitang-2030-3"


def test_another_notice_has_other_duties_without_a_change_of_code(sign_in, monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: noon(7, 8, 2030))
    second.in_force()
    street = second.office_of(second.STREETS[0])
    clerk = make.officer(Role.TOWN_CLERK)
    clerk.office = street
    db.session.flush()
    clerk.office_id = street.id
    browser, keeper = sign_in(clerk), sign_in(make.officer(Role.LEDGER_KEEPER))
    text = keeper.get(f"/duties/{THERE}").text
    assert "2030年第2季度的自查表" in text
    assert "逾期未报 3/3" in text
    village = f"/duties/self_check.2030-Q2.{second.STREETS[0]}001"
    assert browser.post(f"{village}/hand-in{THERE}", data={"in-words": "已自查，无问题。"}).status_code == 302
    assert "逾期未报 2/3" in keeper.get(f"/duties/{THERE}").text
    assert keeper.post(f"{village}/accept{THERE}").status_code == 302
    assert "津南区民政局" in keeper.get(f"/duties/digest.2030-Q2.120112{THERE}").text
    assert browser.get(f"/duties/digest.2030-Q2.120112{THERE}").status_code == 404
