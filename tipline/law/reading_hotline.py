"""From the table `[hotline]` of a notice file to what it says of published numbers."""

from collections.abc import Iterator, Mapping

from tipline.law.entries import Term
from tipline.law.hotline import DialResult, Hotline, RingBackResult
from tipline.law.reading import closed
from tipline.law.sources import Mark
from tipline.law.table import MalformedNotice, Table

FAULTS, CHANNELS = "problem_type", "channel"


def hotline(file: Table, taxonomies: Mapping[str, tuple[Term, ...]]) -> Hotline:
    """The table; a file without one asks nothing of anybody's numbers. Refuses what does not fit together."""
    if not file.has("hotline"):
        return Hotline()
    row = file.table("hotline")
    faults = {term.key for term in taxonomies.get(FAULTS, ())}
    channels = {term.key for term in taxonomies.get(CHANNELS, ())}
    found = Hotline(
        round_every=row.number("round_every"),
        numbers_a_round=row.number("numbers_a_round"),
        test_within=row.number("test_within"),
        retest_within=row.number("retest_within"),
        tries=row.number("tries"),
        correct_within=row.number("correct_within"),
        ring_back_within=row.number("ring_back_within"),
        silent_after=row.number("silent_after"),
        reminders=row.numbers("reminders"),
        hours=row.numbers("hours"),
        hours_all_day=row.numbers("hours_all_day"),
        channel=row.text("channel"),
        results=tuple(_result(one, faults) for one in row.rows("results")),
        ring_backs=tuple(
            closed(one, RingBackResult(one.text("key"), one.bilingual())) for one in row.rows("ring_backs")
        ),
        clause=row.text("clause"),
        mark=row.choice("mark", Mark),
    )
    if found.channel not in channels:
        raise row.unknown("channel", found.channel, channels)
    for fault in _faults(found, row.where):
        raise fault
    return closed(row, found)


def _result(row: Table, faults: set[str]) -> DialResult:
    result = DialResult(row.text("key"), row.bilingual(), row.maybe_text("fault"))
    if result.fault and result.fault not in faults:
        raise row.unknown("fault", result.fault, faults)
    return closed(row, result)


def _faults(found: Hotline, where: str) -> Iterator[MalformedNotice]:
    """What does not fit together, each as a sentence."""
    counted = [found.round_every, found.numbers_a_round, found.test_within, found.retest_within, found.tries]
    counted += [found.correct_within, found.ring_back_within, found.silent_after]
    if min(counted) < 1:
        yield MalformedNotice("%(where)s：天数、个数、次数都从1数起，请改正", where=where)
    hours = (*found.hours, *found.hours_all_day)
    if not found.hours or not found.hours_all_day or any(hour not in range(24) for hour in hours):
        yield MalformedNotice("%(where)s：拨测的钟点应写0至23，两种都要写，请改正", where=where)
    if list(found.reminders) != sorted(set(found.reminders)):
        yield MalformedNotice("%(where)s：“reminders”应从早到晚，不能重复，请改正", where=where)
    if not found.faults or all(result.fault for result in found.results):
        yield MalformedNotice("%(where)s：拨测结果至少要有一种通过、一种不通过，请补上", where=where)
