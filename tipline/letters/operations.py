"""What may be done to an official letter. Operations never commit; the edge does, once."""

from datetime import datetime

from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow
from tipline.kit.identity import tidy
from tipline.letters import issuing, review
from tipline.letters.fields import Fields, Missing, Subject, about_of, addressee_of, gather, occasion_of
from tipline.letters.kinds import LetterKind
from tipline.letters.models import LetterVersion, OfficialLetter
from tipline.letters.objections import do
from tipline.letters.occasions import kinds_now, lead_of
from tipline.letters.templates import first_text
from tipline.letters.wording import Wording, blank, blanks
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Officer
from tipline.referrals.models import Referral
from tipline.supervision.models import SupervisedCase


class Collision(NotNow):
    """Somebody else has saved the draft meanwhile; both texts are shown and neither is lost."""


def draft(kind: LetterKind, subject: Subject, *, by: Officer, at: datetime) -> OfficialLetter:
    """Begin a letter about this paper, with everything the record already tells."""
    if kind not in kinds_now(subject, by):
        raise NotNow("现在不能就这件事起草%(kind)s。", kind=kind)
    lead = lead_of(subject)
    to = addressee_of(subject, occasion_of(kind, subject))
    letter = OfficialLetter(
        sort=kind,
        lead=lead,
        lead_id=lead.id,
        referral=subject if isinstance(subject, Referral) else None,
        case=subject if isinstance(subject, SupervisedCase) else None,
        office=by.office,
        office_id=by.office_id,
        to=to,
        drafted_by=by,
        held_by=by,
        drafted_at=at,
    )
    enact(Act.DRAFT_LETTER, letter, by=by, at=at, kind=kind.value, about=about_of(subject).value)
    text = first_text(kind, gather(kind, subject, by, at))
    letter.versions.append(LetterVersion(n=1, text=text, at=at, by=by))
    db.session.add(letter)
    db.session.flush()
    return letter


def missing_at_first(kind: LetterKind, fields: Fields) -> list[Missing]:
    """What a letter of this kind would lack if it were drafted now."""
    wanted = blanks(first_text(kind, fields))
    return [fields.missing[label] for label in wanted if label in fields.missing]


def edit(letter: OfficialLetter, wording: Wording, based_on: int, *, by: Officer, at: datetime) -> None:
    """Save the words as a new version. Raises Collision when they rest on a version that is no longer the latest."""
    if based_on != letter.latest.n:
        raise Collision("您打开之后，%(who)s改过这份文稿。两份都在下面，请合并后再保存。", who=letter.latest.by.name)
    text = wording.text
    if text == letter.latest.text:
        raise Incomplete("文稿没有改动。")
    do(Act.EDIT_LETTER, letter, by=by, at=at, version=str(based_on + 1))
    letter.versions.append(LetterVersion(n=based_on + 1, text=text, at=at, by=by))


def fill_in(letter: OfficialLetter, *, by: Officer, at: datetime) -> int:
    """Put into the draft what the record tells by now. Returns how many blanks were filled."""
    known = gather(letter.sort, letter.subject, by, at).known
    text = letter.latest.text
    found = [label for label in blanks(text) if label in known]
    for label in found:
        text = text.replace(blank(label), known[label])
    if not found:
        raise Incomplete("记录里还没有新的内容可以补入。")
    edit(letter, Wording.parse(text), letter.latest.n, by=by, at=at)
    return len(found)


def name_reporter(letter: OfficialLetter, *, reason: str, by: Officer, at: datetime) -> None:
    """Let the issued letter carry who reported: with a reason, and only if another hand approves it."""
    note = _reason(reason)
    do(Act.NAME_REPORTER, letter, by=by, at=at, note=note)
    letter.names_reporter, letter.reporter_reason = True, note


def leave_out_reporter(letter: OfficialLetter, *, by: Officer, at: datetime) -> None:
    """The letter does not carry who reported after all."""
    do(Act.LEAVE_OUT_REPORTER, letter, by=by, at=at)
    letter.names_reporter = False


def submit(letter: OfficialLetter, *, by: Officer, at: datetime) -> None:
    """Put the letter to another hand; everything that is missing is named first."""
    review.must_be_complete(letter)
    do(Act.SUBMIT_LETTER, letter, by=by, at=at, version=str(letter.latest.n))
    letter.submitted_at = at


def approve(letter: OfficialLetter, *, by: Officer, at: datetime) -> None:
    """Another hand than any that wrote it agrees with the words, and with the reporter's name if it is to carry it."""
    named = {"reporter": "named"} if letter.names_reporter else {}
    do(Act.APPROVE_LETTER, letter, by=by, at=at, version=str(letter.latest.n), **named)
    letter.approved_at, letter.approved_by, letter.reviewed = at, by, letter.latest.n


def send_back(letter: OfficialLetter, *, reason: str, by: Officer, at: datetime) -> None:
    """Back to whoever wrote it, with what is to be changed."""
    note = _reason(reason)
    do(Act.SEND_BACK_LETTER, letter, by=by, at=at, note=note, version=str(letter.latest.n))
    letter.reason, letter.reviewed = note, letter.latest.n
    letter.approved_at = letter.approved_by = None


def issue(letter: OfficialLetter, *, by: Officer, at: datetime) -> None:
    """Issue it: the number is drawn now and never before, both files are made, hashed and kept."""
    do(Act.ISSUE_LETTER, letter, by=by, at=at, version=str(letter.latest.n))
    with db.session.no_autoflush:  # issued and numbered reach the database together
        issuing.number_and_keep(letter, by=by, at=at)


def cancel(letter: OfficialLetter, *, reason: str, by: Officer, at: datetime) -> None:
    """Cancel it: a draft takes no number, an issued letter keeps the one it has."""
    note = _reason(reason)
    do(Act.CANCEL_LETTER, letter, by=by, at=at, note=note)
    letter.reason = note


def _reason(text: str) -> str:
    reason = tidy(text)
    if not reason:
        raise Incomplete("请写明理由。")
    return reason
