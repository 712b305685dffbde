"""The page of a lead: shell or words, the reporter behind reason and password, every reading written down."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests import make
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.law.bodies import Body
from tipline.leads import operations, queries
from tipline.leads.call import ReporterSaid
from tipline.office import roster, trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, TrailHead
from tipline.office.time import now
from tipline.referrals import operations as referrals

WHO = ReporterSaid(
    name="欧阳举报", phone="15412345678", identity="129999199003078899", address="某村三号", relation="邻居"
)
REASON = "核对举报人的联系方式。"


@pytest.fixture
def clerk(app):
    return make.officer(Role.TOWN_CLERK)


@pytest.fixture
def lead(clerk):
    return make.lead("village_head", by=clerk, reporter=WHO, named=True, narrative="内情如此", at=now())


def entries(act: Act) -> int:
    return db.session.scalar(select(func.count()).select_from(Entry).where(Entry.act == act)) or 0


def test_whoever_registered_reads_the_words_and_the_bureau_the_shell(lead, clerk, sign_in):
    assert "内情如此" in sign_in(clerk).get(f"/leads/{lead.key}").text
    shell = sign_in(make.officer(Role.LEDGER_KEEPER)).get(f"/leads/{lead.key}")
    assert shell.status_code == 200
    assert lead.number in shell.text
    assert "内情如此" not in shell.text
    stranger = sign_in(make.officer(Role.TOWN_CLERK, make.XIANSHUIGU))
    assert stranger.get(f"/leads/{lead.key}").status_code == 404


def test_the_reporter_is_on_no_page_of_the_lead(lead, clerk, sign_in):
    page = sign_in(clerk).get(f"/leads/{lead.key}").text
    assert not [word for word in vars(WHO).values() if word in page]
    assert "欧" not in page


def test_the_first_reading_of_a_day_is_written_and_the_next_is_not(lead, clerk, sign_in):
    browser = sign_in(clerk)
    for _ in range(3):
        browser.get(f"/leads/{lead.key}")
    assert entries(Act.READ_LEAD) == 1
    sign_in(make.officer(Role.LEDGER_KEEPER)).get(f"/leads/{lead.key}")
    assert entries(Act.READ_LEAD) == 2


def test_a_lead_that_was_read_today_opens_while_somebody_else_writes(lead, clerk, sign_in):
    browser, address = sign_in(clerk), f"/leads/{lead.key}"
    browser.get(address)
    db.session.commit()
    with db.engine.begin() as writer:
        writer.execute(select(TrailHead).with_for_update())
        assert browser.get(address).status_code == 200


def test_words_are_open_until_hand_over_and_for_an_operator_for_a_day(clerk, sign_in):
    operator = make.officer(Role.OPERATOR)
    lead = make.lead("village_head", by=operator, narrative="内情如此", at=now())
    old = make.lead("village_head", by=operator, narrative="内情如此", at=now() - timedelta(hours=25))
    browser = sign_in(operator)
    assert "内情如此" in browser.get(f"/leads/{lead.key}").text
    assert "内情如此" not in browser.get(f"/leads/{old.key}").text
    keeper = make.officer(Role.LEDGER_KEEPER)
    for referral in make.referrals(lead):
        referrals.approve(referral, by=keeper, at=now())
        referrals.hand_over(referral, by=keeper, at=now())
    db.session.commit()
    assert "内情如此" not in browser.get(f"/leads/{lead.key}").text


@pytest.fixture
def left(app):
    """A lead that the bureau registered and has handed over."""
    keeper = make.officer(Role.LEDGER_KEEPER)
    words = {"reporter": WHO, "named": True, "narrative": "内情如此"}
    gone = make.lead("village_head", by=make.officer(Role.OPERATOR), at=now(), **words)
    for referral in make.referrals(gone):
        referrals.approve(referral, by=keeper, at=now())
        referrals.hand_over(referral, by=keeper, at=now())
    return gone, keeper


def test_a_reasoned_opening_shows_the_words_for_half_an_hour(left, sign_in):
    lead, keeper = left
    key, browser = lead.key, sign_in(keeper)
    assert "内情如此" not in browser.get(f"/leads/{key}").text
    short = browser.post(f"/leads/{key}/open-content", data={"open-reason": "看看"})
    assert short.status_code == 422
    assert "至少6个字" in short.text
    opened = browser.post(f"/leads/{key}/open-content", data={"open-reason": REASON}, follow_redirects=True)
    assert "内情如此" in opened.text
    assert REASON not in browser.get(f"/leads/{key}").text
    with pytest.raises(NotPermitted):
        operations.open_content(left[0], reason=REASON, by=make.officer(Role.TOWN_CLERK), at=now())


def test_a_keeper_opens_no_words_that_another_unit_registered(lead, sign_in):
    key, browser = lead.key, sign_in(make.officer(Role.LEDGER_KEEPER))
    assert browser.post(f"/leads/{key}/open-content", data={"open-reason": REASON}).status_code == 403
    assert "内情如此" not in browser.get(f"/leads/{key}").text
    assert entries(Act.OPEN_CONTENT) == 0


def test_an_opening_ends_when_the_officer_leaves_the_unit(left):
    lead, keeper = left
    operations.open_content(lead, reason=REASON, by=keeper, at=now())
    db.session.flush()
    assert queries.may_read_content(keeper, lead, now())
    security = make.officer(Role.SECURITY_ADMIN)
    roster.move(keeper, Role.TOWN_CLERK, make.office(Body.TOWN_GOVERNMENT), title="", by=security, at=now())
    assert not queries.may_read_content(keeper, lead, now())


def test_after_hand_over_no_opening_leads_to_the_reporter(left, sign_in):
    key, browser = left[0].key, sign_in(left[1])
    browser.post(f"/leads/{key}/open-content", data={"open-reason": REASON})
    data = {"reporter-reason": REASON, "reporter-password": make.PASSWORD}
    answer = browser.post(f"/leads/{key}/reporter", data=data)
    assert answer.status_code == 403
    assert WHO.phone not in answer.text
    assert entries(Act.READ_REPORTER) == 0


@pytest.mark.parametrize(
    ("data", "status", "sentence"),
    [
        ({"reporter-reason": REASON, "reporter-password": make.PASSWORD}, 200, WHO.name),
        ({"reporter-reason": REASON, "reporter-password": "wrong"}, 403, "密码不正确"),
        ({"reporter-reason": "", "reporter-password": make.PASSWORD}, 422, "请写明理由"),
        ({"reporter-reason": REASON}, 422, "请输入本人密码"),
    ],
)
def test_the_reporter_is_shown_once_for_a_reason_and_the_password(lead, clerk, sign_in, data, status, sentence):
    answer = sign_in(clerk).post(f"/leads/{lead.key}/reporter", data=data)
    assert answer.status_code == status
    assert sentence in answer.text
    assert (WHO.phone in answer.text) is (status == 200)
    assert entries(Act.READ_REPORTER) == (status == 200)
    assert answer.headers["Cache-Control"] == "no-store"


def test_who_sees_the_shell_only_cannot_reach_the_reporter(lead, sign_in):
    browser = sign_in(make.officer(Role.LEDGER_KEEPER))
    data = {"reporter-reason": REASON, "reporter-password": make.PASSWORD}
    assert browser.post(f"/leads/{lead.key}/reporter", data=data).status_code == 403
    leader = sign_in(make.officer(Role.BUREAU_LEADER))
    assert leader.post(f"/leads/{lead.key}/reporter", data=data).status_code == 404


def test_an_amendment_keeps_the_words_before_it(lead, clerk, sign_in):
    browser = sign_in(clerk)
    data = {"amend-narrative": "更正后的话", "amend-reason": "来电人第二次来电更正。"}
    page = browser.post(f"/leads/{lead.key}/amend", data=data, follow_redirects=True).text
    assert "更正后的话" in page
    assert "内情如此" in page
    assert browser.post(f"/leads/{lead.key}/amend", data=data).status_code == 422
    assert not list(trail.faults())


def test_a_lead_is_voided_with_a_reason_and_never_once_it_has_left(lead, clerk, sign_in):
    browser = sign_in(clerk)
    page = browser.post(f"/leads/{lead.key}/void", data={"void-reason": "重复登记，见前一件。"}, follow_redirects=True)
    assert "已作废" in page.text
    assert browser.get(f"/leads/{lead.key}").status_code == 200
    gone = make.lead("bureau_clerk", by=make.officer(Role.OPERATOR))
    with pytest.raises(NotNow):
        operations.void(gone, reason="重复登记，见前一件。", by=clerk, at=make.NOON)
    with pytest.raises(Incomplete):
        operations.void(make.lead("village_head", by=clerk), reason="", by=clerk, at=make.NOON)


def test_a_stub_shows_that_nothing_is_here(clerk, sign_in):
    lead = make.lead("district_mayor", by=clerk)
    page = sign_in(clerk).get(f"/leads/{lead.key}")
    assert "内容不在系统内" in page.text


def test_two_who_amend_at_once_lose_nothing(lead, clerk, sign_in):
    colleague = make.officer(Role.TOWN_CLERK)
    mine, theirs = sign_in(clerk), sign_in(colleague)
    knew = re.search(r'name="amend-knew"[^>]*value="(\d+)"', mine.get(f"/leads/{lead.key}").text)[1]
    said = {"amend-reason": "来电人又补充了情况。", "amend-knew": knew}
    first = theirs.post(f"/leads/{lead.key}/amend", data=said | {"amend-narrative": "同事写的：共三户。"})
    assert first.status_code == 302
    late = mine.post(f"/leads/{lead.key}/amend", data=said | {"amend-narrative": "我写的：共四户。"})
    assert late.status_code == 409
    assert "同事写的：共三户。" in late.text
    assert "我写的：共四户。" in late.text
    assert colleague.name in late.text
    again = re.search(r'name="amend-knew"[^>]*value="(\d+)"', late.text)[1]
    last = {"amend-narrative": "共四户，其中三户同事已写。", "amend-knew": again}
    assert mine.post(f"/leads/{lead.key}/amend", data=said | last).status_code == 302
    db.session.refresh(lead)
    assert [version.narrative for version in lead.versions][1:] == ["同事写的：共三户。"]
