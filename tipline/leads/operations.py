"""What may be done to a lead. Operations never commit; the edge does, once."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select

from tipline.kit.dates import local
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.kit.identity import tidy
from tipline.kit.series import next_number
from tipline.kit.vault import vault
from tipline.law.bodies import Secrecy
from tipline.law.routing import Decision
from tipline.leads import access, entering, search, walls
from tipline.leads.call import Call
from tipline.leads.models import Facts, ImplicatedPerson, Lead, LeadVersion, Opening, Reporter
from tipline.leads.plan import Plan, check_parts
from tipline.office import editions, roster
from tipline.office.charter import INSPECTORS, Act
from tipline.office.deeds import enact, witness
from tipline.office.models import Officer

OPENING = timedelta(minutes=30)
CODE_GROUPS = 4
SHORTEST_REASON = 6


def register(call: Call, proposal: Plan, *, by: Officer, at: datetime) -> Lead:
    """Enter a call in the ledger: walls first, then a number that tells nothing to those behind them.

    Raises Incomplete when something needed is missing. A call about people managed above the district
    belongs to `register_stub`.
    """
    _check(call, proposal)
    lead = entering.lead_of(call, by, at)
    lead.people = [entering.person_of(said, position) for position, said in enumerate(call.people)]
    lead.sealed = proposal.secrecy is Secrecy.SEALED
    _enter(lead, Act.REGISTER_LEAD, lead.people, proposal, by=by, at=at, persons=str(len(call.people)))
    if call.reporter is not None and any(vars(call.reporter).values()):
        db.session.add(entering.reporter_of(lead, call.reporter, at))
    search.index(lead)
    return lead


def register_stub(call: Call, decision: Decision, proposal: Plan, *, by: Officer, at: datetime) -> Lead:
    """Enter that something was received about people managed above the district, and nothing of it.

    检举控告工作规则 第十五条: no copying, no excerpting; the report itself travels on paper. The names that
    were told decide who is walled, and are then forgotten; only the facts that chose the body stay.
    """
    told = [entering.person_of(said, position) for position, said in enumerate(call.people)]
    lead = entering.stub_of(call, by, at)
    lead.people = [entering.nameless({fact.name.value: fact.value for fact in decision.used})]
    _enter(lead, Act.REGISTER_STUB, told, proposal, by=by, at=at)
    search.index(lead)
    return lead


def _enter(
    lead: Lead, act: Act, told: list[ImplicatedPerson], proposal: Plan, *, by: Officer, at: datetime, **facts: str
) -> None:
    """Write the line, draw the wall, and only then give a number."""
    lead.notice = editions.edition(proposal.edition).key
    lead.handling = roster.office_of(proposal.body, lead.town_code)
    lead.handling_id = lead.handling.id
    lead.number = f"pending-{lead.key}"
    enact(act, lead, by=by, at=at, channel=lead.channel, **facts)
    access.draw(lead, told, editions.edition(proposal.edition))
    lead.number = _number(lead, at)
    db.session.flush()  # the reporter and the index need the lead's number


def _check(call: Call, proposal: Plan) -> None:
    if proposal.secrecy is Secrecy.STUB_ONLY:
        raise Incomplete("涉及市管及以上干部，只登记密送件，不录入内容。")
    if not call.people:
        raise Incomplete("请至少填写一名被反映人；不知姓名可选“身份、职务不详”。")
    if not tidy(call.narrative):
        raise Incomplete("请写明反映的主要问题。")
    if call.major and not tidy(call.major_reason):
        raise Incomplete("认定为重大问题线索须写明理由。")
    check_parts(call.people, proposal)


def _number(lead: Lead, at: datetime) -> str:
    """The next number of the office's series; for a lead that some readers of the series may not know, a
    random one of the closed series of the body that handles it: neither a gap nor an order tells of it.
    """
    year = local(at).year
    if not access.betrayed_by_a_gap(lead):
        letters = lead.office.series
        return f"{letters}{year}-{next_number(f'lead/{letters}', year):04d}"
    assert lead.handling is not None  # `_enter` has just said which
    while True:
        number = f"{lead.handling.series}M{year}-{secrets.randbelow(900_000) + 100_000}"
        if db.session.scalar(select(Lead.id).filter_by(number=number)) is None:
            return number


def give_code(lead: Lead, token: str | None = None) -> list[str]:
    """The spoken follow-up code, 4×4 digits, told once; only its keyed hash is kept.

    The same one-time token gives the same code, so that a sheet sent twice reads out one; the token itself
    is kept nowhere.
    """
    groups = spoken_code(token or secrets.token_urlsafe())
    lead.code_hash = vault.blind("code", "".join(groups))
    return groups


def spoken_code(token: str) -> list[str]:
    """Four groups of four digits that only this token and our key can make."""
    number = int(vault.blind("spoken-code", token), 16) % 10 ** (4 * CODE_GROUPS)
    digits = f"{number:0{4 * CODE_GROUPS}d}"
    return [digits[at : at + 4] for at in range(0, len(digits), 4)]


def amend(
    lead: Lead, narrative: str, *, reason: str, by: Officer, at: datetime, knew: int | None = None
) -> LeadVersion:
    """Write the words of a lead anew; the former words stay beside them, as they were.

    `knew` is how many versions the writer had before their eyes; NotNow when somebody has written since.
    """
    if knew is not None and knew != len(lead.versions):
        raise NotNow(
            "刚才%(who)s已补正过。现在的内容在上面，您写的还在下面，请对照后再定。",
            who=lead.versions[-1].replaced_by.name,
        )
    words = tidy(narrative)
    if not words:
        raise Incomplete("请写明反映的主要问题。")
    if lead.narrative is None or words == lead.narrative:
        raise Incomplete("内容没有变化。")
    enact(Act.AMEND_LEAD, lead, by=by, at=at, note=reasoned(reason))
    search.forget(lead)
    former = LeadVersion(narrative=lead.narrative, replaced_at=at, replaced_by=by)
    lead.versions.append(former)
    lead.narrative = words
    search.index(lead)
    return former


def void(lead: Lead, *, reason: str, by: Officer, at: datetime) -> None:
    """Strike a lead that should not be one; its number and words stay. What has left cannot be struck."""
    if lead.handed_over:
        raise NotNow("线索已移送承办机关，不能作废。")
    enact(Act.VOID_LEAD, lead, by=by, at=at, note=reasoned(reason))


def open_content(lead: Lead, *, reason: str, by: Officer, at: datetime) -> Opening:
    """Open the words of a lead that has left to whoever registered it: with a reason, for half an hour.

    Raises NotPermitted for leads of other units: their words are not ours to open.
    """
    if lead.office_id != by.office_id:
        raise NotPermitted("只能调阅本单位登记的线索。")
    witness(Act.OPEN_CONTENT, lead, by=by, at=at, note=reasoned(reason))
    opening = Opening(lead_id=lead.id, officer_id=by.id, until=at + OPENING)
    db.session.add(opening)
    return opening


def reveal_reporter(lead: Lead, *, reason: str, by: Officer, at: datetime, handles: bool = False) -> Reporter:
    """Show who reported: with a reason, and always written in the trail.

    Raises NotPermitted when the lead is anonymous or a stub, for then there is nobody to show; and to
    whoever keeps a ledger once it has left, for then the reporter is known to the handling body alone.
    `handles` says that the room above has found the officer to sit there: a petition is answered to somebody.
    """
    if not handles and not may_ask_for_reporter(lead, by):
        raise NotPermitted("线索已移送或非本单位登记，举报人身份只由承办机关查看。")
    note = reasoned(reason)
    reporter = db.session.scalars(select(Reporter).filter_by(lead_id=lead.id)).one_or_none()
    if reporter is None:
        raise NotPermitted("本件没有登记举报人。")
    witness(Act.READ_REPORTER, lead, by=by, at=at, note=note)
    return reporter


def may_ask_for_reporter(lead: Lead, officer: Officer) -> bool:
    """Whoever keeps a ledger: of their own unit's leads, until hand-over. Inspectors: as their own doors let them."""
    return officer.role in INSPECTORS or (lead.office_id == officer.office_id and not lead.handed_over)


def read(lead: Lead, *, by: Officer, at: datetime) -> None:
    """Write down that the lead was looked at; who asks whether today's first reading is written already is the view."""
    witness(Act.READ_LEAD, lead, by=by, at=at)


def clear_namesake(person: ImplicatedPerson, *, reason: str, by: Officer, at: datetime) -> None:
    """The officers who are called or sound like the person, or like what was written of them before a correction,
    are somebody else: the wall of the name falls.
    """
    lead = person.lead
    note = reasoned(reason)
    said: list[Facts] = [person, *person.versions]
    waiting = [one for one in said if walls.has_namesake(one)]
    if not waiting:
        raise NotNow("本人没有待排除的同名人员。")
    witness(Act.CLEAR_NAMESAKE, lead, by=by, at=at, note=note, person=str(person.position + 1))
    for one in waiting:
        one.namesake_cleared = True
    access.redraw(lead)


def reasoned(reason: str) -> str:
    """A reason in tidy words. Raises Incomplete when it says nothing."""
    text = tidy(reason)
    if len(text) < SHORTEST_REASON:
        raise Incomplete("请写明理由（至少6个字）。")
    return text
