"""What the clock does beside the referrals: a helper is reminded of its day, each step once."""

from datetime import datetime

from tipline.handling import queries
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.law.clocks import SOON_WORKING_DAYS
from tipline.law.running import step_of
from tipline.leads import telling
from tipline.office import calendars
from tipline.office.charter import Act


def remind(at: datetime) -> int:
    """Write every reminder of a slip that should exist today and does not. Returns the letters written.

    Only on working days; run twice, late or in two processes, the letters are the same.
    """
    today, calendar, written = day_of(at), calendars.calendar(), 0
    if not calendar.is_working_day(today):
        return 0
    for slip in queries.open_slips_due(calendar.add_working_days(today, SOON_WORKING_DAYS)):
        step = step_of(slip.due_on, today, calendar) if slip.due_on else None
        if step:
            written += telling.write(
                f"{slip.ref}/due/{slip.due_on}/{step.value}",
                slip.referral.lead,
                to=slip.to,
                letter="slip_reminder",
                at=at,
                reading=Act.READ_SLIPS,
                number=slip.number,
                step=step,
                due=slip.due_on,
            )
        db.session.commit()
    return written
