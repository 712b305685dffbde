"""Who sits where: offices by body and place, officers and their posts."""

import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import func, select

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.kit.identity import plain_name, sound_of, tidy
from tipline.kit.vault import vault
from tipline.law.bodies import Body
from tipline.office import leaving, seats, sessions
from tipline.office.charter import Act, Role
from tipline.office.deeds import witness
from tipline.office.models import Kin, KinState, Office, Officer, Place, PlaceKind, Post

TIPLINE_ITSELF = "clock"
"""The login of the officer in whose name the clock acts; nobody can sign in as them."""

on_change: list[Callable[[Officer], None]] = []
"""Who hears that an officer came, went, moved or has another name.

The one signal that goes up the stairs: which papers an officer may not see depends on the roster,
and the rooms above, which know the papers, must look again before anybody reads the next page.
A list, filled at import, because the roster may not import those rooms."""


def office_of(body: Body, town_code: str | None = None) -> Office:
    """The office that is this body, in this town where towns have their own.

    Falls back to the district's body, so that nobody is left without one.
    """
    offices = list(db.session.scalars(select(Office).filter_by(body=body).order_by(Office.id)))
    there = [office for office in offices if office.place_code == town_code]
    if there or (offices and not body.sits_in_a_town):
        return (there or offices)[0]
    return office_of(Body.DISTRICT_DISCIPLINE_BODY)


def find_office(body: Body, town_code: str | None) -> Office | None:
    """The office of a body in a town, or None when the roster has none."""
    query = select(Office).filter_by(body=body)
    if body.sits_in_a_town:
        query = query.filter_by(place_code=town_code)
    return db.session.scalars(query.order_by(Office.id)).first()


def town_governments() -> list[Office]:
    """The towns' governments, in the order of their codes."""
    return list(db.session.scalars(select(Office).filter_by(body=Body.TOWN_GOVERNMENT).order_by(Office.place_code)))


def offices() -> list[Office]:
    """All offices, bureau first."""
    return list(db.session.scalars(select(Office).order_by(Office.id)))


def towns() -> list[Place]:
    """The places at town level, towns before streets."""
    kinds = (PlaceKind.TOWN, PlaceKind.STREET)
    places = db.session.scalars(select(Place).where(Place.kind.in_(kinds)).order_by(Place.code))
    return sorted(places, key=lambda place: (kinds.index(place.kind), place.code))


def villages(town_code: str | None = None) -> list[Place]:
    """The villages and communities, of one town or of all."""
    query = select(Place).where(Place.kind.in_((PlaceKind.VILLAGE, PlaceKind.COMMUNITY))).order_by(Place.code)
    return list(db.session.scalars(query if town_code is None else query.filter_by(parent_code=town_code)))


def village_names() -> dict[str, str]:
    """What the villages and communities of all towns are called, by code."""
    query = select(Place.code, Place.name).where(Place.kind.in_((PlaceKind.VILLAGE, PlaceKind.COMMUNITY)))
    return dict(db.session.execute(query.order_by(Place.code)).all())


def clock_officer() -> Officer:
    """The officer in whose name the clock acts: there is no nobody in the trail."""
    return db.session.scalars(select(Officer).filter_by(login=TIPLINE_ITSELF)).one()


def officers(*, active: bool = True) -> list[Officer]:
    """Everybody on the roster but the clock."""
    query = select(Officer).where(Officer.role != Role.CLOCK).order_by(Officer.office_id, Officer.login)
    return list(db.session.scalars(query.where(Officer.active) if active else query))


def new_officer(
    login: str, name: str, role: Role, office: Office, *, title: str = "", email: str | None = None
) -> Officer:
    """An officer with the keyed hashes by which walls find namesakes; not yet on the roster."""
    name = tidy(name)
    return Officer(
        login=login,
        name=name,
        name_blind=vault.blind("name", plain_name(name)),
        sound_blind=vault.blind("sound", sound_of(name)),
        role=role,
        title=title,
        office=office,
        office_id=office.id,
        email=email,
        active=True,
    )


def admit(officer: Officer, *, by: Officer, at: datetime) -> str:
    """Put an officer on the roster. Returns the one-time password to hand over in person.

    Whoever is admitted by a person has a name and no rights, until the security administrator gives
    them a post (`move`): nobody both makes an account and gives it a role. Only the console, which
    acts in the clock's name and seats the first officers, does both at once.
    """
    if db.session.scalar(select(Officer.id).filter_by(login=officer.login)) is not None:
        raise Incomplete("用户名“%(login)s”已有人使用。", login=officer.login)
    console = by.role is Role.CLOCK
    if not console:
        seats.must_fit(officer.role, officer.office)
    officer.active = console
    password = first_password(officer)
    db.session.add(officer)
    db.session.flush()  # the post and the trail need the officer's number
    witness(Act.ADMIT_OFFICER, officer, by=by, at=at, role=officer.role.value, office=officer.office.code)
    if console:
        db.session.add(Post(officer=officer, office_id=officer.office_id, role=officer.role, since=day_of(at)))
    tell(officer)
    return password


def first_password(officer: Officer) -> str:
    """A random password that must be changed at the first sign-in."""
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    officer.password_hash = sessions.HASHER.hash(password)
    officer.must_change_password = True
    return password


def is_seated(officer: Officer) -> bool:
    """Whether anybody has given the officer a post yet."""
    return db.session.scalar(select(Post.id).filter_by(officer_id=officer.id).limit(1)) is not None


def reset_password(officer: Officer, *, by: Officer, at: datetime) -> str:
    """A new one-time password; every session of the officer ends."""
    seats.must_not_borrow_rights(officer, by)
    witness(Act.RESET_PASSWORD, officer, by=by, at=at)
    sessions.end_all(officer)
    return first_password(officer)


def move(
    officer: Officer, role: Role, office: Office, *, title: str, heads: bool = False, by: Officer, at: datetime
) -> None:
    """Give an officer a post; the one before stays on record, and every session ends.

    The first post opens the account; a later one does not open an account that was stopped.
    """
    seats.must_not_be(officer, by)
    seats.must_fit(role, office)
    if role is not officer.role:
        seats.must_leave_one(officer)
    if office.id != officer.office_id and officer.active and leaving.holds_papers(officer):
        leaving.open_for(officer, officer.office, by=by, at=at)
    witness(Act.MOVE_OFFICER, officer, by=by, at=at, role=role.value, office=office.code)
    officer.active = officer.active or not is_seated(officer)
    for post in db.session.scalars(select(Post).filter_by(officer_id=officer.id, until=None)):
        post.until = day_of(at)
    db.session.add(Post(officer=officer, office_id=office.id, role=role, since=day_of(at)))
    officer.role, officer.office, officer.title, officer.heads = role, office, tidy(title), heads
    sessions.end_all(officer)
    tell(officer)


def rename(officer: Officer, name: str, *, by: Officer, at: datetime) -> None:
    """Correct an officer's name. Walls go by names, so it is a change of rights."""
    seats.must_not_be(officer, by)
    witness(Act.MOVE_OFFICER, officer, by=by, at=at, changed="name")
    officer.name = tidy(name)
    officer.name_blind = vault.blind("name", plain_name(name))
    officer.sound_blind = vault.blind("sound", sound_of(name))
    tell(officer)


def disable(officer: Officer, *, by: Officer, at: datetime) -> None:
    """Stop an account at once."""
    seats.must_not_be(officer, by)
    seats.must_leave_one(officer)
    witness(Act.DISABLE_OFFICER, officer, by=by, at=at)
    if is_seated(officer) and leaving.holds_papers(officer):
        leaving.open_for(officer, officer.office, by=by, at=at)
    stop(officer)


def stop(officer: Officer) -> None:
    """The account opens nothing any more, from this moment; the walls hear of it."""
    officer.active = False
    sessions.end_all(officer)
    tell(officer)


def enable(officer: Officer, *, by: Officer, at: datetime) -> str:
    """Open a stopped account again, with a one-time password."""
    seats.must_not_borrow_rights(officer, by)
    if not is_seated(officer):
        raise Incomplete("%(name)s还没有岗位，须先由安全保密管理员定岗。", name=officer.name)
    witness(Act.ENABLE_OFFICER, officer, by=by, at=at)
    officer.active = True
    if standing := leaving.open_one(officer, officer.office):
        leaving.call_off(standing, by=by, at=at)
    tell(officer)
    return first_password(officer)


def declare_kin(officer: Officer, name: str, relation: str, *, at: datetime) -> Kin:
    """An officer's own declaration of a close relative. It draws no wall before `kinship.confirm`: whoever could
    wall themselves by a name they choose would learn from what vanishes whom the leads name.
    """
    witness(Act.DECLARE_KIN, officer, by=officer, at=at)
    blind = vault.blind("name", plain_name(name))
    kin = Kin(
        officer=officer,
        name=tidy(name),
        name_blind=blind,
        relation=relation,
        state=KinState.DECLARED,
        declared_at=at,
    )
    db.session.add(kin)
    db.session.flush()
    return kin


def posts_of(officer: Officer) -> list[tuple[Post, Office]]:
    """Where an officer has sat, latest first."""
    query = select(Post, Office).join(Office, Office.id == Post.office_id).filter(Post.officer_id == officer.id)
    return [(post, office) for post, office in db.session.execute(query.order_by(Post.since.desc(), Post.id.desc()))]


def declared(officer: Officer) -> int:
    """How many relatives an officer has declared; the names stay with the walls."""
    return db.session.scalar(select(func.count()).select_from(Kin).filter_by(officer_id=officer.id)) or 0


def tell(officer: Officer) -> None:
    """Let the rooms above look again at what this officer may know of."""
    for hear in on_change:
        hear(officer)
