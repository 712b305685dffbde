"""Furnishing a district: its places, the offices that sit in them, its calendar and its rules."""

import csv
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path

from pypinyin import Style, lazy_pinyin
from sqlalchemy import select

from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.law.bodies import Body
from tipline.law.calendar import CALENDARS, load_rows
from tipline.law.notice import Notice
from tipline.office import calendars, editions, roster
from tipline.office.charter import Role
from tipline.office.models import Office, Officer, Place, PlaceKind

JINNAN = Path(__file__).with_name("data") / "jinnan_divisions.csv"
COLUMNS = {"code", "name", "level", "parent_code"}
KINDS = {kind.value: kind for kind in PlaceKind}

ON_PAPER = (
    (Body.MUNICIPAL_DISCIPLINE_BODY, "市纪委监委", "SJ"),
    (Body.SUPERIOR_DISCIPLINE_BODY, "市以上纪检监察机关", "SS"),
    (Body.OTHER_UNIT_DISCIPLINE_BODY, "其所在单位纪检监察机构", "QT"),
    (Body.OTHER_DISTRICT_DISCIPLINE_BODY, "外区纪检监察机关", "WQ"),
    (Body.COMPETENT_AUTHORITY, "其单位或行业主管部门", "ZG"),
    (Body.PUBLIC_SECURITY, "区公安机关", "GA"),
    (Body.LETTERS_AND_CALLS_OFFICE, "区信访办", "XF"),
)
"""Bodies that do not sign in here: they receive on paper, and the sender records the receipt."""

DOC_CODES = {
    Body.CIVIL_AFFAIRS_BUREAU: "民函",
    Body.DISPATCHED_DISCIPLINE_GROUP: "驻民纪函",
    Body.DISTRICT_DISCIPLINE_BODY: "纪函",
    Body.TOWN_GOVERNMENT: "政函",
    Body.TOWN_DISCIPLINE_BODY: "纪函",
}
"""How the codes of document numbers end until an office says otherwise: 津南 and 民函 make 津南民函."""


def load_places(path: Path) -> int:
    """Read a divisions file (code, name, level, parent_code). Returns the places newly entered.

    Raises Incomplete, naming the line, when the file is not one.
    """
    known = set(db.session.scalars(select(Place.code)))
    fresh = [place for place in _places(path) if place.code not in known]
    for place in fresh:
        db.session.add(place)
        db.session.flush()  # parents stand before their children
    return len(fresh)


def _places(path: Path) -> Iterator[Place]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if missing := COLUMNS - set(rows.fieldnames or []):
            raise Incomplete("区划文件缺少列：%(columns)s。", columns="、".join(sorted(missing)))
        for row in rows:
            try:
                kind = KINDS[row["level"]]
            except KeyError:
                raise Incomplete(
                    "区划文件第%(line)s行：级别“%(level)s”无法识别。", line=rows.line_num, level=row["level"]
                ) from None
            parent = None if kind is PlaceKind.DISTRICT else row["parent_code"]
            yield Place(
                code=row["code"], name=row["name"], kind=kind, parent_code=parent, initials=initials(row["name"])
            )


def initials(name: str) -> str:
    """The first letters of a name's pinyin: 双港镇 is `sgz`."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER))[:30]


def open_offices(notice: Notice, mail_host: str | None = None) -> list[Office]:
    """The offices that the notice needs: the bureau, its discipline bodies, each addressed town's two.

    A town that already has its offices, for another notice addressed it before, keeps them.
    """
    district = db.session.scalars(select(Place).filter_by(kind=PlaceKind.DISTRICT)).one()
    name = district.name
    offices = [
        _office(Body.CIVIL_AFFAIRS_BUREAU, f"{name}民政局", "MZ", district, mail_host),
        _office(Body.DISPATCHED_DISCIPLINE_GROUP, "驻区民政局纪检监察组", "PZ", district, mail_host),
        _office(Body.DISTRICT_DISCIPLINE_BODY, f"{name.removesuffix('区')}区纪委监委", "JW", district, mail_host),
    ]
    taken = {office.series for office in offices} | set(db.session.scalars(select(Office.series)))
    settled = set(db.session.scalars(select(Office.place_code).filter_by(body=Body.TOWN_GOVERNMENT)))
    for code in notice.places:
        town = db.session.get(Place, code)
        if town is None:
            raise Incomplete("通知所列的%(code)s不在区划表中。", code=code)
        if code in settled:
            continue
        letters = _series(town, taken)
        title = "办事处" if town.kind is PlaceKind.STREET else "人民政府"
        offices.append(_office(Body.TOWN_GOVERNMENT, f"{town.name}{title}", letters, town, mail_host))
        offices.append(_office(Body.TOWN_DISCIPLINE_BODY, f"{town.name}纪委", f"{letters}J", town, mail_host))
    for body, title, letters in ON_PAPER:
        offices.append(_office(body, title, letters, district, None, signs_in=False))
    known = set(db.session.scalars(select(Office.code)))
    fresh = [office for office in offices if office.code not in known]
    db.session.add_all(fresh)
    db.session.flush()  # officers need their numbers
    return fresh


def _office(
    body: Body, name: str, letters: str, place: Place, mail_host: str | None, *, signs_in: bool = True
) -> Office:
    code = f"{place.code}-{letters.lower()}"
    email = f"{letters.lower()}@{mail_host}" if mail_host else None
    return Office(
        code=code,
        body=body,
        name=name,
        series=letters,
        doc_code=doc_code(body, place),
        place_code=place.code,
        email=email,
        signs_in=signs_in,
    )


def doc_code(body: Body, place: Place) -> str | None:
    """The code before an office's document numbers; none for bodies that do not write here."""
    ending = DOC_CODES.get(body)
    return f"{place.name.removesuffix(place.kind.label)}{ending}" if ending else None


def _series(town: Place, taken: set[str]) -> str:
    """Letters for a town's numbers: its initials, lengthened while another town has them."""
    syllables = lazy_pinyin(town.name.removesuffix("镇"))
    for length in range(1, 7):
        letters = "".join(part[:length] if at == 0 else part[0] for at, part in enumerate(syllables)).upper()
        if letters not in taken and f"{letters}J" not in taken:
            taken |= {letters, f"{letters}J"}
            return letters
    raise Incomplete("无法为%(town)s取编号字母。", town=town.name)


def hire_the_clock() -> Officer:
    """The officer in whose name the clock acts; has no password and cannot sign in."""
    found = db.session.scalars(select(Officer).filter_by(login=roster.TIPLINE_ITSELF)).one_or_none()
    if found is not None:
        return found
    bureau = db.session.scalars(select(Office).filter_by(body=Body.CIVIL_AFFAIRS_BUREAU)).one()
    clock = roster.new_officer(roster.TIPLINE_ITSELF, "系统时钟", Role.CLOCK, bureau)
    db.session.add(clock)
    db.session.flush()  # it signs the first line of the trail
    return clock


def furnish(divisions: Path, *, at: datetime, mail_host: str | None = None) -> None:
    """Everything a district needs before its first officer. Doing it again changes nothing."""
    notice = editions.shipped()
    load_places(divisions)
    open_offices(notice, mail_host)
    clock = hire_the_clock()
    editions.publish(editions.shipped_text(), by=clock, at=at)
    known = {year.year for year in calendars.known_years()}
    rows = [row for path in sorted(CALENDARS.glob("*.csv")) for row in load_rows(path) if row.day.year not in known]
    for year, days in groupby(rows, key=lambda row: row.day.year):
        of_the_year = list(days)
        calendars.enter_year(year, of_the_year, source=of_the_year[0].source, by=clock, at=at)
