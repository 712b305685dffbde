"""The life of a supervised case: proposed by a trigger of the notice, watched until released."""

from tipline.kit.words import Labelled, Sentence
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class CaseState(Labelled):
    """Where a supervised case stands."""

    PROPOSED = "proposed", "提请督办"
    DECLINED = "declined", "不予督办"
    UNDER_SUPERVISION = "under_supervision", "督办中"
    RESULT_REPORTED = "result_reported", "结果已报"
    RESULT_ACCEPTED = "result_accepted", "结果已认可"
    RELEASED = "released", "已解除督办"


class Stage(Labelled):
    """The steps a supervised case may be asked for by a day; words of a list, so that none can name anybody."""

    PLAN = "plan", "报送查办方案"
    INTERIM = "interim", "报送阶段情况"
    VERIFIED = "verified", "完成核查"
    MONEY_BACK = "money-back", "追回资金"
    SANCTIONED = "sanctioned", "作出处理"
    REPLIED = "replied", "回应关切"
    MENDED = "mended", "完成整改"


class InterimState(Labelled):
    """Where one report on how far the case has come stands."""

    OWED = "owed", "待报送"
    FILED = "filed", "已报送"
    ACKNOWLEDGED = "acknowledged", "已认可"
    SENT_BACK = "sent_back", "已退回"
    WAIVED = "waived", "不再报送"


class Missing(Labelled):
    """What a result may lack: words of a list, so that the trail can say it plainly."""

    PERSONS = "persons", "涉案人员处理情况"
    MONEY = "money", "涉及资金和追缴情况"
    REPLY = "reply", "公开回应情况"
    EVIDENCE = "evidence", "佐证材料"
    DISCUSSION = "discussion", "集体研究和主要负责人审批"
    FACTS = "facts", "事实不清"


S = CaseState

PROPOSED_TOO = (S.PROPOSED, S.UNDER_SUPERVISION, S.RESULT_REPORTED, S.RESULT_ACCEPTED)
"""Where a further reason to supervise may still arrive."""

_MOVES: dict[tuple[Labelled | None, Act], Labelled] = {
    (None, Act.PROPOSE_SUPERVISION): S.PROPOSED,
    (None, Act.PROPOSE_BY_HAND): S.PROPOSED,
    (S.PROPOSED, Act.OPEN_SUPERVISION): S.UNDER_SUPERVISION,
    (S.PROPOSED, Act.DECLINE_SUPERVISION): S.DECLINED,
    (S.UNDER_SUPERVISION, Act.SET_MILESTONE): S.UNDER_SUPERVISION,
    (S.UNDER_SUPERVISION, Act.MEET_MILESTONE): S.UNDER_SUPERVISION,
    (S.UNDER_SUPERVISION, Act.RECORD_PROGRESS): S.UNDER_SUPERVISION,
    (S.UNDER_SUPERVISION, Act.URGE): S.UNDER_SUPERVISION,
    (S.UNDER_SUPERVISION, Act.FILE_INTERIM): S.UNDER_SUPERVISION,
    (S.UNDER_SUPERVISION, Act.ACKNOWLEDGE_INTERIM): S.UNDER_SUPERVISION,
    (S.UNDER_SUPERVISION, Act.SEND_BACK_INTERIM): S.UNDER_SUPERVISION,
    (S.UNDER_SUPERVISION, Act.EXTEND_SUPERVISION): S.UNDER_SUPERVISION,
    (S.UNDER_SUPERVISION, Act.REPORT_RESULT): S.RESULT_REPORTED,
    (S.RESULT_REPORTED, Act.SEND_BACK_RESULT): S.UNDER_SUPERVISION,
    (S.RESULT_REPORTED, Act.ACCEPT_RESULT): S.RESULT_ACCEPTED,
    (S.RESULT_ACCEPTED, Act.SEND_BACK_RESULT): S.UNDER_SUPERVISION,
    (S.RESULT_ACCEPTED, Act.RELEASE): S.RELEASED,
}

ANYWHERE = (Act.ADD_TRIGGER, Act.NOTE_INSTRUCTION, Act.MOVE_SUPERVISION)
_MOVES |= {(here, act): here for here in PROPOSED_TOO for act in ANYWHERE}
_MOVES |= {
    (here, act): here for here in PROPOSED_TOO[1:] for act in (Act.JOIN_BODY, Act.NAME_OFFICER, Act.RELIEVE_OFFICER)
}

LIFE = Workflow(_MOVES)

OPEN = {S.UNDER_SUPERVISION, S.RESULT_REPORTED, S.RESULT_ACCEPTED}

WITH_THE_BODY = OPEN | {S.RELEASED}
"""From here on the body that handles the case knows that it is supervised."""

THEIRS = {Act.MEET_MILESTONE, Act.FILE_INTERIM, Act.REPORT_RESULT}
"""Deeds of the handling body alone."""

OF_EITHER_SIDE = {Act.NAME_OFFICER, Act.RELIEVE_OFFICER}
"""Each side names its own; whoever supervises may name on both."""

NEXT_STEP = {
    S.PROPOSED: Sentence("等待决定是否督办"),
    S.UNDER_SUPERVISION: Sentence("等待承办机关报送结果"),
    S.RESULT_REPORTED: Sentence("等待认可结果"),
    S.RESULT_ACCEPTED: Sentence("等待另一人解除督办"),
}
"""What a case waits for; nothing once it is declined or released."""
