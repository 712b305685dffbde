"""The second notice in force, with two streets and their villages where the first has towns."""

from pathlib import Path

from sqlalchemy import select

from tests import make
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.office import editions, roster
from tipline.office.models import Office, Place, PlaceKind

TEXT = (Path(__file__).parents[1] / "law" / "notices" / "second.toml").read_text(encoding="utf-8")
STREETS = ("990101001", "990101002")


def in_force() -> None:
    """Publish it, after entering its places."""
    for number, code in enumerate(STREETS):
        db.session.add(Place(code=code, name=f"海棠{number + 1}街", kind=PlaceKind.STREET, parent_code="120112"))
        db.session.flush()
        lie = [Place(code=f"{code}00{n}", name=f"{n}号村", kind=PlaceKind.VILLAGE, parent_code=code) for n in (1, 2, 3)]
        office = Office(
            code=f"street-{number}",
            body=Body.TOWN_GOVERNMENT,
            name=f"海棠{number + 1}街道办事处",
            series=f"HT{number}",
            place_code=code,
        )
        db.session.add_all([*lie, office])
    db.session.flush()
    editions.publish(TEXT, by=roster.clock_officer(), at=make.NOON.replace(year=2030, month=1))


def work_by() -> None:
    """Go on under the second notice."""
    assert editions.choose("haitang-2030-3")


def office_of(code: str) -> Office:
    return db.session.scalars(select(Office).filter_by(place_code=code)).one()
