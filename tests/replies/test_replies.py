"""Word to reporters and from them: once to the named, by code to the nameless, and a call when it is over."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.referrals.cast import ON_PAPER, brought_to, cast, proposed
from tipline.handling import operations as handling
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.law.bodies import Body
from tipline.leads import operations as leads
from tipline.leads.call import PersonSaid, ReporterSaid
from tipline.office import calendars, editions, trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry
from tipline.referrals import operations as referrals
from tipline.referrals.lifecycle import ReferralState as S
from tipline.replies import operations, queries, waiting
from tipline.replies.lifecycle import LIFE, ObjectionState
from tipline.replies.models import Addition, Manner, Objection, Outcome, Told, Word

LATER = make.NOON + timedelta(days=1)
SAID = "材料齐了会再打给您，请留意外地来电。"
ADDED = "那户的存折还在会计手里。"


@pytest.fixture
def players(app):
    return cast()


@pytest.fixture
def nameless(players):
    """A referral of an anonymous caller, with its body, and the code that was read out."""
    lead = make.lead("village_head", by=players.operator)
    code = "".join(leads.give_code(lead, "one token"))
    return brought_to(S.SIGNED_FOR, players, make.referrals(lead)[0]), code


def named(players, state=S.CONCLUDED):
    return brought_to(state, players, proposed(players, reporter=ReporterSaid(name="逄德顺", phone="02299990001")))


def test_a_named_reporter_is_told_once_of_each_and_the_words_are_kept(players):
    referral = named(players, S.SIGNED_FOR)
    operations.tell(referral, Told.ACCEPTANCE, Manner.PHONE, SAID, by=players.inspector, at=LATER)
    assert [notice.words for notice in queries.notices_of(referral)] == [SAID]
    assert referral.acceptance_told_at == LATER
    with pytest.raises(NotNow, match="只告知一次"):
        operations.tell(referral, Told.ACCEPTANCE, Manner.PHONE, SAID, by=players.inspector, at=LATER)


def test_telling_without_words_tells_nothing(players):
    referral = named(players)
    with pytest.raises(Incomplete):
        operations.tell(referral, Told.RESULT, Manner.LETTER, " ", by=players.inspector, at=LATER)
    assert referral.state is S.CONCLUDED


def test_a_word_waits_for_whoever_says_the_code_and_any_operator_may_read_it_out(players, nameless, sign_in):
    referral, code = nameless
    operations.write_word(referral, SAID, by=players.inspector, at=LATER)
    db.session.commit()
    browser = sign_in(make.officer(Role.OPERATOR, name="另一名接线员"))
    page = browser.post("/replies/code/look-up", data={"code": "－".join(code[i : i + 4] for i in range(0, 16, 4))})
    assert page.status_code == 200
    assert SAID in page.text
    for hidden in (referral.number, referral.lead.number, referral.person.name, referral.lead.narrative, code):
        assert hidden not in page.text


def test_an_operator_takes_an_addition_without_reading_the_case(players, nameless, sign_in):
    referral, code = nameless
    db.session.commit()
    browser = sign_in(make.officer(Role.OPERATOR))
    page = browser.post("/replies/code/look-up", data={"code": code}).text
    passport = page.split('name="pass_"')[1].split('value="')[1].split('"')[0]
    kept = browser.post("/replies/code/take-addition", data={"pass_": passport, "words": ADDED})
    assert "已记下" in kept.text
    assert browser.get(f"/leads/{referral.lead.key}").status_code == 404
    assert [one.text for one in queries.additions_to(referral.lead)] == [ADDED]
    assert [line.act for line in waiting.waiting_for(players.inspector, LATER.date())] == [Act.SEE_ADDITION]
    operations.see_additions(referral, by=players.inspector, at=LATER)
    db.session.flush()
    assert not waiting.waiting_for(players.inspector, LATER.date())


def test_a_passport_is_for_one_officer_and_nobody_makes_one(players, nameless, sign_in):
    _, code = nameless
    db.session.commit()
    page = sign_in(make.officer(Role.OPERATOR)).post("/replies/code/look-up", data={"code": code}).text
    passport = page.split('name="pass_"')[1].split('value="')[1].split('"')[0]
    other = sign_in(make.officer(Role.OPERATOR))
    for held in (passport, passport[:-2] + "xx", ""):
        assert other.post("/replies/code/take-addition", data={"pass_": held, "words": ADDED}).status_code == 409
    assert not db.session.query(Addition).count()


def test_a_wrong_code_and_a_walled_lead_look_the_same(app, sign_in):
    operator = make.officer(Role.OPERATOR)
    walled = make.officer(Role.OPERATOR, name="亓福来")
    lead = make.lead("village_head", "village_accountant", by=operator, names=("佘仁杰", "亓福来"))
    code = "".join(leads.give_code(lead, "another token"))
    db.session.commit()
    assert lead.walled
    browser = sign_in(walled)
    one, other = (browser.post("/replies/code/look-up", data={"code": said}) for said in (code, "0" * 16))
    assert (one.status_code, answered(one, code)) == (other.status_code, answered(other, "0" * 16))
    assert sign_in(operator).post("/replies/code/look-up", data={"code": code}).status_code == 200


def answered(page, code):
    """The page's own part, without the digits that were typed."""
    return page.text.partition("<main")[2].partition("</main>")[0].replace(code, "")


def test_whoever_tries_code_after_code_is_stopped(players, nameless, sign_in):
    _, code = nameless
    db.session.commit()
    browser = sign_in(players.operator)
    answers = [browser.post("/replies/code/look-up", data={"code": f"{n:016d}"}).status_code for n in range(21)]
    assert answers == [404] * 20 + [409]
    assert browser.post("/replies/code/look-up", data={"code": code}).status_code == 409


@pytest.mark.parametrize("said", ["", "123", "1234 5678 9012 345", "一二三四"])
def test_half_a_code_is_asked_for_again(players, sign_in, said):
    assert sign_in(players.operator).post("/replies/code/look-up", data={"code": said}).status_code == 422


def test_words_of_both_sides_stand_nowhere_in_plain(players, nameless):
    referral, _ = nameless
    operations.write_word(referral, SAID, by=players.inspector, at=LATER)
    operations.take_addition(referral.lead, ADDED, by=players.operator, at=LATER)
    db.session.flush()
    assert SAID.encode() not in db.session.scalars(select(Word.text_sealed)).one()
    assert ADDED.encode() not in db.session.scalars(select(Addition.text_sealed)).one()


def test_only_the_handling_body_writes_to_the_reporter(players, nameless):
    referral, _ = nameless
    for officer in (players.stranger, make.officer(Role.DISTRICT_INSPECTOR)):
        with pytest.raises(NotPermitted):
            operations.write_word(referral, SAID, by=officer, at=LATER)
    with pytest.raises(NotPermitted):
        operations.write_word(referral, SAID, by=players.keeper, at=LATER)


def test_the_three_askers_of_what_passed(players, nameless, sign_in):
    referral, _ = nameless
    operations.write_word(referral, SAID, by=players.inspector, at=LATER)
    db.session.commit()
    page = f"/referrals/{referral.key}"
    assert SAID in sign_in(players.inspector).get(page).text
    assert SAID not in sign_in(players.keeper).get(page).text
    assert sign_in(players.stranger).get(page).status_code == 404


def objected(players, colleague):
    referral = named(players)
    operations.tell(referral, Told.RESULT, Manner.PHONE, SAID, by=players.inspector, at=LATER)
    objection = operations.note_objection(referral, "还有两户没查。", new_evidence=True, by=colleague, at=LATER)
    db.session.flush()
    return referral, objection


def test_new_evidence_reopens_the_case_by_another_hand_than_the_one_that_closed_it(players):
    colleague = make.officer(Role.TOWN_INSPECTOR)
    referral, objection = objected(players, colleague)
    assert objection.due_on == calendars.calendar().add_working_days(LATER.date(), 15)
    with pytest.raises(NotPermitted, match="以外"):
        operations.uphold(objection, "确有遗漏。", by=players.inspector, at=LATER)
    operations.uphold(objection, "确有遗漏。", by=colleague, at=LATER)
    db.session.commit()
    assert (objection.state, referral.state) == (ObjectionState.UPHELD, S.IN_DISPOSITION)
    assert referral.result_told_at is None
    assert not list(trail.faults())


def test_an_objection_without_anything_new_is_answered_and_the_result_stands(players):
    colleague = make.officer(Role.TOWN_INSPECTOR)
    referral, objection = objected(players, colleague)
    assert [line.number for line in waiting.waiting_for(colleague, LATER.date())] == [objection.number]
    operations.answer(objection, "两户已在名单里，另案办理。", by=colleague, at=LATER)
    assert (objection.state, referral.state) == (ObjectionState.ANSWERED, S.FED_BACK)
    for deed in (operations.answer, operations.uphold):
        with pytest.raises(NotNow):
            deed(objection, "再答。", by=colleague, at=LATER)
    assert set(LIFE.acts) == {Act.NOTE_OBJECTION, Act.UPHOLD_OBJECTION, Act.ANSWER_OBJECTION}


def test_a_body_with_one_hand_may_answer_itself(players):
    _, objection = objected(players, players.inspector)
    operations.answer(objection, "已复核。", by=players.inspector, at=LATER)
    assert objection.state is ObjectionState.ANSWERED
    assert db.session.query(Objection).count() == 1


def test_before_the_conclusion_there_is_nothing_to_object_to(players):
    with pytest.raises(NotNow):
        operations.note_objection(
            named(players, S.SIGNED_FOR), "太慢。", new_evidence=False, by=players.inspector, at=LATER
        )


def owed(officer, on):
    return [(one.referral.number, one.round) for one in queries.owed_to(officer, calendars.calendar(), on)]


def test_a_named_reporter_is_called_after_one_month_and_after_three_by_the_district(players):
    district = make.officer(Role.DISTRICT_INSPECTOR)
    referral = named(players)
    db.session.flush()
    assert not owed(district, LATER.date())
    assert owed(district, (make.NOON + timedelta(days=31)).date()) == [(referral.number, "C-18.2")]
    assert len(owed(district, (make.NOON + timedelta(days=95)).date())) == 2
    for other in (players.inspector, players.stranger, players.keeper, make.officer(Role.GROUP_INSPECTOR)):
        assert not owed(other, (make.NOON + timedelta(days=95)).date())


def test_nobody_calls_who_gave_no_name(players, nameless):
    brought_to(S.CONCLUDED, players, make.referrals(make.lead("village_head", by=players.operator))[0])
    assert not owed(make.officer(Role.DISTRICT_INSPECTOR), (make.NOON + timedelta(days=95)).date())


def test_in_the_district_itself_the_hand_that_signed_does_not_call(players):
    signer, colleague = (make.officer(Role.DISTRICT_INSPECTOR) for _ in range(2))
    lead = make.lead("town_mayor", by=players.operator, named=True)
    (referral,) = make.referrals(lead)
    at = make.NOON
    if referral.state is S.PROPOSED:
        referrals.approve(referral, by=players.leader, at=at)
        referrals.hand_over(referral, by=players.keeper, at=at)
    referrals.sign_for(referral, by=signer, at=at)
    handling.shelve(referral, date(2018, 9, 3), reason="证人在外。", by=signer, at=at)
    make.concluded(referral, finding="unverifiable", result="查无此事。", by=signer, at=at)
    db.session.flush()
    after = (make.NOON + timedelta(days=40)).date()
    assert not owed(signer, after)
    assert owed(colleague, after) == [(referral.number, "C-18.2")]


def in_trouble(players, district):
    referral = named(players)
    db.session.flush()
    at = make.NOON + timedelta(days=40)
    made = operations.record_check_in(
        referral, "C-18.2", Outcome.TROUBLE, "低保金被停了，说我多事。", by=district, at=at
    )
    db.session.flush()
    return referral, made, at


def test_trouble_needs_its_words_and_a_call_is_made_once(players):
    district, referral = make.officer(Role.DISTRICT_INSPECTOR), named(players)
    db.session.flush()
    at = make.NOON + timedelta(days=40)
    with pytest.raises(Incomplete):
        operations.record_check_in(referral, "C-18.2", Outcome.TROUBLE, "", by=district, at=at)
    operations.record_check_in(referral, "C-18.2", Outcome.CALM, "", by=district, at=at)
    db.session.flush()
    with pytest.raises(NotNow):
        operations.record_check_in(referral, "C-18.2", Outcome.CALM, "", by=district, at=at)


def test_retaliation_becomes_a_lead_that_the_first_body_does_not_get(players):
    district = make.officer(Role.DISTRICT_INSPECTOR)
    referral, made, at = in_trouble(players, district)
    who = PersonSaid.in_post(editions.notice().post("village_head"), name="佘仁杰", town_code=make.SHUANGGANG)
    lead = operations.raise_retaliation(made, who, by=district, at=at)
    db.session.commit()
    (raised,) = make.referrals(lead)
    assert referral.body is Body.TOWN_DISCIPLINE_BODY
    assert raised.body is Body.DISTRICT_DISCIPLINE_BODY
    assert lead.reporter.phone == "02299990001"
    assert lead.major
    with pytest.raises(NotNow):
        operations.raise_retaliation(made, who, by=district, at=at)
    assert not list(trail.faults())


def test_the_page_of_a_retaliation_lead_says_why_the_first_body_was_passed_over(players, sign_in):
    district = make.officer(Role.DISTRICT_INSPECTOR)
    _, made, at = in_trouble(players, district)
    who = PersonSaid.in_post(editions.notice().post("village_head"), town_code=make.SHUANGGANG)
    lead = operations.raise_retaliation(made, who, by=district, at=at)
    db.session.commit()
    page = sign_in(district).get(f"/referrals/{make.referrals(lead)[0].key}").text
    assert "因镇纪委应当回避，提级送区纪委监委" in page


def test_the_doors_of_a_check_in(players, sign_in):
    district = make.officer(Role.DISTRICT_INSPECTOR)
    referral = named(players)
    db.session.commit()
    page = f"/replies/check-ins/{referral.key}"
    assert sign_in(district).get(page).status_code == 200
    assert sign_in(players.inspector).get(page).status_code == 404
    assert sign_in(players.keeper).get(page).status_code == 404
    data = {"reporter-reason": "到期回访，需要联系举报人。", "reporter-password": make.PASSWORD}
    shown = sign_in(district).post(f"{page}/reporter", data=data)
    assert "02299990001" in shown.text
    last = db.session.query(Entry).order_by(Entry.seq.desc()).first()
    assert (last.act, last.paper) == (Act.READ_REPORTER, referral.lead.ref)


def test_what_is_on_paper_has_no_reporters_corner(players, sign_in):
    referral = brought_to(S.HANDED_OVER, players, proposed(players, ON_PAPER))
    db.session.commit()
    assert "与举报人往来" not in sign_in(players.keeper).get(f"/referrals/{referral.key}").text
