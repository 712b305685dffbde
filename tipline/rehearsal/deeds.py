"""Who does what in the rehearsal's past: for every step, the first officer who really may."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from tipline.checklists import operations as checklists
from tipline.checklists import queries as checklist
from tipline.checklists.models import Verdict
from tipline.handling import operations as handling
from tipline.handling.lifecycle import Manner
from tipline.handling.rules import Chosen
from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.kit.words import Labelled
from tipline.law.bodies import Body
from tipline.office import calendars, roster
from tipline.office.charter import Act, Role
from tipline.office.models import Officer
from tipline.referrals import objections, recalls, returns
from tipline.referrals import operations as referrals
from tipline.referrals import queries as referral_queries
from tipline.referrals.lifecycle import Disposition
from tipline.referrals.lifecycle import ReferralState as S
from tipline.referrals.models import Referral
from tipline.rehearsal import letters, outcomes
from tipline.rehearsal.hands import who
from tipline.sampling import operations as sampling
from tipline.sampling import queries as sampling_queries
from tipline.supervision import grounds, interims, joining
from tipline.supervision import objections as supervision_objections
from tipline.supervision import operations as supervision
from tipline.supervision import queries as supervision_queries
from tipline.supervision.lifecycle import CaseState, Stage
from tipline.supervision.models import SupervisedCase

Step = Act
TAKEN = (Act.APPROVE_REFERRAL, Act.HAND_OVER, Act.SIGN_FOR)
AT_WORK = (*TAKEN, Act.TELL_ACCEPTANCE, Act.SET_DISPOSITION)
ENDED = (*AT_WORK, Act.RECORD_MILESTONE, Act.CONCLUDE)

ROADS: dict[Labelled, tuple[Step, ...]] = {
    S.PROPOSED: (),
    S.REDIRECTING: (Act.REDIRECT_REFERRAL,),
    S.APPROVED: TAKEN[:1],
    S.HANDED_OVER: TAKEN[:2],
    S.RETURNED: (*TAKEN[:2], Act.SEND_BACK, Act.ENDORSE_RETURN, Act.AGREE_RETURN),
    S.RECALLED: (*TAKEN[:2], Act.RECALL),
    S.SIGNED_FOR: TAKEN,
    S.IN_DISPOSITION: (*AT_WORK, Act.RECORD_MILESTONE),
    S.SHELVED: (*TAKEN, Act.SHELVE),
    S.CASE_FILED: (*AT_WORK, Act.RECORD_MILESTONE, Act.FILE_CASE),
    S.CONCLUDED: ENDED,
    S.FED_BACK: (*ENDED, Act.TELL_RESULT),
}
"""How a referral comes to stand where a story leaves it; a step that nobody may take is passed over."""

MAY_BE_PASSED_OVER = {Act.APPROVE_REFERRAL, Act.HAND_OVER, Act.TELL_ACCEPTANCE}
"""What went to its body directly needs no approval, and nobody is told who gave no name."""

LOOKS = ("已调取近三年发放明细和银行流水。", "已到村入户走访六户，并与经办人谈话。", "已调阅评议会记录和公示照片。")

Deed = Callable[[Referral, Officer, datetime, random.Random], Any]

DEEDS: dict[Act, Deed] = {
    Act.APPROVE_REFERRAL: lambda paper, by, at, draw: _approve(paper, by, at),
    Act.REDIRECT_REFERRAL: lambda paper, by, at, draw: referrals.redirect(
        paper, roster.office_of(Body.DISTRICT_DISCIPLINE_BODY), reason="涉及面广，建议由区级直接办理。", by=by, at=at
    ),
    Act.CONFIRM_REDIRECT: lambda paper, by, at, draw: referrals.confirm_redirect(paper, by=by, at=at),
    Act.HAND_OVER: lambda paper, by, at, draw: _hand_over(paper, by, at),
    Act.RECORD_RECEIPT: lambda paper, by, at, draw: referrals.record_receipt(
        paper, f"回执2018第{draw.randint(11, 99)}号", by=by, at=at
    ),
    Act.SIGN_FOR: lambda paper, by, at, draw: referrals.sign_for(paper, by=by, at=at),
    Act.SEND_BACK: lambda paper, by, at, draw: returns.send_back(
        paper, cause="papers_missing", reason="缺少被反映人的具体职务和涉及户的门牌，请补充。", by=by, at=at
    ),
    Act.ENDORSE_RETURN: lambda paper, by, at, draw: returns.endorse(paper, by=by, at=at),
    Act.AGREE_RETURN: lambda paper, by, at, draw: returns.agree(
        paper, reason="经核实确有缺项，同意退回补充。", by=by, at=at
    ),
    Act.RECALL: lambda paper, by, at, draw: recalls.recall(
        paper, reason="发现同一事项另有来信，合并后再移送。", by=by, at=at
    ),
    Act.TELL_ACCEPTANCE: lambda paper, by, at, draw: referrals.tell_acceptance(paper, by=by, at=at),
    Act.SET_DISPOSITION: lambda paper, by, at, draw: handling.set_disposition(
        paper, draw.choice((_verified, _asked))(at), by=by, at=at
    ),
    Act.SHELVE: lambda paper, by, at, draw: handling.shelve(
        paper,
        calendars.calendar().add_working_days(day_of(at), 40),
        reason="关键证人外出，暂不具备核实条件。",
        by=by,
        at=at,
    ),
    Act.RECORD_MILESTONE: lambda paper, by, at, draw: handling.record_milestone(
        paper, draw.choice(LOOKS), day_of(at), by=by, at=at
    ),
    Act.FILE_CASE: lambda paper, by, at, draw: handling.file_case(paper, by=by, at=at),
    Act.CONCLUDE: lambda paper, by, at, draw: outcomes.conclude(paper, by, at, draw),
    Act.TELL_RESULT: lambda paper, by, at, draw: referrals.tell_result(paper, by=by, at=at),
}


def do(step: Step, paper: Referral, *, at: datetime, draw: random.Random, passing: bool = True) -> bool:
    """Take one step, by the first officer who may. False when the road ends here: what may be passed over does not."""
    db.session.flush()
    if step is Act.CONCLUDE:
        _look_into_everything(paper, at)
    for act in (step, Act.RECORD_RECEIPT) if step is Act.SIGN_FOR else (step,):
        by = who(act, paper, referral_queries.visible_to, partial(objections.open_acts, paper), at)
        if by is not None:
            DEEDS[act](paper, by, at, draw)
            return True
    return passing and step in MAY_BE_PASSED_OVER


def _approve(paper: Referral, by: Officer, at: datetime) -> None:
    referrals.approve(paper, by=by, at=at)
    letters.begin(paper, at=at)


def _hand_over(paper: Referral, by: Officer, at: datetime) -> None:
    letters.finish(paper, at=at)
    referrals.hand_over(paper, by=by, at=at)


def _look_into_everything(paper: Referral, at: datetime) -> None:
    """What the checklist asks for, before the conclusion, by whoever signed for it."""
    if paper.signed_for_by is not None:
        for line in checklist.lines_of(paper):
            checklists.check(paper, line.item.key, Verdict.DONE, "", by=paper.signed_for_by, at=at)
        db.session.flush()


def _verified(at: datetime) -> Chosen:
    return Chosen(Disposition.PRELIMINARY_VERIFICATION, on=day_of(at), approver="纪委书记")


def _asked(at: datetime) -> Chosen:
    return Chosen(Disposition.TALK_OR_INQUIRY, on=day_of(at), manner=Manner.LETTER)


def supervise(case: SupervisedCase, *, at: datetime) -> bool:
    """Take the next step of a supervised case. False when there is none, or nobody may."""
    for act, deed in WATCH.get(case.state, ()):
        by = _of_case(act, case, at)
        if by is not None:
            deed(case, by, at)
            return True
    return False


def _of_case(act: Act, case: SupervisedCase, at: datetime) -> Officer | None:
    return who(act, case, supervision_queries.visible_to, partial(supervision_objections.open_acts, case), at)


def _open(case: SupervisedCase, by: Officer, at: datetime) -> None:
    on = [calendars.calendar().add_working_days(day_of(at), days) for days in (5, 15)]
    steps = list(zip((Stage.PLAN, Stage.INTERIM), on, strict=True))
    supervision.open_supervision(
        case, "查清资金去向和责任人，按期报送查办结果，对群众关切作出回应。", steps, by=by, at=at
    )
    _instruct(case, at)
    _join(case, by, at)


def _meet(case: SupervisedCase, by: Officer, at: datetime) -> None:
    open_steps = [milestone for milestone in case.milestones if milestone.met_on is None]
    if open_steps:
        supervision.meet_milestone(open_steps[0], by=by, at=at)
    if interims.owed(case) and not interims.filed(case):
        interims.file(case, "已核对近三年发放明细，走访涉及户，正在固定证据。", by=by, at=at + timedelta(minutes=3))
        _answer(case, last=len(open_steps) <= 1, at=at + timedelta(minutes=4))
    if len(open_steps) <= 1:
        supervision.report_result(case, _report(case, at), by=by, at=at + timedelta(minutes=5))


def _answer(case: SupervisedCase, *, last: bool, at: datetime) -> None:
    by = _of_case(Act.ACKNOWLEDGE_INTERIM, case, at)
    if by is not None:
        interims.acknowledge(case, last=last, by=by, at=at)
        day = calendars.calendar().add_working_days(day_of(at), 6)
        found = {"found": "听取了承办人汇报，看了取证清单。", "next_step": "到村里核对发放情况。"}
        supervision.record_progress(case, "hearing", next_on=day, by=by, at=at, **found)


def _report(case: SupervisedCase, at: datetime) -> supervision.Report:
    return supervision.Report(
        result=outcomes.RESULTS["substantiated"],
        discussed_on=day_of(at),
        discussion="纪委会议",
        principal="主要负责人",
        approved_on=day_of(at),
        evidence=f"卷{at:%Y%m%d}-1",
        persons_dealt=1,
        dealt_with="给予党内警告处分一人。",
        recovered_fen=case.lead.amount_fen,
        replied_on=day_of(at),
        reply="已在村务公开栏公布处理结果。",
    )


def _instruct(case: SupervisedCase, at: datetime) -> None:
    """The leader's instruction is noted by the first who may, where the case is watched because of one."""
    by = _of_case(Act.NOTE_INSTRUCTION, case, at)
    if by is not None and "leader_instruction" in case.triggers:
        told = grounds.Instructed("区领导", day_of(at), "请民政局会同纪检监察部门查清事实，限期报结果。", "批示件12")
        grounds.note_instruction(case, told, by=by, at=at)


def _join(case: SupervisedCase, by: Officer, at: datetime) -> None:
    """A discipline department supervises too, and on each side somebody answers for the case."""
    for office in joining.may_join(case):
        if office.body is Body.DISPATCHED_DISCIPLINE_GROUP:
            joining.join_body(case, office, by=by, at=at)
            break
    for office_id in dict.fromkeys((case.lead_office_id, *(body.office_id for body in case.bodies), by.office_id)):
        able = [one for one in joining.may_answer(case, by) if one.office_id == office_id]
        if able:
            joining.name_officer(case, able[0], by=by, at=at)


def sample(at: datetime, draw: random.Random) -> None:
    """The closures of May are drawn by lot, and the first of them are called back."""
    people = {role: [one for one in roster.officers() if one.role is role] for role in Role}
    keeper, leader = people[Role.LEDGER_KEEPER][0], people[Role.BUREAU_LEADER][0]
    seed = f"{draw.getrandbits(128):032x}"
    may = Month.of(day_of(at)).previous()
    paper = sampling.publish_seed(may.first, may.last, 4, seed, by=keeper, at=at)
    db.session.flush()
    sampling.draw_sample(paper, by=leader, at=at + timedelta(hours=1))
    db.session.flush()
    answers = iter(ANSWERS)
    for one in sampling_queries.drawn_by(paper, keeper):
        answer = next(answers, None)
        if answer:
            sampling.record(one, *answer, by=keeper, at=at + timedelta(hours=3))


ANSWERS = (
    ("satisfied", ("talk_record", "money_record", "approval", "reply_record"), "来电人表示钱已退回，对处理满意。"),
    ("never_asked", ("approval",), "来电人反映办结前没有人到家里核实过。"),
)

WATCH: dict[CaseState, tuple[tuple[Act, Callable[[SupervisedCase, Officer, datetime], None]], ...]] = {
    CaseState.PROPOSED: ((Act.OPEN_SUPERVISION, _open),),
    CaseState.UNDER_SUPERVISION: ((Act.MEET_MILESTONE, _meet),),
    CaseState.RESULT_REPORTED: (
        (Act.ACCEPT_RESULT, lambda case, by, at: supervision.accept_result(case, by=by, at=at)),
    ),
    CaseState.RESULT_ACCEPTED: ((Act.RELEASE, lambda case, by, at: supervision.release(case, by=by, at=at)),),
}
