"""What may be done about interventions: they are recorded, and stand as they were written."""

from dataclasses import dataclass
from datetime import date, datetime

from tipline.interventions import queries
from tipline.interventions.models import Intervention
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotPermitted
from tipline.kit.identity import plain_name, sound_of, tidy
from tipline.kit.vault import vault
from tipline.leads.models import Lead
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Officer
from tipline.referrals.models import Referral


@dataclass(frozen=True)
class Said:
    """Who asked or pleaded, when, how, and in which words."""

    name: str
    post: str
    manner: str
    happened_on: date
    words: str


def record(about: Lead | Referral, said: Said, *, by: Officer, at: datetime) -> Intervention:
    """Write down that somebody asked about the case or pleaded in it (监察法 2024, 第六十六条).

    Whoever it names, should they sign in here, does not see it.
    """
    if not queries.handles(by, about):
        raise NotPermitted("只有正在办理本件的人员才能登记过问情况。")
    if not plain_name(said.name) or not tidy(said.words):
        raise Incomplete("请写明过问人姓名和过问内容。")
    if said.happened_on > day_of(at):
        raise Incomplete("过问日期不能晚于今天。")
    referral = about if isinstance(about, Referral) else None
    lead = about.lead if isinstance(about, Referral) else about
    lead.rules.term("intervention_manner", said.manner)
    intervention = Intervention(
        lead=lead,
        lead_id=lead.id,
        referral=referral,
        name=tidy(said.name),
        name_blind=vault.blind("name", plain_name(said.name)),
        sound_blind=vault.blind("sound", sound_of(said.name)),
        post=tidy(said.post),
        words=tidy(said.words),
        manner=said.manner,
        happened_on=said.happened_on,
        recorded_at=at,
        recorded_by=by,
        office=by.office,
    )
    witness(Act.RECORD_INTERVENTION, intervention, by=by, at=at)
    db.session.add(intervention)
    db.session.flush()
    return intervention
