"""Handing in, taking, returning, excusing, ruling: every version kept, every deed in the trail."""

from datetime import date

import pytest
from sqlalchemy import select

from tests import make
from tests.duties import second
from tests.duties.at_work import PLAN, SAID, STAGE, SUMMARY, cell, handed_in, noon
from tipline.duties import operations, queries, waiting
from tipline.duties.lifecycle import SubmissionState as S
from tipline.duties.operations import Said
from tipline.duties.rules import Standing
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.law.bodies import Body
from tipline.office import answering, editions, trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Letter


@pytest.fixture
def clerk(app):
    return make.officer(Role.TOWN_CLERK)


@pytest.fixture
def keeper(app):
    return make.officer(Role.LEDGER_KEEPER)


@pytest.fixture
def leader(app):
    return make.officer(Role.BUREAU_LEADER)


def summary() -> Said:
    return Said(words="在保、退保、未批准三张表已汇总。")


def test_a_plan_is_handed_in_with_its_leaders_and_accepted(clerk, keeper):
    paper = handed_in(clerk)
    operations.accept(paper, by=keeper, at=make.NOON)
    db.session.commit()
    version = paper.versions[0]
    assert (paper.state, version.principal, version.deputy, version.words) == (
        S.ACCEPTED,
        "胡永年",
        "宋海涛",
        SAID.words,
    )
    assert (cell().stand.word, cell().stand.done, cell().stand.late) == (S.ACCEPTED, True, True)
    lines = db.session.scalars(select(Entry).where(Entry.paper == paper.ref).order_by(Entry.seq)).all()
    assert [line.act for line in lines] == [Act.HAND_IN, Act.ACCEPT_SUBMISSION]
    assert lines[0].facts == {"duty": PLAN, "period": "once", "place": make.SHUANGGANG, "number": "1"}
    assert not list(trail.faults())


@pytest.mark.parametrize(
    "said", [Said(words="方案。"), Said(words="方案。", principal="胡永年"), Said(principal="甲", deputy="乙")]
)
def test_a_plan_without_its_leaders_or_without_content_is_refused(clerk, said):
    with pytest.raises(Incomplete):
        handed_in(clerk, said=said)
    assert queries.submission_of(cell()) is None


def test_the_summary_is_replaced_until_the_end_of_august_and_every_version_stays(clerk, keeper):
    first = handed_in(clerk, noon(7, 9), SUMMARY, summary())
    operations.accept(first, by=keeper, at=noon(7, 11))
    again = handed_in(clerk, noon(8, 31), SUMMARY, Said(words="最终数。"))
    db.session.commit()
    assert again is first
    assert [(one.number, one.words) for one in first.versions] == [(2, "最终数。"), (1, summary().words)]
    assert first.state is S.FILED
    assert not cell(SUMMARY, on=date(2018, 9, 1)).stand.late
    with pytest.raises(NotNow):
        handed_in(clerk, noon(9, 1), SUMMARY, summary())


def test_a_stage_report_is_not_replaced_after_its_day(clerk):
    handed_in(clerk, noon(8, 15), STAGE, summary())
    with pytest.raises(NotNow):
        handed_in(clerk, noon(8, 16), STAGE, summary())


def test_what_comes_back_is_owed_again_with_the_reason_and_the_clerk_hears_of_it(clerk, keeper):
    paper = handed_in(clerk)
    operations.send_back(paper, cell().duty, reason="缺排查步骤，请补充。", by=keeper, at=make.NOON)
    db.session.commit()
    assert cell().stand.owed
    assert paper.reason == "缺排查步骤，请补充。"
    letter = db.session.scalars(select(Letter).where(Letter.about == f"{paper.ref}/returned/1")).one()
    assert letter.address == clerk.email
    assert "排查步骤" not in letter.subject + letter.body
    handed_in(clerk)
    db.session.commit()
    assert [one.number for one in paper.versions] == [2, 1]


def test_a_leader_excuses_with_a_reason_and_the_town_may_still_hand_in(clerk, leader):
    paper = operations.excuse(cell(), reason="并入试点方案，不另报。", by=leader, at=make.NOON)
    db.session.commit()
    assert (cell().stand.word, cell().stand.owed) == (S.EXCUSED, False)
    assert not paper.versions
    assert handed_in(clerk).state is S.FILED


@pytest.mark.parametrize("role", [Role.TOWN_CLERK, Role.LEDGER_KEEPER, Role.DISTRICT_INSPECTOR])
def test_nobody_else_excuses(app, role):
    with pytest.raises(NotPermitted):
        operations.excuse(cell(), reason="不用报了，免报。", by=make.officer(role), at=make.NOON)


def test_a_town_hands_in_for_itself_alone(clerk):
    with pytest.raises(NotPermitted):
        operations.hand_in(cell(place=make.XINZHUANG), SAID, by=clerk, at=make.NOON)


def test_what_another_room_answers_for_is_not_handed_in_here(clerk):
    may = cell("typical_cases", period="2018-05")
    with pytest.raises(NotNow):
        operations.hand_in(may, SAID, by=clerk, at=make.NOON)


def test_what_the_bureau_hands_in_another_hand_takes(app, keeper, leader):
    second.in_force()
    second.work_by()
    bureau = cell("digest", on=date(2030, 4, 2), place="120112", period="2030-Q1")
    paper = operations.hand_in(bureau, Said(words="一季度情况。"), by=keeper, at=noon(4, 2, 2030))
    db.session.flush()
    with pytest.raises(NotPermitted):
        operations.accept(paper, by=keeper, at=noon(4, 2, 2030))
    operations.accept(paper, by=make.officer(Role.LEDGER_KEEPER), at=noon(4, 2, 2030))


def test_the_contradiction_waits_for_a_leader_until_it_is_decided(app, leader, keeper):
    def clash(officer):
        found = waiting.waiting_for(officer, date(2018, 6, 4))
        return [thing for thing in found if thing.act is Act.RULE_ON_CLASH]

    assert [thing.values for thing in clash(leader)] == [{"duty": SUMMARY}]
    assert clash(keeper) == []
    duty = editions.notice().duty(SUMMARY)
    operations.rule(duty, "7月10日报阶段数，8月31日报最终数。", by=leader, at=make.NOON)
    operations.rule(duty, "7月10日的数供掌握进度，以8月31日为准。", by=leader, at=make.NOON)
    db.session.commit()
    assert clash(leader) == []
    assert [one.words[:5] for one in queries.rulings(duty)] == ["7月10日", "7月10日"]
    assert "以8月31日为准" in queries.rulings(duty)[0].words
    with pytest.raises(NotPermitted):
        operations.rule(duty, "以七月为准。", by=keeper, at=make.NOON)
    with pytest.raises(NotNow):
        operations.rule(editions.notice().duty(STAGE), "以八月为准。", by=leader, at=make.NOON)


def test_what_waits_for_the_clerk_and_for_the_bureau(clerk, keeper):
    def acts(officer):
        return [
            (thing.act, thing.values["key"].split(".")[0]) for thing in waiting.waiting_for(officer, date(2018, 6, 4))
        ]

    assert acts(clerk) == [(Act.HAND_IN, PLAN)]
    handed_in(clerk)
    db.session.commit()
    assert acts(clerk) == []
    assert acts(keeper) == [(Act.ACCEPT_SUBMISSION, PLAN)]


def test_other_rooms_answer_for_their_duties_and_what_none_keeps_is_elsewhere(app, monkeypatch):
    monkeypatch.delitem(answering.rooms, "publicity")
    on = date(2018, 6, 8)
    assert cell("typical_cases", on=on, period="2018-05").stand.word is Standing.LATE
    assert cell("publicity_town", on=on, period="2018-Q2").stand.word is Standing.ELSEWHERE
    villages = [one for one in queries.cells(queries.asked(on), on) if one.duty.key == "publicity_village"]
    town = [one for one in villages if one.debtor.office.place_code == make.SHUANGGANG]
    assert len({one.debtor.code for one in town}) > 5
    assert {one.debtor.office.body for one in villages} == {Body.TOWN_GOVERNMENT}
