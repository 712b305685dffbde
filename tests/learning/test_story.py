"""A quarter is summed up, something is learnt from it, and a town answers for itself; and what may not be done."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import select, text

from tests import make
from tests.duties import second
from tests.inspections.at_work import Cast, found, photo, under_way
from tests.reports import seeding
from tipline.desk.queries import due_today
from tipline.duties import jobs as duties
from tipline.inspections import operations as inspections
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.learning import operations, queries, waiting
from tipline.learning.lifecycle import ActionState, ImprovementState, Sort, SummaryState
from tipline.learning.models import IssueSummary, TownAction
from tipline.learning.operations import Finished, Proposed
from tipline.office import trail
from tipline.office.charter import Act, Role
from tipline.office.models import Letter
from tipline.office.signals import signals
from tipline.reports import families, rows
from tipline.reports import queries as reports
from tipline.reports.rules import TOTAL, Asked, Span
from tipline.reports.sealing import read

JULY = datetime(2018, 7, 2, 2, tzinfo=UTC)
TODAY = day_of(JULY)
OTHER = "haitang-2030-3"
WHY = "入户核查没有按规定两人同行，村里代填材料。"
HOW = "修订入户核查办法，规定两人签字。"


@pytest.fixture
def people(app, set_clock):
    set_clock(JULY)
    roles = {"keeper": Role.LEDGER_KEEPER, "leader": Role.BUREAU_LEADER, "clerk": Role.TOWN_CLERK}
    roles |= {"deputy": Role.TOWN_DEPUTY}
    told = {name: make.officer(role) for name, role in roles.items()}
    return SimpleNamespace(**told, other=make.officer(Role.TOWN_CLERK, make.XINZHUANG))


@pytest.fixture
def lived(people):
    """Leads of a quarter in three towns, walled ones among them; findings of which not all were told to the town."""
    seeding.lived()
    visit = under_way(Cast(people.keeper, people.leader, people.clerk, people.deputy))
    told = [found(visit, people.keeper) for _ in range(3)]
    for finding in told[:2]:
        inspections.demand(finding, "请复核该户资格。", date(2018, 6, 20), by=people.keeper, at=make.NOON)
    inspections.report_rectified(told[0], "已改正。", by=people.clerk, at=make.NOON)
    inspections.confirm(told[0], by=people.leader, at=make.NOON)
    db.session.commit()
    return told


def quarter():
    return next(one for one in queries.periods(TODAY) if one.key == "2018-Q2")


def waits(officer, today=TODAY):
    return [(one.act, one.number) for one in waiting.waiting_for(officer, today)]


def test_a_quarter_is_counted_like_its_months_and_every_number_is_its_list(people, lived):
    times = queries.times_of(quarter(), TODAY)
    counted = queries.summed(times, queries.count(times))
    months = [reports.report(month, TODAY) for month in (seeding.MAY, seeding.JUNE)]
    for key in (Asked.LEADS, Asked.HANDED_OVER, Asked.CONCLUDED):
        assert counted.number(key) == sum(month.line(key).number(Span.MONTH) for month in months) > 0
    assert (counted.number("found"), counted.number("found.favour_dibao", make.SHUANGGANG)) == (2, 2)
    assert [counted.number(key) for key in ("mended", "open_findings", "late_findings")] == [1, 1, 1]
    inspector = make.officer(Role.DISTRICT_INSPECTOR)
    for key, figure in counted.figures.items():
        for town in (TOTAL, make.SHUANGGANG, make.XINZHUANG):
            assert rows.rows(figure, Span.MONTH, town, times, inspector).total == counted.number(key, town), key
    assert rows.rows(counted.figures["found"], Span.MONTH, TOTAL, times, people.clerk).seen == 2
    shared = {one.kind: one.towns for one in counted.repeated}
    assert set(shared["wrong.missed_dibao"]) == set(seeding.TOWNS)


def test_a_walled_lead_is_in_no_number_and_a_fault_that_counts_it_is_found(people, lived, monkeypatch):
    times = queries.times_of(quarter(), TODAY)
    before = queries.count(times)
    make.lead("bureau_head", by=people.keeper, at=make.NOON, problems=("embezzlement",))
    db.session.flush()
    assert queries.count(times) == before
    monkeypatch.setattr(families.Family, "ask", _whatever_stands)
    assert queries.count(times) != before


def _whatever_stands(family, *columns):
    """The fault: what always holds of rows that count is forgotten."""
    query = select(*columns).select_from(family.model)
    for way in family.joins:
        query = query.join(way)
    return query


def test_a_summary_is_written_by_one_and_confirmed_by_another_and_then_stays(people, lived):
    assert waits(people.keeper)[0] == (Act.WRITE_SUMMARY, "2018-Q2")
    with pytest.raises(NotNow):
        operations.write(queries.periods(TODAY)[0], WHY, HOW, by=people.keeper, at=JULY)
    paper = operations.write(quarter(), WHY, HOW, by=people.keeper, at=JULY)
    assert (Act.WRITE_SUMMARY, "2018-Q2") not in waits(people.keeper)
    assert waits(people.leader) == [(Act.CONFIRM_SUMMARY, "2018-Q2")]
    with pytest.raises(NotPermitted):
        operations.confirm(paper, by=people.keeper, at=JULY)
    operations.send_back(paper, reason="没有写清楚是哪几个环节。", by=people.leader, at=JULY)
    db.session.commit()
    assert waits(people.keeper)[0] == (Act.WRITE_SUMMARY, "2018-Q2")
    again = operations.write(quarter(), WHY, HOW, by=people.keeper, at=JULY)
    assert again is paper
    operations.confirm(paper, by=people.leader, at=JULY)
    db.session.commit()
    leads = read(paper.figures)[Asked.LEADS, Span.MONTH, TOTAL]
    seeding.more(2)
    db.session.refresh(paper)
    times = queries.times_of(quarter(), TODAY)
    assert queries.count(times)[Asked.LEADS, Span.MONTH, TOTAL] == leads + 2
    assert read(paper.figures)[Asked.LEADS, Span.MONTH, TOTAL] == leads
    assert (paper.state, paper.behind) == (SummaryState.CONFIRMED, WHY)
    with pytest.raises(NotNow):
        operations.write(quarter(), WHY, HOW, by=people.keeper, at=JULY)
    db.session.rollback()
    assert not list(trail.faults())


def test_numbers_changed_behind_the_trails_back_are_found(people, lived):
    paper = operations.write(quarter(), WHY, HOW, by=people.keeper, at=JULY)
    operations.confirm(paper, by=people.leader, at=JULY)
    db.session.commit()
    assert not list(operations.faults())
    db.session.execute(text("UPDATE issue_summary SET figures = :told"), {"told": '{"leads":{"month":{"total":1}}}'})
    db.session.commit()
    assert [one.seq for one in operations.faults()] == [paper.last_seq]


def test_three_kinds_of_improvement_live_one_life(people, lived):
    summary = operations.write(quarter(), WHY, HOW, by=people.keeper, at=JULY)
    whose = {"by": people.keeper, "at": JULY}
    due, words = date(2018, 9, 28), {"found": WHY, "proposal": HOW}
    for missing in (
        Proposed(sort=Sort.POLICY, **words),
        Proposed(sort=Sort.CAPACITY, due_on=due, **words),
        Proposed(sort=Sort.PRACTICE, town=make.XINZHUANG, **words),
        Proposed(sort=Sort.POLICY, due_on=date(2018, 6, 1), **words),
    ):
        with pytest.raises(Incomplete):
            operations.propose_improvement(missing, **whose)
    policy = operations.propose_improvement(
        Proposed(sort=Sort.POLICY, due_on=due, summary=summary, town=make.XINZHUANG, **words), **whose
    )
    practice = operations.propose_improvement(
        Proposed(sort=Sort.PRACTICE, town=make.XINZHUANG, spread_to=[make.SHUANGGANG], **words), **whose
    )
    gap = operations.propose_improvement(
        Proposed(sort=Sort.CAPACITY, town=make.XINZHUANG, due_on=due, **words), **whose
    )
    db.session.commit()
    assert (policy.number, policy.place_code, queries.came_of(summary)) == ("GJ2018-01", None, [policy])
    seen = lambda officer: set(db.session.scalars(queries.improvements_visible_to(officer)))  # noqa: E731
    assert seen(people.clerk) == set()
    with pytest.raises(NotPermitted):
        operations.adopt(policy, **whose)
    for one in (policy, practice, gap):
        operations.adopt(one, by=people.leader, at=JULY)
    db.session.commit()
    assert (seen(people.clerk), seen(people.other)) == ({practice}, {practice, gap})
    assert seen(make.officer(Role.TOWN_CLERK, make.XIANSHUIGU)) == set()
    assert {number for act, number in waits(people.keeper) if act is Act.FINISH_IMPROVEMENT} == {
        policy.number,
        gap.number,
    }
    with pytest.raises(Incomplete):
        operations.finish(gap, Finished(HOW, "津合2018-9"), **whose)
    operations.finish(gap, Finished(HOW, "津合2018-9", date(2018, 8, 1), date(2018, 12, 31)), **whose)
    operations.finish(practice, Finished(HOW), **whose)
    db.session.commit()
    assert (gap.state, gap.contract_no, practice.contract_no) == (ImprovementState.DONE, "津合2018-9", None)
    declined = operations.propose_improvement(Proposed(sort=Sort.POLICY, due_on=due, **words), **whose)
    operations.decline(declined, reason="市里正在统一修订，等新规定。", by=people.leader, at=JULY)
    with pytest.raises(NotNow):
        operations.finish(declined, Finished(HOW), **whose)
    db.session.rollback()
    assert not list(trail.faults())


def test_reminders_that_went_above_a_clerk_are_counted_by_town_and_step(people):
    for _ in range(2):
        make.officer(Role.TOWN_DEPUTY)  # three deputies read the same step
    db.session.commit()
    days = date(2018, 5, 1), TODAY
    assert signals["escalations"].counts(*days) == {}
    duties.remind(datetime(2018, 6, 1, 2, tzinfo=UTC))  # a plan is late: its clerks hear of it
    assert signals["escalations"].counts(*days) == {}
    duties.remind(datetime(2018, 6, 5, 2, tzinfo=UTC))  # and now their deputies
    mine = select(Letter.about).where(Letter.about.contains(f"/{make.SHUANGGANG}/"), Letter.address.contains("deputy"))
    letters = list(db.session.scalars(mine))
    assert signals["escalations"].counts(*days)[make.SHUANGGANG] == len(set(letters)) == len(letters) / 3 > 0
    assert signals["escalations"].counts(date(2018, 6, 6), TODAY) == {}


def test_a_town_answers_for_itself_when_two_have_said_so(people, lived):
    whose = {"by": people.keeper, "at": JULY}
    action = operations.propose_action(
        people.clerk.office, "unfulfilled_duty", "talk", "逾期未整改，经两次催办。", **whose
    )
    db.session.commit()
    assert (action.number, action.facts["late_findings"]) == ("WZ2018-01", "1")
    mine = lambda officer: list(db.session.scalars(queries.actions_visible_to(officer)))  # noqa: E731
    assert mine(people.clerk) == []
    assert waits(people.leader) == [(Act.DECIDE_ACTION, action.number)]
    with pytest.raises(NotPermitted):
        operations.decide(action, "津南民〔2018〕41号", "请逐户整改并报告。", by=people.keeper, at=JULY)
    operations.decide(action, "津南民〔2018〕41号", "请逐户整改并报告。", by=people.leader, at=JULY)
    db.session.commit()
    assert (action.due_on, mine(people.clerk), mine(people.other)) == (date(2018, 7, 16), [action], [])
    letters = list(db.session.scalars(select(Letter.body).where(Letter.about.startswith(action.ref))))
    assert len(set(letters)) == 1
    assert not any("逾期" in one or "逐户" in one for one in letters)
    assert waits(people.clerk) == [(Act.ANSWER_ACTION, action.number)]
    assert (Act.READ_ACTIONS, action.number) in waits(people.keeper, date(2018, 7, 17))
    bells = [
        due_today(one, date(2018, 7, 16)) - due_today(one, date(2018, 7, 15)) for one in (people.clerk, people.other)
    ]
    assert bells[0] - bells[1] == 1
    with pytest.raises(NotPermitted):
        operations.answer(action, "已逐户整改。", photo(), by=people.other, at=JULY)
    with pytest.raises(Incomplete):
        operations.answer(action, "已逐户整改。", by=people.clerk, at=JULY)
    operations.answer(action, "已逐户整改。", photo(), by=people.clerk, at=JULY)
    operations.send_back_action(action, reason="有一户没有入户，请补做。", by=people.leader, at=JULY)
    operations.answer(action, "已补做入户核查。", by=people.clerk, at=JULY)
    assert (Act.CLOSE_ACTION, action.number) in waits(people.leader)
    operations.close(action, "抽看三户，均已整改。", by=people.leader, at=JULY)
    db.session.commit()
    assert (action.state, len(action.files), len(list(db.session.scalars(queries.files_visible_to(people.other))))) == (
        ActionState.CLOSED,
        1,
        0,
    )
    dropped = operations.propose_action(people.clerk.office, "lax_style", "admonition", "公示栏多次没有更新。", **whose)
    operations.drop(dropped, reason="情节轻微，已当场提醒改正。", by=people.leader, at=JULY)
    db.session.commit()
    assert mine(people.clerk) == [action]
    assert not list(trail.faults())


def test_two_notices_each_have_their_summaries_and_an_action_keeps_the_grounds_it_stands_on(people, sign_in, set_clock):
    second.in_force()
    db.session.commit()
    april = datetime(2030, 4, 2, 2, tzinfo=UTC)
    set_clock(april)
    owed = [one for one in waiting.waiting_for(people.keeper, day_of(april)) if one.act is Act.WRITE_SUMMARY]
    of_both = {one.values.get("campaign") for one in owed}
    assert of_both == {None, OTHER}
    keeper, leader = sign_in(people.keeper), sign_in(people.leader)
    there = f"/learning/summaries/2030-03/write?campaign={OTHER}"
    answer = keeper.post(there, data={"write-behind": WHY, "write-proposals": HOW})
    assert answer.location.endswith(f"/learning/summaries/2030-03?campaign={OTHER}")
    assert db.session.scalars(select(IssueSummary.notice)).all() == [OTHER]
    assert "2030-03" not in keeper.get("/learning/").text
    (waits_for_her,) = [one for one in waiting.waiting_for(people.leader, day_of(april)) if one.number == "2030-03"]
    assert waits_for_her.values == {"period": "2030-03", "campaign": OTHER}
    proposal = {"ground": "slow", "measure": "interview", "words": WHY}
    assert keeper.post(f"/learning/actions/propose?town={second.STREETS[0]}", data=proposal).status_code == 404
    answer = keeper.post(f"/learning/actions/propose?campaign={OTHER}&town={second.STREETS[0]}", data=proposal)
    action = db.session.scalars(select(TownAction)).one()
    assert action.notice == OTHER
    for address in (f"/learning/actions/{action.key}", f"/learning/actions?campaign={OTHER}", "/learning/actions"):
        assert "拖延" in leader.get(address).text
    assert leader.post(
        f"/learning/actions/{action.key}/decide", data={"decide-doc_no": "海民问〔2030〕1号", "decide-demand": HOW}
    ).location
    db.session.refresh(action)
    assert (action.due_on - day_of(april)).days >= action.rules.learning.correct_days == 3
