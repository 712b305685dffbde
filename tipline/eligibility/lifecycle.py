"""The life of an eligibility review: a petition about dibao, from its receipt to the last word on it."""

from tipline.kit.words import Labelled, Sentence
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class ReviewState(Labelled):
    """Where a petition stands."""

    OPENED = "opened", "待受理"
    FORWARDED = "forwarded", "已转送"
    OBJECTED = "objected", "对转送有异议"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    ACCEPTED = "petition_accepted", "已受理"
    CHECKING = "checking", "核查中"
    DECIDED = "decided", "已作处理意见"
    EXECUTED = "executed", "已执行"
    SECOND_LOOK = "second_look", "复查中"
    SECOND_SAID = "second_said", "已作复查意见"
    LAST_LOOK = "last_look", "复核中"
    LAST_SAID = "last_said", "已作复核意见"
    CLOSED = "closed", "已结案"


S = ReviewState

LIFE = Workflow(
    {
        (None, Act.OPEN_REVIEW): S.OPENED,
        (S.OPENED, Act.ACCEPT_PETITION): S.ACCEPTED,
        (S.OPENED, Act.REFUSE_PETITION): S.NOT_ACCEPTED,
        (S.OPENED, Act.FORWARD_PETITION): S.FORWARDED,
        (S.FORWARDED, Act.ACCEPT_PETITION): S.ACCEPTED,
        (S.FORWARDED, Act.OBJECT_TO_FORWARD): S.OBJECTED,
        (S.FORWARDED, Act.TELL_PETITIONER): S.FORWARDED,
        (S.OBJECTED, Act.AGREE_OBJECTION): S.OPENED,
        (S.OBJECTED, Act.DECLINE_OBJECTION): S.FORWARDED,
        (S.NOT_ACCEPTED, Act.TELL_PETITIONER): S.NOT_ACCEPTED,
        (S.ACCEPTED, Act.TELL_PETITIONER): S.ACCEPTED,
        (S.ACCEPTED, Act.START_CHECKS): S.CHECKING,
        (S.CHECKING, Act.TELL_PETITIONER): S.CHECKING,
        (S.CHECKING, Act.RECORD_CHECK): S.CHECKING,
        (S.CHECKING, Act.ASK_MORE_TIME): S.CHECKING,
        (S.CHECKING, Act.GRANT_MORE_TIME): S.CHECKING,
        (S.CHECKING, Act.REFUSE_MORE_TIME): S.CHECKING,
        (S.CHECKING, Act.TELL_MORE_TIME): S.CHECKING,
        (S.CHECKING, Act.DECIDE_PETITION): S.DECIDED,
        (S.DECIDED, Act.EXECUTE_DECISION): S.EXECUTED,
        (S.DECIDED, Act.DELIVER_ANSWER): S.DECIDED,
        (S.DECIDED, Act.ASK_SECOND_LOOK): S.SECOND_LOOK,
        (S.DECIDED, Act.CLOSE_REVIEW): S.CLOSED,
        (S.EXECUTED, Act.DELIVER_ANSWER): S.EXECUTED,
        (S.EXECUTED, Act.ASK_SECOND_LOOK): S.SECOND_LOOK,
        (S.EXECUTED, Act.CLOSE_REVIEW): S.CLOSED,
        (S.SECOND_LOOK, Act.DECIDE_SECOND_LOOK): S.SECOND_SAID,
        (S.SECOND_SAID, Act.EXECUTE_DECISION): S.SECOND_SAID,
        (S.SECOND_SAID, Act.DELIVER_ANSWER): S.SECOND_SAID,
        (S.SECOND_SAID, Act.ASK_LAST_LOOK): S.LAST_LOOK,
        (S.SECOND_SAID, Act.CLOSE_REVIEW): S.CLOSED,
        (S.LAST_LOOK, Act.RECORD_HEARING): S.LAST_LOOK,
        (S.LAST_LOOK, Act.DECIDE_LAST_LOOK): S.LAST_SAID,
        (S.LAST_SAID, Act.EXECUTE_DECISION): S.LAST_SAID,
        (S.LAST_SAID, Act.DELIVER_ANSWER): S.LAST_SAID,
        (S.LAST_SAID, Act.CLOSE_REVIEW): S.CLOSED,
    }
)

NEW = {S.OPENED, S.FORWARDED, S.OBJECTED}
"""Nobody has taken it yet."""

AT_WORK = {S.ACCEPTED, S.CHECKING}

SAID = {S.DECIDED, S.EXECUTED}
"""The first opinion stands; it is carried out and answered."""

APPEALED = {S.SECOND_LOOK, S.SECOND_SAID, S.LAST_LOOK, S.LAST_SAID}
"""The petitioner did not accept the answer: the bodies above look at it too."""

DONE = {S.NOT_ACCEPTED, S.CLOSED}

HANDLERS = {
    Act.ACCEPT_PETITION,
    Act.REFUSE_PETITION,
    Act.FORWARD_PETITION,
    Act.OBJECT_TO_FORWARD,
    Act.START_CHECKS,
    Act.RECORD_CHECK,
    Act.ASK_MORE_TIME,
    Act.GRANT_MORE_TIME,
    Act.REFUSE_MORE_TIME,
    Act.TELL_MORE_TIME,
    Act.DECIDE_PETITION,
    Act.EXECUTE_DECISION,
    Act.CLOSE_REVIEW,
}
"""Deeds of the office that handles it; its head grants the time."""

SENDERS = {Act.AGREE_OBJECTION, Act.DECLINE_OBJECTION}
"""Deeds of the office that forwarded it."""

NEXT_STEP = {
    S.OPENED: Sentence("等待受理、不予受理或转送"),
    S.FORWARDED: Sentence("等待受转单位受理或提出异议"),
    S.OBJECTED: Sentence("等待转送单位核实异议"),
    S.ACCEPTED: Sentence("等待开始核查"),
    S.CHECKING: Sentence("等待核查后作出处理意见"),
    S.DECIDED: Sentence("等待执行并送达答复"),
    S.EXECUTED: Sentence("等待送达答复，复查期满后结案"),
    S.SECOND_LOOK: Sentence("等待复查意见"),
    S.SECOND_SAID: Sentence("等待送达复查意见，复核期满后结案"),
    S.LAST_LOOK: Sentence("等待复核意见"),
    S.LAST_SAID: Sentence("等待送达复核意见后结案"),
}
"""What a petition waits for in each state; nothing once it is closed or refused."""
