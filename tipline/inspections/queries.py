"""Questions about inspections: who may see which, what draws the eye to a town, which households are on the list."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, Select, false, func, select, true
from sqlalchemy.orm import joinedload, selectinload

from tipline.evidence import queries as evidence
from tipline.inspections import rules
from tipline.inspections.lifecycle import TOLD_TO_THE_TOWN, FindingState, InspectionState
from tipline.inspections.models import (
    DayReturn,
    Finding,
    FindingFile,
    FindingLead,
    Inspection,
    InspectionMember,
    InspectionPlace,
)
from tipline.inspections.rules import Attention
from tipline.kit.db import db
from tipline.leads import queries as ledger
from tipline.leads.models import Lead
from tipline.office import editions, roster
from tipline.office.charter import TOWN_ROLES, Act, Role
from tipline.office.models import Entry, Officer, Place
from tipline.office.signals import signals
from tipline.screening.models import ScreeningRecord

ROWS = 50
VISITING = {InspectionState.UNDER_WAY, InspectionState.FINISHED}

evidence.holders.append(FindingFile)


def visible_to(officer: Officer, today: date) -> Select[Inspection]:
    """The bureau sees all of the campaign; a third party the one it goes along with, while it is under way and its
    days run."""
    shown = (joinedload(Inspection.leader), selectinload(Inspection.places).joinedload(InspectionPlace.place))
    query = select(Inspection).where(_of_the_campaign(), _seen_by(officer, today)).options(*shown)
    return query.order_by(Inspection.id.desc())


def _of_the_campaign() -> ColumnElement[bool]:
    return Inspection.notice == editions.notice().key


def _seen_by(officer: Officer, today: date) -> ColumnElement[bool]:
    if not officer.may(Act.READ_INSPECTIONS):
        return false()
    if officer.role is not Role.THIRD_PARTY:
        return true()
    goes_along = select(InspectionMember.inspection_id).where(InspectionMember.officer_id == officer.id)
    return (
        Inspection.id.in_(goes_along)
        & (Inspection.state == InspectionState.UNDER_WAY)
        & (Inspection.since <= today)
        & (Inspection.until >= today)
    )


def findings_visible_to(officer: Officer, today: date) -> Select[Finding]:
    """A town sees what it must put right; a third party what it recorded itself, as long as it sees the inspection."""
    shown = (joinedload(Finding.office), joinedload(Finding.place), joinedload(Finding.inspection))
    query = select(Finding).join(Finding.inspection).where(_of_the_campaign()).options(*shown)
    query = query.order_by(Finding.id.desc())
    if not officer.may(Act.READ_FINDING):
        return query.where(false())
    if officer.role in TOWN_ROLES:
        return query.where(Finding.office_id == officer.office_id, Finding.state.in_(TOLD_TO_THE_TOWN))
    if officer.role is Role.THIRD_PARTY:
        return query.where(_seen_by(officer, today), Finding.found_by_id == officer.id)
    return query


def files_visible_to(officer: Officer, today: date) -> Select[FindingFile]:
    """The files of the findings that an officer sees; a town those that it handed in."""
    findings = findings_visible_to(officer, today).with_only_columns(Finding.id).order_by(None)
    query = select(FindingFile).where(FindingFile.finding_id.in_(findings))
    if officer.role in TOWN_ROLES:
        query = query.join(FindingFile.added_by).where(Officer.office_id == officer.office_id)
    return query


def leads_of(finding: Finding, officer: Officer) -> list[Lead]:
    """The leads that came of a finding, as far as the officer may know of them."""
    of = select(FindingLead.lead_id).where(FindingLead.finding_id == finding.id)
    return list(db.session.scalars(ledger.known_to(officer).where(Lead.id.in_(of))))


def listed(findings: Select[Finding], state: FindingState | None, after: str) -> tuple[list[Finding], str | None]:
    """A page of findings, the latest first, and the key after which the next begins."""
    if state is not None:
        findings = findings.where(Finding.state == state)
    if after:
        findings = findings.where(Finding.id < select(Finding.id).filter_by(key=after).scalar_subquery())
    rows = list(db.session.scalars(findings.limit(ROWS + 1)))
    return rows[:ROWS], rows[ROWS - 1].key if len(rows) > ROWS else None


def counted(findings: Select[Finding]) -> dict[FindingState, int]:
    """How many findings stand where."""
    query = findings.with_only_columns(Finding.state, func.count(Finding.id)).order_by(None).group_by(Finding.state)
    return dict(db.session.execute(query).all())


def latest(officer: Officer, today: date) -> list[Inspection]:
    """The latest inspections."""
    return list(db.session.scalars(visible_to(officer, today).limit(ROWS)))


def towns() -> list[Place]:
    """The towns that the notice addresses, in its order."""
    codes = editions.notice().places
    found = {place.code: place for place in db.session.scalars(select(Place).where(Place.code.in_(codes)))}
    return [found[code] for code in codes if code in found]


def town_of(place: Place) -> str:
    """The code of the town in which a place lies, or which it is."""
    return place.code if place.code in editions.notice().places else str(place.parent_code)


def visited() -> dict[str, int]:
    """How many inspections have gone, or are going, to each town or to a village in it."""
    query = select(Place.code, Place.parent_code, InspectionPlace.inspection_id)
    query = query.join(InspectionPlace, InspectionPlace.place_code == Place.code)
    query = query.join(Inspection, Inspection.id == InspectionPlace.inspection_id)
    query = query.where(_of_the_campaign(), Inspection.state.in_(VISITING))
    gone: dict[str | None, set[int]] = {}
    for code, parent, inspection in db.session.execute(query):
        for town in set(editions.notice().places) & {code, parent}:
            gone.setdefault(town, set()).add(inspection)
    return {str(town): len(ids) for town, ids in gone.items()}


def households_by_town() -> Mapping[str, int]:
    """How many households are on dibao, as far as the towns have handed in their tables."""
    table = editions.notice().inspection.population
    query = select(ScreeningRecord.office_id, func.count()).where(
        ScreeningRecord.notice == editions.notice().key, ScreeningRecord.population == table
    )
    by_office = dict(db.session.execute(query.group_by(ScreeningRecord.office_id)).all())
    return {str(one.place_code): by_office[one.id] for one in roster.town_governments() if one.id in by_office}


def attention(first: date, last: date) -> list[Attention]:
    """The towns by what draws the eye to them in a period: as many questions as there are signals."""
    notice = editions.notice()
    weights = {one.signal: one.points for one in notice.inspection.weights if one.signal in signals}
    counts = {name: signals[name].counts(first, last) for name in weights}
    grows = {name for name in weights if signals[name].grows}
    return rules.attention([town.code for town in towns()], counts, weights, households_by_town(), grows)


def villages_of(inspection: Inspection) -> list[Place]:
    """The villages that are visited."""
    addressed = editions.notice().places
    return [one.place for one in inspection.places if one.place_code not in addressed]


def households(inspection: Inspection) -> list[ScreeningRecord]:
    """The households on record in the villages that are visited, by village and in the order of their tables."""
    notice = editions.notice()
    query = select(ScreeningRecord).where(
        ScreeningRecord.notice == notice.key,
        ScreeningRecord.population == notice.inspection.population,
        ScreeningRecord.place_code.in_([place.code for place in villages_of(inspection)]),
    )
    return list(db.session.scalars(query.order_by(ScreeningRecord.place_code, ScreeningRecord.id)))


def household(inspection: Inspection, key: str) -> ScreeningRecord | None:
    """One of them."""
    return next((record for record in households(inspection) if record.key == key), None)


def known_sources(inspection: Inspection) -> set[str]:
    """The lines of day lists that have become findings."""
    query = select(Finding.source).where(Finding.inspection_id == inspection.id, Finding.source.is_not(None))
    return {str(source) for source in db.session.scalars(query)}


def returns_visible_to(officer: Officer, today: date) -> Select[DayReturn]:
    """A filled list is seen by whoever may read one back and sees its inspection."""
    inspections = visible_to(officer, today).with_only_columns(Inspection.id).order_by(None)
    allowed = true() if officer.may(Act.READ_BACK_DAY_LIST) else false()
    return select(DayReturn).where(allowed, DayReturn.inspection_id.in_(inspections))


def members(inspection: Inspection) -> list[Officer]:
    """Whoever goes along."""
    query = select(Officer).join(InspectionMember, InspectionMember.officer_id == Officer.id)
    return list(db.session.scalars(query.where(InspectionMember.inspection_id == inspection.id).order_by(Officer.id)))


def due_by(officer: Officer, on: date) -> ScalarSelect[int]:
    """How many findings the officer's office must have put right by that day, for the bell."""
    owed = (Finding.office_id == officer.office_id, Finding.state == FindingState.DEMANDED, Finding.due_on <= on)
    return select(func.count(Finding.id)).where(*owed).scalar_subquery()


def demanded_until(last: date) -> list[Finding]:
    """What is being put right and due by that day, for the reminders."""
    query = select(Finding).join(Finding.inspection).where(_of_the_campaign())
    query = query.where(Finding.state == FindingState.DEMANDED, Finding.due_on <= last)
    return list(db.session.scalars(query.options(joinedload(Finding.office)).order_by(Finding.id)))


def can_go_along() -> list[Officer]:
    """Who may be a member of a team: the bureau's officers who inspect, and third parties with an account."""
    return [one for one in roster.officers() if one.may(Act.RECORD_FINDING)]


def pool(chosen: set[str]) -> list[str]:
    """The villages among which the lot is drawn: all of the towns addressed, but for those chosen by hand."""
    addressed = editions.notice().places
    return [one.code for one in roster.villages() if one.parent_code in addressed and one.code not in chosen]


def recorded() -> list[Finding]:
    """What nobody has decided about yet, oldest first: neither demanded nor let rest."""
    query = select(Finding).join(Finding.inspection).where(_of_the_campaign())
    query = query.where(Finding.state == FindingState.RECORDED).order_by(Finding.found_on, Finding.id)
    return list(db.session.scalars(query.options(joinedload(Finding.office)).limit(ROWS)))


def history(paper: Inspection | Finding) -> list[Entry]:
    """What was done to a paper, and who looked at its households; leads that came of it are told of by themselves."""
    hidden = (Act.TURN_INTO_LEAD, Act.READ_INSPECTIONS, Act.READ_FINDING)
    lines = select(Entry).where(Entry.paper == paper.ref, Entry.act.not_in(hidden)).order_by(Entry.seq.desc())
    shown = lines.options(joinedload(Entry.by), joinedload(Entry.office)).limit(ROWS)
    return list(db.session.scalars(shown))[::-1]


def files(of: Select[FindingFile]) -> list[FindingFile]:
    """Files with who brought them."""
    return list(db.session.scalars(of.options(joinedload(FindingFile.added_by)).order_by(FindingFile.id)))
