"""From the tables of a notice file to its duties and the ladder of reminders."""

from tipline.law.campaign import Anchor, Duty, Every, LadderStep, Level, Recipient
from tipline.law.clocks import Tone
from tipline.law.reading import closed
from tipline.law.sources import Mark
from tipline.law.table import MalformedNotice, Table


def duties(file: Table) -> tuple[Duty, ...]:
    found = tuple(read_duty(row) for row in file.rows("duty"))
    known = {duty.key for duty in found}
    for row in file.rows("duty"):
        for key in row.texts("sums_up"):
            if key not in known:
                raise row.unknown("sums_up", key, known)
    return found


def ladder(file: Table) -> tuple[LadderStep, ...]:
    return tuple(
        closed(
            row,
            LadderStep(
                key=row.text("key"),
                name=row.bilingual(),
                anchor=row.choice("anchor", Anchor),
                number=row.maybe_number("number") or 0,
                to=row.choice("to", Recipient),
                tone=row.choice("tone", Tone),
                clause=row.text("clause"),
                mark=row.choice("mark", Mark),
            ),
        )
        for row in file.rows("ladder")
    )


def read_duty(row: Table) -> Duty:
    """One thing that is owed."""
    every = row.choice("every", Every)
    mark = row.choice("mark", Mark)
    duty = Duty(
        key=row.text("key"),
        name=row.bilingual(),
        every=every,
        owed_by=row.choice("owed_by", Level),
        answered_by=row.text("answered_by"),
        due_on=row.day("due_on") if every is Every.ONCE else None,
        final_on=row.maybe_day("final_on"),
        first=None if every is Every.ONCE else row.month("first"),
        last=None if every is Every.ONCE else row.maybe_month("last"),
        due_working_day=None if every is Every.ONCE else row.maybe_number("due_working_day"),
        grace_days=None if every is Every.ONCE else row.maybe_number("grace_days"),
        sums_up=row.texts("sums_up"),
        names_heads=row.flag("names_heads"),
        clause=row.text("clause"),
        mark=mark,
        due_mark=row.choice("due_mark", Mark) if row.has("due_mark") else mark,
    )
    _hold_together(duty, row.where)
    return closed(row, duty)


def _hold_together(duty: Duty, where: str) -> None:
    """What is owed again and again has one way to count its day, and nothing ends before it begins."""
    counted = [rule for rule in (duty.due_working_day, duty.grace_days) if rule is not None]
    if duty.every is not Every.ONCE and len(counted) != 1:
        raise MalformedNotice("%(where)s：“due_working_day”和“grace_days”应写一个，只写一个，请改正", where=where)
    if (duty.due_working_day is not None and duty.due_working_day < 1) or (duty.grace_days or 0) < 0:
        raise MalformedNotice("%(where)s：工作日从1数起，宽限天数不能为负，请改正", where=where)
    if duty.first and duty.last and duty.last < duty.first:
        raise MalformedNotice("%(where)s：“last”不能早于“first”，请改正", where=where)
    if duty.final_on and (duty.due_on is None or duty.final_on < duty.due_on):
        raise MalformedNotice("%(where)s：“final_on”只用于一次性任务，且不能早于“due_on”，请改正", where=where)
