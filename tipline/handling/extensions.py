"""Longer time (延期): asked with a reason before the day has passed, decided by another person. The old day stays."""

from datetime import datetime

from sqlalchemy import select

from tipline.handling.models import Extension
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.law.bodies import Body
from tipline.law.clocks import deadline
from tipline.law.running import Running
from tipline.leads import telling
from tipline.office import calendars, roster
from tipline.office.charter import INSPECTORS, Act
from tipline.office.deeds import enact
from tipline.office.models import Office, Officer
from tipline.referrals.models import Referral
from tipline.referrals.objections import a_reason, has_hands, superiors_of
from tipline.referrals.reckoning import clocks, reckon
from tipline.referrals.rules import Party


def ask(referral: Referral, clock: str, *, reason: str, by: Officer, at: datetime) -> Extension:
    """Ask for longer time on one clock, by the clock's own rule of extension in the notice."""
    running = _running(referral, clock, by, at)
    text = a_reason(reason)
    longer = deadline(running.clock, running.began, calendars.calendar(), extended=True)
    rule = running.clock.extension
    extension = Extension(
        referral=referral,
        clock=clock,
        began_on=running.began,
        before_on=running.due.on,
        after_on=longer.on,
        tells_reporter=bool(rule and rule.tells_reporter and referral.lead.named),
        office=by.office,
        decider=decider_of(referral, running, by),
        asked_at=at,
        asked_by=by,
        reason=text,
    )
    enact(Act.ASK_EXTENSION, extension, by=by, at=at, note=text, clock=clock, to=extension.decider.code)
    db.session.add(extension)
    db.session.flush()
    _tell(extension, "extension_asked", extension.decider, at)
    return extension


def extendable(referral: Referral, by: Officer, at: datetime) -> list[Running]:
    """The clocks that this officer's side owes and that may still be lengthened."""
    waiting = {extension.clock for extension in of_referral(referral) if extension.decided_at is None}
    return [
        running
        for running in clocks(referral)
        if running.stopped is None
        and running.clock.extension is not None
        and running.before is None
        and running.due.on >= day_of(at)
        and running.clock.id not in waiting
        and _owes(running, referral, by)
    ]


def of_referral(referral: Referral) -> list[Extension]:
    """Every extension that was ever asked for on it, oldest first."""
    query = select(Extension).where(Extension.referral_id == referral.id).order_by(Extension.id)
    return list(db.session.scalars(query))


def decider_of(referral: Referral, running: Running, by: Officer) -> Office:
    """Where somebody else decides: the bureau for the sender; for a body itself, or the next above with hands."""
    bureau = roster.office_of(Body.CIVIL_AFFAIRS_BUREAU)
    if running.owed_by is Party.SENDER and has_hands(Act.GRANT_EXTENSION, referral, bureau, but=by):
        return bureau
    if running.owed_by is Party.BODY and has_hands(Act.GRANT_EXTENSION, referral, referral.to, but=by):
        return referral.to
    above = (office for office in superiors_of(referral) if has_hands(Act.GRANT_EXTENSION, referral, office))
    return next(above, referral.to)


def grant(extension: Extension, *, by: Officer, at: datetime) -> None:
    """The longer time is given; both days and both countings stay on the page."""
    _require_decider(Act.GRANT_EXTENSION, extension, by)
    referral = extension.referral
    if not _still_runs(extension):
        raise NotNow("这项期限已经停止或重新起算，不能再延期。")
    enact(Act.GRANT_EXTENSION, extension, by=by, at=at, clock=extension.clock, until=extension.after_on.isoformat())
    extension.decided_at, extension.decided_by = at, by
    referral.extended = [*referral.extended, extension.clock]
    reckon(referral)
    _tell(extension, "extension_granted", extension.office, at)


def refuse(extension: Extension, *, reason: str, by: Officer, at: datetime) -> None:
    """The time stays as it is, and whoever asked reads why."""
    text = a_reason(reason)
    _require_decider(Act.REFUSE_EXTENSION, extension, by)
    enact(Act.REFUSE_EXTENSION, extension, by=by, at=at, note=text, clock=extension.clock)
    extension.decided_at, extension.decided_by, extension.answer = at, by, text
    _tell(extension, "extension_refused", extension.office, at)


def _running(referral: Referral, clock: str, by: Officer, at: datetime) -> Running:
    found = next((running for running in extendable(referral, by, at) if running.clock.id == clock), None)
    if found is None and by.may(Act.ASK_EXTENSION):
        raise Incomplete("这项期限不能申请延期：已停止、已过期、已延过，或不由本单位办理。")
    if found is None:
        raise NotPermitted("%(role)s无权%(act)s。", role=by.role, act=Act.ASK_EXTENSION)
    return found


def _owes(running: Running, referral: Referral, by: Officer) -> bool:
    if running.owed_by is Party.BODY:
        return by.office_id == referral.to_id
    keeps = by.office_id == referral.from_id or by.office.body is Body.CIVIL_AFFAIRS_BUREAU
    return keeps and by.role not in INSPECTORS


def _still_runs(extension: Extension) -> bool:
    return any(
        running.clock.id == extension.clock and running.began == extension.began_on and running.stopped is None
        for running in clocks(extension.referral)
    )


def _require_decider(act: Act, extension: Extension, by: Officer) -> None:
    if by.may(act) and not may_decide(extension, by):
        raise NotPermitted("只有批准单位才能%(act)s。", act=act)


def may_decide(extension: Extension, by: Officer) -> bool:
    """Whether the officer sits where it is decided; that it is somebody else is asked of the trail."""
    return by.office_id == extension.decider_id


def _tell(extension: Extension, letter: str, to: Office, at: datetime) -> None:
    about = f"{extension.ref}/{letter}"
    telling.write(about, extension.referral.lead, to=to, letter=letter, at=at, number=extension.number)
