"""What triage does to a lead and its referrals: asked once, refused by two, passed on with a receipt, kept for good."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.triage.cast import DEEDS, REPORTER, WORDS, brought_to, cast, registered
from tipline.handling import operations as handling
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotFound, NotNow, NotPermitted
from tipline.leads import operations as ledger
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import LeadVersion
from tipline.office import editions, trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry
from tipline.referrals import operations as referrals
from tipline.referrals import queries as referral_queries
from tipline.referrals import raising
from tipline.referrals.lifecycle import ReferralState
from tipline.referrals.objections import open_acts as buttons
from tipline.supervision import operations as supervision
from tipline.supervision.models import SupervisedCase
from tipline.triage import gates, operations, queries, rules
from tipline.triage.waiting import waiting_for

S, R = LeadState, ReferralState
LATER = make.NOON + timedelta(days=1)
TODAY = date(2018, 6, 5)


def test_the_reporter_is_asked_back_once_and_within_two_working_days(app):
    players = cast()
    lead = registered(players)
    call_back = operations.ask_back(lead, "哪一年？", by=players.keeper, at=make.NOON)
    assert call_back.due_on == date(2018, 6, 6)
    db.session.flush()
    (waits,) = waiting_for(players.keeper, TODAY)
    assert (waits.act, waits.due_on, waits.number) == (Act.NOTE_ANSWER, call_back.due_on, lead.number)
    assert not waiting_for(players.clerk, TODAY)
    operations.note_answer(lead, "去年。", by=players.keeper, at=LATER)
    assert (call_back.question, call_back.answer, call_back.answered_by) == ("哪一年？", "去年。", players.keeper)
    with pytest.raises(NotNow, match="一次"):
        operations.ask_back(lead, "再问一次。", by=players.keeper, at=LATER)


def test_nobody_is_asked_back_who_left_no_way_to_reach_them(app):
    players = cast()
    lead = registered(players, named=False, reporter=None)
    with pytest.raises(NotNow, match="联系方式"):
        operations.ask_back(lead, "哪一年？", by=players.keeper, at=make.NOON)


@pytest.mark.parametrize("state", [S.AWAITING_INFO, S.REFUSAL_PROPOSED])
def test_nothing_is_approved_or_handed_over_while_the_lead_is_on_hold(app, state):
    players = cast()
    lead = registered(players)
    (referral,) = make.referrals(lead)
    referrals.approve(referral, by=players.leader, at=make.NOON)
    brought_to(state, players, lead)
    for officer in (players.keeper, players.leader):
        assert not buttons(referral, officer)
        assert not db.session.scalar(
            referral_queries.visible_to(officer).where(referral_queries.waits_for(officer)).limit(1)
        )
    with pytest.raises(NotNow):
        referrals.hand_over(referral, by=players.keeper, at=LATER)
    assert referral.state is R.APPROVED
    back = {S.AWAITING_INFO: Act.NOTE_ANSWER, S.REFUSAL_PROPOSED: Act.KEEP_LEAD}[state]
    DEEDS[back](lead, players, LATER)
    referrals.hand_over(referral, by=players.keeper, at=LATER)
    assert referral.state is R.HANDED_OVER


def test_a_named_report_is_refused_by_the_leader_alone(app):
    players = cast()
    lead = brought_to(S.REFUSAL_PROPOSED, players)
    with pytest.raises(NotPermitted, match="区局领导"):
        operations.refuse(lead, by=players.second_keeper, at=LATER)
    assert [thing.act for thing in waiting_for(players.leader, TODAY)] == [Act.REFUSE_LEAD]
    assert not waiting_for(players.second_keeper, TODAY)
    operations.refuse(lead, by=players.leader, at=LATER)
    assert lead.state is S.NOT_ACCEPTED


def test_an_anonymous_report_is_refused_by_somebody_else_than_proposed_it(app):
    players = cast()
    lead = brought_to(S.REFUSAL_PROPOSED, players, registered(players, named=False, reporter=None))
    with pytest.raises(NotPermitted, match="两人"):
        operations.refuse(lead, by=players.keeper, at=LATER)
    operations.refuse(lead, by=players.second_keeper, at=LATER)
    assert queries.refusal_of(lead).notice_due_on is None


def test_a_town_proposes_and_the_bureau_decides(app):
    players = cast()
    lead = registered(players, by=players.clerk)
    operations.propose_refusal(lead, "other_authority", WORDS, by=players.clerk, at=make.NOON)
    with pytest.raises(NotPermitted):
        operations.refuse(lead, by=players.clerk, at=LATER)
    operations.refuse(lead, by=players.leader, at=LATER)
    operations.tell_refusal(lead, "书面告知", by=players.clerk, at=LATER)
    assert not list(db.session.scalars(queries.notices_owed()))


def test_refusing_withdraws_what_has_not_left_and_owes_the_named_reporter_a_notice(app):
    players = cast()
    lead = registered(players)
    (referral,) = make.referrals(lead)
    referrals.approve(referral, by=players.leader, at=make.NOON)
    brought_to(S.NOT_ACCEPTED, players, lead)
    assert (referral.state, referral.withdrawn_from) == (R.WITHDRAWN, R.APPROVED)
    db.session.flush()
    (owed,) = db.session.scalars(queries.notices_owed())
    assert owed.lead is lead
    assert owed.notice_due_on == date(2018, 6, 26)  # fifteen working days, with the dragon boat festival between
    assert [thing.act for thing in waiting_for(players.keeper, TODAY)] == [Act.TELL_REFUSAL]
    assert not waiting_for(players.stranger, TODAY)
    operations.tell_refusal(lead, "电话告知", by=players.keeper, at=LATER)
    assert not list(db.session.scalars(queries.notices_owed()))
    with pytest.raises(NotNow, match="一次"):
        operations.tell_refusal(lead, "又告知", by=players.keeper, at=LATER)
    assert not list(trail.faults())


def test_what_a_body_already_has_is_not_refused_over_its_head(app):
    players = cast()
    lead = registered(players)
    (referral,) = make.referrals(lead)
    referrals.approve(referral, by=players.leader, at=make.NOON)
    referrals.hand_over(referral, by=players.keeper, at=make.NOON)
    for deed in (Act.PROPOSE_REFUSAL, Act.PASS_ON, Act.ASK_BACK):
        with pytest.raises(NotNow):
            DEEDS[deed](lead, players, LATER)
    assert lead.state is S.REGISTERED


def test_a_refusal_names_a_reason_of_the_notice(app):
    players = cast()
    with pytest.raises(NotFound):
        operations.propose_refusal(registered(players), "too_much_work", WORDS, by=players.keeper, at=make.NOON)


def test_a_lead_of_another_district_is_passed_on_and_filed_with_its_receipt(app):
    players = cast()
    lead = brought_to(S.PASSED_ON, players)
    (referral,) = make.referrals(lead)
    assert referral.state is R.WITHDRAWN
    db.session.flush()
    assert [thing.act for thing in waiting_for(players.keeper, TODAY)] == [Act.RECORD_PASS_RECEIPT]
    with pytest.raises(NotNow, match="回执"):
        operations.archive(lead, "7", by=players.keeper, at=LATER)
    operations.record_receipt(lead, "静收5号", by=players.keeper, at=LATER)
    filing = operations.archive(lead, "2018-7", by=players.keeper, at=LATER)
    assert (filing.retention, filing.file_no) == ("years_10", "2018-7")


def test_new_evidence_takes_it_up_again_and_asks_for_approval_anew(app):
    players = cast()
    lead = registered(players)
    (referral,) = make.referrals(lead)
    referrals.approve(referral, by=players.leader, at=make.NOON)
    brought_to(S.REOPENED, players, lead)
    assert (lead.state, referral.state, referral.approved_at) == (S.REOPENED, R.PROPOSED, None)
    assert not list(db.session.scalars(queries.notices_owed()))
    referrals.approve(referral, by=players.leader, at=LATER)
    referrals.hand_over(referral, by=players.keeper, at=LATER)
    assert lead.handed_over
    db.session.commit()
    assert not list(trail.faults())


def finished(players, **said):
    """A lead whose one referral has been concluded and fed back."""
    inspector = make.officer(Role.TOWN_INSPECTOR)
    lead = registered(players, **said)
    (referral,) = make.referrals(lead)
    referrals.approve(referral, by=players.leader, at=make.NOON)
    referrals.hand_over(referral, by=players.keeper, at=make.NOON)
    referrals.sign_for(referral, by=inspector, at=make.NOON)
    handling.shelve(referral, date(2018, 9, 3), reason="证人在外。", by=inspector, at=make.NOON)
    with pytest.raises(NotNow, match="未办结"):
        operations.archive(lead, "7", by=players.keeper, at=make.NOON)
    make.concluded(referral, result="属实。", by=inspector, at=LATER)
    if lead.named:
        with pytest.raises(NotNow, match="未办结"):
            operations.archive(lead, "7", by=players.keeper, at=LATER)
        referrals.tell_result(referral, by=inspector, at=LATER)
    return lead


def decline_supervision(lead, players):
    """Whatever the lead's triggers proposed is not watched over."""
    for case in db.session.scalars(select(SupervisedCase).filter_by(lead_id=lead.id)):
        supervision.decline(case, reason="不够督办的条件。", by=players.leader, at=LATER)


@pytest.mark.parametrize(
    ("said", "kept"),
    [({}, "years_30"), ({"leader_instruction": True}, "permanent"), ({"named": False, "reporter": None}, "years_30")],
)
def test_a_lead_is_filed_once_all_is_done_for_as_long_as_the_notice_says(app, said, kept):
    players = cast()
    lead = finished(players, **said)
    decline_supervision(lead, players)
    assert operations.archive(lead, "2018-7", by=players.keeper, at=LATER).retention == kept
    assert (lead.state, lead.handed_over) == (S.ARCHIVED, True)
    operations.reopen(lead, reason="又有新的证据。", by=players.keeper, at=LATER)
    operations.archive(lead, "2018-8", by=players.keeper, at=LATER)
    assert queries.filing_of(lead).file_no == "2018-8"


def test_a_room_above_may_hold_a_lead_back_from_its_file(app, monkeypatch):
    players = cast()
    lead = finished(players)
    monkeypatch.setattr(gates, "before_archiving", [lambda lead: NotNow("督办尚未解除。")])
    with pytest.raises(NotNow, match="督办"):
        operations.archive(lead, "7", by=players.keeper, at=LATER)


def test_a_lead_under_supervision_is_not_filed(app):
    players = cast()
    lead = finished(players, media=True)
    with pytest.raises(NotNow, match="专案督办"):
        operations.archive(lead, "7", by=players.keeper, at=LATER)
    decline_supervision(lead, players)
    operations.archive(lead, "7", by=players.keeper, at=LATER)


def test_the_years_follow_from_result_and_instruction(app):
    notice = editions.notice()
    kept = {
        (instruction, result): rules.retention_of(notice, leader_instruction=instruction, result=result).key
        for instruction in (True, False)
        for result in (True, False)
    }
    assert kept == {
        (True, True): "permanent",
        (False, True): "years_30",
        (True, False): "years_10",
        (False, False): "years_10",
    }


def test_the_slowest_part_speaks_for_the_lead():
    assert rules.least_advanced([R.CONCLUDED, R.HANDED_OVER, R.WITHDRAWN]) is R.HANDED_OVER
    assert rules.least_advanced([]) is None
    assert set(rules.PROGRESS) == set(R)


def test_what_was_said_stays_as_it_was(app):
    players = cast()
    lead = registered(players)
    said = lead.narrative, lead.people[0].allegation, lead.number, lead.received_at
    for state in (S.AWAITING_INFO, S.NOT_ACCEPTED):
        with db.session.begin_nested() as trial:
            brought_to(state, players, lead)
            assert (lead.narrative, lead.people[0].allegation, lead.number, lead.received_at) == said
            assert not list(db.session.scalars(select(LeadVersion)))
            trial.rollback()


def test_what_was_written_is_sealed_and_the_trail_says_codes_only(app):
    players = cast()
    brought_to(S.NOT_ACCEPTED, players)
    other = brought_to(S.AWAITING_INFO, players)
    DEEDS[Act.NOTE_ANSWER](other, players, LATER)
    brought_to(S.ARCHIVED, players)
    db.session.commit()
    told = "".join(str(dict(entry.facts)) for entry in db.session.scalars(select(Entry)))
    canaries = (WORDS, "哪一年", "去年秋天", "静海", "静收", "2018-低保", REPORTER.name, REPORTER.phone)
    assert not [canary for canary in canaries if canary in told]


def test_empty_words_are_refused(app):
    players = cast()
    for act, state, words in (
        (operations.ask_back, S.REGISTERED, ("  ",)),
        (operations.note_answer, S.AWAITING_INFO, ("",)),
        (operations.propose_refusal, S.REGISTERED, ("no_substance", "")),
        (operations.pass_on, S.REGISTERED, ("　",)),
        (operations.archive, S.PASSED_ON, ("",)),
    ):
        lead = brought_to(state, players)
        with pytest.raises(Incomplete):
            act(lead, *words, by=players.keeper, at=LATER)
        assert lead.state is state


def test_a_voided_lead_stays_out_of_triage(app):
    players = cast()
    lead = registered(players)
    ledger.void(lead, reason="误登，另有一件。", by=players.keeper, at=make.NOON)
    with pytest.raises(NotNow):
        operations.ask_back(lead, "哪一年？", by=players.keeper, at=LATER)


def test_the_clock_sends_nothing_on_while_the_lead_is_on_hold(app):
    """Whoever could approve is walled after all: what waits for an answer still waits."""
    players = cast()
    lead = registered(players, by=players.clerk)
    operations.ask_back(lead, "哪一年？", by=players.clerk, at=make.NOON)
    for officer in (players.keeper, players.second_keeper, players.leader, players.clerk):
        officer.active = False
    lead.walled = True
    db.session.flush()
    assert not raising.without_sender()
    lead.state = S.REGISTERED
    db.session.flush()
    assert raising.without_sender() == make.referrals(lead)


def test_a_call_that_was_two_things_is_both_a_report_and_a_petition(app):
    players = cast()
    lead = registered(players, named=True)
    (referral,) = make.referrals(lead)
    said = lead.narrative
    review = operations.separate(lead, "我家的低保被停了，不服。", by=players.keeper, at=LATER)
    assert (lead.state, lead.narrative, referral.state) == (S.REGISTERED, said, R.PROPOSED)
    assert (review.lead, review.matter) == (lead, "我家的低保被停了，不服。")
    with pytest.raises(NotNow, match="资格复核"):
        operations.separate(lead, "再分一次。", by=players.keeper, at=LATER)
    referrals.approve(referral, by=players.leader, at=LATER)
    referrals.hand_over(referral, by=players.keeper, at=LATER)
    with pytest.raises(NotNow):
        operations.separate(lead, "移送后再分。", by=players.keeper, at=LATER)


def test_a_plain_grievance_becomes_a_petition_as_a_whole(app):
    players = cast()
    lead = registered(players)
    (referral,) = make.referrals(lead)
    said = lead.narrative
    review = operations.convert(lead, "", by=players.keeper, at=LATER)
    assert (lead.state, lead.narrative, review.matter, referral.state) == (S.CONVERTED, said, said, R.WITHDRAWN)
    db.session.flush()
    with pytest.raises(NotNow, match="尚未结案"):
        operations.archive(lead, "7", by=players.keeper, at=LATER)
    operations.reopen(lead, reason="其中确有反映干部的问题。", by=players.keeper, at=LATER)
    assert referral.state is R.PROPOSED
    db.session.commit()
    assert not list(trail.faults())


def test_what_the_dibao_side_has_taken_is_not_refused_over_its_head(app):
    players = cast()
    lead = registered(players)
    operations.separate(lead, "我家的低保被停了，不服。", by=players.keeper, at=LATER)
    db.session.flush()
    for act in (Act.PROPOSE_REFUSAL, Act.PASS_ON, Act.CONVERT_LEAD):
        with pytest.raises(NotNow, match="资格复核"):
            DEEDS[act](lead, players, LATER)
