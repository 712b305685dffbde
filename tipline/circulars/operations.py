"""What may be done to a circular, and by a town that reads it. Operations never commit; the edge does, once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from tipline.circulars import lint, queries
from tipline.circulars.lifecycle import CircularState
from tipline.circulars.lint import Spot
from tipline.circulars.models import Circular, CircularCase, CircularReading, CircularVersion
from tipline.circulars.wording import Draft, Matter, first_draft, person_of
from tipline.kit.dates import day_of, local
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.law.bodies import Body
from tipline.law.campaign import spoken
from tipline.law.circulars import CircularRules, Naming
from tipline.letters import issuing, review
from tipline.letters.models import FileKind
from tipline.letters.wording import Sheet, blanks
from tipline.office import calendars, editions
from tipline.office.charter import Act
from tipline.office.deeds import enact, witness
from tipline.office.models import Officer
from tipline.typical_cases.models import TypicalCase

STANDING = {CircularState.DRAFT, CircularState.IN_APPROVAL, CircularState.APPROVED, CircularState.ISSUED}
"""While it may be printed."""


def rules() -> CircularRules:
    """What the notice says. Raises NotNow when it circulates nothing."""
    found = editions.notice().circular
    if found is None:
        raise NotNow("本通知没有约定典型案例通报。")
    return found


def draft(cases: Sequence[TypicalCase], *, by: Officer, at: datetime) -> Circular:
    """Begin a circular of these cases, in the skeleton. Raises Refused for none, too many, or one that is taken."""
    told = rules()
    if not 0 < len(cases) <= told.most_cases:
        raise Incomplete("请选取1至%(most)s个案例。", most=told.most_cases)
    circular = Circular(
        notice=editions.notice().key, office=by.office, office_id=by.office_id, naming=told.naming, drafted_at=at
    )
    enact(Act.DRAFT_CIRCULAR, circular, by=by, at=at, cases=str(len(cases)))  # one at a time from here on
    if len(cases) != len({case.id for case in cases} & _free(by)):
        raise NotNow("所选的案例里有的已在别的通报里，请重新选取。")
    words = first_draft([_matter(case) for case in cases], _span(cases), told)
    circular.versions.append(CircularVersion(n=1, text=words.text, at=at, by=by))
    circular.about = [CircularCase(case=case, position=n) for n, case in enumerate(cases, start=1)]
    db.session.add(circular)
    db.session.flush()
    return circular


def _free(by: Officer) -> set[int]:
    query = queries.free_cases(by).with_only_columns(TypicalCase.id).order_by(None)
    return set(db.session.scalars(query))


def _matter(case: TypicalCase) -> Matter:
    return Matter(
        person=case.person,
        facts=case.facts,
        problem=editions.notice().term("problem_type", case.problem).name.zh,
        decided_on=case.decided_on,
        decided_by=case.decided_by,
        sanction=case.sanction,
        recovered_fen=case.recovered_fen,
        analysis=case.analysis,
    )


def _span(cases: Sequence[TypicalCase]) -> str:
    """The months of the cases in words."""
    months = sorted({case.report.month for case in cases})
    first, last = str(spoken(months[0])), str(spoken(months[-1]))
    return first if first == last else f"{first}至{last}"


def spots(circular: Circular) -> list[Spot]:
    """What should not stand in the draft, and where."""
    return lint.spots(circular.draft, editions.notice().publicity, names_of(circular))


def names_of(circular: Circular) -> list[str]:
    """The sanctioned people of its own cases, where they are not to be named in full."""
    if circular.naming is Naming.FULL:
        return []
    found = [person_of(one.case.person)[0] for one in circular.about]
    return [name for name in dict.fromkeys(found) if name and "某" not in name]


def edit(circular: Circular, words: Draft, based_on: int, *, by: Officer, at: datetime) -> None:
    """Save the words as a new version. Raises NotNow when somebody saved meanwhile, Incomplete when nothing changed."""
    if based_on != circular.latest.n:
        raise NotNow("您打开之后，%(who)s改过这份稿子。请看过现稿，再把改动写进去。", who=circular.latest.by.name)
    if words == circular.draft:
        raise Incomplete("文稿没有改动。")
    enact(Act.EDIT_CIRCULAR, circular, by=by, at=at, version=str(based_on + 1))
    circular.versions.append(CircularVersion(n=based_on + 1, text=words.text, at=at, by=by))
    circular.looked_over = False


def submit(circular: Circular, *, looked_over: bool, by: Officer, at: datetime) -> None:
    """Put it to another hand. What no circular carries is refused; what should be looked at must have been."""
    _must_be_whole(circular)
    found = spots(circular)
    if any(spot.never for spot in found):
        raise Incomplete("文稿里有身份证号或账号，必须删去。")
    if found and not looked_over:
        raise Incomplete("文稿里有%(n)s处可能应当隐去。请改写；确需保留的，勾选“已逐处核对”。", n=len(found))
    enact(Act.SUBMIT_CIRCULAR, circular, by=by, at=at, version=str(circular.latest.n), kept=str(len(found)))
    circular.looked_over, circular.reason = bool(found), None


def _must_be_whole(circular: Circular) -> None:
    """Raises Incomplete, naming everything that is missing or cannot be drawn."""
    words = circular.draft
    empty = [str(name) for key, name, text in words.parts() if not text and not key.endswith(("gap", "copies"))]
    if missing := blanks(words.wording.text) + empty:
        raise Incomplete("还有待填的内容：%(what)s。", what="、".join(missing))
    if signs := review.unknown(sheet_of(circular)):
        raise Incomplete("字库里没有这些字：%(signs)s。", signs="、".join(signs))


def approve(circular: Circular, *, by: Officer, at: datetime, knew: int | None = None) -> None:
    """Another hand than any that wrote it agrees with every word. Raises NotNow when it `knew` another version."""
    if knew is not None and knew != circular.latest.n:
        raise NotNow("您打开之后，%(who)s改过这份稿子，请看过现稿再定。", who=circular.latest.by.name)
    if by.id in queries.authors(circular):
        raise NotPermitted("写过这份稿子的人不能复核。")
    enact(Act.APPROVE_CIRCULAR, circular, by=by, at=at, version=str(circular.latest.n))
    circular.approved_at, circular.approved_by = at, by


def send_back(circular: Circular, *, reason: str, by: Officer, at: datetime) -> None:
    """Back to whoever wrote it, with what is to be changed."""
    enact(Act.SEND_BACK_CIRCULAR, circular, by=by, at=at, note=reason, version=str(circular.latest.n))
    circular.reason, circular.looked_over = reason, False
    circular.approved_at = circular.approved_by = None


def issue(circular: Circular, *, by: Officer, at: datetime) -> None:
    """Issue it: the number is drawn now and never before; every town is to read it by the notice's day."""
    enact(Act.ISSUE_CIRCULAR, circular, by=by, at=at, version=str(circular.latest.n))
    with db.session.no_autoflush:  # issued and numbered reach the database together
        circular.doc_no = issuing.next_doc_no(circular.office, local(at).year)
    circular.issued_at, circular.issued_on = at, day_of(at)
    circular.due_on = calendars.calendar().add_working_days(day_of(at), rules().read_within)


def withdraw(circular: Circular, *, reason: str, by: Officer, at: datetime) -> None:
    """Take back an issued circular: towns see that it is withdrawn and why, and its words no longer."""
    enact(Act.WITHDRAW_CIRCULAR, circular, by=by, at=at, note=reason)
    circular.reason = reason


def drop(circular: Circular, *, reason: str, by: Officer, at: datetime) -> None:
    """Give up a draft; its cases are free again."""
    enact(Act.DROP_CIRCULAR, circular, by=by, at=at, note=reason)
    circular.reason = reason


def confirm_reading(circular: Circular, *, by: Officer, at: datetime) -> None:
    """An officer of a town's government has read it. Raises Refused for a town not addressed, and the second time."""
    if circular.state is not CircularState.ISSUED:
        raise NotNow("通报已撤回，不用再确认。")
    if by.office.body is not Body.TOWN_GOVERNMENT or by.office.place_code not in editions.notice().places:
        raise NotPermitted("通报由通知所列各镇确认已阅，%(office)s不用确认。", office=by.office.name)
    reading = CircularReading(circular_id=circular.id, office=by.office, officer=by, at=at)
    witness(Act.CONFIRM_READING, circular, by=by, at=at, number=circular.number)
    db.session.add(reading)
    try:
        db.session.flush()
    except IntegrityError:
        raise NotNow("您已经确认过。") from None


def sheet_of(circular: Circular) -> Sheet:
    """The circular as a letter that is drawn."""
    office, words = circular.office.name, circular.draft.wording
    return Sheet(office, words, circular.doc_no or "", office, circular.issued_on)


def print_copy(circular: Circular, form: FileKind, *, by: Officer, at: datetime) -> bytes:
    """A copy to take away, with who printed it in its margin; a line in the trail says so."""
    if circular.state not in STANDING:
        raise NotNow("现在是“%(state)s”，不能打印。", state=circular.state)
    witness(Act.PRINT_CIRCULAR, circular, by=by, at=at, form=form.value, version=str(circular.latest.n))
    sheet = sheet_of(circular)
    if signs := review.unknown(sheet):
        raise Incomplete("字库里没有这些字：%(signs)s。", signs="、".join(signs))
    original = issuing.drawn(sheet, circular.issued_at or at)[form]
    return issuing.stamped(original, form, issuing.margin(by, at, is_proof=not circular.doc_no), at)
