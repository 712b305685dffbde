"""Declared relatives: a second person vouches for each, and only then do walls ask it."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, false, select, true

from tipline.kit.db import db
from tipline.kit.errors import NotNow, NotPermitted
from tipline.kit.words import Sentence
from tipline.office import roster
from tipline.office.charter import INSPECTORS, Act, Role
from tipline.office.deeds import witness
from tipline.office.models import Kin, KinState, Office, Officer
from tipline.office.waiting import Waiting


def to_vouch_for(officer: Officer) -> Select[Kin]:
    """The declarations that wait for this officer's word, oldest first; never their own."""
    query = select(Kin).join(Kin.officer).join(Office, Office.id == Officer.office_id).order_by(Kin.id)
    return query.where(Kin.state == KinState.DECLARED, Kin.officer_id != officer.id, _within_reach(officer))


def _within_reach(officer: Officer) -> ColumnElement[bool]:
    """A town's discipline body vouches in its town; the district's, the group and the administrator anywhere."""
    if not officer.may(Act.CONFIRM_KIN):
        return false()
    if officer.role is Role.TOWN_INSPECTOR:
        return Office.place_code == officer.office.place_code
    return true()


def reads_names(officer: Officer) -> bool:
    """The discipline side looks the relation up; the security administrator only vouches for the paper."""
    return officer.role in INSPECTORS


def confirm(kin: Kin, *, by: Officer, at: datetime) -> None:
    """The relation is so: from now on its walls are drawn, and nobody lifts them."""
    _decide(Act.CONFIRM_KIN, kin, KinState.CONFIRMED, by=by, at=at)
    roster.tell(kin.officer)


def decline(kin: Kin, *, by: Officer, at: datetime) -> None:
    """The relation cannot be shown: the declaration stays on record and draws nothing."""
    _decide(Act.DECLINE_KIN, kin, KinState.DECLINED, by=by, at=at)


def _decide(act: Act, kin: Kin, state: KinState, *, by: Officer, at: datetime) -> None:
    if kin.officer_id == by.id:
        raise NotPermitted("本人的申报须由他人核实。")
    if kin.state is not KinState.DECLARED:
        raise NotNow("这项申报已经核实过。")
    witness(act, kin.officer, by=by, at=at)
    kin.state, kin.decided_by_id = state, by.id
    db.session.flush()


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """One line on the desk while any declaration waits."""
    if not officer.may(Act.CONFIRM_KIN) or db.session.scalar(to_vouch_for(officer).limit(1)) is None:
        return []
    return [Waiting(what=Sentence("核实近亲属申报"), number="", act=Act.CONFIRM_KIN, endpoint="office.kin")]
