"""Questions about official letters. The only way to one is `visible_to`."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tipline.kit.db import db
from tipline.kit.words import Labelled
from tipline.law.bodies import Body
from tipline.leads import queries as ledger
from tipline.leads.models import Lead
from tipline.leads.queries import not_walled
from tipline.letters.kinds import carries_content
from tipline.letters.lifecycle import BEING_WRITTEN, LIFE, UNDER_REVIEW, LetterStage
from tipline.letters.models import LetterVersion, OfficialLetter, Printing
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Office, Officer
from tipline.referrals import queries as referrals
from tipline.referrals.models import Referral

PAGE = 25
S = LetterStage


def visible_to(officer: Officer) -> Select[OfficialLetter]:
    """The letters an officer may know of, newest first.

    Whoever writes letters: those of their own office, and in the bureau those of the towns too. The office
    a letter is addressed to: that letter, once it is issued. Nobody: those about a lead they are walled from.
    """
    shown = (
        contains_eager(OfficialLetter.lead),
        joinedload(OfficialLetter.referral),
        joinedload(OfficialLetter.case),
        joinedload(OfficialLetter.office),
        joinedload(OfficialLetter.to),
    )
    query = select(OfficialLetter).join(OfficialLetter.lead).where(scope_of(officer))
    return query.options(*shown).order_by(OfficialLetter.id.desc())


def scope_of(officer: Officer) -> ColumnElement[bool]:
    """`visible_to` as a condition on letters joined with their leads."""
    if not officer.active or not officer.may(Act.READ_LETTERS):
        return false()
    return and_(or_(_of_own_office(officer), _addressed_to(officer)), not_walled(officer))


def _of_own_office(officer: Officer) -> ColumnElement[bool]:
    own = OfficialLetter.office_id == officer.office_id
    if officer.role not in {Role.LEDGER_KEEPER, Role.BUREAU_LEADER}:
        return own
    return or_(own, OfficialLetter.office_id.in_(select(Office.id).where(Office.body == Body.TOWN_GOVERNMENT)))


def _addressed_to(officer: Officer) -> ColumnElement[bool]:
    """Issued to the officer's office, about something that office may see."""
    seen = referrals.visible_to(officer).with_only_columns(Referral.id).order_by(None)
    there = or_(OfficialLetter.referral_id.is_(None), OfficialLetter.referral_id.in_(seen))
    return and_(OfficialLetter.to_id == officer.office_id, OfficialLetter.doc_no.is_not(None), there)


def may_read_words(letter: OfficialLetter, officer: Officer, now: datetime) -> bool:
    """Whether the words of a visible letter are open to the officer, not only that it exists.

    A letter that tells what was reported: to the handling body; to whoever may read the lead's words;
    and, while it is under review, to those who may approve it.
    """
    if not carries_content(letter.sort):
        return True
    if letter.referral is not None and referrals.is_handled_by(officer, letter.referral):
        return True
    if letter.state in UNDER_REVIEW and officer.may(Act.APPROVE_LETTER):
        return True
    return ledger.may_read_content(officer, letter.lead, now)


class Tab(Labelled):
    """The views of the list."""

    DRAFTS = "drafts", "文稿"
    APPROVE = "approve", "待签批"
    ISSUE = "issue", "待印发"
    ISSUED = "issued", "已印发"
    ALL = "all", "全部"


FIRST_LOOK = (Tab.APPROVE, Tab.ISSUE, Tab.DRAFTS, Tab.ISSUED)


def _in_tab(tab: Tab) -> ColumnElement[bool]:
    conditions: dict[Tab, ColumnElement[bool]] = {
        Tab.DRAFTS: OfficialLetter.state.in_(BEING_WRITTEN),
        Tab.APPROVE: OfficialLetter.state == S.IN_APPROVAL,
        Tab.ISSUE: OfficialLetter.state == S.APPROVED,
        Tab.ISSUED: OfficialLetter.state == S.ISSUED,
        Tab.ALL: true(),
    }
    return conditions[tab]


def counts(officer: Officer) -> dict[Tab, int]:
    """How many letters the officer may see in each view; one question."""
    columns = [func.count().filter(_in_tab(tab)) for tab in Tab]
    query = select(*columns).select_from(OfficialLetter).join(OfficialLetter.lead).where(scope_of(officer))
    return dict(zip(Tab, db.session.execute(query).one(), strict=True))


def first_look(counted: dict[Tab, int]) -> Tab:
    """The view an officer begins with: the first that has something in it."""
    return next((tab for tab in FIRST_LOOK if counted[tab]), Tab.ALL)


@dataclass(frozen=True)
class Page:
    """One page of a list, and the key after which the next begins."""

    rows: list[OfficialLetter]
    next: str | None


def page(officer: Officer, tab: Tab, after: str | None = None) -> Page:
    """A page of one view, newest first."""
    query = visible_to(officer).where(_in_tab(tab))
    last = db.session.scalars(visible_to(officer).where(OfficialLetter.key == after)).one_or_none() if after else None
    if last is not None:
        query = query.where(OfficialLetter.id < last.id)
    found = list(db.session.scalars(query.limit(PAGE + 1)))
    return Page(found[:PAGE], found[PAGE - 1].key if len(found) > PAGE else None)


def with_everything(query: Select[OfficialLetter]) -> Select[OfficialLetter]:
    """The same letters, with all that their own page shows."""
    return query.options(
        selectinload(OfficialLetter.versions).joinedload(LetterVersion.by),
        selectinload(OfficialLetter.files),
        joinedload(OfficialLetter.drafted_by),
        joinedload(OfficialLetter.approved_by),
        joinedload(OfficialLetter.issued_by),
        contains_eager(OfficialLetter.lead).selectinload(Lead.people),
    )


def about(officer: Officer, condition: ColumnElement[bool]) -> list[OfficialLetter]:
    """The letters about one paper that the officer may see."""
    return list(db.session.scalars(visible_to(officer).where(condition)))


def entries_of(letter: OfficialLetter) -> list[Entry]:
    """The deeds done to the letter, oldest first."""
    query = select(Entry).where(Entry.paper == letter.ref, Entry.act.in_(LIFE.acts)).order_by(Entry.seq)
    return list(db.session.scalars(query.options(joinedload(Entry.by), joinedload(Entry.office))))


def authors(letter: OfficialLetter) -> set[int]:
    """Everybody who wrote any version of it."""
    return set(db.session.scalars(select(LetterVersion.by_id).where(LetterVersion.letter_id == letter.id)))


def traced(officer: Officer, code: str) -> Printing | None:
    """The copy with this trace code, if the officer may see its letter."""
    letters = visible_to(officer).with_only_columns(OfficialLetter.id).order_by(None)
    query = select(Printing).where(Printing.key == code, Printing.letter_id.in_(letters))
    return db.session.scalars(query.options(joinedload(Printing.by), joinedload(Printing.letter))).one_or_none()
