"""What lives inside a handling body: the steps it reaches, longer time that is asked for, papers that go beside."""

from tipline.kit.words import Labelled, Sentence
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class Manner(Labelled):
    """How somebody is asked: face to face, or by letter."""

    TALK = "talk", "谈话"
    LETTER = "letter", "函询"


class Step(Labelled):
    """A step the body has reached, under the word that the notice's clocks have for it."""

    INQUIRY_ANSWERED = "inquiry_answered", "收到函询答复"
    TALK_REPORTED = "talk_reported", "报告谈话函询情况"
    VERIFICATION_REPORTED = "verification_reported", "报告初步核实情况"
    INVESTIGATION_REPORTED = "investigation_reported", "报告审查调查情况"
    CASE_RECEIVED = "case_received", "审理部门受理"
    CASE_ADJUDICATED = "case_adjudicated", "审理完毕"
    OTHER = "other", "其他进展"


class ExtensionState(Labelled):
    """Where a request for longer time stands."""

    ASKED = "asked", "待批准"
    GRANTED = "granted", "已延期"
    REFUSED = "refused", "不予延期"


EXTENSION_LIFE = Workflow(
    {
        (None, Act.ASK_EXTENSION): ExtensionState.ASKED,
        (ExtensionState.ASKED, Act.GRANT_EXTENSION): ExtensionState.GRANTED,
        (ExtensionState.ASKED, Act.REFUSE_EXTENSION): ExtensionState.REFUSED,
    }
)


class SlipKind(Labelled):
    """What goes to another body beside a referral."""

    HELP = "help", "协办"
    COPY = "copy", "抄送"
    STUB = "stub", "抄告"
    VIA = "via", "经转"


class SlipState(Labelled):
    """Where a slip stands."""

    SENT = "sent", "待签收"
    SIGNED = "signed", "已签收"
    ANSWERED = "answered", "已答复"
    WITHDRAWN = "withdrawn", "已收回"


SLIP_LIFE = Workflow(
    {
        (None, Act.ENGAGE_HELPER): SlipState.SENT,
        (None, Act.SEND_COPY): SlipState.SENT,
        (SlipState.SENT, Act.SIGN_SLIP): SlipState.SIGNED,
        (SlipState.SENT, Act.RECORD_SLIP_RECEIPT): SlipState.SIGNED,
        (SlipState.SENT, Act.WITHDRAW_SLIP): SlipState.WITHDRAWN,
        (SlipState.SIGNED, Act.ANSWER_SLIP): SlipState.ANSWERED,
        (SlipState.SIGNED, Act.WITHDRAW_SLIP): SlipState.WITHDRAWN,
    }
)

OPEN_SLIPS = {SlipState.SENT, SlipState.SIGNED}

WHAT_A_SLIP_SAYS = {
    SlipKind.HELP: Sentence("请协助办理下面的事项，按期答复。"),
    SlipKind.COPY: Sentence("按规则抄送，供掌握情况，不需办理。"),
    SlipKind.STUB: Sentence("按规则告知收到一件反映，不抄送内容，不需办理。"),
    SlipKind.VIA: Sentence("本件经贵单位转往承办机关，请签收登记。"),
}
