"""Standing aside: at once by one's own word, by request and decision, lifted by two; and told to nobody."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.conftest import timeless
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.law.bodies import Body
from tipline.leads import access, deciding, jobs, queries, recusals, walls
from tipline.leads.lifecycle import LIFT_LIFE, RECUSAL_LIFE, LiftState, RecusalState
from tipline.leads.models import Lead, Lift, Recusal
from tipline.office import roster, trail
from tipline.office.charter import Act, Role
from tipline.referrals import operations as referrals

LATER = make.NOON + timedelta(days=1)
WHY = "与被反映人同村多年，来往密切。"


@pytest.fixture(autouse=True)
def _in_june_2018(set_clock):
    set_clock(LATER)


def sees(officer, lead: Lead) -> bool:
    return db.session.scalar(queries.visible_to(officer).where(Lead.id == lead.id)) is not None


def handed_over(inspector=None) -> Lead:
    """A lead that is with the town's discipline body."""
    lead = make.lead("village_head", by=make.officer(Role.OPERATOR))
    (referral,) = make.referrals(lead)
    referrals.approve(referral, by=make.officer(Role.BUREAU_LEADER), at=make.NOON)
    referrals.hand_over(referral, by=make.officer(Role.LEDGER_KEEPER), at=make.NOON)
    db.session.commit()
    return lead


def test_whoever_stands_aside_loses_sight_at_the_next_request_everywhere(app, sign_in):
    keeper, other = make.officer(Role.LEDGER_KEEPER), make.officer(Role.LEDGER_KEEPER)
    lead = make.lead("village_head")
    (referral,) = make.referrals(lead)
    browser, stays = sign_in(keeper), sign_in(other)
    assert "本人回避" in browser.get(f"/leads/{lead.key}").text
    said = {"recuse-ground": "interest", "recuse-reason": WHY}
    assert browser.post(f"/recusals/leads/{lead.key}/recuse", data=said).status_code == 302
    for page in (f"/leads/{lead.key}", f"/referrals/{referral.key}"):
        assert browser.get(page).status_code == 404
        assert stays.get(page).status_code == 200
    for page in ("/leads/", "/referrals/?tab=all", "/desk/"):
        assert lead.number not in browser.get(page).text
    assert lead.number not in browser.post("/leads/search", data={"q": "低保"}).text
    assert lead.number in stays.get("/leads/").text


def test_ones_own_word_cannot_be_taken_back(app, sign_in):
    keeper, lead = make.officer(Role.LEDGER_KEEPER), make.lead("village_head")
    recusal = recusals.recuse(lead, "other", reason=WHY, by=keeper, at=LATER)
    for undo in (recusals.grant, recusals.decline):
        with pytest.raises(NotPermitted):
            undo(recusal, reason=WHY, by=keeper, at=LATER)
    access.redraw(lead)
    roster.rename(keeper, "完全不同", by=make.officer(Role.SECURITY_ADMIN), at=LATER)
    assert not sees(keeper, lead)
    browser = sign_in(keeper)
    assert browser.post(f"/recusals/leads/{lead.key}/recuse", data={}).status_code == 404


def test_a_ground_of_the_list_and_a_reason_are_needed_and_the_words_come_back(app, sign_in):
    keeper, lead = make.officer(Role.LEDGER_KEEPER), make.lead("village_head")
    browser = sign_in(keeper)
    answer = browser.post(f"/recusals/leads/{lead.key}/recuse", data={"recuse-ground": "", "recuse-reason": WHY})
    assert answer.status_code == 422
    assert WHY in answer.text
    with pytest.raises(Incomplete):
        recusals.recuse(lead, "no such ground", reason=WHY, by=keeper, at=LATER)
    assert sees(keeper, lead)


def test_nothing_readable_says_who_stands_aside_and_why(app):
    keeper, lead = make.officer(Role.LEDGER_KEEPER), make.lead("village_head")
    asker = make.officer(Role.BUREAU_LEADER)
    recusals.request(lead, keeper, "interest", reason=WHY, by=asker, at=LATER)
    db.session.commit()
    row = db.session.execute(db.text("SELECT * FROM recusal")).mappings().one()
    kept = " ".join(str(value) for value in row.values())
    assert keeper.key not in kept
    assert "interest" not in kept
    assert WHY not in kept


def test_somebody_asked_about_is_out_while_it_waits_and_hears_nothing(app, sign_in):
    lead = handed_over()
    inspector, mate = make.officer(Role.TOWN_INSPECTOR), make.officer(Role.TOWN_INSPECTOR)
    above = make.officer(Role.DISTRICT_INSPECTOR)
    (referral,) = make.referrals(lead)
    browser, asks = sign_in(inspector), sign_in(mate)
    assert browser.get(f"/referrals/{referral.key}").status_code == 200
    page = asks.get(f"/referrals/{referral.key}").text
    assert inspector.name in page  # a picker that left somebody out would tell
    said = {"request-officer": inspector.key, "request-ground": "interest", "request-reason": WHY}
    said["request-for_reporter"] = "y"
    assert asks.post(f"/recusals/referrals/{referral.key}/request", data=said).status_code == 302
    assert browser.get(f"/referrals/{referral.key}").status_code == 404
    assert browser.post(f"/referrals/{referral.key}/sign-for").status_code == 404
    for page in ("/recusals/", "/desk/", "/referrals/?tab=all"):
        assert lead.number not in browser.get(page).text
        assert mate.name not in browser.get(page).text
    decides = sign_in(above)
    assert lead.number in decides.get("/desk/").text
    shown = decides.get("/recusals/").text
    assert inspector.name in shown
    assert "举报人" in shown


def asked(lead, officer, by=None, ground="interest"):
    return recusals.request(lead, officer, ground, reason=WHY, by=by or make.officer(Role.OPERATOR), at=LATER)


def test_the_body_above_decides_and_a_request_declined_opens_the_lead_again(app, sign_in):
    lead = handed_over()
    inspector, mate = make.officer(Role.TOWN_INSPECTOR), make.officer(Role.TOWN_INSPECTOR)
    above = make.officer(Role.DISTRICT_INSPECTOR)
    recusal = asked(lead, inspector, by=mate)
    assert not access.listed_for(lead) & {inspector.id}
    for nobody in (mate, inspector, make.officer(Role.TOWN_INSPECTOR, make.XIANSHUIGU)):
        assert db.session.scalars(deciding.to_decide(nobody)).all() == []
        with pytest.raises(NotPermitted):
            recusals.grant(recusal, reason=WHY, by=nobody, at=LATER)
    browser = sign_in(above)
    prefix = f"decline-{recusal.key}"
    assert browser.post(f"/recusals/{recusal.key}/decline", data={f"{prefix}-reason": ""}).status_code == 422
    assert browser.post(f"/recusals/{recusal.key}/decline", data={f"{prefix}-reason": WHY}).status_code == 302
    assert recusal.state is RecusalState.DECLINED
    assert inspector.id in access.listed_for(lead) or not lead.walled


def test_the_principal_of_the_office_decides_before_the_body_above(app):
    lead = handed_over()
    inspector, head = make.officer(Role.TOWN_INSPECTOR), make.officer(Role.TOWN_INSPECTOR)
    above = make.officer(Role.DISTRICT_INSPECTOR)
    security = make.officer(Role.SECURITY_ADMIN)
    recusal = asked(lead, inspector)
    assert deciding.may_decide(recusal, above)
    roster.move(head, head.role, head.office, title="书记", heads=True, by=security, at=LATER)
    assert deciding.may_decide(recusal, head)
    assert not deciding.may_decide(recusal, above)
    recusals.grant(recusal, reason=WHY, by=head, at=LATER)
    assert inspector.id not in access.listed_for(lead)
    with pytest.raises(NotNow):
        recusals.decline(recusal, reason=WHY, by=head, at=LATER)


def test_nobody_decides_about_themselves_or_what_they_asked(app):
    lead = handed_over()
    leader, other = make.officer(Role.BUREAU_LEADER), make.officer(Role.BUREAU_LEADER)
    recusal = asked(lead, leader, by=other)
    assert not deciding.may_decide(recusal, leader)
    assert not deciding.may_decide(recusal, other)
    with pytest.raises(Incomplete):
        recusals.request(lead, other, "interest", reason=WHY, by=other, at=LATER)
    with pytest.raises(Incomplete):
        asked(lead, leader, by=other)


def test_who_is_walled_already_is_asked_about_with_the_same_answer(app, sign_in):
    lead = handed_over()
    mate, plain = make.officer(Role.TOWN_INSPECTOR), make.officer(Role.TOWN_INSPECTOR)
    walled = make.officer(Role.TOWN_INSPECTOR, name=make.NAMES[0])
    (referral,) = make.referrals(lead)
    browser = sign_in(mate)
    answers = []
    for whom in (plain, walled):
        said = {"request-officer": whom.key, "request-ground": "interest", "request-reason": WHY}
        answer = browser.post(f"/recusals/referrals/{referral.key}/request", data=said)
        answers.append((answer.status_code, answer.location, timeless(browser.get("/desk/").text)))
    assert answers[0] == answers[1]
    assert answers[0][0] == 302


def lifting():
    """A lead of the dispatched group, a clerk of the town who stands aside, and two inspectors."""
    first, second = make.officer(Role.GROUP_INSPECTOR), make.officer(Role.GROUP_INSPECTOR)
    keeper, clerk = make.officer(Role.LEDGER_KEEPER), make.officer(Role.TOWN_CLERK)
    lead = make.lead("bureau_section_chief", by=clerk)
    return lead, first, second, keeper


def test_two_of_the_discipline_side_lift_a_wall_of_office_until_a_day(app):
    lead, first, second, keeper = lifting()
    assert lead.handling.body is Body.DISPATCHED_DISCIPLINE_GROUP
    assert not sees(keeper, lead)
    lift = recusals.ask_lift(lead, keeper, until=date(2018, 6, 20), reason=WHY, by=first, at=LATER)
    with pytest.raises(NotPermitted):
        recusals.confirm_lift(lift, by=first, at=LATER)
    with pytest.raises(NotPermitted):
        recusals.confirm_lift(lift, by=make.officer(Role.DISTRICT_INSPECTOR), at=LATER)
    assert not sees(keeper, lead)
    recusals.confirm_lift(lift, by=second, at=LATER)
    assert sees(keeper, lead)
    assert jobs.end_lifts(LATER + timedelta(days=14)) == 0
    assert jobs.end_lifts(LATER + timedelta(days=16)) == 1
    assert jobs.end_lifts(LATER + timedelta(days=17)) == 0
    assert not sees(keeper, lead)


def test_the_wall_of_the_person_of_a_namesake_and_of_relatives_is_never_lifted(app):
    lead, first, _, keeper = lifting()
    make.kin(keeper, make.NAMES[0])
    namesake = make.officer(Role.LEDGER_KEEPER, name=make.NAMES[0])
    said = make.officer(Role.LEDGER_KEEPER)
    recusals.recuse(make.lead("village_head"), "accused_or_kin", reason=WHY, by=said, at=LATER)
    for officer in (keeper, namesake):
        with pytest.raises(NotPermitted):
            recusals.ask_lift(lead, officer, until=date(2018, 6, 20), reason=WHY, by=first, at=LATER)


def test_a_relative_by_ones_own_word_is_never_lifted_another_ground_is(app):
    inspector = make.officer(Role.DISTRICT_INSPECTOR)
    keeper, other = make.officer(Role.LEDGER_KEEPER), make.officer(Role.LEDGER_KEEPER)
    lead = make.lead("town_deputy_mayor")
    assert lead.handling_id == inspector.office_id
    recusals.recuse(lead, "accused_or_kin", reason=WHY, by=keeper, at=LATER)
    recusals.recuse(lead, "witness", reason=WHY, by=other, at=LATER)
    with pytest.raises(NotPermitted):
        recusals.ask_lift(lead, keeper, until=date(2018, 6, 20), reason=WHY, by=inspector, at=LATER)
    assert recusals.ask_lift(lead, other, until=date(2018, 6, 20), reason=WHY, by=inspector, at=LATER)


def test_only_the_handling_body_lifts(app, sign_in):
    lead, _, _, keeper = lifting()
    for officer in (keeper, make.officer(Role.DISTRICT_INSPECTOR), make.officer(Role.TOWN_INSPECTOR)):
        assert not deciding.may_lift(lead, officer)
        with pytest.raises(NotPermitted):
            recusals.ask_lift(lead, keeper, until=date(2018, 6, 20), reason=WHY, by=officer, at=LATER)
    assert sign_in(keeper).post(f"/recusals/leads/{lead.key}/ask-lift", data={}).status_code == 404


def test_a_stranger_finds_neither_the_lead_nor_the_request(app, sign_in):
    lead = handed_over()
    inspector, stranger = make.officer(Role.TOWN_INSPECTOR), make.officer(Role.TOWN_INSPECTOR, make.XIANSHUIGU)
    recusal = asked(lead, inspector)
    db.session.commit()
    browser = sign_in(stranger)
    assert lead.number not in browser.get("/recusals/").text
    for door in ("grant", "decline"):
        assert browser.post(f"/recusals/{recusal.key}/{door}", data={}).status_code == 404
    (referral,) = make.referrals(lead)
    for paper in (f"leads/{lead.key}", f"referrals/{referral.key}"):
        for door in ("recuse", "request", "ask-lift"):
            assert browser.post(f"/recusals/{paper}/{door}", data={}).status_code == 404


def test_a_stub_closes_to_whoever_stands_aside_and_to_nobody_else(app):
    keeper, other = make.officer(Role.LEDGER_KEEPER), make.officer(Role.LEDGER_KEEPER)
    lead = make.lead("district_mayor")
    assert sees(keeper, lead)
    recusals.recuse(lead, "other", reason=WHY, by=keeper, at=LATER)
    assert not sees(keeper, lead)
    assert sees(other, lead)


def test_the_number_of_a_lead_walled_after_registration_stays(app):
    keeper, operator = make.officer(Role.LEDGER_KEEPER), make.officer(Role.OPERATOR)
    lead = make.lead("village_head", by=operator)
    recusals.recuse(lead, "other", reason=WHY, by=keeper, at=LATER)
    assert lead.number == "MZ2018-0001"
    assert make.lead("village_head", by=operator).number == "MZ2018-0002"


PAIRS = [
    *[(RECUSAL_LIFE, state, act) for state in RecusalState for act in (Act.GRANT_RECUSAL, Act.DECLINE_RECUSAL)],
    *[(LIFT_LIFE, state, act) for state in LiftState for act in (Act.CONFIRM_LIFT, Act.DECLINE_LIFT, Act.END_LIFT)],
]


@pytest.mark.parametrize(("life", "state", "act"), PAIRS)
def test_a_deed_leads_where_the_table_says_or_changes_nothing(app, life, state, act):
    paper, deed = played(life, state)[act]
    assert paper.state is state
    if (state, act) in life.moves:
        deed()
        assert paper.state is life.moves[state, act]
    else:
        with pytest.raises((NotNow, NotPermitted)):
            deed()
        assert paper.state is state
    db.session.commit()
    assert not list(trail.faults())


def played(life, state):
    """A recusal or a lift brought to the state by real deeds, and every deed on it."""
    if life is RECUSAL_LIFE:
        return played_recusal(state)
    lead, first, second, keeper = lifting()
    lift: Lift = recusals.ask_lift(lead, keeper, until=date(2018, 6, 20), reason=WHY, by=first, at=LATER)
    deeds = {
        Act.CONFIRM_LIFT: (lift, lambda: recusals.confirm_lift(lift, by=second, at=LATER)),
        Act.DECLINE_LIFT: (lift, lambda: recusals.decline_lift(lift, by=second, at=LATER)),
        Act.END_LIFT: (lift, lambda: recusals.end_lift(lift, by=roster.clock_officer(), at=LATER)),
    }
    roads = {
        LiftState.ASKED: (),
        LiftState.LIFTED: (Act.CONFIRM_LIFT,),
        LiftState.DECLINED: (Act.DECLINE_LIFT,),
        LiftState.ENDED: (Act.CONFIRM_LIFT, Act.END_LIFT),
    }
    for act in roads[state]:
        deeds[act][1]()
    return deeds


def played_recusal(state):
    lead, above = handed_over(), make.officer(Role.DISTRICT_INSPECTOR)
    recusal: Recusal = asked(lead, make.officer(Role.TOWN_INSPECTOR))
    deeds = {
        Act.GRANT_RECUSAL: (recusal, lambda: recusals.grant(recusal, reason=WHY, by=above, at=LATER)),
        Act.DECLINE_RECUSAL: (recusal, lambda: recusals.decline(recusal, reason=WHY, by=above, at=LATER)),
    }
    roads = {RecusalState.STANDING: (Act.GRANT_RECUSAL,), RecusalState.DECLINED: (Act.DECLINE_RECUSAL,)}
    for act in roads.get(state, ()):
        deeds[act][1]()
    return deeds


def test_a_wall_that_forgot_the_recusals_would_be_seen(app, monkeypatch):
    monkeypatch.setattr(walls, "_aside", lambda lead, for_good: set())
    with pytest.raises(AssertionError):
        test_ones_own_word_cannot_be_taken_back(app, None)
