"""What may be done for a duty of the notice: hand in, take, return, excuse, rule. Operations never commit."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from tipline.duties import queries, rules
from tipline.duties.models import CalendarFeed, DutyRuling, Submission, SubmissionVersion
from tipline.duties.queries import Cell
from tipline.evidence.operations import Received
from tipline.evidence.rules import clean_name
from tipline.kit.cabinet import Kept
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.law.campaign import Duty, called, clashes, periods
from tipline.office import calendars, editions, outbox
from tipline.office.charter import Act, Role
from tipline.office.deeds import enact, witness
from tipline.office.models import Officer


@dataclass(frozen=True, kw_only=True)
class Said:
    """What comes with a version: words or a file, and the leaders where the duty asks for them."""

    words: str = ""
    file: Received | None = None
    principal: str = ""
    deputy: str = ""


def hand_in(cell: Cell, said: Said, *, by: Officer, at: datetime) -> Submission:
    """Hand in a version for a place. Raises Refused for another's place, too early, too late, or with nothing in it."""
    if by.office_id != cell.debtor.office.id:
        raise NotPermitted("%(duty)s由%(office)s报送。", duty=cell.duty.name, office=cell.debtor.office.name)
    paper = _paper(cell, at)
    rules.require_open(paper.state, cell.duty, _times(cell), day_of(at))
    if not said.words and said.file is None:
        raise Incomplete("请写明内容，或选择文件。")
    if cell.duty.names_heads and not (said.principal and said.deputy):
        raise Incomplete("请写明主要负责人和分管负责人。")
    number = len(paper.versions) + 1
    enact(Act.HAND_IN, paper, by=by, at=at, **_facts(paper), number=str(number))
    paper.first_filed_at = paper.first_filed_at or at
    _add(_version(paper, number, said, by=by, at=at))
    return paper


def _version(paper: Submission, number: int, said: Said, *, by: Officer, at: datetime) -> SubmissionVersion:
    new = SubmissionVersion(submission=paper, number=number, filed_at=at, filed_by=by)
    new.words = said.words or None
    new.principal, new.deputy = said.principal or None, said.deputy or None
    if said.file:
        kept = said.file.original
        new.name, new.filetype = clean_name(said.file.name, said.file.filetype), said.file.filetype
        new.file, new.size, new.digest, new.secret = kept.name, kept.size, kept.digest, kept.secret
    return new


def accept(paper: Submission, *, by: Officer, at: datetime) -> None:
    """Take what was handed in as it stands."""
    enact(Act.ACCEPT_SUBMISSION, paper, by=by, at=at, **_facts(paper))


def send_back(paper: Submission, duty: Duty, *, reason: str, by: Officer, at: datetime) -> None:
    """Return it with the reason; it is owed again, and the office's clerk hears of it."""
    enact(Act.RETURN_SUBMISSION, paper, by=by, at=at, note=reason, **_facts(paper))
    paper.returned_at, paper.reason = at, reason
    outbox.write(
        f"{paper.ref}/returned/{len(paper.versions)}",
        to=paper.office,
        role=Role.TOWN_CLERK,
        letter="submission_returned",
        at=at,
        duty=duty.name,
    )


def excuse(cell: Cell, *, reason: str, by: Officer, at: datetime) -> Submission:
    """Say that the place need not answer, and why."""
    paper = _paper(cell, at)
    enact(Act.EXCUSE_DUTY, paper, by=by, at=at, note=reason, **_facts(paper))
    paper.reason = reason
    _add(paper)
    return paper


def rule(duty: Duty, words: str, *, by: Officer, at: datetime) -> DutyRuling:
    """Decide what holds where the notice contradicts itself; the latest ruling stands, earlier ones stay to be seen."""
    notice = editions.notice()
    if duty.key not in clashes(notice.duties):
        raise NotNow("%(duty)s的时限没有矛盾，不需要裁定。", duty=duty.name)
    new = DutyRuling(notice=notice.key, duty=duty.key, ruled_at=at, ruled_by=by)
    new.words = words
    witness(Act.RULE_ON_CLASH, new, by=by, at=at, note=words, duty=duty.key)
    _add(new)
    return new


def give(version: SubmissionVersion, *, by: Officer, at: datetime) -> Kept:
    """Let a file go out, and write down to whom."""
    if version.original is None:
        raise NotNow("这一版没有文件。")
    witness(Act.DOWNLOAD_SUBMISSION, version, by=by, at=at, number=str(version.number))
    return version.original


def renew_feed(*, by: Officer, at: datetime) -> str:
    """A new secret for the officer's calendar; the old address leads nowhere from now on."""
    secret = secrets.token_urlsafe(32)
    feed = db.session.get(CalendarFeed, by.id) or CalendarFeed(officer_id=by.id)
    feed.token_hash, feed.made_at = hashed(secret), at
    witness(Act.RENEW_FEED, by, by=by, at=at)
    db.session.add(feed)
    return secret


def hashed(secret: str) -> str:
    """What is kept of a secret address."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _paper(cell: Cell, at: datetime) -> Submission:
    """What stands for the cell, or a fresh paper that is not yet in the database. Raises NotNow before its period."""
    if cell.duty.answered_by != queries.HERE:
        raise NotNow("%(duty)s不在这里报送。", duty=cell.duty.name)
    if cell.period not in periods(cell.duty, day_of(at)):
        raise NotNow("%(what)s还没有到报期，到了再报。", what=called(cell.duty, cell.period))
    standing = queries.submission_of(cell)
    return standing or Submission(
        notice=editions.notice().key,
        duty=cell.duty.key,
        period=cell.period.key,
        place_code=cell.debtor.code,
        office=cell.debtor.office,
    )


def _times(cell: Cell) -> rules.Times:
    return rules.times(cell.duty, cell.period, editions.notice(), calendars.calendar())


def _facts(paper: Submission) -> dict[str, str]:
    return {"duty": paper.duty, "period": paper.period, "place": paper.place_code}


def _add(new: Submission | SubmissionVersion | DutyRuling) -> None:
    db.session.add(new)
    try:
        db.session.flush()
    except IntegrityError:
        raise NotNow("刚才本单位已有人报送，请刷新后再看。") from None
