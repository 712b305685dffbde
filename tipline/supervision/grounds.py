"""Why a case is supervised: the triggers of the notice as a set, a leader's instruction, or somebody's reason."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from tipline.kit.dates import day_of, local
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow
from tipline.kit.identity import tidy
from tipline.kit.series import next_number
from tipline.kit.words import Sentence
from tipline.law.bodies import SupervisionTrigger
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.leads.plan import Plan
from tipline.office import roster
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Officer
from tipline.supervision.models import Instruction, SupervisedCase
from tipline.supervision.objections import do


@dataclass(frozen=True)
class Instructed:
    """A leader's written instruction as it was read out: whose, of which day, the words, where the paper is."""

    who: str
    given_on: date
    text: str
    document: str = ""


def propose(lead: Lead, proposal: Plan, *, by: Officer, at: datetime) -> SupervisedCase:
    """Put a lead that meets a trigger of the notice (四（三）) to a leader who may open supervision."""
    case = SupervisedCase(lead=lead, proposed_at=at, missing=[])
    case.triggers = sorted(trigger.value for trigger in proposal.triggers)
    case.lead_office = roster.office_of(proposal.body, lead.town_code)
    enact(Act.PROPOSE_SUPERVISION, case, by=by, at=at, triggers=",".join(case.triggers))
    return _numbered(case, at)


def propose_by_hand(lead: Lead, *, reason: str, by: Officer, at: datetime) -> SupervisedCase:
    """Put a lead that meets no trigger of the notice to a leader all the same: with a reason, for a second person."""
    text = words(reason, Sentence("请写明理由。"))
    if lead.handling is None or not may_be_proposed(lead) or has_case(lead):
        raise NotNow("这条线索不能提请督办。")
    case = SupervisedCase(lead=lead, proposed_at=at, missing=[])
    case.triggers, case.lead_office, case.reason = [], lead.handling, text
    enact(Act.PROPOSE_BY_HAND, case, by=by, at=at, note=text)
    return _numbered(case, at)


def may_be_proposed(lead: Lead) -> bool:
    """What was struck, refused, passed on or filed away is not watched, and of a stub nothing is kept that could be."""
    return lead.state in {LeadState.REGISTERED, LeadState.AWAITING_INFO, LeadState.REOPENED}


def add_trigger(case: SupervisedCase, trigger: SupervisionTrigger, *, reason: str, by: Officer, at: datetime) -> None:
    """A further trigger has arrived: it joins the set, and the trail says when and why."""
    if trigger.value in case.triggers:
        raise Incomplete("已有“%(trigger)s”这一情形。", trigger=trigger)
    if trigger is SupervisionTrigger.LEADER_INSTRUCTION:
        raise Incomplete("领导批示请用“登记批示”，写明批示人、日期和内容。")
    text = words(reason, Sentence("请写明理由。"))
    do(Act.ADD_TRIGGER, case, by=by, at=at, note=text, trigger=trigger.value)
    case.triggers = sorted({*case.triggers, trigger.value})


def note_instruction(case: SupervisedCase, told: Instructed, *, by: Officer, at: datetime) -> Instruction:
    """Keep a leader's instruction (批示) with the case; it is one of the notice's triggers."""
    who = words(told.who, Sentence("请写明批示人。"))
    text = words(told.text, Sentence("请写明批示内容。"))
    if told.given_on > day_of(at):
        raise Incomplete("批示日期不能晚于今天。")
    trigger = SupervisionTrigger.LEADER_INSTRUCTION
    do(Act.NOTE_INSTRUCTION, case, by=by, at=at, trigger=trigger.value, given_on=told.given_on.isoformat())
    instruction = Instruction(given_on=told.given_on, who=who, text=text, document=tidy(told.document) or None)
    case.instructions.append(instruction)
    case.triggers = sorted({*case.triggers, trigger.value})
    return instruction


def number_for(lead: Lead, open_form: str, walled_form: str, series: str, at: datetime) -> str:
    """The next number of an open series. A walled lead lends its own: one drawn from the series would leave a gap."""
    if lead.walled:
        return walled_form % {"lead": lead.number}
    year = local(at).year
    return open_form % {"year": year, "n": next_number(series, year)}


def words(text: str, missing: Sentence) -> str:
    """What was typed, tidied. Raises Incomplete when nothing was."""
    told = tidy(text)
    if not told:
        raise Incomplete(missing.text)
    return told


def _numbered(case: SupervisedCase, at: datetime) -> SupervisedCase:
    """Only a case that may be is given a number."""
    case.number = number_for(case.lead, "DB%(year)d-%(n)03d", "DB-%(lead)s", "case", at)
    db.session.add(case)
    return case


def has_case(lead: Lead) -> bool:
    """Whether the lead is or was to be watched."""
    return db.session.scalar(select(SupervisedCase.id).filter_by(lead_id=lead.id)) is not None
