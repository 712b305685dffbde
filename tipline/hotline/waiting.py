"""What of the published numbers waits for whom: to be drawn, dialled, mended, confirmed, proved, rung back."""

from datetime import date

from tipline.hotline import queries
from tipline.hotline.models import DialTest, LineFault, MissedCall
from tipline.kit.words import Sentence
from tipline.law.clocks import Tone, tone
from tipline.office import calendars, editions
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.second_person import first_hands, is_same_hand
from tipline.office.waiting import Waiting


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """Everything that this officer may do next."""
    waiting: list[Waiting] = []
    if officer.may(Act.DRAW_ROUND):
        waiting += [
            Waiting(
                what=Sentence("抽取本轮拨测的号码"), number=one.number, act=Act.DRAW_ROUND, endpoint="hotline.tests"
            )
            for one in queries.to_draw(officer)
        ]
    if officer.may(Act.RECORD_TEST):
        waiting += [_test(test, today) for test in queries.to_test(officer)]
    if officer.may(Act.CORRECT_FAULT):
        waiting += [_fault(fault, Act.CORRECT_FAULT, today) for fault in queries.to_mend(officer)]
    if officer.may(Act.CONFIRM_FAULT):
        waiting += _to_confirm(officer, today)
    if officer.may(Act.NOTE_PROOF):
        waiting += [
            Waiting(
                what=Sentence("登记举报电话的公开凭证"),
                number=line.number,
                act=Act.NOTE_PROOF,
                endpoint="hotline.show",
                values={"key": line.key},
            )
            for line in queries.unproven(officer, today)
        ]
    if officer.may(Act.RING_BACK):
        waiting += [_call(call, today) for call in queries.to_ring_back(officer)]
    return waiting


def _to_confirm(officer: Officer, today: date) -> list[Waiting]:
    faults = queries.to_confirm(officer)
    first = first_hands(faults)
    others = [fault for fault in faults if not is_same_hand(Act.CONFIRM_FAULT, fault, officer, first)]
    return [_fault(fault, Act.CONFIRM_FAULT, today) for fault in others]


def _fault(fault: LineFault, act: Act, today: date) -> Waiting:
    mine = act is Act.CORRECT_FAULT
    words: dict[str, object] = {"problem": editions.notice().term("problem_type", fault.problem).name}
    words["office"] = fault.line.office.name
    return Waiting(
        what=Sentence("整改：%(problem)s", words) if mine else Sentence("确认%(office)s的整改：%(problem)s", words),
        number=fault.number,
        act=act,
        endpoint="hotline.fault",
        values={"key": fault.key},
        due_on=fault.due_on if mine else None,
        tone=tone(fault.due_on, today, calendars.calendar()) if mine else Tone.QUIET,
    )


def _test(test: DialTest, today: date) -> Waiting:
    words: dict[str, object] = {"office": test.line.office.name, "hour": test.hour}
    return Waiting(
        what=Sentence("%(hour)s点拨测%(office)s", words) if test.hour else Sentence("拨测%(office)s", words),
        number=test.number,
        act=Act.RECORD_TEST,
        endpoint="hotline.test",
        values={"key": test.key},
        due_on=test.due_on,
        tone=tone(test.due_on, today, calendars.calendar()),
    )


def _call(call: MissedCall, today: date) -> Waiting:
    return Waiting(
        what=Sentence("回拨打给%(office)s的电话", {"office": call.line.office.name}),
        number=call.number,
        act=Act.RING_BACK,
        endpoint="hotline.call",
        values={"key": call.key},
        due_on=call.due_on,
        tone=tone(call.due_on, today, calendars.calendar()),
    )
