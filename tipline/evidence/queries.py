"""Questions about exhibits. The only way to one is `visible_to`."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, union_all
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tipline.evidence.models import Exhibit, ExhibitPart
from tipline.kit.db import db
from tipline.leads import queries as ledger
from tipline.leads.models import Lead
from tipline.leads.queries import not_walled
from tipline.office.charter import INSPECTORS, Act
from tipline.office.models import Entry, Officer
from tipline.referrals import queries as referrals
from tipline.referrals.lifecycle import WITH_THE_BODY
from tipline.referrals.models import Referral
from tipline.screening.models import ScreeningUpload

HANDING = (Act.HAND_OVER, Act.HAND_OVER_DIRECTLY, Act.SIGN_FOR, Act.RECORD_RECEIPT, Act.SEND_BACK)
"""The deeds to a referral with which an exhibit changes hands."""


def visible_to(officer: Officer, now: datetime) -> Select[Exhibit]:
    """The exhibits an officer may know of, in the order in which they came.

    Whoever may read the words of the lead; and the body to which they went, with the whole or with the part they
    are marked for. What a body brought in itself is seen by that body alone. Nobody: those of a lead they are
    walled from.
    """
    mine = select(Lead.id).where(Lead.id.in_(_ids(ledger.visible_to(officer))), ledger.content_open_to(officer, now))
    given = and_(Exhibit.referral_id.is_(None), Exhibit.lead_id.in_(mine))
    query = select(Exhibit).join(Exhibit.lead).where(not_walled(officer), or_(given, _with_the_body_of(officer)))
    return query.options(contains_eager(Exhibit.lead)).order_by(Exhibit.id)


def _ids(leads: Select[Lead]) -> Select[int]:
    return leads.with_only_columns(Lead.id).order_by(None)


def _with_the_body_of(officer: Officer) -> ColumnElement[bool]:
    theirs = select(Referral.id).where(
        Referral.lead_id == Exhibit.lead_id,
        Referral.to_id == officer.office_id,
        Referral.state.in_(WITH_THE_BODY),
        travels(),
    )
    return theirs.exists() if officer.active and officer.role in INSPECTORS else false()


def travels() -> ColumnElement[bool]:
    """Whether an exhibit goes with a referral: with the whole, with its person's part, or because it came with it."""
    marked = select(ExhibitPart.person_id).where(
        ExhibitPart.exhibit_id == Exhibit.id, ExhibitPart.person_id == Referral.person_id
    )
    marked = marked.correlate(Exhibit, Referral)  # of this exhibit and this referral, however deep the question stands
    given = and_(Exhibit.referral_id.is_(None), or_(Referral.whole, marked.exists()))
    return and_(Referral.lead_id == Exhibit.lead_id, or_(given, Exhibit.referral_id == Referral.id))


def with_everything(query: Select[Exhibit]) -> Select[Exhibit]:
    """The same exhibits, with all that a list of them shows."""
    parts = selectinload(Exhibit.parts).joinedload(ExhibitPart.person)
    return query.options(joinedload(Exhibit.office), joinedload(Exhibit.received_by), parts)


def of_lead(lead: Lead, officer: Officer, now: datetime) -> list[Exhibit]:
    """The exhibits of one lead that came with it, as far as the officer may know of them."""
    query = visible_to(officer, now).where(Exhibit.lead_id == lead.id, Exhibit.referral_id.is_(None))
    return list(db.session.scalars(with_everything(query)))


def of_referral(referral: Referral, officer: Officer, now: datetime) -> list[Exhibit]:
    """The exhibits that go with one referral, as far as the officer may know of them."""
    goes = select(Referral.id).where(Referral.id == referral.id, travels())
    return list(db.session.scalars(with_everything(visible_to(officer, now).where(goes.exists()))))


def may_give(officer: Officer, lead: Lead, now: datetime) -> bool:
    """Whether the officer may add to what came with the lead: whoever reads its words in the ledger."""
    open_to = ledger.visible_to(officer).where(Lead.id == lead.id, ledger.content_open_to(officer, now))
    return db.session.scalar(_ids(open_to)) is not None


def weight(lead: Lead, referral: Referral | None) -> int:
    """How many bytes lie in the cabinet from this side: with the lead, or brought in through this referral."""
    side = Exhibit.referral_id.is_(None) if referral is None else Exhibit.referral_id == referral.id
    total = func.sum(func.coalesce(Exhibit.size, 0) + func.coalesce(Exhibit.copy_size, 0))
    return db.session.scalar(select(total).where(Exhibit.lead_id == lead.id, side)) or 0


def carrier(exhibit: Exhibit, officer: Officer) -> Referral | None:
    """The referral with which the exhibit is in the hands of the officer's own body, if it is."""
    query = referrals.visible_to(officer).where(_carries(exhibit), Referral.to_id == officer.office_id)
    held = query.where(Referral.state.in_(WITH_THE_BODY)) if officer.role in INSPECTORS else query.where(false())
    return db.session.scalars(held.limit(1)).first()


def custody(exhibit: Exhibit, officer: Officer) -> list[tuple[Entry, Referral | None]]:
    """Every hand the exhibit went through, in order, as far as the officer may know.

    Its own lines, and those with which a referral carried it. The body that has the whole lead reads all of its own
    lines; another reads those of its own office and of the office that received it, and of its own referrals only.
    """
    carried = {
        referral.ref: referral
        for referral in db.session.scalars(
            referrals.visible_to(officer).where(_carries(exhibit)).order_by(None).order_by(Referral.id)
        )
    }
    handed = and_(Entry.paper.in_(carried), Entry.act.in_(HANDING), Entry.seq > _first_line(exhibit))
    own = and_(Entry.paper == exhibit.ref, _hands_known_to(officer, exhibit))
    shown = (joinedload(Entry.by), joinedload(Entry.office))
    entries = db.session.scalars(select(Entry).where(or_(own, handed)).options(*shown).order_by(Entry.seq))
    return [(entry, carried.get(entry.paper)) for entry in entries]


def _carries(exhibit: Exhibit) -> ColumnElement[bool]:
    return select(Exhibit.id).where(Exhibit.id == exhibit.id, travels()).correlate(Referral).exists()


def _first_line(exhibit: Exhibit) -> int:
    return db.session.scalar(select(func.min(Entry.seq)).where(Entry.paper == exhibit.ref)) or 0


def _hands_known_to(officer: Officer, exhibit: Exhibit) -> ColumnElement[bool]:
    whole = select(Referral.id).where(
        Referral.lead_id == exhibit.lead_id, Referral.to_id == officer.office_id, Referral.whole
    )
    has_whole = whole.where(Referral.state.in_(WITH_THE_BODY)).exists() if officer.role in INSPECTORS else false()
    return or_(Entry.office_id.in_((officer.office_id, exhibit.office_id)), has_whole)


def known_names() -> set[str]:
    """The names of all files that should lie in the cabinet."""
    columns = [column for kind in (Exhibit, *holders) for column in _files_of(kind)]
    files = [select(column.label("name")).where(column.is_not(None)) for column in columns]
    return set(db.session.scalars(union_all(*files)))


def _files_of(kind: Any) -> list[ColumnElement[str | None]]:
    """The columns with names of files: of the original, and of the clean copy where there can be one."""
    return [kind.file, kind.copy_file] if hasattr(kind, "copy_file") else [kind.file]


holders: list[Any] = [ScreeningUpload]
"""What else tells of files in the cabinet: kinds of rows with an `id`, a `file`, a `ref` and an `original`; those that
have a `copy_file` have a `clean_copy` too."""
