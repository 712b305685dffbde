"""The papers of a town's screening: its table, a household in it, a workbook that waits, one that was dropped."""

from datetime import datetime

from tests.house.papers import Args, Papers
from tests.screening.tables import row, sheet
from tipline.kit.cabinet import cabinet
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.office import editions
from tipline.office.models import Officer
from tipline.screening import full_exports, operations, queries, workbook
from tipline.screening.models import ScreeningUpload
from tipline.screening.operations import Table

POPULATION = "on_roll"
CONTENT = sheet(row(**{"村（居）": ""}))


def screened(clerk: Officer, at: datetime) -> Papers:
    """What a town's clerk has entered, and a workbook more that waits for a yes."""
    table = Table(clerk.office, editions.notice().screening.population(POPULATION), editions.notice())
    handed = workbook.read(CONTENT, queries.known_of(table.town, table.population, table.notice, day_of(at)))
    operations.enter(_uploaded(table, clerk, at), handed, by=clerk, at=at)
    (record,) = queries.standing(table.town, table.population, table.notice).values()
    return {
        "screening table": {"population": POPULATION, "town": str(table.town.place_code)},
        "screening record": {"key": record.key},
        "screening upload": {"key": _uploaded(table, clerk, at).key},
        "full export": {"key": full_exports.ask(table, reason="装订存档。", by=clerk, at=at).key},
    }


def dropped(clerk: Officer, at: datetime) -> Args:
    """A workbook that nobody wants any more."""
    table = Table(clerk.office, editions.notice().screening.population(POPULATION), editions.notice())
    upload = _uploaded(table, clerk, at)
    operations.drop(upload, by=clerk, at=at)
    return {"key": upload.key}


def declined(clerk: Officer, deputy: Officer, at: datetime) -> Args:
    """An export in full that was not allowed."""
    table = Table(clerk.office, editions.notice().screening.population(POPULATION), editions.notice())
    asked = full_exports.ask(table, reason="装订存档。", by=clerk, at=at)
    full_exports.decline(asked, reason="用遮盖件即可。", by=deputy, at=at)
    return {"key": asked.key}


def _uploaded(table: Table, clerk: Officer, at: datetime) -> ScreeningUpload:
    tray = cabinet.tray()
    tray.write(CONTENT)
    tray.seek(0)
    upload = operations.upload(table, tray.keep(), "在保.xlsx", by=clerk, at=at)
    db.session.flush()
    return upload
