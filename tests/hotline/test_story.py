"""One number from the register to a fault that is mended; the clock's part; and every number by lot."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.duties import second
from tests.hotline.dial import DAY, dialled, line, said, town
from tipline.hotline import jobs, operations, queries, rules
from tipline.hotline.lifecycle import FaultState, RoundState, TestState
from tipline.hotline.models import DialTest, HotlineLine, LineFault, MissedCall, TestRound
from tipline.hotline.rules import Hours
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.leads.models import Lead
from tipline.office import editions, mailroom, outbox, trail
from tipline.office.charter import Role
from tipline.office.models import Entry, Letter
from tipline.sampling.rules import draw

JUNE = (date(2018, 6, 1), date(2018, 6, 30))


@pytest.fixture
def keeper(app):
    return make.officer(Role.LEDGER_KEEPER)


@pytest.fixture
def clerk(app):
    return make.officer(Role.TOWN_CLERK)


def test_a_number_keeps_its_history(keeper, clerk):
    one = line(keeper)
    with pytest.raises(NotNow, match="已经登记在用"), db.session.begin_nested():
        line(keeper, office=town(make.XINZHUANG))
    operations.amend(one, said(one.office, "022-00000002", owner="曹志刚"), by=keeper, at=make.NOON)
    with pytest.raises(Incomplete, match="没有改动"):
        operations.amend(one, said(one.office, "022-00000002", owner="曹志刚"), by=keeper, at=make.NOON)
    other = make.officer(Role.TOWN_CLERK, make.XINZHUANG)
    with pytest.raises(NotPermitted):
        operations.note_proof(one, date(2018, 6, 1), "公开栏", None, by=other, at=make.NOON)
    with pytest.raises(Incomplete, match="还没有到"):
        operations.note_proof(one, date(2018, 6, 5), "公开栏", None, by=clerk, at=make.NOON)
    operations.note_proof(one, date(2018, 6, 1), "公开栏", None, by=clerk, at=make.NOON)
    operations.note_proof(one, date(2018, 5, 1), "旧照片", None, by=clerk, at=make.NOON)
    assert one.published_on == date(2018, 6, 1)
    test = operations.order_test(one, by=keeper, at=make.NOON)
    operations.end(one, date(2018, 6, 4), reason="不再公布。", by=keeper, at=make.NOON)
    db.session.commit()
    assert test.state is TestState.DROPPED
    for late in (
        lambda: operations.order_test(one, by=keeper, at=make.NOON),
        lambda: operations.note_fault(one, "hotline_dead", found="没人接。", by=keeper, at=make.NOON),
    ):
        with pytest.raises(NotNow, match="已停用"):
            late()
    notes = [entry.note for entry in queries.history(one) if entry.note]
    assert notes[1] == "号码：022-00000001 → 022-00000002\n责任人：宋海涛 → 曹志刚"
    assert all("曹志刚" not in str(entry.facts) for entry in db.session.scalars(select(Entry)))
    assert not list(trail.faults())
    line(keeper, 2)  # what was given up may be registered anew


def test_two_failures_make_a_fault_that_two_people_end(app, keeper, clerk):
    leader, one = make.officer(Role.BUREAU_LEADER), line(keeper)
    assert dialled(one, "no_answer", keeper) is None
    (again,) = queries.due_tests_of(one)
    assert (again.due_on, again.again_for_id) == (date(2018, 6, 6), queries.tests_of(one)[0].id)
    fault = dialled(one, "busy", keeper, make.NOON + DAY)
    assert (fault.problem, fault.due_on) == ("hotline_dead", date(2018, 6, 12))
    assert not queries.due_tests_of(one), "what is known to be faulty is not tried again and again"
    assert queries.dead_lines_by_town(date(2018, 6, 5)) == {make.SHUANGGANG: 1}
    with pytest.raises(NotPermitted):
        operations.correct(fault, "已更换话机。", by=keeper, at=make.NOON + DAY)
    operations.correct(fault, "已更换话机。", by=clerk, at=make.NOON + DAY)
    operations.send_back(fault, "再拨仍无人接听。", by=leader, at=make.NOON + 2 * DAY)
    assert (fault.state, fault.due_on) == (FaultState.NOTED, date(2018, 6, 13))
    operations.correct(fault, "已安排专人。", by=clerk, at=make.NOON + 2 * DAY)
    operations.confirm(fault, "再拨接通。", by=leader, at=make.NOON + 2 * DAY)
    db.session.commit()
    assert queries.dead_lines_by_town(date(2018, 6, 6)) == {}
    reach = queries.reachability_by_town(*JUNE)[make.SHUANGGANG]
    assert (reach.lines, reach.tests, reach.passed) == (1, 2, 0)
    dialled(one, "no_answer", keeper, make.NOON + 3 * DAY)
    assert queries.due_tests_of(one), "failures before it was mended no longer count"
    subjects = [letter.subject for letter in db.session.scalars(select(Letter).order_by(Letter.id))]
    assert subjects == ["举报电话需要整改：举报电话开而不通", "举报电话整改被退回：举报电话开而不通"]
    assert not any(mailroom.lint(letter) for letter in outbox.page().letters)


def test_nobody_confirms_what_they_mended(keeper):
    mine = line(keeper, office=keeper.office)
    fault = operations.note_fault(mine, "hotline_unpublished", found="网站上没有。", by=keeper, at=make.NOON)
    with pytest.raises(NotNow, match="已在整改"):
        operations.note_fault(mine, "hotline_unpublished", found="网站上没有。", by=keeper, at=make.NOON)
    db.session.flush()
    operations.correct(fault, "已上网公布。", by=keeper, at=make.NOON)
    with pytest.raises(NotPermitted, match="两人"):
        operations.confirm(fault, "看过了。", by=keeper, at=make.NOON)
    operations.confirm(fault, "看过网站。", by=make.officer(Role.LEDGER_KEEPER), at=make.NOON)
    assert fault.state is FaultState.CONFIRMED


def test_the_lot_is_what_anybody_makes_of_its_seed(keeper):
    lines = {one.key: one for one in (line(keeper, number) for number in range(1, 9))}
    late = line(keeper, 9, since=date(2018, 7, 1))
    all_day = next(iter(lines.values()))
    all_day.hours = Hours.ALL_DAY
    assert jobs.propose_round(make.NOON) == 1
    one = db.session.scalars(select(TestRound)).one()
    assert late.key not in one.population, "it is not published yet"
    assert not db.session.scalars(select(DialTest)).all(), "the seed is known before anything is drawn"
    busy = lines[draw(one.seed, one.population, 1).keys[0]]
    operations.order_test(busy, by=keeper, at=make.NOON)
    tests = operations.draw_round(one, by=keeper, at=make.NOON)
    lot = draw(one.seed, lines, editions.notice().hotline.numbers_a_round)
    assert (one.digest, [test.line.key for test in tests]) == (lot.digest, [*lot.keys][1:]), "one test at a time"
    hotline = editions.notice().hotline
    for test in tests:
        hours = hotline.hours_all_day if test.line is all_day else hotline.hours
        day, hour = rules.slot(one.seed, test.line.key, hours, hotline.test_within)
        assert (test.due_on, test.hour) == (date(2018, 6, 4) + day * DAY, hour)
    with pytest.raises(NotNow):
        operations.draw_round(one, by=keeper, at=make.NOON)


def test_rounds_follow_each_other_as_the_notice_says(keeper):
    assert jobs.propose_round(make.NOON) == 0, "there is nothing to dial"
    line(keeper)
    db.session.commit()
    assert [jobs.propose_round(make.NOON - 1 * DAY), jobs.propose_round(make.NOON)] == [0, 1], "not on a Sunday"
    assert jobs.propose_round(make.NOON + 30 * DAY) == 0, "the last still waits for its lot"
    one = queries.latest_round()
    operations.draw_round(one, by=keeper, at=make.NOON)
    db.session.commit()
    days = [jobs.propose_round(make.NOON + n * DAY) for n in (1, 11, 14, 15, 16)]
    assert days == [0, 0, 0, 1, 0], "the fourteenth day was a holiday"
    assert queries.latest_round().state is RoundState.PROPOSED


def test_each_reminder_is_written_once_and_only_on_working_days(app, keeper, clerk):
    operator = make.officer(Role.OPERATOR)
    one, other = line(keeper), line(keeper, 2, town(make.XINZHUANG))
    operations.note_fault(one, "hotline_unpublished", found="没有公开。", by=keeper, at=make.NOON)
    operations.order_test(other, by=keeper, at=make.NOON)
    call = MissedCall(line=one, rang_at=make.NOON, missed=rules.Missed.MISSED, row_blind="x", due_on=date(2018, 6, 5))
    call.state, call.last_seq, call.caller = "to-ring-back", 1, "022-00020001"
    db.session.add(call)
    db.session.commit()
    written = {day: [jobs.remind(make.NOON + day * DAY) for _ in range(2)] for day in range(13)}
    assert {day: n for day, n in written.items() if any(n)} == {
        0: [1, 0],
        1: [1, 0],
        2: [1, 0],
        3: [1, 0],
        7: [1, 0],
        9: [1, 0],
    }
    to = [(letter.subject, letter.address) for letter in db.session.scalars(select(Letter).order_by(Letter.id))]
    assert to == [
        ("举报电话需要整改：举报电话未公开", clerk.email),
        ("有1个举报电话要拨测", keeper.email),
        ("有1个未接来电要回拨", operator.email),
        ("有1个举报电话要拨测", keeper.email),
        ("有1个未接来电要回拨", operator.email),
        ("举报电话整改到期：举报电话未公开", clerk.email),
        ("举报电话整改到期：举报电话未公开", clerk.email),
    ]
    assert not any(mailroom.lint(letter) for letter in outbox.page().letters)


def test_a_silent_number_is_named_and_not_blamed(app, keeper):
    told, missed, quiet, young = (
        line(keeper, number, town(code))
        for number, code in enumerate((make.SHUANGGANG, make.XINZHUANG, make.XIANSHUIGU, make.XIANSHUIGU), start=1)
    )
    young.since = date(2018, 5, 20)
    make.lead("village_head", by=make.officer(Role.TOWN_CLERK), at=make.NOON)
    call = MissedCall(line=missed, rang_at=make.NOON - DAY, missed=rules.Missed.MISSED, row_blind="x")
    call.state, call.last_seq, call.due_on = "left", 1, date(2018, 6, 4)
    db.session.add(call)
    db.session.commit()
    assert queries.silent(keeper, date(2018, 6, 4)) == [quiet]
    assert queries.silent(make.officer(Role.TOWN_CLERK), date(2018, 6, 4)) == []
    assert set(queries.silent(keeper, date(2018, 8, 4))) == {told, missed, quiet, young}
    assert not db.session.scalars(select(LineFault)).all()


def test_calls_that_were_answered_are_the_leads_that_lie_open(app, keeper, monkeypatch):
    by, named = make.officer(Role.TOWN_CLERK), make.officer(Role.LEDGER_KEEPER, name="佘仁杰")
    line(keeper)
    for channel in ("call", "call", "letter"):
        make.lead("village_head", by=by, channel=channel, names=("鄂国栋",))
    assert make.lead("village_head", by=by, names=(named.name,)).walled
    make.lead("village_head", by=keeper, names=("鄂国栋",))
    db.session.commit()
    found = queries.reachability_by_town(*JUNE)
    assert {place: reach.answered for place, reach in found.items()} == {make.SHUANGGANG: 2}, "the bureau has no number"
    assert queries.reachability_by_town(date(2018, 5, 1), date(2018, 5, 31))[make.SHUANGGANG].answered == 0
    monkeypatch.setattr(queries, "_told_by_phone", lambda since: (Lead.channel == "call", Lead.received_at >= since))
    assert queries.reachability_by_town(*JUNE)[make.SHUANGGANG].answered == 3, "a planted fault is found"


def test_another_notice_counts_otherwise(app, keeper):
    second.in_force()
    second.work_by()
    at = make.NOON.replace(year=2030)
    one = line(keeper, office=second.office_of(second.STREETS[0]), at=at)
    faults = [dialled(one, "deaf", keeper, at + n * DAY) for n in range(3)]
    assert faults[:2] == [None, None]
    assert faults[2].problem == "deaf"
    assert [result.passed for result in editions.notice().hotline.results] == [True, False]


def test_what_was_never_given_up_stands_once(app, keeper):
    """Two hands order one test: the database keeps one."""
    one = line(keeper)
    operations.order_test(one, by=keeper, at=make.NOON)
    with pytest.raises(NotNow, match="已经安排"), db.session.begin_nested():
        operations.order_test(one, by=keeper, at=make.NOON)
    with pytest.raises(Incomplete, match="还没有到"):
        operations.record_test(
            *(queries.due_tests_of(one)[0], "helpful", make.NOON + timedelta(hours=1)),
            seconds=None,
            words="",
            by=keeper,
            at=make.NOON,
        )
    assert db.session.scalars(select(HotlineLine)).all() == [one]


def test_a_call_of_any_campaign_is_a_voice(app, keeper):
    """Numbers are one register: a lead of the other notice, by what that one calls a call, breaks the silence."""
    second.in_force()
    quiet = line(keeper, office=keeper.office)
    for channel, silent in (("box", [quiet]), ("phone", [])):
        with editions.under(editions.of("haitang-2030-3").digest):
            make.lead("street_clerk", town=second.STREETS[0], problems=("ghost",), channel=channel)
        assert queries.silent(keeper, date(2018, 6, 4)) == silent
