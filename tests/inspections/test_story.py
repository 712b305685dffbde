"""One inspection from the plan to the last finding put right, and what may not be done on the way."""

from datetime import date

import pytest
from sqlalchemy import select

from tests import make
from tests.inspections.at_work import SEED, WORDS, cast, found, noon, photo, planned, seen, under_way, villages
from tipline.inspections import jobs, operations, queries, waiting
from tipline.inspections.lifecycle import FindingState as F
from tipline.inspections.lifecycle import InspectionState as V
from tipline.inspections.lifecycle import Kind
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.leads.models import Lead
from tipline.office import editions, trail
from tipline.office.charter import Act, Role
from tipline.office.models import Letter
from tipline.sampling.rules import ticket

TODAY = day_of(make.NOON)


@pytest.fixture
def people(app):
    return cast()


def waits(officer, today=TODAY):
    return [(one.act, one.number) for one in waiting.waiting_for(officer, today)]


def letters(finding):
    query = select(Letter.address).where(Letter.about.startswith(finding.ref)).order_by(Letter.id)
    return list(db.session.scalars(query))


def test_villages_are_drawn_under_a_seed_that_was_published_by_somebody_else(people):
    village = villages()[0]
    paper = planned(people, village, by_lot=3)
    with pytest.raises(NotPermitted):
        operations.start(paper, by=people.keeper, at=make.NOON)
    assert waits(people.keeper) == []
    assert waits(people.leader) == [(Act.START_INSPECTION, paper.number)]
    operations.start(paper, by=people.leader, at=make.NOON)
    db.session.commit()
    drawn = {one.place_code for one in paper.places if one.drawn}
    pool = [place.code for town in editions.notice().places for place in villages(town) if place is not village]
    assert drawn == set(sorted(pool, key=lambda code: ticket(SEED, code))[:3])
    assert (paper.state, paper.number) == (V.UNDER_WAY, "DC2018-01")
    assert not list(trail.faults())


def test_a_finding_is_put_right_by_its_town_and_confirmed_by_another_of_the_bureau(people):
    finding = found(under_way(people), people.keeper)
    assert waits(people.clerk) == []
    operations.demand(finding, "复核该户资格，停发不符合的待遇。", by=people.keeper, at=make.NOON)
    assert finding.due_on == date(2018, 6, 19)  # ten working days, the Dragon Boat festival between
    assert waits(people.clerk) == [(Act.REPORT_RECTIFIED, finding.number)]
    operations.report_rectified(finding, "已停发并追回。", photo(), by=people.clerk, at=noon(6, 8))
    with pytest.raises(NotPermitted):
        operations.confirm(finding, by=people.keeper, at=noon(6, 11))
    assert waits(people.leader) == [(Act.CONFIRM_RECTIFIED, finding.number)]
    operations.send_back(finding, "没有追回的凭证，请补充。", by=people.leader, at=noon(6, 11))
    assert (finding.state, finding.due_on) == (F.DEMANDED, date(2018, 6, 26))
    operations.report_rectified(finding, "凭证已附。", by=people.clerk, at=noon(6, 12))
    operations.confirm(finding, by=people.leader, at=noon(6, 13))
    db.session.commit()
    assert (finding.state, finding.seen, len(finding.files)) == (F.CONFIRMED, WORDS, 1)
    assert len(letters(finding)) == 2
    assert not list(trail.faults())


def test_what_is_put_right_on_the_spot_is_confirmed_by_somebody_else(people):
    finding = found(under_way(people), people.keeper)
    operations.correct_on_spot(finding, "当场补贴了公示。", by=people.leader, at=make.NOON)
    for officer in (people.leader, people.keeper):
        with pytest.raises(NotPermitted):
            operations.confirm(finding, by=officer, at=make.NOON)
    operations.confirm(finding, by=make.officer(Role.BUREAU_LEADER), at=make.NOON)
    assert finding.state is F.CONFIRMED


def test_another_town_does_not_answer_for_it(people):
    finding = found(under_way(people), people.keeper)
    operations.demand(finding, "复核该户资格。", by=people.keeper, at=make.NOON)
    stranger = make.officer(Role.TOWN_CLERK, make.XINZHUANG)
    with pytest.raises(NotPermitted):
        operations.report_rectified(finding, "已改。", by=stranger, at=make.NOON)


def test_nothing_is_found_before_and_after_an_inspection_or_on_another_day(people):
    paper = planned(people)
    with pytest.raises(NotNow):
        found(paper, people.keeper)
    operations.start(paper, by=people.leader, at=make.NOON)
    for day in (date(2018, 6, 3), date(2018, 6, 5)):
        with pytest.raises(Incomplete):
            operations.record(paper, seen(on=day), by=people.keeper, at=make.NOON)
    operations.finish(paper, summary="总体尚可，问题已交办。", by=people.keeper, at=make.NOON)
    with pytest.raises(NotNow):
        found(paper, people.keeper)


def test_a_finding_becomes_a_style_finding_and_a_lead_that_only_its_own_readers_hear_of(people):
    finding = found(under_way(people), people.keeper)
    style = operations.note_style(finding, "formalism", by=people.keeper, at=make.NOON)
    assert (style.style, style.term, style.seen) == (True, "formalism", WORDS)
    post = editions.notice().post("bureau_clerk")
    said = finding, post, people.leader.name, "nepotism", "入户核查弄虚作假。"
    lead = operations.turn_into_lead(*said, by=people.keeper, at=make.NOON)
    db.session.commit()
    assert operations.turn_into_lead(*said, by=people.keeper, at=make.NOON) is lead  # an impatient hand
    db.session.commit()
    assert (lead.wrong_dibao, lead.town_code, lead.walled) == (["favour_dibao"], make.SHUANGGANG, True)
    assert finding.number in lead.narrative
    assert queries.leads_of(finding, people.leader) == []
    told = {line.act for line in queries.history(finding)}
    assert told == {Act.RECORD_FINDING, Act.NOTE_STYLE_PROBLEM}
    reader = make.officer(Role.LEDGER_KEEPER)
    open_lead = operations.turn_into_lead(
        finding, editions.notice().post("village_head"), "", "nepotism", "给亲属办低保。", by=reader, at=make.NOON
    )
    db.session.commit()
    assert queries.leads_of(finding, people.leader) == [open_lead]
    assert db.session.scalar(select(Lead.id).where(Lead.id == lead.id))


def test_each_step_of_the_reminders_is_written_once_and_the_bureau_hears_at_the_end(people):
    finding = found(under_way(people), people.keeper)
    operations.demand(finding, "复核该户资格。", date(2018, 6, 8), by=people.keeper, at=make.NOON)
    db.session.commit()
    days = [noon(6, day) for day in (5, 6, 7, 8, 11, 12, 13, 14)]
    assert [jobs.remind(day) for day in days for _ in range(2)] == [0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 2, 0, 0, 0]
    assert letters(finding)[-2:] == [people.deputy.email, people.keeper.email]
    assert (Act.READ_FINDING, finding.number) in waits(people.leader, date(2018, 6, 11))
    operations.report_rectified(finding, "已改。", by=people.clerk, at=noon(6, 14))
    db.session.commit()
    assert jobs.remind(noon(6, 20)) == 0


def test_a_finding_that_nobody_decides_about_waits_for_the_bureau(people):
    finding = found(under_way(people), people.keeper)
    assert waits(people.leader, date(2018, 6, 8)) == []
    assert waits(people.leader, date(2018, 6, 11)) == [(Act.DEMAND_RECTIFICATION, finding.number)]
    operations.let_rest(finding, "已按线索办理。", by=people.leader, at=noon(6, 11))
    assert waits(people.leader, date(2018, 6, 12)) == []


def test_a_town_nobody_has_visited_is_shown_and_told_of_before_the_end(people):
    under_way(people)
    assert queries.visited() == {make.SHUANGGANG: 1}
    assert waits(people.keeper, date(2018, 11, 30)) == []
    (last_call,) = waiting.waiting_for(people.keeper, date(2018, 12, 3))
    assert last_call.what.values["n"] == 7


def test_a_third_party_comes_under_a_contract_and_never_with_a_team(people):
    outsider = make.officer(Role.THIRD_PARTY)
    with pytest.raises(Incomplete):
        planned(people, sort=Kind.THIRD_PARTY, members=(outsider,))
    with pytest.raises(Incomplete):
        planned(people, members=(outsider,))


def test_walled_leads_are_in_no_count(people):
    before = {one.town: one.points for one in queries.attention(date(2018, 5, 1), TODAY)}
    make.lead("village_head", by=people.keeper, media=True)
    db.session.flush()
    (town, *_) = queries.attention(date(2018, 5, 1), TODAY)
    assert (town.town, {one.signal: one.count for one in town.ingredients if one.count}) == (
        make.SHUANGGANG,
        {"reports": 1, "media": 1, **_late(town)},
    )
    walled = make.lead("bureau_clerk", by=people.keeper, names=(people.leader.name,), media=True)
    db.session.flush()
    assert walled.walled
    assert queries.attention(date(2018, 5, 1), TODAY)[0] == town
    assert set(before) == set(editions.notice().places)


def _late(town):
    return {one.signal: one.count for one in town.ingredients if one.signal == "late_duties" and one.count}
