"""What may be done to a register: hand in, enter, drop, write a row, verify it, look at a number. Never commits."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from tipline.kit.cabinet import Kept
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.kit.identity import plain_name
from tipline.kit.vault import vault
from tipline.law.registers import Part, Register, Side
from tipline.law.screening import Fact
from tipline.leads.entering import name_blind
from tipline.office import editions
from tipline.office.charter import Act
from tipline.office.deeds import enact, witness
from tipline.office.models import Office, Officer
from tipline.relatives import queries
from tipline.relatives.models import FilingCheck, RegisterEntry, RegisterUpload
from tipline.relatives.rules import in_village
from tipline.screening import rules
from tipline.screening.cells import marks_of
from tipline.screening.queries import identity_blind
from tipline.screening.rules import Preview, Verdict
from tipline.screening.workbook import Handed

KEPT_FOR = timedelta(days=1)
"""How long a workbook waits for its yes."""


@dataclass(frozen=True)
class Table:
    """One register of one office, as something the trail can name."""

    register: Register
    office: Office

    @property
    def ref(self) -> str:
        return f"register/{self.register.key}/{self.office.code}"

    @property
    def place(self) -> str:
        """Where it stands in addresses: the town's code, or the district's."""
        return editions.notice().district if self.register.whole else str(self.office.place_code)

    @property
    def is_list(self) -> bool:
        """A list is as of a day: whoever is no longer on it lapses. A filing stands until it is ended."""
        return self.register.side is not Side.FILING


def table_of(thing: RegisterEntry | RegisterUpload) -> Table:
    """The table of a row or a workbook, by the rules in force."""
    return Table(queries.registers().register(thing.register), thing.office)


def upload(
    table: Table, kept: Kept, name: str, source: str, dated: date, *, by: Officer, at: datetime
) -> RegisterUpload:
    """A workbook that was read and lies in the cabinet until whoever handed it in says yes."""
    _must_keep(table, by)
    if dated > day_of(at):
        raise Incomplete("名单日期还没有到，请核对。")
    handed = RegisterUpload(
        notice=editions.notice().key,
        register=table.register.key,
        office=table.office,
        dated=dated,
        file=kept.name,
        size=kept.size,
        digest=kept.digest,
        uploaded_at=at,
        uploaded_by_id=by.id,
    )
    handed.name, handed.secret, handed.source = name, kept.secret, source
    enact(Act.UPLOAD_REGISTER, handed, by=by, at=at, register=table.register.key, digest=kept.digest)
    db.session.add(handed)
    db.session.flush()
    return handed


def preview(table: Table, handed: Handed) -> Preview:
    """What entering the workbook would do to the rows that stand."""
    return _judged(table, handed, _standing(table))


def enter(upload: RegisterUpload, handed: Handed, *, by: Officer, at: datetime) -> Preview:
    """Enter every good row, all in this transaction; what is wrong is left out, what is the same left alone.

    Who stands no longer on a list lapses, unless a row of it could not be read. The line in the trail commits to
    the values entered. Raises NotNow when it was entered or dropped before.
    """
    table = table_of(upload)
    _must_keep(table, by)
    standing = _standing(table)
    seen = _judged(table, handed, standing)
    position = queries.last_position(table.register, table.office)
    written = hashlib.sha256()
    met = set()
    for one in seen.rows:
        if one.verdict is Verdict.WRONG:
            continue
        blind = _row_blind(table, one.values)
        met.add(blind)
        entry = standing.get(blind)
        if one.verdict is Verdict.SAME and entry is not None:
            _stand_again(entry, table)
            continue
        if entry is None:
            position += 1
            entry = _new(table, position, at=at)
        entry.upload_id = upload.id
        _write(entry, one.values, table, one.row.lengthened, by=by, at=at)
        written.update(f"{entry.key} {json.dumps(one.values, sort_keys=True)}\n".encode())
    tally = seen.tally
    if table.is_list and not tally["wrong"]:
        _lapse([entry for blind, entry in standing.items() if blind not in met], upload.dated)
    upload.entered_at = at
    upload.count(tally)
    counts = {name: str(number) for name, number in tally.items()}
    enact(Act.IMPORT_REGISTER, upload, by=by, at=at, note=written.hexdigest(), **counts)
    if not upload.wrong:
        upload.forget()
    _flush()
    return seen


def drop(upload: RegisterUpload, *, by: Officer, at: datetime) -> None:
    """Let a workbook go without entering it."""
    enact(Act.DROP_REGISTER, upload, by=by, at=at)
    upload.forget()


def add(
    table: Table, values: dict[str, Fact], lengthened: frozenset[str], *, by: Officer, at: datetime
) -> RegisterEntry:
    """A row typed on the page."""
    _must_keep(table, by)
    entry = _new(table, queries.last_position(table.register, table.office) + 1, at=at)
    _write(entry, values, table, lengthened, by=by, at=at)
    witness(Act.AMEND_REGISTER, entry, by=by, at=at, version="1")
    _flush()
    return entry


def amend(
    entry: RegisterEntry,
    values: dict[str, Fact],
    lengthened: frozenset[str],
    *,
    knew: int,
    by: Officer,
    at: datetime,
) -> None:
    """Change one row. Raises NotNow when somebody else changed it meanwhile."""
    table = table_of(entry)
    _must_keep(table, by)
    if entry.version != knew:
        raise NotNow("刚才有人改过这一行，请看过现状再改。")
    before = entry.values
    changed = rules.differing(before, values)
    if not changed:
        raise Incomplete("没有改动。")
    number = table.register.parts.get(Part.IDENTITY, "")
    if entry.lengthened and number not in changed:
        lengthened |= {number}
    _write(entry, values, table, lengthened, by=by, at=at)
    witness(Act.AMEND_REGISTER, entry, by=by, at=at, columns=",".join(sorted(changed)), version=str(knew + 1))
    _flush()


def verify(entry: RegisterEntry, result: str, *, on: date, note: str, by: Officer, at: datetime) -> None:
    """The yearly look at a filing: it is still as it says, or what has changed. Raises Incomplete, NotNow."""
    table = table_of(entry)
    _must_keep(table, by)
    parts = table.register.parts
    if Part.VERIFIED not in parts or entry.ended_on is not None:
        raise NotNow("这一行不需要年度核实。")
    if on > day_of(at) or (entry.seen_on and on < entry.seen_on):
        raise Incomplete("核实日期应在上次之后、今天之前，请核对。")
    values = entry.values | {parts[Part.VERIFIED]: on.isoformat(), parts[Part.RESULT]: result}
    number = parts.get(Part.IDENTITY, "")
    _write(entry, values, table, frozenset({number} if entry.lengthened else ()), by=by, at=at, note=note)
    witness(Act.VERIFY_FILING, entry, by=by, at=at, result=result, on=on.isoformat())
    _flush()


def reveal(entry: RegisterEntry, *, reason: str, by: Officer, at: datetime) -> list[str]:
    """The row's identity numbers, and a line that they were looked at."""
    columns = queries.identity_columns(table_of(entry).register)
    witness(Act.REVEAL_LISTED, entry, by=by, at=at, note=reason)
    values = entry.values
    return [str(values[column.key]) for column in columns if column.key in values]


def _must_keep(table: Table, by: Officer) -> None:
    if not queries.keeps(by, table.register, table.office):
        raise NotPermitted("这份名单由%(office)s填写。", office=table.office.name)


def _standing(table: Table) -> dict[str, RegisterEntry]:
    """What is on record, by the keyed marks of each row."""
    rows = queries.of_table(table.register, table.office).options(selectinload(RegisterEntry.checks))
    return {entry.row_blind: entry for entry in db.session.scalars(rows)}


def _judged(table: Table, handed: Handed, standing: Mapping[str, RegisterEntry]) -> Preview:
    unique = table.register.unique
    stands = {marks_of(values, unique) or (): values for values in (entry.values for entry in standing.values())}
    return rules.judged(handed, stands, unique)


def _row_blind(table: Table, values: Mapping[str, Fact]) -> str:
    marks = marks_of(values, table.register.unique)
    return vault.blind("register-row", json.dumps(marks, ensure_ascii=False))


def _new(table: Table, position: int, *, at: datetime) -> RegisterEntry:
    entry = RegisterEntry(
        notice=editions.notice().key,
        register=table.register.key,
        office=table.office,
        position=position,
        changed_at=at,
        checks=[],
    )
    db.session.add(entry)
    return entry


def _write(
    entry: RegisterEntry,
    values: dict[str, Fact],
    table: Table,
    lengthened: frozenset[str],
    *,
    by: Officer,
    at: datetime,
    note: str = "",
) -> None:
    """Put the values into the row, and beside them the keyed marks by which it is compared."""
    register = table.register
    said = {part: register.said(values, part) for part in Part}
    entry.keep(values, queries.columns_of(register))
    entry.row_blind = _row_blind(table, values)
    entry.place_code = said[Part.VILLAGE] or None
    entry.name_blind = name_blind(said[Part.NAME]) or ""
    entry.cadre_blind = name_blind(said[Part.CADRE])
    entry.identity_blind = _blind(said[Part.IDENTITY])
    entry.lengthened = register.parts.get(Part.IDENTITY) in lengthened
    entry.head_identity_blind = _blind(said[Part.HEAD_IDENTITY])
    is_head = plain_name(said[Part.HEAD]) in ("", plain_name(said[Part.NAME]))
    own = in_village(said[Part.NAME], entry.place_code) if is_head and not said[Part.IDENTITY] else None
    entry.namesake_blind = village_blind(own)
    entry.household_blind = village_blind(None if is_head else in_village(said[Part.HEAD], entry.place_code))
    days = [said[part] for part in (Part.SINCE, Part.VERIFIED) if said[part]]
    entry.seen_on = date.fromisoformat(max(days)) if days else None
    entry.ended_on = date.fromisoformat(said[Part.ENDED]) if said[Part.ENDED] else None
    entry.changed_at, entry.changed_by_id = at, by.id
    _keep_check(entry, said, note, by=by, at=at)


def _keep_check(entry: RegisterEntry, said: Mapping[Part, str], note: str, *, by: Officer, at: datetime) -> None:
    """Remember a verification that was not known yet."""
    if not said[Part.VERIFIED]:
        return
    on = date.fromisoformat(said[Part.VERIFIED])
    if any(check.checked_on == on for check in entry.checks):
        return
    check = FilingCheck(checked_on=on, result=said[Part.RESULT] or None, checked_at=at, checked_by_id=by.id)
    check.note = note
    entry.checks.append(check)


def _lapse(entries: list[RegisterEntry], on: date) -> None:
    for entry in entries:
        entry.ended_on = entry.ended_on or on


def _stand_again(entry: RegisterEntry, table: Table) -> None:
    if table.is_list:
        entry.ended_on = None


def _blind(number: str) -> str | None:
    return identity_blind(number) if number else None


def village_blind(mark: str | None) -> str | None:
    """The keyed hash of a name in a village; None for none."""
    return vault.blind("register-village", mark) if mark else None


def _flush() -> None:
    try:
        db.session.flush()
    except IntegrityError:
        raise NotNow("这份名单里已有这一行，没有改动。") from None
