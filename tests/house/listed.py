"""The papers of the registers: rows of each kind by town, a hit and a household to visit, workbooks that wait."""

from datetime import date, datetime

from sqlalchemy import select

from tests.house.papers import Args, Papers
from tests.relatives.lists import book, filed, household, of, on_the_roll
from tests.screening.tables import number
from tipline.kit.cabinet import cabinet
from tipline.kit.db import db
from tipline.law.screening import Fact
from tipline.office import roster
from tipline.office.charter import TOWN_ROLES
from tipline.office.models import Officer
from tipline.relatives import hits, operations
from tipline.relatives.models import RegisterEntry, RegisterHit

NONE: frozenset[str] = frozenset()


def listed(clerk: Officer, inspector: Officer, keeper: Officer, serial: int, at: datetime) -> Papers:
    """A town's registers and its people on those of the district; one of them is found on its roll."""
    town = str(clerk.office.place_code)
    village = roster.villages(town)[0].code
    on_the_roll(clerk, household("佘仁杰", serial, **{"村（居）": ""}))
    said: dict[str, dict[str, Fact]] = {
        "filing": {
            "cadre_name": "郇宝山", "cadre_id": number(101), "category": "village_cadre", "relation": "child",
            "head_name": "鄂国栋", "head_id": number(serial + 1), "filed_on": "2018-05-10",
        },
        "kin": {"cadre_name": "郇宝山", "person_name": "逯长贵", "relation": "child"},
        "fiscal": {"person_name": "佘仁杰", "id_number": number(serial), "village": village},
        "vulnerable": {"person_name": "亓福来", "id_number": number(serial + 2), "hardship": "ill", "village": village},
    }  # fmt: skip
    by = {"filing": clerk, "kin": inspector, "fiscal": keeper, "vulnerable": keeper}
    found: Papers = {}
    for register, values in said.items():
        table = of(register, town)
        entry = operations.add(table, values, NONE, by=by[register], at=at)
        found["kin list" if register == "kin" else register] = {"register": register, "place": table.place}
        found[f"row of {register}"] = {"key": entry.key, "source": "listed"}
    hits.compare(by=inspector, at=at)
    mine = select(RegisterHit).join(RegisterHit.entry).where(RegisterEntry.place_code == village)
    found["hit"] = {"key": db.session.scalars(mine).one().key}
    return found


def workbook_of(by: Officer, at: datetime, *, dropped: bool = False) -> Args:
    """A list that waits for the yes of an office, or that nobody wants any more."""
    here = by.office.place_code if by.role in TOWN_ROLES else None
    register, row = ("filing", filed("郇宝山", 101, "鄂国栋", 12)) if here else ("fiscal", ["佘仁杰", number(11)])
    if here:
        row[7] = ""  # whatever the town, no village
    tray = cabinet.tray()
    tray.write(book(register, row))
    tray.seek(0)
    table = of(register, here or "")
    upload = operations.upload(table, tray.keep(), "名单.xlsx", "区财政局", date(2018, 6, 1), by=by, at=at)
    if dropped:
        operations.drop(upload, by=by, at=at)
    db.session.flush()
    return {"key": upload.key}
