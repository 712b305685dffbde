"""The life of an official letter: drafted, approved by another hand, issued under a number, never deleted."""

from tipline.kit.words import Labelled, Sentence
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class LetterStage(Labelled):
    """Where an official letter stands."""

    DRAFT = "draft", "拟稿"
    IN_APPROVAL = "in_approval", "待签批"
    SENT_BACK = "sent_back", "退改"
    APPROVED = "approved", "已签批"
    ISSUED = "issued", "已印发"
    CANCELLED = "cancelled", "已作废"


S = LetterStage

LIFE = Workflow(
    {
        (None, Act.DRAFT_LETTER): S.DRAFT,
        (S.DRAFT, Act.EDIT_LETTER): S.DRAFT,
        (S.DRAFT, Act.NAME_REPORTER): S.DRAFT,
        (S.DRAFT, Act.LEAVE_OUT_REPORTER): S.DRAFT,
        (S.DRAFT, Act.SUBMIT_LETTER): S.IN_APPROVAL,
        (S.DRAFT, Act.CANCEL_LETTER): S.CANCELLED,
        (S.DRAFT, Act.PRINT_LETTER): S.DRAFT,
        (S.IN_APPROVAL, Act.APPROVE_LETTER): S.APPROVED,
        (S.IN_APPROVAL, Act.SEND_BACK_LETTER): S.SENT_BACK,
        (S.IN_APPROVAL, Act.CANCEL_LETTER): S.CANCELLED,
        (S.IN_APPROVAL, Act.PRINT_LETTER): S.IN_APPROVAL,
        (S.SENT_BACK, Act.EDIT_LETTER): S.SENT_BACK,
        (S.SENT_BACK, Act.NAME_REPORTER): S.SENT_BACK,
        (S.SENT_BACK, Act.LEAVE_OUT_REPORTER): S.SENT_BACK,
        (S.SENT_BACK, Act.SUBMIT_LETTER): S.IN_APPROVAL,
        (S.SENT_BACK, Act.CANCEL_LETTER): S.CANCELLED,
        (S.SENT_BACK, Act.PRINT_LETTER): S.SENT_BACK,
        (S.APPROVED, Act.ISSUE_LETTER): S.ISSUED,
        (S.APPROVED, Act.SEND_BACK_LETTER): S.SENT_BACK,
        (S.APPROVED, Act.CANCEL_LETTER): S.CANCELLED,
        (S.APPROVED, Act.PRINT_LETTER): S.APPROVED,
        (S.ISSUED, Act.PRINT_LETTER): S.ISSUED,
        (S.ISSUED, Act.CANCEL_LETTER): S.CANCELLED,
    }
)

BEING_WRITTEN = {S.DRAFT, S.SENT_BACK}
UNDER_REVIEW = {S.IN_APPROVAL, S.APPROVED}
OPEN = BEING_WRITTEN | UNDER_REVIEW

NEXT_STEP = {
    S.DRAFT: Sentence("写好后送审"),
    S.IN_APPROVAL: Sentence("等待另一人签批"),
    S.SENT_BACK: Sentence("按意见修改后再送审"),
    S.APPROVED: Sentence("等待印发，印发时取文号"),
}
"""What a letter waits for; nothing once it is issued or cancelled."""
