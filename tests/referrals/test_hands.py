"""Whose hand may do what: the second person, the handling body, the arbiter, and those behind a wall."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.referrals.cast import DEEDS, S, brought_to, cast, proposed
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.law.bodies import Body
from tipline.leads.models import Access
from tipline.office.charter import Act, Role
from tipline.office.models import Letter
from tipline.referrals import operations, queries
from tipline.referrals.objections import open_acts

LATER = make.NOON + timedelta(days=1)


def test_who_registered_a_lead_does_not_approve_it_while_another_can(app):
    clerk = make.officer(Role.TOWN_CLERK)
    (referral,) = make.referrals(make.lead("village_head", by=clerk))
    operations.approve(referral, by=clerk, at=LATER)  # nobody else is there
    db.session.rollback()

    clerk, keeper = make.officer(Role.TOWN_CLERK), make.officer(Role.LEDGER_KEEPER)
    (referral,) = make.referrals(make.lead("village_head", by=clerk))
    with pytest.raises(NotPermitted, match="另一人"):
        operations.approve(referral, by=clerk, at=LATER)
    assert Act.APPROVE_REFERRAL not in open_acts(referral, clerk)
    operations.approve(referral, by=keeper, at=LATER)


def test_a_redirect_needs_two_people_and_never_goes_down(app):
    players = cast()
    referral = brought_to(S.REDIRECTING, players)
    db.session.commit()
    with pytest.raises(NotPermitted, match="两人"):
        operations.confirm_redirect(referral, by=players.keeper, at=LATER)
    assert Act.CONFIRM_REDIRECT not in open_acts(referral, players.keeper)
    operations.confirm_redirect(referral, by=players.second_keeper, at=LATER)
    assert referral.to.body is Body.DISTRICT_DISCIPLINE_BODY
    for lower in (Body.TOWN_DISCIPLINE_BODY, Body.DISPATCHED_DISCIPLINE_GROUP, Body.CIVIL_AFFAIRS_BUREAU):
        with pytest.raises(Incomplete, match="同级或上级"):
            operations.redirect(referral, make.office(lower), reason="想改。", by=players.keeper, at=LATER)


def test_only_the_body_that_was_given_it_works_on_it(app):
    players = cast()
    referral = brought_to(S.HANDED_OVER, players)
    with pytest.raises(NotPermitted, match="承办机关"):
        operations.sign_for(referral, by=players.stranger, at=LATER)
    assert not open_acts(referral, players.stranger)


def test_a_part_without_its_own_words_does_not_leave(app):
    players = cast()
    referral = brought_to(S.APPROVED, players)
    referral.whole, referral.person.allegation = False, None
    with pytest.raises(Incomplete, match="本人的问题"):
        operations.hand_over(referral, by=players.keeper, at=LATER)
    assert Act.HAND_OVER not in open_acts(referral, players.keeper)


def test_a_body_that_signs_here_gives_no_receipt_on_paper(app):
    players = cast()
    with pytest.raises(Incomplete, match="系统内签收"):
        DEEDS[Act.RECORD_RECEIPT](brought_to(S.HANDED_OVER, players), players, LATER)


def test_nobody_tells_an_anonymous_reporter(app):
    players = cast()
    referral = brought_to(S.CONCLUDED, players, proposed(players, named=False))
    with pytest.raises(NotNow, match="匿名"):
        operations.tell_result(referral, by=players.inspector, at=LATER)


def test_acceptance_is_told_once(app):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players)
    operations.tell_acceptance(referral, by=players.inspector, at=LATER)
    with pytest.raises(NotNow, match="一次"):
        operations.tell_acceptance(referral, by=players.inspector, at=LATER)


def twice_returned(players):
    referral = brought_to(S.RETURNED, players)
    DEEDS[Act.APPROVE_REFERRAL](referral, players, LATER)
    DEEDS[Act.HAND_OVER](referral, players, LATER)
    DEEDS[Act.SEND_BACK](referral, players, LATER)
    return referral


def test_after_two_returns_the_leader_decides_and_a_third_cannot_happen(app):
    players = cast()
    referral = twice_returned(players)
    with pytest.raises(NotPermitted, match="区局领导裁定"):
        operations.approve(referral, by=players.keeper, at=LATER)
    operations.approve(referral, by=players.leader, at=LATER)
    operations.hand_over(referral, by=players.keeper, at=LATER)
    with pytest.raises(NotNow, match="区局领导"):
        DEEDS[Act.SEND_BACK](referral, players, LATER)
    assert Act.SEND_BACK not in open_acts(referral, players.inspector)
    assert referral.returns == 2


def test_the_leader_may_also_settle_it_by_another_body(app):
    players = cast()
    referral = twice_returned(players)
    DEEDS[Act.REDIRECT_REFERRAL](referral, players, LATER)
    with pytest.raises(NotPermitted, match="区局领导裁定"):
        operations.confirm_redirect(referral, by=players.second_keeper, at=LATER)
    operations.confirm_redirect(referral, by=players.leader, at=LATER)
    assert referral.to.body is Body.DISTRICT_DISCIPLINE_BODY


def test_what_nobody_here_may_know_cannot_come_back(app):
    operator, keeper = make.officer(Role.OPERATOR), make.officer(Role.LEDGER_KEEPER)
    inspector = make.officer(Role.DISTRICT_INSPECTOR)
    (referral,) = make.referrals(make.lead("bureau_deputy_head", by=operator))
    assert referral.state is S.HANDED_OVER
    with pytest.raises(NotNow, match="回避"):
        operations.send_back(referral, cause="not_competent", reason="不属本机关。", by=inspector, at=LATER)
    db.session.commit()
    for somebody in (operator, keeper):
        assert not list(db.session.scalars(queries.visible_to(somebody)))


def test_letters_about_a_walled_lead_go_to_its_readers_alone(app):
    operator, reader = make.officer(Role.OPERATOR), make.officer(Role.DISTRICT_INSPECTOR)
    namesake = make.officer(Role.DISTRICT_INSPECTOR, name=make.NAMES[0])
    (referral,) = make.referrals(make.lead("bureau_deputy_head", by=operator))
    db.session.commit()
    assert set(db.session.scalars(select(Letter.address))) == {reader.email}
    assert namesake.id not in set(db.session.scalars(select(Access.officer_id).filter_by(lead_id=referral.lead_id)))
    assert not list(db.session.scalars(queries.visible_to(namesake)))


def test_a_body_that_gets_a_part_of_a_sealed_lead_can_read_its_part(app):
    operator = make.officer(Role.OPERATOR)
    make.officer(Role.DISTRICT_INSPECTOR)
    town = make.officer(Role.TOWN_INSPECTOR)
    lead = make.lead("bureau_deputy_head", "village_head", by=operator)
    referral = make.referrals(lead)[1]
    db.session.commit()
    if referral.to_id == town.office_id and referral.state is S.HANDED_OVER:
        assert list(db.session.scalars(queries.visible_to(town))) == [referral]
    else:
        assert referral.to_id != town.office_id or not lead.sealed
