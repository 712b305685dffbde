"""What the clock does for this room: the monthly report and the morning brief, each once."""

from collections import defaultdict
from datetime import date, datetime

from flask_babel import force_locale
from sqlalchemy import select

from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.bodies import Body
from tipline.office import calendars, editions, outbox, roster, trail
from tipline.office.charter import Role
from tipline.office.models import Letter, Office
from tipline.reports import brief, operations, queries, sealing
from tipline.reports.queries import Report
from tipline.reports.rules import Part
from tipline.typical_cases import queries as typical_cases
from tipline.typical_cases.rules import spoken

TOLD = (Part.RECEIVED, Part.HANDLING, Part.OUTCOME, Part.SUPERVISION, Part.TYPICAL, Part.DUTIES)
"""Parts whose lines stand in the mail itself; the others are in the enclosure."""
STANDING = (Part.SCREENING, Part.STANDING, Part.AGE)
"""Parts that stand in it in one line each, as they are on the day."""

READERS = (
    (Body.CIVIL_AFFAIRS_BUREAU, Role.BUREAU_LEADER),
    (Body.DISPATCHED_DISCIPLINE_GROUP, None),
    (Body.DISTRICT_DISCIPLINE_BODY, None),
)
"""Who gets the monthly report: the bureau's leaders, and the discipline contacts at their offices."""


def send_monthly_report(at: datetime) -> int:
    """Mail last month's report on the first working day that the clock sees, and each month once it is sealed.

    A month sealed before it was mailed is mailed with its seal alone. Returns the letters written.
    """
    today = day_of(at)
    if not calendars.calendar().is_working_day(today):
        return 0
    written = sum(editions.each(lambda: _mail_what_is_due(today, at)))
    db.session.commit()
    return written


def _mail_what_is_due(today: date, at: datetime) -> int:
    """The reports of one notice."""
    month, sealed = Month.of(today).previous(), [seal.month for seal in sealing.sealed_months()]
    due = [(f"{_about(one)}/sealed", one) for one in sealed]
    if month not in sealed and _was_asked(month):
        due.append((_about(month), month))
    return sum(_mail_month(about, one, today, at=at) for about, one in due if not _written(about))


def _about(month: Month) -> str:
    return editions.mark(f"monthly-report/{month}")


def _mail_month(about: str, month: Month, today: date, *, at: datetime) -> int:
    report = sealing.report(month, today)
    with force_locale(outbox.LOCALES["zh"]):
        enclosure = (operations.file_name(month), operations.as_workbook(report))
    return sum(_mail_report(about, report, office, role, enclosure, at=at) for office, role in _readers())


def _was_asked(month: Month) -> bool:
    return month in queries.months(month.last)


def _written(about: str) -> bool:
    return db.session.scalar(select(Letter.id).where(Letter.about == about).limit(1)) is not None


def _readers() -> list[tuple[Office, Role | None]]:
    return [(roster.office_of(body), role) for body, role in READERS]


def _mail_report(
    about: str, report: Report, office: Office, role: Role | None, enclosure: tuple[str, bytes], *, at: datetime
) -> int:
    _, head = trail.head()  # not its number: that counts what was done about walled leads too
    return outbox.write(
        about,
        to=office,
        role=role,
        letter="monthly_report",
        at=at,
        enclosure=enclosure,
        month=spoken(report.month),
        report=report,
        seal_words=operations.seal_words,
        campaign=editions.address(),
        told=[line for section in report.sections if section.part in TOLD for line in section.lines],
        standing=[section for section in report.sections if section.part in STANDING],
        overdue=_overdue(report.on),
        head=head[:16],
    )


def _overdue(today: date) -> list[tuple[str, list[Sentence]]]:
    """The towns that owe typical cases, each with its months, oldest first."""
    owed: dict[str, list[Sentence]] = defaultdict(list)
    for cell in typical_cases.overdue(today):
        owed[cell.town.name].append(spoken(cell.month))
    return list(owed.items())


def send_morning_brief(at: datetime) -> int:
    """On a working day, tell each office how much is late or due today. Returns the letters written."""
    today = day_of(at)
    if not calendars.calendar().is_working_day(today):
        return 0
    written = sum(_brief(office, counts, today, at=at) for office, counts in brief.burning(today))
    db.session.commit()
    return written


def _brief(office: Office, counts: brief.Burning, today: date, *, at: datetime) -> int:
    about = f"morning/{office.code}/{today}"
    if _written(about):
        return 0
    return outbox.write(about, to=office, letter="morning_brief", at=at, today=today, counts=counts)
