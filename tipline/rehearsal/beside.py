"""What goes beside some referrals of the rehearsal: another town's help, longer time that waits to be decided."""

from collections.abc import Callable
from datetime import datetime

from tipline.handling import extensions, slips
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.office import calendars, roster
from tipline.office.models import Officer
from tipline.referrals import queries
from tipline.referrals.models import Referral


def ask_for_help(referral: Referral, by: Officer, at: datetime) -> None:
    """The next town's discipline body is asked; what it may know of the person stays with the sender."""
    there = [one for one in slips.helpers(referral, roster.offices()) if one.body is Body.TOWN_DISCIPLINE_BODY]
    if there and slips.may_engage(referral, by):
        due_on = calendars.calendar().add_working_days(day_of(at), 10)
        slips.engage(
            referral,
            there[0],
            task="请调取该户在贵镇的房产和银行流水。",
            due_on=due_on,
            shows_person=False,
            by=by,
            at=at,
        )


def ask_for_time(referral: Referral, by: Officer, at: datetime) -> None:
    """Longer time on the first clock that has any."""
    if running := extensions.extendable(referral, by, at):
        extensions.ask(referral, running[0].clock.id, reason="涉及户数多，账目尚未核完。", by=by, at=at)


FLAGS: dict[str, Callable[[Referral, Officer, datetime], None]] = {"h": ask_for_help, "j": ask_for_time}
"""The flag of a story, and what its body asks of others."""


def ask(flags: str, referral: Referral, at: datetime) -> None:
    """What the story's flags say, by the first officer of the body that has it."""
    db.session.flush()
    by = next((officer for officer in roster.officers() if queries.is_handled_by(officer, referral)), None)
    if by is not None:
        for flag in flags:
            if flag in FLAGS:
                FLAGS[flag](referral, by, at)
