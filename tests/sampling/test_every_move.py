"""Every pair of state and deed of a call-back, who may do them, and what stays as it is."""

import pytest

from tests import make
from tests.sampling.story import CALLER, Players, closed, drawn, players_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.law.bodies import Body
from tipline.office import trail
from tipline.office.charter import Act, Role
from tipline.sampling import operations, queries, waiting
from tipline.sampling.lifecycle import CLOSURE, ClosureState
from tipline.sampling.models import SampledClosure
from tipline.sampling.objections import open_acts

S = ClosureState

DEEDS = {
    Act.TRY_CALL_BACK: lambda one, cast: operations.try_call_back(one, by=cast.keeper, at=cast.later),
    Act.RECORD_CALL_BACK: lambda one, cast: operations.record(
        one, "satisfied", ["talk_record"], "表示满意。", by=cast.keeper, at=cast.later
    ),
    Act.OPEN_RECHECK: lambda one, cast: operations.record(
        one, "never_asked", [], "从未有人来过。", by=cast.keeper, at=cast.later
    ),
    Act.UPHOLD_CLOSURE: lambda one, cast: operations.uphold(one, "已入户核实。", by=cast.district, at=cast.later),
    Act.FIND_FALSE_CLOSURE: lambda one, cast: operations.find_false(
        one, "没有任何核查记录。", by=cast.district, at=cast.later
    ),
    Act.ORDER_REOPENING: lambda one, cast: operations.order_reopening(
        one, "没有查过，须重新办理。", by=cast.leader, at=cast.later
    ),
    Act.LEAVE_CLOSED: lambda one, cast: operations.leave_closed(one, "被反映人已去世。", by=cast.leader, at=cast.later),
}

ROADS = {
    S.TO_CALL: (),
    S.CALLED: (Act.RECORD_CALL_BACK,),
    S.RECHECKING: (Act.OPEN_RECHECK,),
    S.UPHELD: (Act.OPEN_RECHECK, Act.UPHOLD_CLOSURE),
    S.FALSE: (Act.OPEN_RECHECK, Act.FIND_FALSE_CLOSURE),
    S.REOPENED: (Act.OPEN_RECHECK, Act.FIND_FALSE_CLOSURE, Act.ORDER_REOPENING),
    S.LEFT: (Act.OPEN_RECHECK, Act.FIND_FALSE_CLOSURE, Act.LEAVE_CLOSED),
}


def brought_to(state: ClosureState, cast: Players) -> SampledClosure:
    closed(cast, 1)
    (one,) = queries.drawn_by(drawn(cast, 1), cast.leader)
    for act in ROADS[state]:
        DEEDS[act](one, cast)
    db.session.flush()
    return one


def test_every_state_and_deed_is_played():
    assert set(ROADS) == set(S)
    assert CLOSURE.acts - {Act.DRAW_SAMPLE} == set(DEEDS)


@pytest.mark.parametrize("state", S)
def test_a_deed_leads_where_the_table_says_or_changes_nothing(app, state):
    cast = players_of()
    one = brought_to(state, cast)
    finding = one.referral.finding
    db.session.commit()
    for act, deed in DEEDS.items():
        if (state, act) in CLOSURE.moves:
            with db.session.begin_nested() as trial:
                deed(one, cast)
                db.session.flush()
                assert one.state is CLOSURE.moves[state, act], act
                trial.rollback()
        else:
            with pytest.raises(NotNow):
                deed(one, cast)
        assert one.state is state, act
        assert one.referral.finding == finding
    for officer in (cast.keeper, cast.district, cast.group, cast.handling.inspector):
        assert all((state, act) in CLOSURE.moves for act in open_acts(one, officer))
    assert not list(trail.faults())


def test_whoever_handled_it_neither_calls_back_nor_looks_again_even_after_moving(app):
    cast = players_of()
    (paper,) = closed(cast, 1)
    (one,) = queries.drawn_by(drawn(cast, 1), cast.leader)
    handler = cast.handling.inspector
    assert queries.has_handled(paper, handler)
    handler.role, handler.office = Role.DISTRICT_INSPECTOR, make.office(Body.DISTRICT_DISCIPLINE_BODY)
    db.session.flush()
    for act in (Act.TRY_CALL_BACK, Act.RECORD_CALL_BACK):
        assert act not in open_acts(one, handler)
    with pytest.raises(NotPermitted, match="承办过"):
        operations.record(one, "satisfied", [], "都满意。", by=handler, at=cast.later)
    DEEDS[Act.OPEN_RECHECK](one, cast)
    with pytest.raises(NotPermitted, match="承办过"):
        operations.uphold(one, "没有问题。", by=handler, at=cast.later)
    with pytest.raises(NotPermitted, match="复查机关"):
        operations.uphold(one, "没有问题。", by=cast.group, at=cast.later)


def test_a_body_does_not_look_at_its_own_closures(app):
    cast = players_of()
    town, district = closed(cast, 1)[0], make.office(Body.DISTRICT_DISCIPLINE_BODY)
    assert operations.body_for_recheck(town) == district
    town.to, town.to_id = district, district.id
    assert operations.body_for_recheck(town) == make.office(Body.DISPATCHED_DISCIPLINE_GROUP)


def test_nobody_is_not_reached_at_the_first_try(app):
    cast = players_of()
    one = brought_to(S.TO_CALL, cast)
    with pytest.raises(Incomplete, match="未接通"):
        operations.record(one, "not_reached", [], "无人接听。", by=cast.keeper, at=cast.later)
    operations.try_call_back(one, by=cast.keeper, at=cast.later)
    operations.record(one, "not_reached", ["approval"], "无人接听。", by=cast.keeper, at=cast.later)
    assert (one.state, one.tries, one.papers) == (S.CALLED, 1, ["approval"])


def test_shares_are_kept_back_while_there_are_few_and_bodies_stand_by_the_roster(app):
    cast = players_of()
    closed(cast, 5)
    draw = drawn(cast, 5)
    called = queries.drawn_by(draw, cast.leader)
    for one in called[:4]:
        DEEDS[Act.RECORD_CALL_BACK](one, cast)
    db.session.flush()
    (found,) = queries.standings(cast.leader)
    assert (found.called, found.reopen_rate, found.complete, found.papers, found.papers_asked) == (4, None, None, 4, 20)
    DEEDS[Act.OPEN_RECHECK](called[4], cast)
    db.session.flush()
    (found,) = queries.standings(cast.leader)
    assert (found.called, found.reopened, found.reopen_rate, found.complete) == (5, 1, 20, 16)


def test_the_counter_opens_to_who_may_and_is_not_there_for_the_others(app, sign_in):
    cast = players_of()
    one = brought_to(S.TO_CALL, cast)
    db.session.commit()
    address, said = f"/sampling/{one.key}", {"called-outcome": "dissatisfied", "called-answer": "不满意。"}
    for outsider in (cast.handling.inspector, cast.handling.operator, cast.group):
        assert sign_in(outsider).get(address).status_code == 404
        assert sign_in(outsider).post(f"{address}/record", data=said).status_code == 404
    browser = sign_in(cast.keeper)
    page = browser.get(address).text
    assert "记录回访" in page
    assert not any(name in page for name in make.NAMES)
    assert "/reporter" not in page  # whoever keeps the ledger never opens who reported once it has left
    assert browser.post(f"{address}/try").status_code == 302
    assert "/reporter" in sign_in(cast.district).get(address).text
    assert browser.post(f"{address}/record", data={}).status_code == 422
    assert browser.post(f"{address}/record", data=said).status_code == 302
    assert [thing.act for thing in waiting.waiting_for(cast.district, cast.later.date())] == [Act.UPHOLD_CLOSURE]
    assert sign_in(cast.keeper).post(f"{address}/uphold", data={"uphold-found": "已核实。"}).status_code == 404
    assert (
        sign_in(cast.district).post(f"{address}/find-false", data={"false-found": "没有核查记录。"}).status_code == 302
    )
    for officer in (cast.leader, cast.keeper):
        browser = sign_in(officer)
        assert "虚假办结" in browser.get("/sampling/").text
        assert "5eed" in browser.get("/sampling/").text


def test_a_seed_is_published_and_drawn_at_the_counter(app, sign_in, set_clock):
    cast = players_of()
    closed(cast, 1)
    db.session.commit()
    set_clock(cast.later)
    data = {"seed-since": "2018-06-01", "seed-until": "2018-06-30", "seed-size": "1"}
    assert sign_in(cast.group).post("/sampling/publish-seed", data=data).status_code == 404
    response = sign_in(cast.keeper).post("/sampling/publish-seed", data=data)
    assert response.status_code == 302
    address = response.headers["Location"]
    assert sign_in(cast.keeper).post(f"{address}/draw").status_code == 403
    assert sign_in(cast.leader).post(f"{address}/draw").status_code == 302
    assert sign_in(cast.keeper).post("/sampling/publish-seed", data=data).status_code == 422


def test_whoever_calls_back_opens_the_reporter_with_reason_and_password(app, sign_in):
    cast = players_of()
    one = brought_to(S.TO_CALL, cast)
    db.session.commit()
    address = f"/sampling/{one.key}/reporter"
    data = {"reporter-reason": "抽查回访联系举报人", "reporter-password": make.PASSWORD}
    for outsider in (cast.handling.inspector, cast.group, cast.keeper):
        assert sign_in(outsider).post(address, data=data).status_code == 404
    browser = sign_in(cast.district)
    assert browser.post(address, data={"reporter-reason": ""}).status_code == 422
    wrong = browser.post(address, data=data | {"reporter-password": "wrong"})
    assert (wrong.status_code, CALLER.phone in wrong.text) == (403, False)
    shown = browser.post(address, data=data)
    assert (shown.status_code, CALLER.phone in shown.text) == (200, True)
    assert CALLER.phone not in browser.get(f"/sampling/{one.key}").text
