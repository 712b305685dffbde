"""Published numbers at the counter: the register, test calls, faults, figures."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.evidence.views import sent
from tipline.hotline import operations, pages, queries
from tipline.hotline import signals as _signals  # noqa: F401 (what this room tells of towns)
from tipline.hotline.forms import (
    ConfirmationForm,
    CorrectionForm,
    EndForm,
    FaultForm,
    LineForm,
    ProofForm,
    ResultForm,
)
from tipline.hotline.models import DialTest, HotlineLine, LineFault, LineProof, TestRound
from tipline.kit.cabinet import cabinet
from tipline.kit.dates import Month
from tipline.kit.db import db
from tipline.kit.errors import NotNow, Refused
from tipline.leads.forms import ReasonForm
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.steps import Kept, Steps
from tipline.office.time import now, today

bp = Doors("hotline", __name__, url_prefix="/hotline")


def seen_line(key: str) -> HotlineLine:
    """The number, or a 404 for whoever may not see it."""
    line: HotlineLine = db.one_or_404(queries.visible_to(current_user).where(HotlineLine.key == key))
    return line


def seen_test(key: str) -> DialTest:
    """The test, or a 404 for whoever may not know of it."""
    test: DialTest = db.one_or_404(queries.tests_visible_to(current_user).where(DialTest.key == key))
    return test


def seen_fault(key: str) -> LineFault:
    """The fault, or a 404 for whoever may not see its number."""
    fault: LineFault = db.one_or_404(queries.faults_visible_to(current_user).where(LineFault.key == key))
    return fault


def seen_round(key: str) -> TestRound:
    """The round, or a 404."""
    one: TestRound = db.one_or_404(queries.rounds_visible_to(current_user).where(TestRound.key == key))
    return one


def seen_proof(key: str) -> LineProof:
    """The proof, or a 404 for whoever may not see its number."""
    proof: LineProof = db.one_or_404(queries.proofs_visible_to(current_user).where(LineProof.key == key))
    return proof


def line_page(line: HotlineLine, kept: Kept | None = None) -> str:
    return pages.line(line, current_user, today(), kept)


def test_page(test: DialTest, kept: Kept | None) -> str:
    return pages.test(test, current_user, now(), kept)


def fault_page(fault: LineFault, kept: Kept | None = None) -> str:
    return pages.fault(fault, current_user, today(), kept)


of_lines = Steps(seen_line, line_page, lambda line: url_for(".show", key=line.key), pages.LINE_FORMS)
of_tests = Steps(seen_test, test_page, lambda test: url_for(".show", key=test.line.key), pages.TEST_FORMS)
of_faults = Steps(seen_fault, fault_page, lambda fault: url_for(".fault", key=fault.key), pages.FAULT_FORMS)


@bp.get("/", act=Act.READ_LINES, listed=True)
def index() -> ResponseReturnValue:
    return pages.register(current_user, ended="ended" in request.args, after=request.args.get("after", ""))


@bp.get("/lines/new", act=Act.ADD_LINE)
def new_line() -> ResponseReturnValue:
    return pages.new_line(LineForm(None, prefix="line", since=today()))


@bp.post("/lines/add", act=Act.ADD_LINE)
def add() -> ResponseReturnValue:
    form = LineForm(prefix="line")
    if not form.validate_on_submit():
        return pages.new_line(form), 422
    try:
        line = operations.add(form.said(), by=current_user, at=now())
    except Refused as refusal:
        db.session.rollback()
        form.form_errors.append(said(refusal.sentence))
        return pages.new_line(form), refusal.status
    where = url_for(".show", key=line.key)
    db.session.commit()
    flash(_("已登记。请负责的单位登记公开凭证。"))
    return redirect(where)


@bp.get("/lines/<key>", act=Act.READ_LINES)
def show(key: str) -> ResponseReturnValue:
    return line_page(seen_line(key))


@of_lines.door(bp, Act.AMEND_LINE, "/lines/<key>/amend")
def amend(line: HotlineLine, form: LineForm, **whose: Any) -> None:
    operations.amend(line, form.said(), **whose)


@of_lines.door(bp, Act.NOTE_PROOF, "/lines/<key>/note-proof", receives=True)
def note_proof(line: HotlineLine, form: ProofForm, **whose: Any) -> None:
    file = form.received(with_copy=False) if form.file.data else None
    operations.note_proof(line, form.published_on.data, form.words.data, file, **whose)


@of_lines.door(bp, Act.END_LINE, "/lines/<key>/end")
def end(line: HotlineLine, form: EndForm, **whose: Any) -> None:
    operations.end(line, form.until.data, reason=form.reason.data, **whose)


@of_lines.door(bp, Act.ORDER_TEST, "/lines/<key>/order-test")
def order_test(line: HotlineLine, **whose: Any) -> None:
    operations.order_test(line, **whose)


@of_lines.door(bp, Act.NOTE_FAULT, "/lines/<key>/note-fault")
def note_fault(line: HotlineLine, form: FaultForm, **whose: Any) -> None:
    operations.note_fault(line, form.problem.data, found=form.found.data, **whose)


@bp.post("/proofs/<key>/download", act=Act.DOWNLOAD_PROOF)
def download(key: str) -> ResponseReturnValue:
    """Compare the file with its hash, write down that it goes out, and only then let it go."""
    file, name = seen_proof(key).original or abort(404), seen_proof(key).name
    db.session.rollback()  # reading a large file takes its time: no transaction is open meanwhile
    if not cabinet.is_whole(file):
        raise NotNow("文件缺失或已被改动，没有发出。请立即告知系统管理员。")
    given = operations.give(seen_proof(key), by=current_user, at=now())
    db.session.commit()
    return sent(given, name)


@bp.get("/tests", act=Act.READ_TESTS, listed=True)
def tests() -> ResponseReturnValue:
    return pages.tests(current_user, today())


@bp.get("/rounds/<key>", act=Act.READ_TESTS)
def test_round(key: str) -> ResponseReturnValue:
    return pages.round_(seen_round(key), current_user)


@bp.post("/rounds/<key>/draw", act=Act.DRAW_ROUND)
def draw_round(key: str) -> ResponseReturnValue:
    one = seen_round(key)
    drawn = operations.draw_round(one, by=current_user, at=now())
    db.session.commit()
    flash(_("%(number)s：抽中%(n)s个号码。", number=one.number, n=len(drawn)))
    return redirect(url_for(".tests"))


@bp.get("/tests/<key>", act=Act.READ_TESTS)
def test(key: str) -> ResponseReturnValue:
    return test_page(seen_test(key), None)


@of_tests.door(bp, Act.RECORD_TEST, "/tests/<key>/record")
def record_test(test: DialTest, form: ResultForm, **whose: Any) -> None:
    told = {"seconds": form.seconds.data, "words": form.words.data}
    operations.record_test(test, form.result.data, form.moment, **told, **whose)


@bp.get("/faults", act=Act.READ_LINES, listed=True)
def faults() -> ResponseReturnValue:
    return pages.faults(current_user, today(), request.args.get("after", ""))


@bp.get("/faults/<key>", act=Act.READ_LINES)
def fault(key: str) -> ResponseReturnValue:
    return fault_page(seen_fault(key))


@of_faults.door(bp, Act.CORRECT_FAULT, "/faults/<key>/correct")
def correct(fault: LineFault, form: CorrectionForm, **whose: Any) -> None:
    operations.correct(fault, form.words.data, **whose)


@of_faults.door(bp, Act.RETURN_FAULT, "/faults/<key>/return")
def send_back(fault: LineFault, form: ReasonForm, **whose: Any) -> None:
    operations.send_back(fault, form.reason.data, **whose)


@of_faults.door(bp, Act.CONFIRM_FAULT, "/faults/<key>/confirm")
def confirm(fault: LineFault, form: ConfirmationForm, **whose: Any) -> None:
    operations.confirm(fault, form.words.data, **whose)


@bp.get("/reach", act=Act.READ_LINES, listed=True)
def reach() -> ResponseReturnValue:
    return pages.reach(current_user, asked_month(), today())


def asked_month() -> Month:
    """The month in the address when it has begun; else this one."""
    this = Month.of(today())
    try:
        month = Month.parse(request.args.get("month", ""))
    except ValueError:
        return this
    return min(month, this)
