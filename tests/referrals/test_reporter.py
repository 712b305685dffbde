"""Who reported is opened by the handling body alone, with a reason and the password, and never unseen."""

import pytest
from sqlalchemy import select

from tests import make
from tipline.kit.db import db
from tipline.leads import operations as leads
from tipline.leads.call import ReporterSaid
from tipline.office.charter import Act, Role
from tipline.office.models import Entry
from tipline.referrals import operations

REASON = "告知实名举报人受理情况"


@pytest.fixture
def handed_over(app):
    keeper, inspector = make.officer(Role.LEDGER_KEEPER), make.officer(Role.TOWN_INSPECTOR)
    told = ReporterSaid(name="佴守义", phone="15400000000")
    lead = make.lead("village_head", named=True, reporter=told)
    (referral,) = make.referrals(lead)
    operations.approve(referral, by=keeper, at=make.NOON)
    operations.hand_over(referral, by=keeper, at=make.NOON)
    db.session.commit()
    return referral, keeper, inspector


def ask(browser, referral, **form):
    answers = {"reporter-reason": REASON, "reporter-password": make.PASSWORD} | form
    return browser.post(f"/referrals/{referral.key}/reporter", data=answers)


def test_the_handling_body_opens_it_with_a_reason_and_the_trail_says_so(app, sign_in, handed_over):
    referral, _, inspector = handed_over
    login, page = inspector.login, ask(sign_in(inspector), referral)
    assert page.status_code == 200
    assert "佴守义" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    line = db.session.scalars(select(Entry).filter_by(act=Act.READ_REPORTER)).one()
    assert (line.by.login, line.note, line.paper) == (login, REASON, referral.lead.ref)


@pytest.mark.parametrize("wrong", [{"reporter-reason": ""}, {"reporter-password": "not mine at all"}])
def test_without_reason_or_password_nothing_is_shown(app, sign_in, handed_over, wrong):
    referral, _, inspector = handed_over
    page = ask(sign_in(inspector), referral, **wrong)
    assert page.status_code in (403, 422)
    assert "佴守义" not in page.text
    assert db.session.scalar(select(Entry.seq).filter_by(act=Act.READ_REPORTER)) is None


def test_neither_the_sender_nor_a_stranger_gets_there(app, sign_in, handed_over):
    referral, keeper, _ = handed_over
    stranger = make.officer(Role.TOWN_INSPECTOR, make.XIANSHUIGU)
    assert ask(sign_in(keeper), referral).status_code == 404
    assert ask(sign_in(stranger), referral).status_code == 404


def test_a_namesake_is_cleared_by_whoever_handles_it(app, sign_in):
    keeper = make.officer(Role.LEDGER_KEEPER)
    namesake = make.officer(Role.TOWN_CLERK, make.XIANSHUIGU, name=make.NAMES[0])
    inspector = make.officer(Role.GROUP_INSPECTOR)
    lead = make.lead("bureau_institution_head")
    (referral,) = make.referrals(lead)
    db.session.commit()
    assert lead.walled
    assert keeper.id
    assert namesake.id
    browser = sign_in(inspector)
    assert "同名或同音" in browser.get(f"/referrals/{referral.key}").text
    answer = browser.post(f"/referrals/{referral.key}/clear-namesake", data={"clear-reason": "出生日期不同，不是一人"})
    assert answer.status_code == 302
    assert "同名或同音" not in browser.get(f"/referrals/{referral.key}").text


def test_a_voided_lead_waits_for_nobody(app):
    keeper = make.officer(Role.LEDGER_KEEPER)
    lead = make.lead("village_head")
    (referral,) = make.referrals(lead)
    leads.void(lead, reason="重复登记的同一来电", by=keeper, at=make.NOON)
    db.session.commit()
    with pytest.raises(Exception, match="作废"):
        operations.approve(referral, by=keeper, at=make.NOON)
