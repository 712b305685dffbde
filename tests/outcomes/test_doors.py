"""The counter, asked by who may, who may not, and the stranger; words that come back; pages that do not grow."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.outcomes.telling import ON, TESTS, approval, at_work, colleague, measure, money, review, said
from tests.questions import questions
from tests.referrals.cast import cast
from tipline.kit.db import db
from tipline.office import trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry
from tipline.outcomes import clearing, operations, queries, tolerance
from tipline.outcomes.tolerance import Decision
from tipline.referrals import operations as referrals

NOW = make.NOON + timedelta(days=1)
SHEET = {
    "seen": "0",
    "finding": "substantiated",
    "form": "2",
    "party_member": "yes",
    "supervision_object": "group_5",
    "result": "查实，已处理。",
    "established": "1200.50",
    "held": "0.50",
    "measures-0-what": "party_sanction.warning",
    "measures-0-decided_by": "双港镇纪委",
    "measures-0-decided_on": "2018-06-04",
    "measures-0-document": "双港纪〔2018〕7号",
    "money-0-kind": "recovered",
    "money-0-amount": "1200.50",
    "money-1-kind": "to_treasury",
    "money-1-amount": "1200",
    "corrections-0-household": "赵某家",
    "corrections-0-kind": "stop",
    "corrections-0-decided_on": "2018-06-04",
    "corrections-0-effective": "2018-07",
    "corrections-0-document": "双港低保停〔2018〕3号",
}


@pytest.fixture(autouse=True)
def _in_june_2018(set_clock):
    """The counter's clock stands where the calls were made."""
    set_clock(NOW)


class Stage:
    """One referral with every paper beside it that the doors need."""

    def __init__(self, act):
        self.referral, players = at_work(cast())
        self.inspector, self.stranger, self.keeper = players.inspector, players.stranger, players.keeper
        self.leader, self.operator = players.leader, players.operator
        self.second, self.district = colleague(), make.officer(Role.DISTRICT_INSPECTOR)
        self.key = self.referral.key
        getattr(self, f"for_{act.value.replace('.', '_').replace('-', '_')}", lambda: None)()
        db.session.commit()

    def for_referral_conclude(self):
        operations.record(self.referral, said(), seen=0, by=self.inspector, at=make.NOON)

    def for_outcome_check_approval(self):
        self.paper = approval(self.referral, self.inspector)

    for_outcome_decline_approval = for_outcome_check_approval

    def untrue(self):
        make.concluded(self.referral, finding="not_substantiated", form=None, by=self.inspector, at=make.NOON)

    for_clarification_propose = untrue

    def for_clarification_approve(self):
        self.untrue()
        told = {"reason": "影响工作。", "manner": "letter", "audience": "本单位", "requested_on": None}
        self.paper = clearing.propose(self.referral, **told, by=self.inspector, at=make.NOON)

    for_clarification_decline = for_clarification_approve

    def for_clarification_finish(self):
        self.for_clarification_approve()
        clearing.approve(self.paper, principal="书记", by=self.second, at=make.NOON)

    def for_tolerance_decide(self):
        self.paper = review(self.referral, self.inspector)

    def for_tolerance_meet_correction(self):
        self.for_tolerance_decide()
        made = Decision(decision="lighter", ground="理由", correction="补办手续。", correction_due_on=ON)
        tolerance.decide(self.paper, made, by=self.district, at=make.NOON)


DOORS = {
    Act.RECORD_OUTCOME: ("{key}/record", SHEET, "inspector"),
    Act.CONCLUDE: ("{key}/conclude", {}, "inspector"),
    Act.ENTER_APPROVAL: (
        "{key}/enter-approval",
        {
            "approval-body": "municipal_discipline_body",
            "approval-body_name": "天津市纪委监委",
            "approval-document": "津纪批〔2018〕12号",
            "approval-approved_on": "2018-06-04",
        },
        "inspector",
    ),
    Act.CHECK_APPROVAL: ("{key}/approvals/{paper}/check-approval", {}, "second"),
    Act.DECLINE_APPROVAL: (
        "{key}/approvals/{paper}/decline-approval",
        {"unapproved-reason": "文号不符。"},
        "second",
    ),
    Act.PROPOSE_CLARIFICATION: (
        "{key}/propose-clarification",
        {"clarification-reason": "影响工作。", "clarification-manner": "letter", "clarification-audience": "本单位"},
        "inspector",
    ),
    Act.APPROVE_CLARIFICATION: (
        "{key}/clarifications/{paper}/approve",
        {"principal-principal": "镇纪委书记彭某"},
        "second",
    ),
    Act.DECLINE_CLARIFICATION: ("{key}/clarifications/{paper}/decline", {"unclarified-reason": "影响不大。"}, "second"),
    Act.FINISH_CLARIFICATION: ("{key}/clarifications/{paper}/finish", {"clarified-day": "2018-06-04"}, "inspector"),
    Act.PROPOSE_TOLERANCE: (
        "{key}/propose-tolerance",
        {"tolerance-facts": "先行试点。"}
        | {f"tolerance-holds_{test}": "yes" for test in TESTS}
        | {f"tolerance-reason_{test}": "有据可查。" for test in TESTS},
        "inspector",
    ),
    Act.DECIDE_TOLERANCE: (
        "reviews/{paper}/decide",
        {
            "decision-decision": "lighter",
            "decision-ground": "初犯，手续有误。",
            "decision-correction": "补办评议。",
            "decision-correction_due_on": "2018-07-04",
        },
        "district",
    ),
    Act.MEET_CORRECTION: ("reviews/{paper}/meet-correction", {"corrected-day": "2018-06-04"}, "inspector"),
}


@pytest.mark.parametrize("act", DOORS)
def test_every_door_opens_to_who_may_and_is_not_there_for_the_others(app, sign_in, act):
    path, data, who = DOORS[act]
    stage = Stage(act)
    paper = stage.paper.key if hasattr(stage, "paper") else ""
    address = "/outcomes/" + path.format(key=stage.key, paper=paper)
    for outsider in (stage.stranger, stage.keeper, stage.leader, stage.operator):
        assert sign_in(outsider).post(address, data=data).status_code == 404
    assert not list(db.session.scalars(select(Entry).filter_by(act=act)))
    response = sign_in(getattr(stage, who)).post(address, data=data)
    assert response.status_code == 302, response.text
    assert db.session.scalars(select(Entry).filter_by(act=act)).first().by_id == getattr(stage, who).id
    assert not list(trail.faults())


SECOND_HANDS = (Act.CHECK_APPROVAL, Act.APPROVE_CLARIFICATION)


@pytest.mark.parametrize("act", SECOND_HANDS)
def test_a_second_step_is_refused_to_the_first_hand_and_is_no_button_for_it(app, sign_in, act):
    path, data, _ = DOORS[act]
    stage = Stage(act)
    first = sign_in(stage.inspector)
    address = path.format(key=stage.key, paper=stage.paper.key)
    assert f"/{address}" not in first.get(f"/outcomes/{stage.key}").text
    assert first.post(f"/outcomes/{address}", data=data).status_code == 403
    assert f"/{address}" in sign_in(stage.second).get(f"/outcomes/{stage.key}").text


def test_the_sheet_is_kept_as_it_was_typed(app, sign_in):
    stage = Stage(Act.RECORD_OUTCOME)
    browser = sign_in(stage.inspector)
    assert browser.post(f"/outcomes/{stage.key}/record", data=SHEET).status_code == 302
    sheet = queries.sheet_of(stage.referral)
    told = sheet.said()
    assert (told.established_fen, told.held_fen) == (120_050, 50)
    assert [(row.kind, row.amount_fen) for row in told.money] == [("recovered", 120_050), ("to_treasury", 120_000)]
    assert (told.measures[0].kind, told.measures[0].months) == ("warning", 12)
    assert str(told.corrections[0].effective) == "2018-07"
    page = browser.get(f"/outcomes/{stage.key}").text
    for word in ("2019年6月4日", "钱款相符", "赵某家", "双港纪〔2018〕7号", 'value="1200.50"', 'value="2018-07"'):
        assert word in page
    assert "办结前还须" not in page


def test_a_sheet_short_of_something_says_so_and_has_no_button_to_conclude(app, sign_in):
    stage = Stage(Act.RECORD_OUTCOME)
    browser = sign_in(stage.inspector)
    browser.post(f"/outcomes/{stage.key}/record", data=SHEET | {"held": "0.49"})
    page = browser.get(f"/outcomes/{stage.key}").text
    assert "还有0.01元没有去向" in page
    assert f"/outcomes/{stage.key}/conclude" not in page
    assert browser.post(f"/outcomes/{stage.key}/conclude").status_code == 422


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"established": "1200.505"}, "最多写到分"),
        ({"money-0-amount": "0.001"}, "最多写到分"),
        ({"money-0-amount": "0"}, "money-0-amount"),
        ({"measures-0-what": ""}, "measures-0-what"),
        ({"corrections-0-household": "　"}, "corrections-0-household"),
        ({"finding": "false_accusation"}, "finding"),
    ],
)
def test_what_is_wrong_comes_back_with_its_words(app, sign_in, wrong, says):
    stage = Stage(Act.RECORD_OUTCOME)
    response = sign_in(stage.inspector).post(f"/outcomes/{stage.key}/record", data=SHEET | wrong)
    assert response.status_code == 422
    assert says in response.text
    assert "查实，已处理。" in response.text
    assert queries.sheet_of(stage.referral) is None


def test_whoever_wrote_over_an_older_draft_hears_it_and_keeps_the_words(app, sign_in):
    stage = Stage(Act.RECORD_OUTCOME)
    assert sign_in(stage.second).post(f"/outcomes/{stage.key}/record", data=SHEET).status_code == 302
    late = sign_in(stage.inspector).post(f"/outcomes/{stage.key}/record", data=SHEET | {"result": "写了很久的话"})
    assert late.status_code == 409
    assert "写了很久的话" in late.text
    assert "刚才有人保存了新的一稿" in late.text
    assert 'name="seen" type="hidden" value="1"' in late.text  # having seen it, they may write over it


def test_a_referral_that_is_taken_up_again_begins_another_sheet(app, sign_in):
    stage = Stage(Act.RECORD_OUTCOME)
    make.concluded(stage.referral, by=stage.inspector, at=make.NOON)
    referrals.reopen(stage.referral, reason="举报人补充了新证据。", by=stage.inspector, at=make.NOON)
    db.session.commit()
    page = sign_in(stage.inspector).get(f"/outcomes/{stage.key}").text
    assert "现在的结果单" not in page
    assert "第1次办结的结果单" in page
    assert 'name="seen" type="hidden" value="0"' in page


def test_rows_are_added_and_taken_away_without_script(app, sign_in):
    stage = Stage(Act.RECORD_OUTCOME)
    browser = sign_in(stage.inspector)
    more = browser.post(f"/outcomes/{stage.key}/record", data=SHEET | {"add": "money"}).text
    assert 'name="money-2-amount"' in more
    fewer = browser.post(f"/outcomes/{stage.key}/record", data=SHEET | {"remove": "money-1"}).text
    assert 'name="money-1-amount"' not in fewer
    assert queries.sheet_of(stage.referral) is None


def test_false_accusation_is_no_choice_before_its_approval_was_checked(app, sign_in):
    stage = Stage(Act.CHECK_APPROVAL)
    browser = sign_in(stage.second)
    assert 'value="false_accusation"' not in browser.get(f"/outcomes/{stage.key}").text
    browser.post(f"/outcomes/{stage.key}/approvals/{stage.paper.key}/check-approval")
    assert 'value="false_accusation"' in browser.get(f"/outcomes/{stage.key}").text


def test_the_sender_sees_the_finding_and_nothing_else(app, sign_in):
    stage = Stage(Act.RECORD_OUTCOME)
    browser = sign_in(stage.inspector)
    browser.post(f"/outcomes/{stage.key}/record", data=SHEET)
    browser.post(f"/outcomes/{stage.key}/conclude")
    assert "党纪处分" in browser.get(f"/outcomes/{stage.key}").text
    assert "警告" in browser.get(f"/referrals/{stage.key}").text
    for sender in (stage.keeper, stage.leader):
        page = sign_in(sender).get(f"/referrals/{stage.key}").text
        assert "属实" in page
        for hidden in ("警告", "第二种形态", "1,200.50", "双港纪", "结果单", "赵某家"):
            assert hidden not in page
        assert sign_in(sender).get(f"/outcomes/{stage.key}").status_code == 404
        assert sign_in(sender).get("/outcomes/").status_code == 404


def test_a_reading_is_written_in_the_trail(app, sign_in):
    stage = Stage(Act.CONCLUDE)
    sign_in(stage.inspector).get(f"/outcomes/{stage.key}")
    assert db.session.scalars(select(Entry).filter_by(act=Act.READ_OUTCOMES)).one().by_id == stage.inspector.id


def test_a_review_is_read_by_the_body_and_the_decider_and_by_nobody_else(app, sign_in):
    stage = Stage(Act.DECIDE_TOLERANCE)
    address = f"/outcomes/reviews/{stage.paper.key}"
    for reader in (stage.inspector, stage.district):
        assert "先行试点" in sign_in(reader).get(address).text
    for outsider in (stage.stranger, stage.keeper, stage.leader, stage.operator):
        assert sign_in(outsider).get(address).status_code == 404
    assert sign_in(stage.district).get(f"/outcomes/{stage.key}").status_code == 404  # the review, and no more


def test_the_list_asks_as_much_for_forty_as_for_five(app, sign_in):
    players = cast()
    browser, counts = sign_in(players.inspector), []
    for number in (5, 35):
        for _ in range(number):
            referral, _players = at_work(players)
            rows = {"measures": (measure(),), "money": money(recovered=100, to_treasury=100), "established_fen": 100}
            operations.record(referral, said(**rows), seen=0, by=players.inspector, at=make.NOON)
        db.session.commit()
        browser.get("/outcomes/")
        with questions() as seen:
            page = browser.get("/outcomes/")
        counts.append(len(seen))
        assert page.status_code == 200
    assert counts[0] == counts[1]
    assert page.text.count('class="row-link"') == queries.PAGE
    assert "after=" in page.text


def test_a_sheet_asks_as_much_after_forty_drafts_as_after_one(app, sign_in):
    referral, players = at_work()
    browser, counts, seen_draft = sign_in(players.inspector), [], 0
    for number in (1, 39):
        for _ in range(number):
            rows = {"measures": (measure(),) * 3, "money": money(recovered=100, to_treasury=100)}
            operations.record(referral, said(**rows), seen=seen_draft, by=players.inspector, at=make.NOON)
            seen_draft += 1
        db.session.commit()
        browser.get(f"/outcomes/{referral.key}")
        with questions() as seen:
            assert browser.get(f"/outcomes/{referral.key}").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
