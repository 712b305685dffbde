"""What may be done to a screening table: hand in, enter, drop, amend, note a step's paper. Operations never commit."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError

from tipline.kit.cabinet import Kept
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.law.notice import Notice
from tipline.law.screening import Fact, Kind, Population
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.deeds import enact, witness
from tipline.office.models import Office, Officer
from tipline.screening import queries, rules
from tipline.screening.models import (
    FullExport,
    ScreeningRecord,
    ScreeningStep,
    ScreeningUpload,
    ScreeningVersion,
    TableSubmission,
)
from tipline.screening.rules import Marks, Preview, Verdict
from tipline.screening.workbook import Handed

KEPT_FOR = timedelta(days=1)
"""How long a workbook waits for its yes."""


@dataclass(frozen=True)
class Table:
    """One town's table of one population, as something the trail can name."""

    town: Office
    population: Population
    notice: Notice

    @property
    def ref(self) -> str:
        return f"screening-table/{self.town.code}/{self.population.key}"

    @property
    def identity(self) -> str:
        """The key of the column with the identity number."""
        column = self.notice.screening.column_of_kind(self.population.key, Kind.IDENTITY)
        assert column is not None  # the notice's file is refused without it
        return column.key


def upload(table: Table, kept: Kept, name: str, *, by: Officer, at: datetime) -> ScreeningUpload:
    """A workbook that was read and lies in the cabinet until its town says yes."""
    must_be_own(table, by)
    must_be_open(table)
    handed = ScreeningUpload(
        notice=table.notice.key,
        population=table.population.key,
        office=table.town,
        file=kept.name,
        size=kept.size,
        digest=kept.digest,
        uploaded_at=at,
        uploaded_by_id=by.id,
    )
    handed.name, handed.secret = name, kept.secret
    enact(Act.UPLOAD_SCREENING, handed, by=by, at=at, population=table.population.key, digest=kept.digest)
    db.session.add(handed)
    db.session.flush()
    return handed


def preview(table: Table, handed: Handed) -> Preview:
    """What entering the workbook would do to the records that stand."""
    records = queries.standing(table.town, table.population, table.notice)
    return _judged(table, handed, records)


def _judged(table: Table, handed: Handed, records: Mapping[str, ScreeningRecord]) -> Preview:
    values = [record.values for record in records.values()]
    stands: dict[Marks, dict[str, Fact]] = {(one[table.identity],): one for one in values}
    return rules.judged(handed, stands, (table.identity,))


def enter(upload: ScreeningUpload, handed: Handed, *, by: Officer, at: datetime) -> Preview:
    """Enter every good row of a workbook, all in this transaction; what is wrong is left out, what is same left alone.

    The line in the trail commits to the values entered. Raises NotNow when it was entered or dropped before.
    """
    table = table_of(upload)
    must_be_own(table, by)
    must_be_open(table)
    records = queries.standing(table.town, table.population, table.notice)
    seen = _judged(table, handed, records)
    position = queries.last_position(table.town, table.population, table.notice)
    written = hashlib.sha256()
    for one in seen.rows:
        if one.verdict not in (Verdict.NEW, Verdict.CHANGED):
            continue
        blind = queries.identity_blind(str(one.values[table.identity]))
        record = records.get(blind)
        if record is None:
            position += 1
            record = _new(table, blind, position, at=at)
        else:
            _keep_earlier(record)
        record.upload_id = upload.id
        _write(record, one.values, table, by=by, at=at)
        written.update(f"{record.key} {json.dumps(one.values, sort_keys=True)}\n".encode())
    tally = seen.tally
    upload.entered_at = at
    upload.count(tally)
    counts = {name: str(number) for name, number in tally.items()}
    enact(Act.IMPORT_SCREENING, upload, by=by, at=at, note=written.hexdigest(), **counts)
    must_be_open(table)
    if not upload.wrong:
        upload.forget()
    _flush()
    return seen


def drop(upload: ScreeningUpload, *, by: Officer, at: datetime) -> None:
    """Let a workbook go without entering it."""
    enact(Act.DROP_SCREENING, upload, by=by, at=at)
    upload.forget()


def amend(record: ScreeningRecord, values: dict[str, Fact], *, knew: int, by: Officer, at: datetime) -> None:
    """Change one record; what it said before is kept. Raises NotNow when somebody else changed it meanwhile."""
    table = table_of(record)
    must_be_own(table, by)
    if record.version != knew:
        raise NotNow("刚才有人改过这一户，请看过现状再改。")
    changed = rules.differing(record.values, values)
    if not changed:
        raise Incomplete("没有改动。")
    _keep_earlier(record)
    _write(record, values, table, by=by, at=at)
    record.identity_blind = queries.identity_blind(str(values[table.identity]))
    witness(Act.AMEND_SCREENING, record, by=by, at=at, columns=",".join(sorted(changed)), version=str(knew + 1))
    must_be_open(table)
    _flush()


def check_step(
    record: ScreeningRecord, step: str, *, done_on: date, handler: str, reference: str, by: Officer, at: datetime
) -> None:
    """Note the paper that one step left for this household, R-14. An earlier note stays."""
    table = table_of(record)
    must_be_own(table, by)
    if done_on > day_of(at):
        raise Incomplete("办理日期还没有到，请核对。")
    paper = ScreeningStep(record_id=record.id, step=step, done_on=done_on, checked_at=at, checked_by_id=by.id)
    paper.handler, paper.reference = handler, reference
    db.session.add(paper)
    witness(Act.CHECK_STEP, record, by=by, at=at, step=step, done_on=done_on.isoformat())
    must_be_open(table)


def reveal(record: ScreeningRecord, *, reason: str, by: Officer, at: datetime) -> str:
    """The household's identity number, and a line that it was looked at."""
    table = table_of(record)
    witness(Act.REVEAL_IDENTITY, record, by=by, at=at, note=reason)
    return str(record.values[table.identity])


def table_of(thing: ScreeningUpload | ScreeningRecord | TableSubmission | FullExport) -> Table:
    """The table that a workbook, a record or a paper belongs to, by the rules in force."""
    notice = editions.notice()
    return Table(thing.office, notice.screening.population(thing.population), notice)


def must_be_own(table: Table, by: Officer) -> None:
    """Raises NotPermitted for anybody but the town's own office."""
    if not queries.keeps(by, table.town):
        raise NotPermitted("%(town)s的排查表只由本镇填写。", town=table.town.name)


def must_be_open(table: Table) -> None:
    """Raises NotNow while the table is with the bureau.

    Asked after the line in the trail is written: lines come one after the other, so that whoever submitted the
    table meanwhile is seen.
    """
    if queries.is_locked(table.town, table.population, table.notice):
        raise NotNow("这张表已报送，现在不能改；要改请先收回，或请区局退回。")


def _new(table: Table, blind: str, position: int, *, at: datetime) -> ScreeningRecord:
    record = ScreeningRecord(
        notice=table.notice.key,
        population=table.population.key,
        office=table.town,
        identity_blind=blind,
        position=position,
        changed_at=at,
    )
    db.session.add(record)
    return record


def _keep_earlier(record: ScreeningRecord) -> None:
    earlier = ScreeningVersion(
        record_id=record.id,
        version=record.version,
        facts=record.facts,
        changed_at=record.changed_at,
        changed_by_id=record.changed_by_id,
    )
    earlier.words = record.words
    db.session.add(earlier)


def _write(record: ScreeningRecord, values: dict[str, Fact], table: Table, *, by: Officer, at: datetime) -> None:
    """Put the values into the record, and beside them what lists are narrowed by."""
    tables, key = table.notice.screening, table.population.key
    record.keep(values, tables.columns_of(key))
    conclusion, village = (tables.column_of_kind(key, kind) for kind in (Kind.CONCLUSION, Kind.VILLAGE))
    record.conclusion = _said(values, conclusion.key if conclusion else "")
    record.place_code = _said(values, village.key if village else "")
    record.gaps = rules.barred(tables.gaps(key, values))
    record.changed_at, record.changed_by_id = at, by.id


def _said(values: Mapping[str, Fact], key: str) -> str | None:
    value = values.get(key)
    return None if value is None else str(value)


def _flush() -> None:
    try:
        db.session.flush()
    except IntegrityError:
        raise NotNow("这个身份证号在本表里已有一户，没有改动。") from None
