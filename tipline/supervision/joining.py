"""Who supervises together, and who answers for the case on each side."""

from datetime import datetime

from sqlalchemy import select

from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotPermitted
from tipline.kit.words import Sentence
from tipline.law.bodies import Body
from tipline.leads.models import Access
from tipline.office.charter import Act, Role
from tipline.office.models import Office, Officer
from tipline.office.powers import PERMITTED
from tipline.supervision.grounds import words
from tipline.supervision.models import CaseOfficer, JointBody, SupervisedCase
from tipline.supervision.objections import do, watches

JOINT = {Body.DISPATCHED_DISCIPLINE_GROUP, Body.DISTRICT_DISCIPLINE_BODY, Body.TOWN_DISCIPLINE_BODY}
"""The discipline departments that may supervise with the bureau (四（三）: 会同纪检监察部门)."""


def join_body(case: SupervisedCase, office: Office, *, by: Officer, at: datetime) -> JointBody:
    """A further body supervises with us; from now on its people see the case."""
    if office.id not in {there.id for there in may_join(case)}:
        raise Incomplete("%(office)s不能联合督办本案，请另选单位。", office=office.name)
    do(Act.JOIN_BODY, case, by=by, at=at, office=office.code)
    joined = JointBody(office=office, office_id=office.id, since=at)
    case.bodies.append(joined)
    return joined


def name_officer(case: SupervisedCase, officer: Officer, *, by: Officer, at: datetime) -> CaseOfficer:
    """Say who answers for the case in one of its bodies."""
    if officer.id not in {there.id for there in may_answer(case, by)}:
        raise Incomplete("此人不能担任本案责任人，请另选一人。")
    do(Act.NAME_OFFICER, case, by=by, at=at, officer=officer.key, office=officer.office.code)
    named = CaseOfficer(
        officer=officer, officer_id=officer.id, office=officer.office, office_id=officer.office_id, since=at
    )
    case.officers.append(named)
    return named


def relieve_officer(named: CaseOfficer, *, reason: str, by: Officer, at: datetime) -> None:
    """Somebody no longer answers for the case: with a reason; that they did stays on record."""
    if named.until is not None:
        raise Incomplete("此人已不是本案责任人。")
    if not watches(named.case, by) and by.office_id != named.office_id:
        raise NotPermitted("只有督办单位才能%(act)s。", act=Act.RELIEVE_OFFICER)
    text = words(reason, Sentence("请写明理由。"))
    do(Act.RELIEVE_OFFICER, named.case, by=by, at=at, note=text, officer=named.officer.key)
    named.until = at


def may_join(case: SupervisedCase) -> list[Office]:
    """The discipline departments not yet in it, with somebody who may know of it."""
    present = {case.lead_office_id, *(body.office_id for body in case.bodies)}
    there = {officer.office_id for officer in _may_know(case)}
    query = select(Office).where(Office.body.in_(JOINT), Office.signs_in).order_by(Office.id)
    return [office for office in db.session.scalars(query) if office.id in there - present]


def may_answer(case: SupervisedCase, by: Officer) -> list[Officer]:
    """Whom this officer may name: of the bodies of the case, never anybody who must stand aside.

    Whoever supervises names on every side, the handling body its own.
    """
    named = {one.officer_id for one in case.officers if one.until is None}
    return [
        officer
        for officer in _may_know(case)
        if _sits_in(case, officer)
        and (watches(case, by) or officer.office_id == by.office_id)
        and officer.id not in named
    ]


def _sits_in(case: SupervisedCase, officer: Officer) -> bool:
    """Whether the officer sits in one of the bodies of the case: who handles, who supervises jointly, the bureau."""
    offices = {case.lead_office_id, *(body.office_id for body in case.bodies)}
    return officer.office_id in offices or officer.office.body is Body.CIVIL_AFFAIRS_BUREAU


def may_relieve(case: SupervisedCase, by: Officer) -> list[CaseOfficer]:
    """Those whom this officer may relieve: whoever supervises anybody, the handling body its own."""
    standing = [one for one in case.officers if one.until is None]
    return [one for one in standing if watches(case, by) or one.office_id == by.office_id]


def answering(case: SupervisedCase) -> list[CaseOfficer]:
    """Who answers for the case now. Whoever has since moved, or must stand aside, or sits where it no longer is,
    does not.
    """
    able = {(one.id, one.office_id) for one in _may_know(case) if _sits_in(case, one)} if case.officers else set()
    return [one for one in case.officers if one.until is None and (one.officer_id, one.office_id) in able]


def _may_know(case: SupervisedCase) -> list[Officer]:
    roles = [role for role, acts in PERMITTED.items() if Act.READ_SUPERVISION in acts and role is not Role.CLOCK]
    query = select(Officer).where(Officer.active, Officer.role.in_(roles)).order_by(Officer.office_id, Officer.id)
    if case.lead.walled:
        query = query.join(Access, (Access.officer_id == Officer.id) & (Access.lead_id == case.lead_id))
    with db.session.no_autoflush:
        return list(db.session.scalars(query))
