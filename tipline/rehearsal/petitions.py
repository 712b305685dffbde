"""What is done with the petitions of the rehearsal's past: for every step, the first officer who really may."""

import random
from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlalchemy import select

from tipline.eligibility import answering, objections, operations, queries
from tipline.eligibility.answering import Said
from tipline.eligibility.lifecycle import ReviewState as R
from tipline.eligibility.models import EligibilityReview
from tipline.eligibility.rules import CheckKind, Outcome, Stand
from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.rehearsal.hands import who

CHECKED = (Act.ACCEPT_PETITION, Act.START_CHECKS, Act.RECORD_CHECK)
SAID = (*CHECKED, Act.DECIDE_PETITION)

ROADS: dict[Labelled, tuple[Act, ...]] = {
    R.OPENED: (),
    R.NOT_ACCEPTED: (Act.REFUSE_PETITION, Act.TELL_PETITIONER),
    R.FORWARDED: (Act.FORWARD_PETITION,),
    R.ACCEPTED: (Act.ACCEPT_PETITION,),
    R.CHECKING: (*CHECKED, Act.ASK_MORE_TIME),
    R.DECIDED: SAID,
    R.EXECUTED: (*SAID, Act.EXECUTE_DECISION, Act.DELIVER_ANSWER),
    R.SECOND_LOOK: (*SAID, Act.DELIVER_ANSWER, Act.ASK_SECOND_LOOK),
}
"""How a petition comes to stand where a story leaves it."""

Deed = Callable[[EligibilityReview, Officer, datetime, random.Random], object]

DEEDS: dict[Act, Deed] = {
    Act.ACCEPT_PETITION: lambda paper, by, at, draw: operations.accept(
        paper, ["要求恢复本户低保待遇。", "要求书面说明停发的依据。"], told=True, by=by, at=at
    ),
    Act.REFUSE_PETITION: lambda paper, by, at, draw: operations.refuse(
        paper, cause="court_matter", reason="同一事项已提起行政诉讼，法院正在审理。", by=by, at=at
    ),
    Act.FORWARD_PETITION: lambda paper, by, at, draw: operations.forward(
        paper, objections.ways_on(paper)[0], reason="属镇人民政府审核职责，请予办理并书面答复。", by=by, at=at
    ),
    Act.TELL_PETITIONER: lambda paper, by, at, draw: operations.tell_petitioner(paper, by=by, at=at),
    Act.START_CHECKS: lambda paper, by, at, draw: operations.start_checks(paper, by=by, at=at),
    Act.RECORD_CHECK: lambda paper, by, at, draw: _look(paper, by, at, draw),
    Act.ASK_MORE_TIME: lambda paper, by, at, draw: operations.ask_more_time(
        paper, reason="须向外省函询收入情况，回函未到。", by=by, at=at
    ),
    Act.AGREE_OBJECTION: lambda paper, by, at, draw: operations.agree_objection(paper, by=by, at=at),
    Act.GRANT_MORE_TIME: lambda paper, by, at, draw: operations.grant_more_time(paper, by=by, at=at),
    Act.TELL_MORE_TIME: lambda paper, by, at, draw: operations.tell_more_time(paper, by=by, at=at),
    Act.DECIDE_PETITION: lambda paper, by, at, draw: answering.decide(paper, _opinion(paper), by=by, at=at),
    Act.EXECUTE_DECISION: lambda paper, by, at, draw: answering.execute(
        paper, f"镇民字〔2018〕{draw.randint(11, 39)}号", Month.of(day_of(at)).next(), 64_000, by=by, at=at
    ),
    Act.DELIVER_ANSWER: lambda paper, by, at, draw: answering.deliver_answer(paper, day_of(at), by=by, at=at),
    Act.ASK_SECOND_LOOK: lambda paper, by, at, draw: answering.ask_second_look(
        paper, day_of(at), grounds="家庭收入计算有误，请求复查。", by=by, at=at
    ),
    Act.DECIDE_SECOND_LOOK: lambda paper, by, at, draw: answering.decide_second_look(
        paper, _opinion(paper), by=by, at=at
    ),
    Act.CLOSE_REVIEW: lambda paper, by, at, draw: answering.close(paper, by=by, at=at),
}


def do(step: Act, paper: EligibilityReview, *, at: datetime, draw: random.Random) -> bool:
    """Take one step, by the first officer who may. False when the road ends here."""
    db.session.flush()
    by = who(step, paper, queries.visible_to, partial(objections.open_acts, paper, today=day_of(at)), at)
    if by is None:
        return False
    DEEDS[step](paper, by, at, draw)
    return True


def of_lead(lead_id: int) -> list[EligibilityReview]:
    """The dibao side of a lead."""
    return list(db.session.scalars(select(EligibilityReview).filter_by(lead_id=lead_id)))


def _look(paper: EligibilityReview, by: Officer, at: datetime, draw: random.Random) -> None:
    on, number = day_of(at), f"核2018-{draw.randint(100, 999)}"
    found = "核对到该户一人自三月起参加职工社会保险。"
    operations.record_check(paper, CheckKind.MEANS_CHECK, on, found=found, report_no=number, by=by, at=at)
    operations.record_check(
        paper, CheckKind.HOME_VISIT, on, found="住房两间，家中有一名重病人。", visitors=("杜若", "康宁"), by=by, at=at
    )


def _opinion(paper: EligibilityReview) -> Said:
    """Not what was asked for, so that the body above can be asked."""
    words = ((Stand.NOT_SUPPORTED, "家庭人均收入高于本市标准。"), (Stand.EXPLAINED, "依据和计算过程已书面说明。"))
    on_items = [words[min(place, 1)] for place, _ in enumerate(paper.items)]
    facts = "该户三口人，一人自三月起在企业就业，家庭人均月收入高于本市低保标准。"
    return Said(Outcome.STOP, facts, "社会救助暂行办法 第九条、第十三条", on_items)
