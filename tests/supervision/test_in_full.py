"""What a supervised case keeps beyond its steps: triggers, joint bodies, interim reports, colours, the gate."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.referrals import cast
from tests.supervision.test_every_move import DEEDS, LATER, S, brought_to, people, report
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.law.bodies import Body, SupervisionTrigger
from tipline.leads.models import Access
from tipline.office import calendars, editions, trail
from tipline.office.charter import Act, Role
from tipline.office.models import Letter
from tipline.referrals.lifecycle import ReferralState
from tipline.supervision import colours, grounds, interims, jobs, joining, operations, pages, queries, rules, waiting
from tipline.supervision.lifecycle import InterimState, Missing
from tipline.supervision.models import SupervisedCase


def day(month, number, hour=1):
    return datetime(2018, month, number, hour, tzinfo=UTC)


def test_a_later_trigger_joins_the_set_and_the_trail_says_so(app):
    players = people()
    case = brought_to(S.UNDER_SUPERVISION, players)
    grounds.add_trigger(case, SupervisionTrigger.MAJOR, reason="又有五户反映。", by=players["keeper"], at=LATER)
    told = grounds.Instructed("区委副书记", date(2018, 6, 4), "请查清此事。", "批2018-3")
    grounds.note_instruction(case, told, by=players["leader"], at=LATER)
    assert case.triggers == ["leader_instruction", "major", "media"]
    assert (case.instructions[0].text, case.instructions[0].document) == ("请查清此事。", "批2018-3")
    for again in (SupervisionTrigger.MEDIA, SupervisionTrigger.MAJOR):
        with pytest.raises(Incomplete, match="已有"):
            grounds.add_trigger(case, again, reason="再报一次。", by=players["keeper"], at=LATER)
    late = grounds.Instructed("区委副书记", date(2019, 6, 4), "请查清此事。")
    with pytest.raises(Incomplete, match="晚于今天"):
        grounds.note_instruction(case, late, by=players["leader"], at=LATER)
    facts = [entry.facts.get("trigger") for entry in queries.entries_of(case)]
    assert facts[-2:] == ["major", "leader_instruction"]
    assert not any("批2018" in str(entry.facts) or "区委" in str(entry.facts) for entry in queries.entries_of(case))


def test_what_no_trigger_catches_is_proposed_by_hand_and_opened_by_another(app):
    keeper, inspector = make.officer(Role.LEDGER_KEEPER), make.officer(Role.DISTRICT_INSPECTOR)
    lead, clerk = make.lead("village_accountant"), make.officer(Role.TOWN_CLERK)
    with pytest.raises(NotPermitted):
        grounds.propose_by_hand(lead, reason="群众反映强烈。", by=clerk, at=make.NOON)
    case = grounds.propose_by_hand(lead, reason="群众反映强烈。", by=inspector, at=make.NOON)
    db.session.flush()
    assert (case.triggers, case.reason, case.number) == ([], "群众反映强烈。", "DB2018-001")
    with pytest.raises(NotNow):
        grounds.propose_by_hand(lead, reason="再提一次。", by=keeper, at=make.NOON)
    with pytest.raises(NotPermitted, match="两人"):
        operations.open_supervision(case, "查清去向。", [], by=inspector, at=make.NOON)
    operations.open_supervision(case, "查清去向。", [], by=make.officer(Role.BUREAU_LEADER), at=make.NOON)
    assert case.letter_no == "督〔2018〕1号"
    assert not list(trail.faults())


def test_interim_reports_are_owed_every_twenty_working_days_until_the_result(app):
    case = brought_to(S.UNDER_SUPERVISION, people())
    # by hand from the holiday table of 2018: 18 June is the Dragon Boat rest day
    assert [one.due_on for one in case.interims] == [date(2018, 7, 3), date(2018, 7, 31), date(2018, 8, 28)]
    assert case.due_on == date(2018, 9, 4)
    assert rules.interim_days(date(2018, 6, 4), None, editions.notice(), calendars.calendar()) == []


def test_an_interim_report_goes_back_and_forth_and_its_words_stay_in_the_trail(app):
    players = people()
    case = brought_to(S.UNDER_SUPERVISION, players)
    with pytest.raises(NotPermitted, match="承办"):
        interims.file(case, "我来报。", by=make.officer(Role.TOWN_INSPECTOR, make.XIANSHUIGU), at=LATER)
    first = interims.file(case, "只写了一句。", by=players["town"], at=LATER)
    assert waiting.waiting_for(players["keeper"], date(2018, 6, 5))[0].act is Act.ACKNOWLEDGE_INTERIM
    interims.send_back(case, reason="没有写金额。", by=players["keeper"], at=LATER)
    assert first.state is InterimState.SENT_BACK
    assert interims.owed(case) is first
    interims.file(case, "已核实三户，涉及一千二百元。", by=players["town"], at=LATER)
    interims.acknowledge(case, last=True, by=players["keeper"], at=LATER)
    assert [one.state for one in case.interims] == [InterimState.ACKNOWLEDGED, *[InterimState.WAIVED] * 2]
    with pytest.raises(Incomplete):
        interims.file(case, "还有一期。", by=players["town"], at=LATER)
    db.session.flush()
    notes = [entry.note for entry in queries.entries_of(case) if entry.act is Act.FILE_INTERIM]
    assert notes == ["只写了一句。", "已核实三户，涉及一千二百元。"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"evidence": " "}, "佐证"),
        ({"discussion": ""}, "集体研究"),
        ({"principal": ""}, "主要负责人"),
        ({"approved_on": date(2018, 6, 4)}, "先集体研究"),
        ({"discussed_on": date(2018, 6, 6), "approved_on": date(2018, 6, 6)}, "今天"),
        ({"dealt_with": ""}, "处理了哪些人"),
        ({"replied_on": None}, "一并填写"),
        ({"recovered_fen": -1}, "负数"),
    ],
)
def test_a_result_that_was_not_discussed_approved_and_proved_is_not_reported(app, wrong, said):
    players = people()
    case = brought_to(S.UNDER_SUPERVISION, players)
    with pytest.raises(Incomplete, match=said):
        operations.report_result(case, report(**wrong), by=players["town"], at=LATER)
    assert (case.state, case.evidence, case.discussion) == (S.UNDER_SUPERVISION, None, None)


def test_a_result_that_comes_back_says_what_it_lacks_and_stays_readable(app):
    players = people()
    case = brought_to(S.RESULT_REPORTED, players)
    with pytest.raises(Incomplete, match="缺少"):
        operations.send_back_result(case, missing=[], reason="不够。", by=players["leader"], at=LATER)
    lacks = [Missing.MONEY, Missing.REPLY]
    operations.send_back_result(case, missing=lacks, reason="没有写金额。", by=players["leader"], at=LATER)
    assert case.missing == ["money", "reply"]
    operations.report_result(case, report("补充后的结果。"), by=players["town"], at=LATER)
    db.session.flush()
    assert case.missing == []
    notes = [entry.note for entry in queries.entries_of(case) if entry.act is Act.REPORT_RESULT]
    assert notes == ["已查清。", "补充后的结果。"]


def test_a_joint_body_sees_the_case_from_the_day_it_joins(app):
    players = people()
    case = brought_to(S.UNDER_SUPERVISION, players)
    db.session.commit()
    group = players["group"]
    assert not list(db.session.scalars(queries.visible_to(group)))
    with pytest.raises(NotPermitted, match="督办单位"):
        operations.record_progress(case, "hearing", found="听了汇报。", by=group, at=LATER)
    DEEDS[Act.JOIN_BODY](case, players)
    assert list(db.session.scalars(queries.visible_to(group))) == [case]
    operations.record_progress(case, "hearing", found="听了汇报。", by=group, at=LATER)
    with pytest.raises(Incomplete, match="联合督办"):
        DEEDS[Act.JOIN_BODY](case, players)
    with pytest.raises(Incomplete, match="联合督办"):
        joining.join_body(case, case.lead_office, by=players["leader"], at=LATER)


def test_each_side_names_its_own_and_whoever_supervises_any(app):
    players = people()
    case = brought_to(S.UNDER_SUPERVISION, players)
    elsewhere = make.officer(Role.TOWN_INSPECTOR, make.XIANSHUIGU)
    for outsider in (elsewhere, players["group"]):
        with pytest.raises(Incomplete):
            joining.name_officer(case, outsider, by=players["leader"], at=LATER)
    with pytest.raises(Incomplete):
        joining.name_officer(case, players["keeper"], by=players["town"], at=LATER)
    own = joining.name_officer(case, players["town"], by=players["town"], at=LATER)
    other = joining.name_officer(case, players["keeper"], by=players["leader"], at=LATER)
    assert joining.answering(case) == [own, other]
    with pytest.raises(NotPermitted):
        joining.relieve_officer(other, reason="不归我管。", by=players["town"], at=LATER)
    joining.relieve_officer(own, reason="工作调动。", by=players["leader"], at=LATER)
    assert joining.answering(case) == [other]
    assert own.until == LATER


def test_whoever_comes_behind_a_wall_no_longer_answers_nor_acts(app):
    players = people()
    case = brought_to(S.UNDER_SUPERVISION, players)
    named = joining.name_officer(case, players["second"], by=players["leader"], at=LATER)
    db.session.commit()
    case.lead.walled = True  # as a redrawn list leaves it: everybody but the second leader
    others = (one for name, one in players.items() if name != "second")
    db.session.add_all(Access(lead_id=case.lead_id, officer_id=one.id) for one in others)
    db.session.commit()
    assert named not in joining.answering(case)
    assert players["second"].id not in {one.id for one in joining.may_answer(case, players["leader"])}
    assert not list(db.session.scalars(queries.visible_to(players["second"])))
    assert not waiting.waiting_for(players["second"], date(2018, 6, 5))
    with pytest.raises(NotPermitted):
        operations.urge(case, by=players["second"], at=LATER)
    assert [one.officer for one in pages.stood_down(case)] == [players["second"]]


def test_the_next_look_waits_on_the_desk_of_whoever_supervises(app):
    players = people()
    case = brought_to(S.UNDER_SUPERVISION, players)
    for wrong in (date(2018, 6, 16), date(2018, 6, 5)):
        with pytest.raises(Incomplete, match="工作日"):
            operations.record_progress(case, "file", found="看了卷。", next_on=wrong, by=players["keeper"], at=LATER)
    looked = {"found": "看了卷。", "next_step": "再去现场。", "by": players["keeper"], "at": LATER}
    operations.record_progress(case, "file", next_on=date(2018, 6, 12), **looked)
    (thing,) = waiting.waiting_for(players["keeper"], date(2018, 6, 6))
    assert (thing.act, thing.day, thing.number) == (Act.RECORD_PROGRESS, date(2018, 6, 12), case.number)
    assert not [one for one in waiting.waiting_for(players["group"], date(2018, 6, 6)) if one.number == case.number]
    operations.record_progress(case, "on_site", **looked)
    assert not waiting.waiting_for(players["keeper"], date(2018, 6, 6))


def walk(first, last):
    """Every morning from the one day to the other, twice, as a clock that is restarted would."""
    morning = first
    while morning <= last:
        yield morning
        yield morning + timedelta(minutes=5)
        morning += timedelta(days=1)


def test_each_colour_is_written_of_once_and_never_on_a_rest_day(app):
    players = people()
    case = brought_to(S.UNDER_SUPERVISION, players)
    db.session.commit()
    written = {}
    for moment in walk(day(6, 4), day(9, 30)):
        if count := jobs.warn(moment):
            written[moment.date()] = count
    # blue 4 July (Wed), yellow 4 Aug is a Saturday: Monday 6; red 4 September (Tue)
    assert list(written) == [date(2018, 7, 4), date(2018, 8, 6), date(2018, 9, 4)]
    query = select(Letter).where(Letter.about.like(f"{case.ref}/under_supervision/%")).order_by(Letter.id)
    letters = list(db.session.scalars(query))
    keeper, leaders, town = players["keeper"], {players["leader"].email, players["second"].email}, players["town"]
    assert letters[0].address == keeper.email
    assert {letter.address for letter in letters[1:3]} == leaders
    assert [letter.address for letter in letters[3:]] == [town.email]
    assert "红色预警" in letters[3].subject
    assert not any(word in letter.subject + letter.body for letter in letters for word in (*make.NAMES, "资金"))


def test_a_clock_that_stood_still_writes_only_of_the_colour_reached(app):
    players = people()
    case = brought_to(S.UNDER_SUPERVISION, players)
    db.session.commit()
    assert jobs.warn(day(9, 5)) == 1  # red, to the body; blue and yellow are past
    interims.file(case, "已调取流水。", by=players["town"], at=day(9, 6))
    db.session.commit()
    assert jobs.warn(day(9, 7)) == 0
    assert jobs.warn(day(10, 8)) == 1  # it lies again: blue anew


def test_the_colour_of_a_referral_counts_for_its_case(app):
    players = cast.cast()
    referral = cast.brought_to(ReferralState.SIGNED_FOR, players, cast.proposed(players, media=True))
    (case,) = db.session.scalars(select(SupervisedCase))
    operations.open_supervision(case, "查清去向。", [], by=players.leader, at=make.NOON)
    interims.file(case, "已调取流水。", by=players.inspector, at=day(7, 3))
    db.session.commit()
    assert not colours.gravest([case], date(2018, 7, 3))
    (found,) = colours.gravest([case], date(2018, 7, 4)).values()
    assert (found.about, found.colour.key) == (referral, "blue")


def test_a_referral_is_not_concluded_while_its_case_is_open_on_paper(app):
    players = cast.cast()
    referral = cast.brought_to(ReferralState.IN_DISPOSITION, players, cast.proposed(players, media=True))
    (case,) = db.session.scalars(select(SupervisedCase))
    steps = [(operations.Stage.PLAN, date(2018, 6, 8))]
    operations.open_supervision(case, "查清去向。", steps, by=players.leader, at=make.NOON)
    db.session.flush()

    def conclude():
        make.concluded(referral, result="属实。", by=players.inspector, at=day(6, 7))

    with pytest.raises(Incomplete, match="1个节点"):
        conclude()
    operations.meet_milestone(case.milestones[0], by=players.inspector, at=day(6, 6))
    with pytest.raises(Incomplete, match="3期阶段情况"):
        conclude()
    interims.file(case, "已查清。", by=players.inspector, at=day(6, 6))
    interims.acknowledge(case, last=True, by=players.keeper, at=day(6, 6))
    conclude()
    assert referral.state is ReferralState.CONCLUDED


def test_another_body_of_the_lead_does_not_learn_of_the_case_from_its_gate(app):
    players = cast.cast()
    referral = cast.brought_to(ReferralState.IN_DISPOSITION, players, cast.proposed(players, media=True))
    (case,) = db.session.scalars(select(SupervisedCase))
    operations.open_supervision(
        case, "查清去向。", [(operations.Stage.PLAN, date(2018, 6, 8))], by=players.leader, at=make.NOON
    )
    case.lead_office = make.office(Body.DISTRICT_DISCIPLINE_BODY)
    db.session.flush()
    make.concluded(referral, result="属实。", by=players.inspector, at=day(6, 7))
    assert referral.state is ReferralState.CONCLUDED


def test_the_lead_page_offers_to_propose_by_hand_and_the_stranger_gets_no_page(app, sign_in):
    keeper, lead = make.officer(Role.LEDGER_KEEPER), make.lead("village_accountant")
    stranger, clerk = make.officer(Role.GROUP_INSPECTOR), make.officer(Role.TOWN_CLERK)
    db.session.commit()
    address = f"/supervision/leads/{lead.key}/propose-by-hand"
    assert "propose-by-hand" in sign_in(keeper).get(f"/leads/{lead.key}").text
    assert sign_in(stranger).post(address, data={"propose-reason": "群众反映强烈。"}).status_code == 404
    assert sign_in(clerk).post(address, data={"propose-reason": "群众反映强烈。"}).status_code == 404
    assert sign_in(keeper).post(address, data={"propose-reason": ""}).status_code == 422
    assert sign_in(keeper).post(address, data={"propose-reason": "群众反映强烈。"}).status_code == 302


def test_the_next_milestone_stands_on_top_of_the_page(app, sign_in):
    players = people()
    case = brought_to(S.UNDER_SUPERVISION, players)
    DEEDS[Act.NOTE_INSTRUCTION](case, players)
    db.session.commit()
    page = sign_in(players["keeper"]).get(f"/supervision/{case.key}").text
    assert page.index("下一个节点") < page.index("督办要求") < page.index("办理经过")
    assert "督〔2018〕1号" in page
    assert "请查清。" in page
    assert "请查清。" not in sign_in(players["town"]).get(f"/supervision/{case.key}").text


def test_the_sheets_of_outcome_are_counted_where_the_result_is_reported_and_judged(app, sign_in):
    handling = cast.cast()
    lead = make.lead("village_head", "village_accountant", media=True, by=handling.operator)
    (case,) = db.session.scalars(select(SupervisedCase))
    operations.open_supervision(case, "查清资金去向。", [], by=handling.leader, at=make.NOON)
    for owed in case.interims:
        owed.state = InterimState.WAIVED
    for referral, fen in zip(make.referrals(lead), (120_000, 3_450), strict=True):
        cast.brought_to(ReferralState.IN_DISPOSITION, handling, referral)
        make.concluded(referral, by=handling.inspector, at=LATER, recovered_fen=fen)
    db.session.commit()
    address = f"/supervision/{case.key}"
    body, watcher = (sign_in(one).get(address).text for one in (handling.inspector, handling.keeper))
    assert 'value="1234.5"' in body or 'value="1234.50"' in body
    assert "本单位承办部分" in body
    assert "结果单汇总" in watcher
    assert "全件" in watcher


def test_the_day_of_the_result_is_put_off_once_and_the_day_before_stays_to_be_seen(app, sign_in):
    players = people()
    case = brought_to(S.UNDER_SUPERVISION, players)
    with pytest.raises(NotPermitted):
        operations.extend(case, reason="涉及账目多。", by=players["town"], at=LATER)
    operations.extend(case, reason="涉及账目多，须逐笔核对。", by=players["leader"], at=LATER)
    # three months and three more from 4 June 2018, by the notice's C-26.1; interim reports every 20 working days
    assert (case.before_on, case.due_on) == (date(2018, 9, 4), date(2018, 12, 4))
    assert [one.due_on for one in case.interims][3:] == [date(2018, 9, 26), date(2018, 10, 29), date(2018, 11, 26)]
    with pytest.raises(NotNow, match="已延长过一次"):
        operations.extend(case, reason="还要再延。", by=players["leader"], at=LATER)
    db.session.commit()
    page = sign_in(players["town"]).get(f"/supervision/{case.key}").text
    assert all(words in page for words in ("2018年9月4日", "2018年12月4日", "须逐笔核对", players["leader"].name))


def test_a_day_that_has_passed_or_has_no_rule_is_not_put_off(app, monkeypatch):
    players = people()
    case = brought_to(S.UNDER_SUPERVISION, players)
    with pytest.raises(NotNow, match="已过期"):
        operations.extend(case, reason="涉及账目多。", by=players["leader"], at=day(9, 5))
    clocks = editions.notice().clocks
    rigid = tuple(replace(clock, extension=None) if clock.id == "C-26.1" else clock for clock in clocks)
    notice = replace(editions.notice(), clocks=rigid)
    monkeypatch.setattr("tipline.office.editions.of", lambda key: notice)
    with pytest.raises(NotNow, match="没有给出"):
        operations.extend(case, reason="涉及账目多。", by=players["leader"], at=LATER)


def test_a_case_goes_with_its_lead_to_the_body_above(app):
    handling, above = cast.cast(), make.officer(Role.DISTRICT_INSPECTOR)
    lead = make.lead("village_head", media=True, by=handling.operator)
    (referral,) = make.referrals(lead)
    cast.brought_to(ReferralState.IN_DISPOSITION, handling, referral)
    (case,) = db.session.scalars(select(SupervisedCase))
    operations.open_supervision(case, "查清资金去向。", [], by=handling.leader, at=LATER)
    joining.name_officer(case, handling.inspector, by=handling.leader, at=LATER)
    cast.DEEDS[Act.RAISE_REFERRAL](referral, handling, LATER)
    assert case.lead_office is referral.to is above.office
    db.session.flush()
    assert queries.of_lead(above, lead) is case
    assert joining.answering(case) == []
    assert pages.stood_down(case) == case.officers
    assert [entry.by.role for entry in queries.entries_of(case) if entry.act is Act.MOVE_SUPERVISION] == [Role.CLOCK]
    letters = select(Letter.address).where(Letter.about.startswith(f"{case.ref}/supervision_opened"))
    assert above.email in set(db.session.scalars(letters))
    assert not list(trail.faults())
