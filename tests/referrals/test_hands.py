"""Whose hand may do what: the second person, the handling body, the arbiter, and those behind a wall."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.referrals.cast import DEEDS, S, brought_to, cast, proposed
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotFound, NotNow, NotPermitted
from tipline.law.bodies import Body
from tipline.leads.models import Access
from tipline.office import trail
from tipline.office.charter import Act, Role
from tipline.office.models import Letter
from tipline.referrals import operations, queries, returns, taking_up
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


def returned(referral, players):
    for act in (Act.SEND_BACK, Act.ENDORSE_RETURN, Act.AGREE_RETURN):
        DEEDS[act](referral, players, LATER)


def twice_returned(players):
    referral = brought_to(S.RETURNED, players)
    DEEDS[Act.APPROVE_REFERRAL](referral, players, LATER)
    DEEDS[Act.HAND_OVER](referral, players, LATER)
    returned(referral, players)
    return referral


def test_after_two_returns_the_leader_decides_and_a_third_cannot_happen(app):
    players = cast()
    referral = twice_returned(players)
    for somebody in (players.keeper, players.leader):
        with pytest.raises(NotNow, match="裁定"):
            operations.approve(referral, by=somebody, at=LATER)
    with pytest.raises(NotNow, match="裁定"):
        DEEDS[Act.REDIRECT_REFERRAL](referral, players, LATER)
    returns.arbitrate(referral, referral.to, reason="由该机关办理。", by=players.leader, at=LATER)
    operations.hand_over(referral, by=players.keeper, at=LATER)
    with pytest.raises(NotNow, match="不能再退"):
        DEEDS[Act.SEND_BACK](referral, players, LATER)
    with pytest.raises(NotNow, match="已经裁定"):
        DEEDS[Act.RECALL](referral, players, LATER)
    assert not {Act.SEND_BACK, Act.RECALL} & set(open_acts(referral, players.inspector))
    assert referral.returns == 2


def test_the_leader_may_also_settle_it_by_another_body_but_never_by_one_below(app):
    players = cast()
    referral = twice_returned(players)
    with pytest.raises(Incomplete, match="同级或上级"):
        returns.arbitrate(
            referral, make.office(Body.CIVIL_AFFAIRS_BUREAU), reason="我们自己办。", by=players.leader, at=LATER
        )
    district = make.office(Body.DISTRICT_DISCIPLINE_BODY)
    returns.arbitrate(referral, district, reason="由区级办理。", by=players.leader, at=LATER)
    assert (referral.state, referral.to) == (S.APPROVED, district)
    higher = make.office(Body.MUNICIPAL_DISCIPLINE_BODY)
    with pytest.raises(NotNow, match="裁定"):
        operations.redirect(referral, higher, reason="再往上送。", by=players.keeper, at=LATER)


def test_where_no_leader_may_know_the_common_superior_decides(app):
    keeper, inspector = make.officer(Role.LEDGER_KEEPER), make.officer(Role.TOWN_INSPECTOR)
    district = make.officer(Role.DISTRICT_INSPECTOR)
    make.officer(Role.BUREAU_LEADER, name=make.NAMES[0])  # called like the person: walled
    (referral,) = make.referrals(make.lead("village_head", by=make.officer(Role.OPERATOR)))
    for _ in range(2):
        operations.approve(referral, by=keeper, at=LATER)
        operations.hand_over(referral, by=keeper, at=LATER)
        returns.send_back(referral, cause="not_competent", reason="不属本机关。", by=inspector, at=LATER)
        returns.endorse(referral, by=inspector, at=LATER)  # nobody else is there
        returns.agree(referral, reason="核实过了。", by=keeper, at=LATER)
    assert referral.arbiter == district.office
    assert list(db.session.scalars(queries.visible_to(district))) == [referral]
    assert list(db.session.scalars(queries.visible_to(district).where(queries.waits_for(district)))) == [referral]
    with pytest.raises(NotPermitted, match="无权"):
        returns.arbitrate(referral, referral.to, reason="由我定。", by=keeper, at=LATER)
    returns.arbitrate(referral, district.office, reason="区级办理。", by=district, at=LATER)
    assert not list(db.session.scalars(queries.visible_to(district)))  # until it is handed over


def test_a_return_needs_a_second_person_where_there_is_one(app):
    players = cast(two=True)
    referral = brought_to(S.SIGNED_FOR, players)
    DEEDS[Act.SEND_BACK](referral, players, LATER)
    with pytest.raises(NotPermitted, match="两人"):
        returns.endorse(referral, by=players.inspector, at=LATER)
    assert Act.ENDORSE_RETURN not in open_acts(referral, players.inspector)
    assert Act.ENDORSE_RETURN in open_acts(referral, players.principal)
    with pytest.raises(NotNow, match="没有等待答复"):
        DEEDS[Act.AGREE_RETURN](referral, players, LATER)  # the sender is not asked yet
    returns.endorse(referral, by=players.principal, at=LATER)


def test_a_return_rests_on_a_duty_of_the_notice(app):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players)
    with pytest.raises(NotFound):
        returns.send_back(referral, cause="too_busy", reason="太忙了。", by=players.inspector, at=LATER)
    assert referral.pending is None


def test_a_sender_who_does_not_agree_leaves_it_with_the_body(app):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players)
    for act in (Act.SEND_BACK, Act.ENDORSE_RETURN):
        DEEDS[act](referral, players, LATER)
    with pytest.raises(NotNow, match="答复之后"):
        DEEDS[Act.SET_DISPOSITION](referral, players, LATER)
    DEEDS[Act.DECLINE_RETURN](referral, players, LATER)
    db.session.commit()
    assert (referral.state, referral.pending, referral.returns) == (S.SIGNED_FOR, None, 0)
    assert referral.askings[-1].answer == "第二页在附件里。"
    DEEDS[Act.SET_DISPOSITION](referral, players, LATER)
    assert not list(trail.faults())


def test_what_is_signed_for_is_recalled_only_with_consent(app):
    players = cast()
    referral = brought_to(S.IN_DISPOSITION, players)
    with pytest.raises(NotNow):
        DEEDS[Act.RECALL](referral, players, LATER)
    DEEDS[Act.ASK_RECALL](referral, players, LATER)
    DEEDS[Act.REFUSE_RECALL](referral, players, LATER)
    assert referral.state is S.IN_DISPOSITION
    DEEDS[Act.ASK_RECALL](referral, players, LATER)
    DEEDS[Act.CONSENT_RECALL](referral, players, LATER)
    db.session.commit()
    assert (referral.state, referral.disposition, referral.signed_for_at) == (S.RECALLED, None, None)
    assert not referral.lead.handed_over
    assert not list(db.session.scalars(queries.visible_to(players.inspector)))
    assert [asking.agreed for asking in referral.askings] == [False, True]
    assert not list(trail.faults())


def test_a_superior_takes_up_what_a_body_below_has_and_sees_nothing_else(app):
    players = cast()
    referral, other = brought_to(S.IN_DISPOSITION, players), brought_to(S.IN_DISPOSITION, players)
    assert not list(db.session.scalars(queries.visible_to(players.district)))
    assert queries.below(players.district, referral.number) == referral
    with pytest.raises(NotPermitted):
        taking_up.take_up(referral, reason="我也想办。", by=players.stranger, at=LATER)
    DEEDS[Act.TAKE_UP](referral, players, LATER)
    db.session.commit()
    assert list(db.session.scalars(queries.visible_to(players.district))) == [referral]
    assert list(db.session.scalars(queries.visible_to(players.inspector))) == [other]
    assert (referral.state, referral.signed_for_by) == (S.SIGNED_FOR, players.district)
    with pytest.raises(NotPermitted, match="上级"):
        DEEDS[Act.TAKE_UP](referral, players, LATER)
    assert queries.below(players.district, referral.number) is None


def test_a_superior_designates_a_body_below_and_never_one_in_conflict(app):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players)
    for wrong in (make.office(Body.CIVIL_AFFAIRS_BUREAU), players.district.office, referral.to):
        with pytest.raises(Incomplete, match="下级"):
            taking_up.designate(referral, wrong, reason="另由他处办。", by=players.district, at=LATER)
    DEEDS[Act.DESIGNATE](referral, players, LATER)
    db.session.commit()
    assert (referral.state, referral.to) == (S.HANDED_OVER, players.stranger.office)
    assert list(db.session.scalars(queries.visible_to(players.stranger))) == [referral]
    assert not list(db.session.scalars(queries.visible_to(players.inspector)))


def test_a_superior_behind_the_wall_finds_no_number(app):
    players = cast()
    namesake = make.officer(Role.DISTRICT_INSPECTOR, name=make.NAMES[0])
    referral = brought_to(S.SIGNED_FOR, players)
    assert queries.below(namesake, referral.number) is None
    assert queries.below(players.district, referral.number) == referral


def test_what_nobody_here_may_know_cannot_come_back(app):
    operator, keeper = make.officer(Role.OPERATOR), make.officer(Role.LEDGER_KEEPER)
    inspector = make.officer(Role.DISTRICT_INSPECTOR)
    (referral,) = make.referrals(make.lead("bureau_deputy_head", by=operator))
    assert referral.state is S.HANDED_OVER
    with pytest.raises(NotNow, match="回避"):
        returns.send_back(referral, cause="not_competent", reason="不属本机关。", by=inspector, at=LATER)
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
