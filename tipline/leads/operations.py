"""What may be done to a lead. Operations never commit; the edge does, once."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import select

from tipline.kit.dates import day_of, local
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotPermitted
from tipline.kit.identity import digits_of, identity_number, plain_name, sound_of, tidy
from tipline.kit.series import next_number
from tipline.kit.vault import vault
from tipline.law.bodies import Body, Secrecy
from tipline.law.notice import Notice
from tipline.leads import search, walls
from tipline.leads.call import Call, PersonSaid, ReporterSaid
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import ImplicatedPerson, Lead, Opening, Reporter
from tipline.leads.plan import Plan, check_parts
from tipline.office import editions, roster
from tipline.office.charter import Act
from tipline.office.deeds import enact, witness
from tipline.office.models import Office, Officer

OPENING = timedelta(minutes=30)
CODE_GROUPS = 4


def register(call: Call, proposal: Plan, *, by: Officer, at: datetime) -> Lead:
    """Enter a call in the ledger: walls first, then a number that tells nothing to those behind them.

    Raises Incomplete when something needed is missing. A call about people managed above the district
    belongs to `register_stub`.
    """
    _check(call, proposal)
    notice = editions.edition(proposal.edition)
    lead = _lead(call, by, at)
    lead.people = [_person(said, position) for position, said in enumerate(call.people)]
    handling = roster.office_of(proposal.body, lead.town_code)
    lead.number = f"pending-{lead.key}"
    enact(Act.REGISTER_LEAD, lead, by=by, at=at, channel=call.channel, persons=str(len(call.people)))
    walled = walls.draw(lead, notice, proposal.secrecy, handling)
    lead.number = _number(lead, handling, walled, at)
    db.session.add(lead)
    db.session.flush()  # the reporter and the index need the lead's number
    if call.reporter is not None and any(vars(call.reporter).values()):
        db.session.add(_reporter(lead, call.reporter, at))
    search.index(lead)
    return lead


def register_stub(call: Call, proposal: Plan, *, by: Officer, at: datetime) -> Lead:
    """Enter that something was received about people managed above the district, and nothing of it.

    检举控告工作规则 第十五条: no copying, no excerpting; the report itself travels on paper.
    """
    notice = editions.edition(proposal.edition)
    lead = Lead(
        office=by.office,
        office_id=by.office_id,
        registered_by=by,
        registered_by_id=by.id,
        received_at=call.received_at,
        registered_at=at,
        channel=call.channel,
        named=False,
        wants_secrecy=True,
        wants_answer=False,
        problems=[],
        wrong_dibao=[],
        submitted_as=call.submitted_as,
    )
    lead.people = [
        ImplicatedPerson(position=position, **_facts(said) | {"town_code": None, "village_code": None, "post": None})
        for position, said in enumerate(call.people[:1])
    ]
    handling = roster.office_of(proposal.body, None)
    lead.number = f"pending-{lead.key}"
    enact(Act.REGISTER_STUB, lead, by=by, at=at)
    walled = walls.draw(lead, notice, Secrecy.ORDINARY, handling)
    lead.number = _number(lead, handling, walled, at)
    db.session.add(lead)
    db.session.flush()
    return lead


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


def _lead(call: Call, by: Officer, at: datetime) -> Lead:
    return Lead(
        office=by.office,
        office_id=by.office_id,
        registered_by=by,
        registered_by_id=by.id,
        received_at=call.received_at,
        registered_at=at,
        channel=call.channel,
        named=call.named,
        wants_secrecy=call.wants_secrecy,
        wants_answer=call.wants_answer,
        place_code=call.place_code,
        town_code=call.town_code,
        problems=list(call.problems),
        wrong_dibao=list(call.wrong_dibao),
        amount_fen=call.amount_fen,
        happened_from=call.happened_from,
        happened_until=call.happened_until,
        media=call.media,
        leader_instruction=call.leader_instruction,
        major=call.major,
        major_reason=tidy(call.major_reason) or None,
        narrative=tidy(call.narrative),
        household=tidy(call.household) or None,
        submitted_as=call.submitted_as,
    )


def _facts(said: PersonSaid) -> dict[str, object]:
    names = "kind managed_by supervision_object party_member rank_class unit organisation_level post town_code"
    names += " village_code crime_signs former deputy entrusted collusion"
    return {name: getattr(said, name) for name in names.split()}


def _person(said: PersonSaid, position: int) -> ImplicatedPerson:
    name = tidy(said.name)
    return ImplicatedPerson(
        position=position,
        name=name or None,
        name_blind=vault.blind("name", plain_name(name)) if name else None,
        sound_blind=vault.blind("sound", sound_of(name)) if name else None,
        post_text=tidy(said.post_text) or None,
        allegation=tidy(said.allegation) or None,
        **_facts(said),
    )


def _reporter(lead: Lead, said: ReporterSaid, at: datetime) -> Reporter:
    name, phone = tidy(said.name), tidy(said.phone)
    identity = _identity(said.identity, at)
    return Reporter(
        lead=lead,
        name=name or None,
        phone=phone or None,
        identity=identity,
        address=tidy(said.address) or None,
        relation=tidy(said.relation) or None,
        name_blind=vault.blind("name", plain_name(name)) if name else None,
        phone_blind=vault.blind("phone", digits_of(phone)) if digits_of(phone) else None,
        identity_blind=vault.blind("identity", identity) if identity else None,
    )


def _identity(typed: str, at: datetime) -> str | None:
    """The reporter's identity number. Raises Incomplete when it cannot be one."""
    if not tidy(typed):
        return None
    try:
        return identity_number(typed, day_of(at))
    except ValueError as wrong:
        raise Incomplete(str(wrong)) from None


def _number(lead: Lead, handling: Office, walled: set[int], at: datetime) -> str:
    """The next number of the first series that nobody behind the wall reads."""
    year = local(at).year
    if not walls.readers_of_series(lead.office) & walled:
        return _next(lead.office.series, year)
    bodies = [handling, roster.office_of(Body.DISTRICT_DISCIPLINE_BODY), roster.office_of(Body.MUNICIPAL_DISCIPLINE_BODY)]
    office = next(body for body in bodies if not walls.readers_of_series(body, closed=True) & walled)
    return _next(f"{office.series}M", year)


def _next(letters: str, year: int) -> str:
    return f"{letters}{year}-{next_number(f'lead/{letters}', year):04d}"


def give_code(lead: Lead) -> list[str]:
    """The spoken follow-up code, 4×4 digits, told once; only its keyed hash is kept."""
    groups = [f"{secrets.randbelow(10_000):04d}" for _ in range(CODE_GROUPS)]
    lead.code_hash = vault.blind("code", "".join(groups))
    return groups


def void(lead: Lead, *, reason: str, by: Officer, at: datetime) -> None:
    """Strike a lead that should not be one; its number and words stay."""
    if not tidy(reason):
        raise Incomplete("作废须写明理由。")
    enact(Act.VOID_LEAD, lead, by=by, at=at, note=tidy(reason))
    lead.state = LeadState.VOIDED


def open_content(lead: Lead, *, reason: str, by: Officer, at: datetime) -> Opening:
    """Open the words of a lead to somebody who only sees its shell: with a reason, for half an hour."""
    _reason(reason)
    witness(Act.OPEN_CONTENT, lead, by=by, at=at, note=tidy(reason))
    opening = Opening(lead_id=lead.id, officer_id=by.id, until=at + OPENING)
    db.session.add(opening)
    return opening


def reveal_reporter(lead: Lead, *, reason: str, by: Officer, at: datetime) -> Reporter:
    """Show who reported: with a reason, and always written in the trail.

    Raises NotPermitted when the lead is anonymous or a stub: there is nobody to show.
    """
    _reason(reason)
    reporter = db.session.scalars(select(Reporter).filter_by(lead_id=lead.id)).one_or_none()
    if reporter is None:
        raise NotPermitted("本件没有登记举报人。")
    witness(Act.READ_REPORTER, lead, by=by, at=at, note=tidy(reason))
    return reporter


def _reason(reason: str) -> None:
    if len(tidy(reason)) < 6:
        raise Incomplete("请写明理由（至少6个字）。")


def redraw_walls(lead: Lead, secrecy: Secrecy, handling: Office, notice: Notice) -> None:
    """Ask again who must not know: after persons, posts or relations have changed."""
    walls.draw(lead, notice, secrecy, handling)
