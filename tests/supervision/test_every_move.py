"""Every pair of state and deed of a supervised case, and the number of one that nobody may know of."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import make
from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.kit.series import next_number
from tipline.law.bodies import Body, SupervisionTrigger
from tipline.office import roster, trail
from tipline.office.charter import Act, Role
from tipline.supervision import grounds, interims, joining, operations, queries
from tipline.supervision.lifecycle import LIFE, NEXT_STEP, CaseState, Missing, Stage
from tipline.supervision.models import SupervisedCase
from tipline.supervision.objections import open_acts

S = CaseState
LATER = make.NOON + timedelta(days=1)


def people():
    """The leader opens and accepts, another releases, the keeper looks, the town handles."""
    roles = {
        "group": Role.GROUP_INSPECTOR,
        "leader": Role.BUREAU_LEADER,
        "second": Role.BUREAU_LEADER,
        "keeper": Role.LEDGER_KEEPER,
        "town": Role.TOWN_INSPECTOR,
    }
    return {name: make.officer(role) for name, role in roles.items()}


def report(result="已查清。", on=date(2018, 6, 5), **others):
    """A report as 检举控告工作规则 第二十三条 wants it."""
    usual = {
        "discussed_on": on,
        "discussion": "镇纪委会议",
        "principal": "镇纪委书记",
        "approved_on": on,
        "evidence": "卷2018-7",
        "persons_dealt": 1,
        "dealt_with": "党内警告一人。",
        "recovered_fen": 120_000,
        "replied_on": on,
        "reply": "已在村务公开栏公布。",
    }
    return operations.Report(result=result, **(usual | others))


def moved(case):
    """The whole lead goes to the body above."""
    case.life.after(case.state, Act.MOVE_SUPERVISION)
    (referral,) = make.referrals(case.lead)
    referral.to = make.office(Body.DISTRICT_DISCIPLINE_BODY)
    operations.follow(Act.RAISE_REFERRAL, referral, roster.clock_officer(), LATER)


FIRST = {
    Act.ACKNOWLEDGE_INTERIM: (Act.FILE_INTERIM,),
    Act.SEND_BACK_INTERIM: (Act.FILE_INTERIM,),
    Act.RELIEVE_OFFICER: (Act.NAME_OFFICER,),
}
"""What must have been done before there is anything to do it to; none of them moves the case."""

DEEDS = {
    Act.OPEN_SUPERVISION: lambda c, p: operations.open_supervision(
        c, "查清资金去向。", [(Stage.PLAN, date(2018, 6, 8))], by=p["leader"], at=make.NOON
    ),
    Act.DECLINE_SUPERVISION: lambda c, p: operations.decline(c, reason="不够条件。", by=p["leader"], at=make.NOON),
    Act.SET_MILESTONE: lambda c, p: operations.set_milestone(
        c, Stage.INTERIM, date(2018, 6, 15), by=p["keeper"], at=LATER
    ),
    Act.MEET_MILESTONE: lambda c, p: operations.meet_milestone(c.milestones[0], by=p["town"], at=LATER),
    Act.RECORD_PROGRESS: lambda c, p: operations.record_progress(
        c, "hearing", found="已听汇报。", by=p["keeper"], at=LATER
    ),
    Act.URGE: lambda c, p: operations.urge(c, by=p["keeper"], at=LATER),
    Act.ADD_TRIGGER: lambda c, p: grounds.add_trigger(
        c, SupervisionTrigger.MAJOR, reason="涉及户数多。", by=p["keeper"], at=LATER
    ),
    Act.NOTE_INSTRUCTION: lambda c, p: grounds.note_instruction(
        c, grounds.Instructed("区领导", date(2018, 6, 4), "请查清。", "批3"), by=p["leader"], at=LATER
    ),
    Act.JOIN_BODY: lambda c, p: joining.join_body(
        c, make.office(Body.DISPATCHED_DISCIPLINE_GROUP), by=p["leader"], at=LATER
    ),
    Act.NAME_OFFICER: lambda c, p: joining.name_officer(c, p["second"], by=p["leader"], at=LATER),
    Act.RELIEVE_OFFICER: lambda c, p: joining.relieve_officer(
        c.officers[0], reason="工作调动。", by=p["leader"], at=LATER
    ),
    Act.FILE_INTERIM: lambda c, p: interims.file(c, "已调取流水。", by=p["town"], at=LATER),
    Act.ACKNOWLEDGE_INTERIM: lambda c, p: interims.acknowledge(c, by=p["keeper"], at=LATER),
    Act.SEND_BACK_INTERIM: lambda c, p: interims.send_back(c, reason="写得太简单。", by=p["keeper"], at=LATER),
    Act.EXTEND_SUPERVISION: lambda c, p: operations.extend(c, reason="涉及账目多。", by=p["leader"], at=LATER),
    Act.MOVE_SUPERVISION: lambda c, p: moved(c),
    Act.REPORT_RESULT: lambda c, p: operations.report_result(c, report(), by=p["town"], at=LATER),
    Act.SEND_BACK_RESULT: lambda c, p: operations.send_back_result(
        c, missing=[Missing.MONEY], reason="没有写明金额。", by=p["leader"], at=LATER
    ),
    Act.ACCEPT_RESULT: lambda c, p: operations.accept_result(c, by=p["leader"], at=LATER),
    Act.RELEASE: lambda c, p: operations.release(c, by=p["second"], at=LATER),
}

ROADS = {
    S.PROPOSED: (),
    S.DECLINED: (Act.DECLINE_SUPERVISION,),
    S.UNDER_SUPERVISION: (Act.OPEN_SUPERVISION,),
    S.RESULT_REPORTED: (Act.OPEN_SUPERVISION, Act.REPORT_RESULT),
    S.RESULT_ACCEPTED: (Act.OPEN_SUPERVISION, Act.REPORT_RESULT, Act.ACCEPT_RESULT),
    S.RELEASED: (Act.OPEN_SUPERVISION, Act.REPORT_RESULT, Act.ACCEPT_RESULT, Act.RELEASE),
}


def brought_to(state, players):
    make.lead("village_head", media=True)
    (case,) = db.session.scalars(select(SupervisedCase))
    for act in ROADS[state]:
        DEEDS[act](case, players)
    return case


def test_every_state_and_deed_is_played():
    assert set(ROADS) == set(S)
    assert LIFE.acts - {Act.PROPOSE_SUPERVISION, Act.PROPOSE_BY_HAND} == set(DEEDS)
    assert set(S) - set(NEXT_STEP) == {S.DECLINED, S.RELEASED}


@pytest.mark.parametrize("state", S)
def test_a_deed_leads_where_the_table_says_or_changes_nothing(app, state):
    players = people()
    case = brought_to(state, players)
    db.session.commit()
    for act, deed in DEEDS.items():
        if (state, act) in LIFE.moves:
            with db.session.begin_nested() as trial:
                for before in FIRST.get(act, ()):
                    DEEDS[before](case, players)
                deed(case, players)
                db.session.flush()
                assert case.state is LIFE.moves[state, act], act
                trial.rollback()
        elif (case.milestones or act is not Act.MEET_MILESTONE) and act is not Act.RELIEVE_OFFICER:
            with pytest.raises(NotNow):
                deed(case, players)
        assert case.state is state, act
    for officer in players.values():
        assert all((state, act) in LIFE.moves for act in open_acts(case, officer))
    assert not list(trail.faults())


def test_a_hidden_case_takes_no_number_from_the_open_series(app):
    reader = make.officer(Role.DISTRICT_INSPECTOR)
    walled = [make.officer(role) for role in (Role.LEDGER_KEEPER, Role.BUREAU_LEADER)]
    lead = make.lead("bureau_deputy_head", media=True)
    (case,) = db.session.scalars(select(SupervisedCase))
    assert lead.walled
    assert case.number == f"DB-{lead.number}"
    assert next_number("case", 2018) == 1
    assert list(db.session.scalars(queries.visible_to(reader))) == [case]
    for officer in walled:
        assert not list(db.session.scalars(queries.visible_to(officer)))
