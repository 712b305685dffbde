"""A table goes to the bureau: submitted, taken back, accepted, returned; meanwhile nobody writes in it."""

import hashlib
import json
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow
from tipline.law.campaign import Duty
from tipline.office import outbox
from tipline.office.charter import Act, Role
from tipline.office.deeds import enact
from tipline.office.models import Officer
from tipline.screening import queries
from tipline.screening.exporting import records_of
from tipline.screening.models import ScreeningRecord, TableSubmission
from tipline.screening.operations import Table, must_be_own, table_of


def submit(table: Table, *, by: Officer, at: datetime) -> TableSubmission:
    """Hand the table in as it stands; a table without households is submitted as such.

    Raises Incomplete while a household has no conclusion, NotNow when somebody changed the rows meanwhile.
    """
    must_be_own(table, by)
    before = households, unconcluded, _ = _counted(table)
    if unconcluded:
        raise Incomplete("还有%(n)s户没有排查结论，做完再报。", n=unconcluded)
    paper = queries.submission_of(table.town, table.population, table.notice) or TableSubmission(
        notice=table.notice.key, population=table.population.key, office=table.town, number=0, first_at=at
    )
    digest = digest_of(table, by)
    facts = {"population": table.population.key, "number": str(paper.number + 1), "households": str(households)}
    enact(Act.SUBMIT_TABLE, paper, by=by, at=at, digest=digest, **facts)
    if _counted(table) != before:
        raise NotNow("刚才有人改过这张表，请看过现状再报。")
    paper.number, paper.households, paper.digest = paper.number + 1, households, digest
    paper.submitted_at, paper.submitted_by_id = at, by.id
    _add(paper)
    return paper


def take_back(paper: TableSubmission, *, by: Officer, at: datetime) -> None:
    """The town writes in it again. Raises NotNow once the bureau has it for good, or the real end has passed."""
    table = table_of(paper)
    must_be_own(table, by)
    end = last_day(table)
    if end is not None and day_of(at) > end:
        raise NotNow("%(day)s以后不再收回；确需更正的，请区局退回后重报。", day=end)
    enact(Act.TAKE_BACK_TABLE, paper, by=by, at=at, population=paper.population)


def accept(paper: TableSubmission, *, by: Officer, at: datetime) -> None:
    """Take it as it stands; the line commits to what was taken."""
    enact(Act.ACCEPT_TABLE, paper, by=by, at=at, population=paper.population, digest=paper.digest)


def send_back(paper: TableSubmission, *, reason: str, by: Officer, at: datetime) -> None:
    """Return it with the reason, also after it was accepted; it is owed again, and the town's clerk hears of it."""
    enact(Act.RETURN_TABLE, paper, by=by, at=at, note=reason, population=paper.population)
    paper.returned_at, paper.reason = at, reason
    table = table_of(paper)
    duty = duty_of(table)
    outbox.write(
        f"{paper.ref}/returned/{paper.number}",
        to=paper.office,
        role=Role.TOWN_CLERK,
        letter="submission_returned",
        at=at,
        duty=duty.name if duty else table.population.annex,
    )


def duty_of(table: Table) -> Duty | None:
    """The duty of the notice that the table fulfils, if there is one."""
    key = table.population.duty
    return table.notice.duty(key) if key else None


def last_day(table: Table) -> date | None:
    """Until when a town may take back what it submitted; None where the notice sets no day."""
    duty = duty_of(table)
    return (duty.final_on or duty.due_on) if duty else None


def digest_of(table: Table, by: Officer) -> str:
    """SHA-256 over the rows in their order, as one would compute it again."""
    written = hashlib.sha256()
    for record in records_of(table, by):
        written.update(f"{record.key} {json.dumps(record.values, sort_keys=True)}\n".encode())
    return written.hexdigest()


def _counted(table: Table) -> tuple[int, int, int]:
    """How many households there are, how many without a conclusion, and how often anything was written."""
    count = func.count(ScreeningRecord.id)
    of_table = (
        count,
        count - func.count(ScreeningRecord.conclusion),
        func.coalesce(func.sum(ScreeningRecord.version), 0),
    )
    households, unconcluded, written = db.session.execute(
        select(*of_table).where(
            ScreeningRecord.notice == table.notice.key,
            ScreeningRecord.population == table.population.key,
            ScreeningRecord.office_id == table.town.id,
        )
    ).one()
    return households, unconcluded, int(written)


def _add(paper: TableSubmission) -> None:
    db.session.add(paper)
    try:
        db.session.flush()
    except IntegrityError:
        raise NotNow("刚才本单位已有人报送，请刷新后再看。") from None
