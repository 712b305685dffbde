"""The ledger as a list: filters that stand in the address, one page at a time, by key and never by number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    String,
    and_,
    cast,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased, load_only, raiseload

from tipline.kit.dates import Month, at_clock
from tipline.kit.db import db
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.leads.queries import visible_to
from tipline.office import editions
from tipline.office.models import Office, Officer, Place

ROWS = 25

Condition = Callable[[str], ColumnElement[bool]]


def _in_month(text: str) -> ColumnElement[bool]:
    month = Month.parse(text)
    first, following = (at_clock(day, time.min) for day in (month.first, month.next().first))
    return and_(Lead.received_at >= first, Lead.received_at < following)


def _among(column: str) -> Condition:
    return lambda key: cast(getattr(Lead, column), String).contains(f'"{key}"', autoescape=True)


STATES = {state.value: state for state in LeadState}
YES_OR_NO = {"yes": True, "no": False}
FLAGS = {"media": Lead.media, "leader_instruction": Lead.leader_instruction, "major": Lead.major}


def _registered_under(key: str) -> ColumnElement[bool]:
    return Lead.notice == {one.key: one for one in editions.campaigns()}[key].key


FILTERS: dict[str, Condition] = {
    "campaign": _registered_under,
    "town": lambda code: Lead.town_code == code,
    "state": lambda state: Lead.state == STATES[state],
    "repeat": lambda repeat: Lead.primary_id.is_not(None) if YES_OR_NO[repeat] else Lead.primary_id.is_(None),
    "left": lambda left: Lead.handed_over.is_(YES_OR_NO[left]),
    "channel": lambda key: Lead.channel == key,
    "problem": _among("problems"),
    "wrong": _among("wrong_dibao"),
    "flag": lambda flag: FLAGS[flag].is_(True),
    "month": _in_month,
}
"""What the ledger can be narrowed by: the name in the address, and what it asks of a lead."""


def _bundled(officer: Officer) -> ColumnElement[bool]:
    """Leads that are a repeat, or of which the officer knows a repeat."""
    known = visible_to(officer).where(Lead.primary_id.is_not(None)).with_only_columns(Lead.primary_id)
    return or_(Lead.primary_id.is_not(None), Lead.id.in_(known.order_by(None).correlate(None)))


AS_SEEN: dict[str, Callable[[Officer], ColumnElement[bool]]] = {"bundled": _bundled}
"""Filters that depend on what else the officer may see; in the address they say `yes`."""


def asked(arguments: Mapping[str, str]) -> dict[str, str]:
    """The filters of an address that make sense; others are passed over, so that an old address still opens."""
    found = {}
    for name, condition in FILTERS.items():
        value = arguments.get(name, "")
        try:
            condition(value)
        except (ValueError, KeyError):
            continue
        if value:
            found[name] = value
    return found | {name: "yes" for name in AS_SEEN if arguments.get(name) == "yes"}


def narrowed(officer: Officer, filters: Mapping[str, str]) -> Select[Lead]:
    """The officer's leads within the filters, newest first."""
    return visible_to(officer).where(true(), *_conditions(officer, filters))


def _conditions(officer: Officer, filters: Mapping[str, str]) -> list[ColumnElement[bool]]:
    return [FILTERS[name](value) if name in FILTERS else AS_SEEN[name](officer) for name, value in filters.items()]


FIGURE = 99
"""Counts are told up to here; one more stands for all that are larger."""
FAR_BACK = 2_000
"""So many of the newest leads are looked through for a count to which no index leads."""


def counts(officer: Officer, addresses: Sequence[Mapping[str, str]]) -> list[int]:
    """How many leads the officer finds at each of these addresses, in one question; an index leads to them."""

    def some(address: Mapping[str, str]) -> ScalarSelect[int]:
        found = narrowed(officer, asked(address)).order_by(None).with_only_columns(Lead.id).limit(FIGURE + 1)
        return select(func.count()).select_from(found.subquery()).scalar_subquery()

    return list(db.session.execute(select(*map(some, addresses))).one())


def counts_of_newest(officer: Officer, addresses: Sequence[Mapping[str, str]]) -> list[int | None]:
    """The same of addresses that may ask for anything, in one walk.

    None for what depends on what else the officer may see, and where the newest leads are too few to tell.
    """
    filters = [asked(address) for address in addresses]
    within = {
        n: and_(true(), *_conditions(officer, of)) for n, of in enumerate(filters) if not AS_SEEN.keys() & of.keys()
    }
    if not within:
        return [None] * len(filters)
    columns = (condition.label(f"within_{n}") for n, condition in within.items())
    newest = visible_to(officer).with_only_columns(*columns).limit(FAR_BACK + 1).subquery()
    numbers = (func.count().filter(hit) for hit in newest.c)
    walked, *found = db.session.execute(select(func.count(), *numbers).select_from(newest)).one()
    sure = {
        n: min(number, FIGURE + 1)
        for n, number in zip(within, found, strict=True)
        if number > FIGURE or walked <= FAR_BACK
    }
    return [sure.get(n) for n in range(len(filters))]


OLDEST = "oldest"
"""The order that is no filter: the first registered first. The ledger's own is the other way round."""


def order_of(arguments: Mapping[str, str]) -> dict[str, str]:
    """The order that an address asks for, as it stands in it; nothing for the ledger's own."""
    return {"order": OLDEST} if arguments.get("order") == OLDEST else {}


Line = Row[Lead, str | None, str | None, int, str, str]
"""A lead with its town, its place, the number of its persons, who registered it and where."""


@dataclass(frozen=True)
class Page:
    """One page of the ledger."""

    rows: list[Line]
    previous: str | None
    """The key after which the page before begins, walking backward; None at the beginning."""
    next: str | None


def page(
    officer: Officer, filters: Mapping[str, str], *, after: str = "", before: str = "", oldest: bool = False
) -> Page:
    """The leads that follow `after`, or the page that precedes `before`; the first page when neither is known."""
    query = _with_places(narrowed(officer, filters))
    mark = _place_of(before or after, officer)
    back = bool(before) and mark is not None
    rising = oldest != back
    if mark is not None:
        query = query.where(Lead.id > mark if rising else Lead.id < mark)
    query = query.order_by(None).order_by(Lead.id if rising else Lead.id.desc())
    rows = list(db.session.execute(query.limit(ROWS + 1)))
    more, rows = len(rows) > ROWS, rows[:ROWS]
    if back:
        rows.reverse()
    preceded, followed = (more, True) if back else (mark is not None, more)
    return Page(
        rows=rows,
        previous=rows[0][0].key if rows and preceded else None,
        next=rows[-1][0].key if rows and followed else None,
    )


def _place_of(key: str, officer: Officer) -> int | None:
    """Where in the ledger a visible lead stands; a key of anything else says nothing."""
    return db.session.scalar(visible_to(officer).where(Lead.key == key).with_only_columns(Lead.id)) if key else None


def _with_places(query: Select[Lead]) -> Select[Lead, str | None, str | None, int, str, str]:
    town, place = aliased(Place), aliased(Place)
    persons = select(func.count()).where(ImplicatedPerson.lead_id == Lead.id).scalar_subquery()
    columns = [getattr(Lead, name) for name in FETCHED]
    return (
        query.outerjoin(town, town.code == Lead.town_code)
        .outerjoin(place, place.code == Lead.place_code)
        .join(Officer, Officer.id == Lead.registered_by_id)
        .join(Office, Office.id == Lead.office_id)
        .options(load_only(*columns, raiseload=True), raiseload("*"))
        .add_columns(town.name, place.name, persons, Officer.name, Office.name)
    )


FETCHED = (
    "id",
    "key",
    "number",
    "notice",
    "state",
    "version",
    "received_at",
    "registered_at",
    "channel",
    "named",
    "amount_fen",
    "happened_from",
    "happened_until",
    "problems",
    "wrong_dibao",
    "media",
    "leader_instruction",
    "major",
    "handed_over",
    "primary_id",
)
"""What a line of the ledger can show; no sealed word is even fetched."""
