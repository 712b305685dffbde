"""Hits of the comparison: found, looked at by one, confirmed by another, raised as a lead. Never commits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import joinedload

from tipline.intake import operations as intake
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.kit.identity import tidy
from tipline.law.registers import Part, Side
from tipline.law.screening import Kind
from tipline.leads.call import Call, PersonSaid
from tipline.leads.models import Lead
from tipline.leads.queries import not_walled
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.deeds import enact, witness
from tipline.office.models import Kin, KinState, Officer
from tipline.relatives import matching, queries
from tipline.relatives.lifecycle import WAITING, HitState
from tipline.relatives.models import RegisterEntry, RegisterHit
from tipline.screening.models import ScreeningRecord

SHORTEST = 4


@dataclass(frozen=True)
class Comparison:
    """One run, as something the trail can name."""

    notice: str

    @property
    def ref(self) -> str:
        return f"register-comparison/{self.notice}"


def visible_to(officer: Officer) -> Select[RegisterHit]:
    """The hits an officer may know of: in a town role, on households of one's own town; never one that names
    oneself or a relative of one's own, whether as the person or as the cadre, and none whose lead is walled off."""
    if not officer.may(Act.READ_HITS):
        return select(RegisterHit).where(false())
    own = select(Kin.name_blind).where(Kin.officer_id == officer.id, Kin.state == KinState.CONFIRMED)
    names = or_(RegisterEntry.name_blind == officer.name_blind, RegisterEntry.name_blind.in_(own))
    cadres = or_(RegisterEntry.cadre_blind == officer.name_blind, RegisterEntry.cadre_blind.in_(own))
    rows = select(RegisterHit).join(RegisterHit.entry).join(RegisterHit.record)
    rows = rows.where(
        RegisterHit.notice == editions.notice().key,
        queries.in_own_town(officer, ScreeningRecord.office_id),
        ~names,
        or_(RegisterEntry.cadre_blind.is_(None), ~cadres),
        or_(RegisterHit.lead_id.is_(None), RegisterHit.lead_id.in_(select(Lead.id).where(not_walled(officer)))),
    )
    return rows.order_by(RegisterHit.id)


class Shown:
    """What a list of hits is narrowed by."""

    OPEN, FILED, SECOND, CONFIRMED, CLEARED, RAISED = "open", "filed", "second", "confirmed", "cleared", "raised"
    ALL = (OPEN, SECOND, CONFIRMED, RAISED, CLEARED, FILED)


def of_kind(shown: str) -> ColumnElement[bool]:
    """The hits that a tab of the list shows; what is filed is nothing to look at by itself."""
    excused = and_(queries.is_filed(), RegisterEntry.register.in_(queries.registers().of(Side.KIN)))
    return {
        Shown.FILED: and_(RegisterHit.state == HitState.FOUND, excused),
        Shown.SECOND: RegisterHit.state.in_(WAITING),
        Shown.CONFIRMED: RegisterHit.state == HitState.CONFIRMED,
        Shown.CLEARED: RegisterHit.state == HitState.CLEARED,
        Shown.RAISED: RegisterHit.state == HitState.RAISED,
    }.get(shown, and_(RegisterHit.state == HitState.FOUND, ~excused))


def listed(rows: Select[RegisterHit]) -> Select[RegisterHit]:
    """With all that a line shows."""
    entry = joinedload(RegisterHit.entry).joinedload(RegisterEntry.office)
    record = joinedload(RegisterHit.record).joinedload(ScreeningRecord.office)
    return rows.options(entry, record, joinedload(RegisterHit.lead))


def tally(officer: Officer, town: str = "") -> dict[str, int]:
    """How many hits each tab shows, of one town or of all."""
    rows = (
        visible_to(officer)
        .where(queries.of_town(ScreeningRecord.office_id, town))
        .order_by(None)
        .with_only_columns(*(func.count().filter(of_kind(shown)) for shown in Shown.ALL))
    )
    return dict(zip(Shown.ALL, db.session.execute(rows).one(), strict=True))


def compare(*, by: Officer, at: datetime) -> int:
    """Compare all lists with the roll, and keep what was never found before. Returns how many hits are new."""
    found = matching.new_pairs()
    notice = editions.notice().key
    for one in found:
        hit = RegisterHit(
            notice=notice,
            pair_blind=one.pair,
            level=one.level,
            entry_id=one.entry_id,
            record_id=one.record_id,
            found_at=at,
        )
        enact(Act.FIND_HIT, hit, by=by, at=at, level=one.level.value)
        db.session.add(hit)
    if found:
        witness(Act.COMPARE_REGISTERS, Comparison(notice), by=by, at=at, found=str(len(found)))
    db.session.flush()
    return len(found)


def hold(hit: RegisterHit, reason: str, *, true: bool, by: Officer, at: datetime) -> None:
    """The first person's word, and why; somebody else must confirm it. Raises Incomplete without a reason."""
    words = tidy(reason)
    if len(words) < SHORTEST:
        raise Incomplete("请写明怎样核对的（至少4个字）。")
    act = Act.HOLD_HIT_TRUE if true else Act.HOLD_HIT_FALSE
    enact(act, hit, by=by, at=at, note=words)
    hit.reason = words


def confirm(hit: RegisterHit, *, by: Officer, at: datetime) -> None:
    """The second person agrees that it is so."""
    enact(Act.CONFIRM_HIT, hit, by=by, at=at)


def clear(hit: RegisterHit, *, by: Officer, at: datetime) -> None:
    """The second person agrees that it is not so; the pair is remembered and never raised again."""
    enact(Act.CLEAR_HIT, hit, by=by, at=at)


def send_back(hit: RegisterHit, *, by: Officer, at: datetime) -> None:
    """Not convinced: it is to be looked at once more."""
    enact(Act.SEND_BACK_HIT, hit, by=by, at=at)
    hit.reason = None


def raise_lead(hit: RegisterHit, post: str, narrative: str, *, by: Officer, at: datetime) -> Lead:
    """Enter a confirmed hit in the ledger, as a finding at work: it takes the road of every lead from there."""
    enact(Act.RAISE_HIT, hit, by=by, at=at)
    agreed, notice = queries.kinship(), editions.notice()
    record = hit.record
    town = record.office.place_code
    who = PersonSaid.in_post(notice.post(post), name=accused(hit), town_code=town, village_code=hit.entry.place_code)
    call = Call(
        channel=agreed.channel,
        received_at=at,
        people=(who,),
        narrative=tidy(narrative),
        named=False,
        wants_secrecy=False,
        town_code=town,
        place_code=record.place_code,
        problems=(agreed.problem,),
        wrong_dibao=(agreed.wrong_dibao,) if agreed.wrong_dibao else (),
        told_duty=True,
    )
    hit.lead = intake.receive(call, by=by, at=at)
    db.session.flush()
    return hit.lead


def accused(hit: RegisterHit) -> str:
    """Who would be reported: the cadre whose relative it is, or the paid person."""
    register, values = queries.registers().register(hit.entry.register), hit.entry.values
    return register.said(values, Part.CADRE) or register.said(values, Part.NAME)


def reveal(hit: RegisterHit, *, reason: str, by: Officer, at: datetime) -> list[str]:
    """The numbers of both sides, and a line that they were looked at."""
    witness(Act.REVEAL_LISTED, hit, by=by, at=at, note=reason)
    register = queries.registers().register(hit.entry.register)
    number = editions.notice().screening.column_of_kind(hit.record.population, Kind.IDENTITY)
    of_household = str(hit.record.values.get(number.key, "")) if number else ""
    return [register.said(hit.entry.values, Part.IDENTITY), of_household]
