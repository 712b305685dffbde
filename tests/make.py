"""Things for tests, made by real deeds, so that no test stands on a state nobody can reach."""

import itertools
from datetime import UTC, datetime
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import select

from tipline.intake.operations import receive
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.leads.call import Call, PersonSaid
from tipline.leads.models import Lead
from tipline.office import district as furnishing
from tipline.office import editions, kinship, roster, sessions
from tipline.office.charter import Role
from tipline.office.models import Office, Officer
from tipline.outcomes import operations as outcomes
from tipline.outcomes import queries as outcome_queries
from tipline.outcomes.models import OutcomeSheet
from tipline.outcomes.sheet import MoneySaid, Said
from tipline.referrals.models import Referral

NOON = datetime(2018, 6, 4, 4, 0, tzinfo=UTC)
"""Monday 4 June 2018, noon in Tianjin."""

PASSWORD = "correct horse battery staple"
SHUANGGANG = "120112103"
XIANSHUIGU = "120112100"
XINZHUANG = "120112104"
NAMES = ("佘仁杰", "鄂国栋", "逯长贵", "撒振邦", "郇宝山", "靳玉堂", "亓福来", "逄德顺")

_numbers = itertools.count(1)
STRONG = sessions.HASHER
"""How passwords are hashed in the house; the tests admit thousands of officers, and hash cheaply."""

sessions.HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
sessions.NOBODY = sessions.HASHER.hash("nobody has this password")
_hash = sessions.HASHER.hash(PASSWORD)

HOME = {
    Role.OPERATOR: Body.CIVIL_AFFAIRS_BUREAU,
    Role.TOWN_CLERK: Body.TOWN_GOVERNMENT,
    Role.TOWN_DEPUTY: Body.TOWN_GOVERNMENT,
    Role.LEDGER_KEEPER: Body.CIVIL_AFFAIRS_BUREAU,
    Role.BUREAU_LEADER: Body.CIVIL_AFFAIRS_BUREAU,
    Role.GROUP_INSPECTOR: Body.DISPATCHED_DISCIPLINE_GROUP,
    Role.DISTRICT_INSPECTOR: Body.DISTRICT_DISCIPLINE_BODY,
    Role.TOWN_INSPECTOR: Body.TOWN_DISCIPLINE_BODY,
    Role.SYSTEM_ADMIN: Body.CIVIL_AFFAIRS_BUREAU,
    Role.SECURITY_ADMIN: Body.CIVIL_AFFAIRS_BUREAU,
    Role.AUDITOR: Body.CIVIL_AFFAIRS_BUREAU,
    Role.THIRD_PARTY: Body.CIVIL_AFFAIRS_BUREAU,
}


def district() -> None:
    """Jinnan, furnished."""
    furnishing.furnish(furnishing.JINNAN, at=NOON, mail_host="jinnan.example")


def office(body: Body, town: str = SHUANGGANG) -> Office:
    """An office of the district; `town` counts where towns have their own."""
    found = roster.find_office(body, town)
    assert found is not None
    return found


def officer(role: Role, town: str = SHUANGGANG, *, name: str | None = None, at: Body | None = None) -> Officer:
    """Somebody on the roster, admitted by the clock; works where the role works."""
    number = next(_numbers)
    new = roster.new_officer(
        f"{role.value}-{number}",
        name or f"测试员{number}",
        role,
        office(at or HOME[role], town),
        email=f"{role.value}-{number}@jinnan.example",
    )
    roster.admit(new, by=roster.clock_officer(), at=NOON)
    give_password(new)
    return new


def give_password(somebody: Officer) -> None:
    """The password all test officers share, hashed once."""
    somebody.password_hash = _hash
    somebody.must_change_password = False
    db.session.flush()


def kin(officer: Officer, name: str, relation: str = "sibling", *, at: datetime = NOON) -> None:
    """A close relative, declared and vouched for."""
    kinship.confirm(roster.declare_kin(officer, name, relation, at=at), by=voucher(), at=at)


def voucher() -> Officer:
    """The security administrator who vouches; admitted at the first need."""
    found = db.session.scalars(select(Officer).filter_by(role=Role.SECURITY_ADMIN).order_by(Officer.id)).first()
    return found or officer(Role.SECURITY_ADMIN, name="甘核实")


def call(*posts: str, **said: Any) -> Call:
    """A call that names one person in each post of the notice's register, in 双港镇."""
    register = editions.notice()
    people = tuple(
        PersonSaid.in_post(
            register.post(post),
            name=said.get("names", NAMES)[at % len(NAMES)],
            town_code=said.get("town", SHUANGGANG),
            allegation=f"反映其在低保办理中有问题（{at + 1}）。",
        )
        for at, post in enumerate(posts)
    )
    usual: dict[str, Any] = {
        "channel": "call",
        "received_at": NOON,
        "people": people,
        "narrative": "村里有人不够条件却吃低保，问了几次都没有答复。",
        "town_code": said.pop("town", SHUANGGANG),
        "problems": ("nepotism",),
    }
    said.pop("names", None)
    return Call(**(usual | said))


def lead(*posts: str, by: Officer | None = None, at: datetime = NOON, **said: Any) -> Lead:
    """A lead as the ledger has it after a call."""
    return receive(call(*posts, **said), by=by or officer(Role.OPERATOR), at=at)


def referrals(of: Lead) -> list[Referral]:
    """The referrals of a lead, in the order of its persons."""
    return list(db.session.scalars(select(Referral).filter_by(lead_id=of.id).order_by(Referral.number)))


def sheet(of: Referral, *, by: Officer, at: datetime = NOON, **said: Any) -> OutcomeSheet:
    """The sheet of a referral as saved once more; a finding that holds, with a form, unless told otherwise."""
    usual: dict[str, Any] = {
        "party_member": of.person.party_member,
        "supervision_object": of.person.supervision_object,
        "finding": "substantiated",
        "form": 1,
        "result": "查实。",
    }
    last = outcome_queries.sheet_of(of)
    seen = last.draft if last and last.concluded_at is None else 0
    return outcomes.record(of, Said(**(usual | said)), seen=seen, by=by, at=at)


def concluded(of: Referral, *, by: Officer, at: datetime = NOON, recovered_fen: int = 0, **said: Any) -> OutcomeSheet:
    """A sheet filled in and concluded; what was recovered went to the treasury."""
    if recovered_fen:
        money = (MoneySaid(kind=kind, amount_fen=recovered_fen) for kind in ("recovered", "to_treasury"))
        said = {"established_fen": recovered_fen, "money": tuple(money)} | said
    filled = sheet(of, by=by, at=at, **said)
    outcomes.conclude(filled, by=by, at=at)
    return filled
