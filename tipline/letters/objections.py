"""What keeps an officer from a deed on a letter that their role includes: whose letter it is, who wrote it."""

from datetime import datetime

from tipline.kit.errors import Incomplete, NotNow, NotPermitted, Refused
from tipline.leads import operations as leads
from tipline.leads import queries as ledger
from tipline.leads.lifecycle import LeadState
from tipline.letters import queries
from tipline.letters.kinds import LetterKind, Reader, occasion
from tipline.letters.lifecycle import LIFE
from tipline.letters.models import OfficialLetter
from tipline.office.charter import Act, Role
from tipline.office.deeds import enact
from tipline.office.models import Officer

OUTSIDE_THE_OFFICE = {Act.PRINT_LETTER}
"""What the addressee may do too."""
OF_THE_DRAFT = {Act.EDIT_LETTER, Act.SUBMIT_LETTER, Act.NAME_REPORTER, Act.LEAVE_OUT_REPORTER}
REVIEW = {Act.APPROVE_LETTER, Act.SEND_BACK_LETTER}
WITH_THE_NAME = {LetterKind.HAND_OVER, LetterKind.FORWARD, LetterKind.ASSIGN}
"""Letters to a body that may carry who reported, because that body handles the lead."""


def do(act: Act, letter: OfficialLetter, *, by: Officer, at: datetime, note: str | None = None, **facts: str) -> None:
    """Do a deed unless something stands against it. Raises the objection, and then nothing has changed."""
    if by.may(act) and (letter.state, act) in LIFE.moves and (against := objection(act, letter, by, at)):
        raise against
    enact(act, letter, by=by, at=at, note=note, **facts)


def open_acts(letter: OfficialLetter, officer: Officer, now: datetime) -> list[Act]:
    """What the officer may do now: the buttons of the page, each of which will work."""
    acts = [act for act in LIFE.open_acts(letter.state) if officer.may(act)]
    return [act for act in acts if objection(act, letter, officer, now) is None]


def objection(act: Act, letter: OfficialLetter, by: Officer, at: datetime) -> Refused | None:
    """Why this officer may not do this to this letter, although the role and the state would let them."""
    if letter.lead.state is LeadState.VOIDED and act not in {Act.CANCEL_LETTER, Act.PRINT_LETTER}:
        return NotNow("线索已作废，不能%(act)s。", act=act)
    if act not in OUTSIDE_THE_OFFICE and not _is_theirs(act, letter, by):
        return NotPermitted("只有发文单位才能%(act)s。", act=act)
    if act in OF_THE_DRAFT | REVIEW | OUTSIDE_THE_OFFICE and not queries.may_read_words(letter, by, at):
        return NotPermitted("现在看不到这件公函的内容，不能%(act)s。", act=act)
    if act in REVIEW and by.id in queries.authors(letter):
        return NotPermitted("拟稿人不能签批自己写的公函，请由另一人签批。")
    if act in {Act.NAME_REPORTER, Act.LEAVE_OUT_REPORTER}:
        return _of_the_reporter(act, letter, by)
    if act is Act.ISSUE_LETTER:
        return _of_issuing(letter, by)
    return None


def _is_theirs(act: Act, letter: OfficialLetter, by: Officer) -> bool:
    """A letter is its office's; the bureau also reviews what a town has written."""
    if by.office_id == letter.office_id:
        return True
    return act in REVIEW and by.role in {Role.LEDGER_KEEPER, Role.BUREAU_LEADER}


def may_name_reporter(letter: OfficialLetter) -> bool:
    """Whether it may carry who reported at all: to the reporter, or to the body that gets the whole."""
    return is_to_reporter(letter) or (
        letter.sort in WITH_THE_NAME and letter.referral is not None and letter.referral.whole
    )


def _of_the_reporter(act: Act, letter: OfficialLetter, by: Officer) -> Refused | None:
    if letter.names_reporter is (act is Act.NAME_REPORTER):
        return NotNow("已经这样定了，不必再改。")
    if act is Act.LEAVE_OUT_REPORTER:
        return None
    if not may_name_reporter(letter):
        return Incomplete("这种公函不得写入举报人身份。")
    if not letter.lead.named or not ledger.has_reporter(letter.lead):
        return Incomplete("匿名举报，没有可以写入的身份。")
    return _of_the_vault(letter, by)


def _of_issuing(letter: OfficialLetter, by: Officer) -> Refused | None:
    if not letter.office.doc_code:
        return Incomplete("本单位还没有发文代字，请系统管理员用 flask district doc-code 登记。")
    return _of_the_vault(letter, by) if letter.names_reporter else None


def _of_the_vault(letter: OfficialLetter, by: Officer) -> Refused | None:
    """Who reported is told only by those who may still ask it."""
    if by.may(Act.READ_REPORTER) and leads.may_ask_for_reporter(letter.lead, by):
        return None
    return NotPermitted("线索已移送或非本单位登记，不能再写入举报人身份。")


def is_to_reporter(letter: OfficialLetter) -> bool:
    """Whether the letter is addressed to the reporter."""
    found = occasion(letter.sort, letter.about)
    return found is not None and found.reader is Reader.REPORTER
