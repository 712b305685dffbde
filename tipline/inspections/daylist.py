"""The list for one day on paper: written out with empty columns, filled by hand, read back line by line."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from tipline.inspections import operations, queries, rules
from tipline.inspections.models import DayReturn, Inspection
from tipline.inspections.operations import Seen
from tipline.inspections.rules import Judged, Kinds, Line, Verdict
from tipline.kit import sheets, workbooks
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow
from tipline.kit.sheets import Cell, Sheet
from tipline.kit.words import Bilingual
from tipline.law.screening import Kind
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.deeds import witness
from tipline.office.models import Officer, Place
from tipline.screening.models import ScreeningRecord
from tipline.screening.queries import writer_of

MOST = 400
"""Households on one list; who goes to more divides the villages."""
LONGEST = 2000
"""Characters of one cell, as in the form."""
FREE_LINES = 2
"""Empty lines of each village, for households that are on no record."""
CODE, DAY, KIND, SEEN = "行号", "走访日期", "问题类型", "现场情况"
HEADS = ("镇", "村（居）", "户主", "人口", "月保障金额", "排查结论", DAY, KIND, SEEN, CODE)
WIDTHS = (10, 14, 8, 6, 10, 10, 11, 18, 46, 29)
SHOWN = (Kind.NAME, Kind.INTEGER, Kind.MONEY, Kind.CONCLUSION)

Covered = tuple[str | Bilingual, ...]


@dataclass(frozen=True)
class Row:
    """One line of the list as it is printed: covered words, and room to write."""

    code: str
    town: str
    village: str
    place_code: str
    cells: Covered
    """Name, persons, money and conclusion; empty for a household on no record."""


def rows(inspection: Inspection) -> list[Row]:
    """The households to visit, village by village, each village with empty lines. Raises Incomplete when too many."""
    records = queries.households(inspection)
    if len(records) > MOST:
        raise Incomplete("名单超过%(n)s户，请分成几次督查。", n=MOST)
    by_village: dict[str, list[tuple[str, Covered]]] = {}
    for record, told in zip(records, covered(records), strict=True):
        by_village.setdefault(str(record.place_code), []).append((record.key, told))
    towns = {place.code: place.name for place in queries.towns()}
    return [
        row
        for place in queries.villages_of(inspection)
        for row in _of_village(place, towns.get(str(place.parent_code), ""), by_village.get(place.code, []))
    ]


def _of_village(place: Place, town: str, households: list[tuple[str, Covered]]) -> Iterator[Row]:
    for code, told in households:
        yield Row(code, town, place.name, place.code, told)
    for number in range(1, FREE_LINES + 1):
        yield Row(rules.free_line(place.code, number), town, place.name, place.code, ("", "", "", ""))


def covered(records: Sequence[ScreeningRecord]) -> list[Covered]:
    """What of a household whoever visits it may read: the name covered, how many, how much; no number, no telephone."""
    notice = editions.notice()
    if not records:
        return []
    population = notice.screening.population(records[0].population)
    writer = writer_of(population, notice)
    columns = [notice.screening.column_of_kind(population.key, kind) for kind in SHOWN]
    return [
        tuple("" if one is None else writer.covered(one, values.get(one.key), wholly=True) for one in columns)
        for values in (record.values for record in records)
    ]


def workbook(inspection: Inspection, *, by: Officer, at: datetime) -> bytes:
    """The list as a workbook, ruled for printing, and a line in the trail."""
    operations.look(inspection, Act.DOWNLOAD_DAY_LIST, by=by, at=at)
    kinds = "、".join(kinds_of())
    return sheets.workbook(
        Sheet(
            name="走访名单",
            title=f"{inspection.number}走访名单",
            above=(f"{KIND}请照写：{kinds}", f"没有问题的户不用填。{CODE}一列不要改动。"),
            heads=HEADS,
            rows=[_cells(row) for row in rows(inspection)],
            widths=WIDTHS,
        )
    )


def _cells(row: Row) -> list[Cell]:
    told = [cell.zh if isinstance(cell, Bilingual) else cell for cell in row.cells]
    return [row.town, row.village, *told, None, None, None, row.code]


def kinds_of() -> Kinds:
    """The words for what may be found, as they stand in the notice."""
    notice = editions.notice()
    style = [term for term in notice.terms(notice.inspection.style) if term.group == notice.inspection.style_group]
    found = {term.name.zh: (False, term.key) for term in notice.terms(notice.inspection.wrong)}
    return found | {term.name.zh: (True, term.key) for term in style if term.name.zh not in found}


def read(content: bytes) -> list[Line]:
    """What stands in a filled list. Raises Incomplete when it is no such list."""
    book = workbooks.opened(content)
    page = workbooks.sheet_of(book, book.sheet_names[0])
    numbered = enumerate(workbooks.lines(page), start=1)
    head = workbooks.found_head(numbered, {name: name for name in (CODE, DAY, KIND, SEEN)})
    missing = {CODE, DAY, KIND, SEEN} - set(head.keys)
    if missing:
        raise Incomplete("表里没有“%(name)s”这一列，请用下载的走访名单填写。", name=sorted(missing)[0])
    at = {key: head.keys.index(key) for key in (CODE, DAY, KIND, SEEN)}
    found = []
    for number, cells in [*head.below, *numbered]:
        said = {key: workbooks.words(cells[place]) if place < len(cells) else "" for key, place in at.items()}
        if any(len(told) > LONGEST for told in said.values()):
            raise Incomplete("第%(n)s行的字太多，每格最多%(most)s字。", n=number, most=LONGEST)
        if any(said.values()):
            found.append(Line(number, said[CODE], said[DAY], said[KIND], said[SEEN]))
        if len(found) > MOST * 2:
            raise Incomplete("名单超过%(n)s户，请分成几次督查。", n=MOST)
    return found


def read_back(inspection: Inspection, lines: list[Line], *, by: Officer, at: datetime) -> DayReturn:
    """Keep the lines of a filled list until somebody has looked at the verdicts and says yes."""
    new = DayReturn(inspection=inspection, read_at=at, read_by_id=by.id)
    new.rows = json.dumps([asdict(line) for line in lines], ensure_ascii=False)
    witness(Act.READ_BACK_DAY_LIST, new, by=by, at=at, number=str(len(lines)))
    db.session.add(new)
    db.session.flush()
    return new


def judged(returned: DayReturn, today: datetime) -> list[Judged]:
    """The verdict on every line, as things stand now; nothing once it was entered or forgotten."""
    if returned.rows_sealed is None:
        return []
    paper, lines = returned.inspection, [Line(**line) for line in json.loads(returned.rows)]
    places = _places(paper)
    return rules.judged(lines, places, kinds_of(), queries.known_sources(paper), paper.since, day_of(today))


def _places(inspection: Inspection) -> Mapping[str, Row]:
    return {row.code: row for row in rows(inspection)}


def enter(returned: DayReturn, *, by: Officer, at: datetime) -> int:
    """Record every good line as a finding, all in this transaction; the same list again finds nothing new."""
    db.session.refresh(returned, with_for_update=True)  # two hands at once: the second waits, and finds it entered
    if returned.rows_sealed is None:
        raise NotNow("这份名单已经登记过了。")
    paper, listed = returned.inspection, _places(returned.inspection)
    records = {record.key: record for record in queries.households(paper)}
    villages = {place.code: place for place in queries.villages_of(paper)}
    new = [one for one in judged(returned, at) if one.verdict is Verdict.NEW]
    for one in new:
        assert one.found_on is not None  # a good line has its day
        seen = Seen(
            style=one.style,
            term=one.term,
            place=villages[listed[one.line.code].place_code],
            on=one.found_on,
            words=one.line.seen,
            record=records.get(one.line.code),
            source=rules.source_of(one.line.code, one.term),
        )
        operations.record(paper, seen, by=by, at=at)
    witness(Act.READ_BACK_DAY_LIST, returned, by=by, at=at, new=str(len(new)))
    returned.rows, returned.entered_at = None, at
    return len(new)
