"""A closure found false stands on the desk of the leader until reopened or left with a reason; nothing is automatic."""

import pytest
from sqlalchemy import select

from tests.referrals import cast as handling
from tests.sampling.story import Players, players_of
from tests.sampling.test_every_move import DEEDS, S, brought_to
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotPermitted
from tipline.office import trail
from tipline.office.charter import Act
from tipline.office.models import Entry, Letter
from tipline.referrals.lifecycle import ReferralState
from tipline.sampling import operations, waiting
from tipline.sampling.models import SampledClosure
from tipline.triage import gates


def on_the_desk(cast: Players) -> list[Act]:
    db.session.flush()
    return [one.act for one in waiting.waiting_for(cast.leader, cast.later.date())]


def barred(one: SampledClosure) -> bool:
    return any("虚假办结" in str(gate(one.referral.lead)) for gate in gates.before_archiving)


def test_it_waits_for_the_leader_and_for_nobody_else_and_the_lead_is_not_filed_away(app):
    cast = players_of()
    one = brought_to(S.FALSE, cast)
    assert one.referral.state is ReferralState.CONCLUDED  # found false, and not touched
    assert on_the_desk(cast) == [Act.ORDER_REOPENING]
    assert barred(one)
    for other in (cast.keeper, cast.district, cast.group):
        assert Act.ORDER_REOPENING not in [w.act for w in waiting.waiting_for(other, cast.later.date())]
        with pytest.raises(NotPermitted):
            operations.order_reopening(one, "须重新办理。", by=other, at=cast.later)


def test_reopened_it_is_on_the_desk_of_its_body_which_hears_so(app):
    cast = players_of()
    one = brought_to(S.FALSE, cast)
    DEEDS[Act.ORDER_REOPENING](one, cast)
    assert on_the_desk(cast) == []
    assert not barred(one)
    assert (one.referral.state, one.referral.concluded_at) == (ReferralState.IN_DISPOSITION, None)
    about = db.session.scalars(select(Letter.address).where(Letter.about.startswith(f"{one.ref}/reopened")))
    assert set(about) == {cast.handling.inspector.email}
    assert not list(trail.faults())


def test_left_closed_it_says_why(app):
    cast = players_of()
    one = brought_to(S.FALSE, cast)
    with pytest.raises(Incomplete):
        operations.leave_closed(one, " ", by=cast.leader, at=cast.later)
    DEEDS[Act.LEAVE_CLOSED](one, cast)
    assert on_the_desk(cast) == []
    assert one.referral.state is ReferralState.CONCLUDED
    line = db.session.scalars(select(Entry).filter_by(paper=one.ref, act=Act.LEAVE_CLOSED)).one()
    assert line.note == "被反映人已去世。"


def test_what_the_body_took_up_by_itself_needs_no_decision(app):
    cast = players_of()
    one = brought_to(S.FALSE, cast)
    handling.DEEDS[Act.REOPEN_REFERRAL](one.referral, cast.handling, cast.later)
    assert on_the_desk(cast) == []


def test_the_leader_decides_at_the_counter(app, sign_in):
    cast = players_of()
    one = brought_to(S.FALSE, cast)
    db.session.commit()
    address = f"/sampling/{one.key}"
    browser = sign_in(cast.leader)
    assert f"{address}/order-reopening" in browser.get(address).text
    assert browser.post(f"{address}/leave-closed", data={"leave-reason": ""}).status_code == 422
    assert (
        sign_in(cast.keeper).post(f"{address}/order-reopening", data={"reopen-reason": "须重办。"}).status_code == 404
    )
    assert browser.post(f"{address}/order-reopening", data={"reopen-reason": "须重新办理。"}).status_code == 302
    db.session.refresh(one)
    assert one.state is S.REOPENED
