"""Help and copies: each body reads what was meant for it and nothing else, and walls hold for helpers too."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.handling.cast import SLIP_DEEDS, engaged
from tests.referrals.cast import DEEDS, S, brought_to, cast, proposed
from tipline.handling import jobs, queries, slips
from tipline.handling.lifecycle import SlipKind, SlipState
from tipline.handling.models import Slip
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.law.bodies import Body
from tipline.leads import queries as ledger
from tipline.office import trail
from tipline.office.charter import Act, Role
from tipline.office.models import Letter
from tipline.referrals import queries as referrals
from tipline.referrals.reckoning import decision_of

LATER = make.NOON + timedelta(days=1)


def seen_by(officer):
    return list(db.session.scalars(queries.slips_visible_to(officer)))


def test_a_helper_knows_of_its_slip_and_of_nothing_else(app):
    players = cast()
    slip = engaged(players)
    db.session.commit()
    assert seen_by(players.stranger) == [slip]
    assert not list(db.session.scalars(referrals.visible_to(players.stranger)))
    assert not list(db.session.scalars(ledger.visible_to(players.stranger)))
    assert seen_by(make.officer(Role.TOWN_INSPECTOR, make.XINZHUANG)) == []
    assert seen_by(make.officer(Role.TOWN_CLERK, make.XIANSHUIGU)) == []


def test_nobody_called_like_the_person_learns_of_a_slip(app):
    players = cast()
    namesake = make.officer(Role.TOWN_INSPECTOR, make.XIANSHUIGU, name=make.NAMES[0])
    engaged(players)
    db.session.commit()
    assert seen_by(namesake) == []
    assert not list(db.session.scalars(queries.slips_waiting(namesake)))
    assert db.session.scalar(db.select(queries.due_by(namesake, date(2018, 6, 30)))) == 0
    addresses = set(db.session.scalars(select(Letter.address).where(Letter.about.startswith("slip/"))))
    assert addresses == {players.stranger.email}


def test_a_body_without_a_free_hand_or_in_conflict_or_at_work_is_not_asked(app):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players)
    alone = make.officer(Role.TOWN_INSPECTOR, make.XINZHUANG, name=make.NAMES[0])
    for wrong in (alone.office, referral.to, make.office(Body.MUNICIPAL_DISCIPLINE_BODY)):
        with pytest.raises(Incomplete, match="不能协办"):
            engaged(players, referral, to=wrong)
    with pytest.raises(NotPermitted, match="移送单位或承办机关"):
        engaged(players, referral, by=players.stranger)
    engaged(players, referral)
    with pytest.raises(Incomplete, match="不能协办"):
        engaged(players, referral)  # once at a time
    engaged(players, referral, to=make.office(Body.CIVIL_AFFAIRS_BUREAU), by=players.keeper)


@pytest.mark.parametrize("day", [date(2018, 6, 4), date(2018, 6, 16)])
def test_a_helpers_day_is_a_working_day_to_come(app, day):
    with pytest.raises(Incomplete, match="工作日"):
        engaged(cast(), due_on=day)


def test_only_the_helper_signs_and_answers_and_only_the_sender_withdraws(app):
    players = cast()
    slip = engaged(players)
    with pytest.raises(NotPermitted, match="收到的单位"):
        slips.sign(slip, by=players.inspector, at=LATER)
    slips.sign(slip, by=players.stranger, at=LATER)
    with pytest.raises(NotPermitted, match="发出单位"):
        slips.withdraw(slip, by=players.stranger, at=LATER)
    slips.answer(slip, "流水已调取。", by=players.stranger, at=LATER)
    db.session.commit()
    assert (slip.state, slip.answer) == (SlipState.ANSWERED, "流水已调取。")
    assert not list(trail.faults())


def test_the_copies_of_the_rule_leave_with_the_referral_and_come_back_with_it(app):
    players = cast()
    referral = brought_to(S.APPROVED, players, proposed(players, "village_party_secretary"))
    assert seen_by(players.district) == []
    DEEDS[Act.HAND_OVER](referral, players, make.NOON)
    db.session.flush()
    (copy,) = seen_by(players.district)
    assert (copy.slip_kind, copy.state) == (SlipKind.COPY, SlipState.SENT)
    slips.sign(copy, by=players.district, at=LATER)
    with pytest.raises(NotNow, match="不需答复"):
        slips.answer(copy, "收到了。", by=players.district, at=LATER)
    DEEDS[Act.RECALL](referral, players, LATER)
    assert copy.state is SlipState.WITHDRAWN
    DEEDS[Act.APPROVE_REFERRAL](referral, players, LATER)
    DEEDS[Act.HAND_OVER](referral, players, LATER)
    db.session.commit()
    assert [slip.state for slip in seen_by(players.district)] == [SlipState.SENT, SlipState.WITHDRAWN]
    assert not list(trail.faults())


def test_a_copy_goes_to_nobody_who_must_stand_aside(app):
    operator, group = make.officer(Role.OPERATOR), make.officer(Role.GROUP_INSPECTOR)
    make.officer(Role.DISTRICT_INSPECTOR)
    (referral,) = make.referrals(make.lead("bureau_deputy_head", by=operator))
    db.session.commit()
    assert referral.state is S.HANDED_OVER
    assert decision_of(referral).copy_to == (Body.DISPATCHED_DISCIPLINE_GROUP,)
    for walled in (group, operator, make.officer(Role.LEDGER_KEEPER), make.officer(Role.BUREAU_LEADER)):
        assert seen_by(walled) == []
    assert not list(db.session.scalars(select(Slip)))


def test_word_of_receipt_says_that_something_came_and_not_what(app, sign_in):
    players = cast()
    referral = brought_to(S.HANDED_OVER, players)
    slip = slips._slip(SlipKind.STUB, referral, players.stranger.office, players.keeper.office, make.NOON)
    slips.enact(Act.SEND_COPY, slip, by=players.keeper, at=make.NOON)
    slips._send(slip, make.NOON)
    db.session.commit()
    text = sign_in(players.stranger).get(f"/handling/slips/{slip.key}").text
    assert slip.number in text
    for hidden in (make.NAMES[0], "（1）", "吃低保", "双港镇纪委"):
        assert hidden not in text


def test_what_travels_through_another_body_is_signed_for_there(app):
    players = cast()
    call = make.call("village_head")
    referral = make.referrals(make.lead("village_head", by=players.operator, people=(outsider(call),)))[0]
    assert referral.to.body is Body.DISTRICT_DISCIPLINE_BODY
    DEEDS[Act.APPROVE_REFERRAL](referral, players, make.NOON)
    DEEDS[Act.HAND_OVER](referral, players, make.NOON)
    db.session.flush()
    (via,) = seen_by(players.inspector)
    assert via.slip_kind is SlipKind.VIA


def outsider(call):
    from dataclasses import replace

    from tipline.law.bodies import Membership

    return replace(call.people[0], party_member=Membership.NO)


def test_a_withdrawn_task_is_no_longer_read(app, sign_in):
    players = cast()
    slip = engaged(players)
    db.session.commit()
    address = f"/handling/slips/{slip.key}"
    helper = sign_in(players.stranger)
    assert "银行流水" in helper.get(address).text
    slips.withdraw(db.session.get(Slip, slip.id), by=players.inspector, at=LATER)
    db.session.commit()
    assert "银行流水" not in helper.get(address).text


def test_a_helper_is_reminded_once_for_each_step_and_told_nothing(app):
    players = cast()
    SLIP_DEEDS[Act.SIGN_SLIP](engaged(players), players, make.NOON)
    db.session.commit()
    days = [datetime(2018, 6, 18, 1, tzinfo=UTC) + timedelta(days=n) for n in range(12)]
    written = [jobs.remind(at) for at in days for _ in range(2)]
    letters = list(db.session.scalars(select(Letter).where(Letter.about.contains("/due/")).order_by(Letter.id)))
    assert [letter.about.rpartition("/")[2] for letter in letters] == ["soon", "today", "late", "still-late"]
    assert sum(written) == 4
    for letter in letters:
        assert not any(word in letter.subject + letter.body for word in (*make.NAMES, "流水"))
