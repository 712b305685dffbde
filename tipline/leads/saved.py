"""Views of the ledger (保存的视图): an address under a name, for oneself or shared with one's office.

A view keeps words of fixed lists only and is opened like any address: whoever opens it sees of the ledger what
`queries.visible_to` gives them, and nothing by the view.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from tipline.kit.dates import Month
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotFound
from tipline.leads import columns, ledger
from tipline.leads.models import LedgerView
from tipline.office import editions, roster
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Officer

MOST = 12
"""So many views one person keeps, and so many are shared with one office: they stand in one row."""

TERMS = {"channel": "channel", "problem": "problem_type", "wrong": "wrong_dibao_type"}
"""Filters whose values are words of the notices, each with the list that has them."""


def known_to(officer: Officer) -> list[LedgerView]:
    """The officer's own rows, also the one without a name, and the views shared with their office."""
    shared_with_me = LedgerView.office_id == officer.office_id
    query = select(LedgerView).where(or_(LedgerView.owner_id == officer.id, shared_with_me))
    return list(db.session.scalars(query.options(joinedload(LedgerView.owner)).order_by(LedgerView.id)))


def own(officer: Officer, key: str) -> LedgerView:
    """A view of the officer's own, or a 404."""
    return _one(key, LedgerView.owner_id == officer.id)


def shared(officer: Officer, key: str) -> LedgerView:
    """A view that the officer shares, or that is shared with their office, or a 404."""
    mine = LedgerView.owner_id == officer.id
    return _one(key, LedgerView.office_id.is_not(None), or_(mine, LedgerView.office_id == officer.office_id))


def _one(key: str, *where: object) -> LedgerView:
    query = select(LedgerView).where(LedgerView.key == key, LedgerView.name_sealed.is_not(None), *where)  # type: ignore[arg-type]
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound("没有这个页面，或您无权查看。")
    return found


def save(name: str, address: Mapping[str, str], *, by: Officer, at: datetime) -> LedgerView:
    """Keep the address under the name; what the officer keeps under this name already is replaced.

    Raises Incomplete for an address that says more than the ledger's own lists, and for one view too many.
    """
    kept = _of_fixed_lists(address)
    named = [view for view in known_to(by) if view.owner_id == by.id and view.name]
    view = next((view for view in named if view.name == name), None)
    if view is None:
        if len(named) >= MOST:
            raise Incomplete("视图最多保存%(most)s个，请先删去不用的。", most=MOST)
        view = LedgerView(owner_id=by.id, name=name)
        db.session.add(view)
    view.address = kept
    db.session.flush()
    witness(Act.SAVE_VIEW, view, by=by, at=at)
    return view


def _of_fixed_lists(address: Mapping[str, str]) -> dict[str, str]:
    """The address without what is no filter. An address can say anything, and that might be somebody's name."""
    filters = ledger.asked(address)
    lists = {"town": {town.code for town in roster.towns()}} | {name: _terms(of) for name, of in TERMS.items()}
    if any(filters[name] not in values for name, values in lists.items() if name in filters):
        raise Incomplete("视图只记台账列出的筛选，这个地址里有别的内容。")
    if "month" in filters:
        filters["month"] = str(Month.parse(filters["month"]))
    shown = columns.read(address.get("columns", "")) or columns.USUAL
    return filters | ledger.order_of(address) | {"columns": columns.written(shown)}


def _terms(taxonomy: str) -> set[str]:
    return {term.key for notice in editions.campaigns() for term in notice.terms(taxonomy)}


def rename(view: LedgerView, name: str, *, by: Officer, at: datetime) -> None:
    """Call it something else. Raises Incomplete for the name of another view of one's own."""
    if any(other.name == name for other in known_to(by) if other.owner_id == by.id and other.id != view.id):
        raise Incomplete("您已有叫这个名字的视图。")
    view.name = name
    if view.office_id != by.office_id:  # shared with an office that its owner has left: nothing new is written there
        view.office_id = None
    witness(Act.RENAME_VIEW, view, by=by, at=at)


def share(view: LedgerView, *, by: Officer, at: datetime) -> None:
    """Show it to all of one's own office. Raises Incomplete where the row is full."""
    count = select(func.count()).where(LedgerView.office_id == by.office_id, LedgerView.id != view.id)
    if (db.session.scalar(count) or 0) >= MOST:
        raise Incomplete("本单位共享的视图已有%(most)s个，请先收回不用的。", most=MOST)
    witness(Act.SHARE_VIEW, view, by=by, at=at)
    view.office_id = by.office_id


def unshare(view: LedgerView, *, by: Officer, at: datetime) -> None:
    """It is its owner's alone again; also somebody else of the office may say so, when the owner has left."""
    witness(Act.UNSHARE_VIEW, view, by=by, at=at)
    view.office_id = None


def delete(view: LedgerView, *, by: Officer, at: datetime) -> None:
    """It is gone, for everybody it was shared with too."""
    witness(Act.DELETE_VIEW, view, by=by, at=at)
    db.session.delete(view)


def columns_of(views: list[LedgerView], officer: Officer) -> tuple[str, ...]:
    """The columns that the officer sees where no address names others."""
    mine = _unnamed(views, officer)
    return (columns.read(mine.address["columns"]) if mine else ()) or columns.USUAL


def choose_columns(chosen: tuple[str, ...], *, by: Officer) -> None:
    """Remember which columns the officer sees."""
    mine = _unnamed(known_to(by), by)
    if mine is None:
        mine = LedgerView(owner_id=by.id)
        db.session.add(mine)
    mine.address = {"columns": columns.written(chosen)}


def _unnamed(views: list[LedgerView], officer: Officer) -> LedgerView | None:
    return next((view for view in views if view.owner_id == officer.id and view.name_sealed is None), None)
