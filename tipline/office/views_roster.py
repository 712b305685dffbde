"""The counter, administration: what one may look after, and the roster."""

from collections.abc import Callable

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from tipline.kit.db import db
from tipline.kit.errors import Incomplete
from tipline.kit.words import Sentence
from tipline.office import duty, kinship, leaving, queries, roster, time
from tipline.office.charter import Act, Role
from tipline.office.counter import bp
from tipline.office.forms import AdmitForm, LeaveForm, NameForm, PostForm
from tipline.office.frame import said
from tipline.office.models import Kin, Office, Officer
from tipline.office.seats import Relation

LONGEST_NAME = 40
ROLES = {role.value: role for role in Role}
RELATIONS = {relation.value: relation for relation in Relation}

PLACES: tuple[tuple[str, Sentence, Sentence], ...] = (
    ("office.roster_page", Sentence("名册"), Sentence("谁在哪个单位、什么岗位；新增、定岗、停用和重置密码。")),
    ("office.kin", Sentence("近亲属申报"), Sentence("核实人员申报的近亲属；核实后才据以回避。")),
    ("office.calendar_page", Sentence("工作日历"), Sentence("每年的放假和调休；期限按它数工作日。")),
    ("clock.index", Sentence("运行状态"), Sentence("时钟、邮件和备份是否正常。")),
    ("clock.letters", Sentence("发件情况"), Sentence("哪些函件待发、已发、没有发出去。")),
    ("office.trail", Sentence("留痕"), Sentence("核验留痕是否完整；审计员查看和导出。")),
    ("office.rules", Sentence("规则"), Sentence("现行的分送规则、时限和催报办法，各有依据。")),
    ("office.components", Sentence("页面组件"), Sentence("页面上的每一种东西，亮、暗、中文、英文各是什么样子。")),
    ("office.account", Sentence("本人账号"), Sentence("密码、登录的各处和近亲属申报。")),
)
"""What can be looked after: door, name, and what it is for. Shown to whoever may enter."""


@bp.get("/admin", act=Act.KEEP_OWN_ACCOUNT)
def admin() -> ResponseReturnValue:
    doors = current_app.view_functions
    mine = [(endpoint, said(name), said(words)) for endpoint, name, words in PLACES if _open(doors.get(endpoint))]
    waiting = queries.unseated() if current_user.may(Act.MOVE_OFFICER) else 0
    return render_template("office/admin.html", places=mine, waiting=waiting)


def _open(door: Callable[..., object] | None) -> bool:
    return door is not None and current_user.may(getattr(door, "act", None))


@bp.get("/admin/roster", act=Act.READ_ROSTER)
def roster_page() -> ResponseReturnValue:
    office = request.args.get("office")
    seats, after = queries.roster_page(office=office, after=request.args.get("after"))
    return _roster(seats, after=after, office=office)


@bp.post("/admin/roster/search", act=Act.READ_ROSTER)
def find_officers() -> ResponseReturnValue:
    """Officers by a part of their name: names stay out of addresses."""
    words = request.form.get("words", "").strip()[:LONGEST_NAME]
    return _roster(queries.roster_found(words), words=words) if words else redirect(url_for("office.roster_page"))


def _roster(seats: list[queries.Seat], **more: str | None) -> str:
    told = {"after": None, "office": None, "words": None} | more
    return render_template("office/roster.html", seats=seats, offices=_signing_offices(), **told)


def _signing_offices() -> list[Office]:
    return [office for office in roster.offices() if office.signs_in]


@bp.get("/admin/roster/admit", act=Act.ADMIT_OFFICER)
def admit() -> ResponseReturnValue:
    return render_template("office/admit.html", form=AdmitForm.over(_signing_offices()))


@bp.post("/admin/roster/admit", act=Act.ADMIT_OFFICER)
def admit_officer() -> ResponseReturnValue:
    offices = _signing_offices()
    form = AdmitForm.over(offices)
    if not form.validate_on_submit():
        return render_template("office/admit.html", form=form), 422
    officer = roster.new_officer(
        form.login.data,
        form.name.data,
        ROLES[form.role.data],
        _chosen(offices, form.office.data),
        title=form.title.data,
        email=form.email.data or None,
    )
    try:
        password = roster.admit(officer, by=current_user, at=time.now())
    except Incomplete as refusal:
        form.form_errors.append(said(refusal.sentence))
        return render_template("office/admit.html", form=form), refusal.status
    return _password_shown_once(officer, password)


def _chosen(offices: list[Office], code: str) -> Office:
    return next(office for office in offices if office.code == code)


def _password_shown_once(officer: Officer, password: str) -> ResponseReturnValue:
    """The only page that ever shows it: it is kept nowhere, not even in the address or a cookie."""
    seated = roster.is_seated(officer)
    db.session.commit()
    return render_template("office/password_once.html", officer=officer, password=password, seated=seated)


@bp.get("/admin/roster/<key>", act=Act.READ_ROSTER)
def officer(key: str) -> ResponseReturnValue:
    return _officer_page(listed(key))


def listed(key: str) -> Officer:
    """The officer on the roster, or a 404; the clock is not a person."""
    found: Officer = db.one_or_404(select(Officer).where(Officer.key == key, Officer.role != Role.CLOCK))
    return found


def _officer_page(officer: Officer, post: PostForm | None = None, name: NameForm | None = None) -> str:
    return render_template(
        "office/officer.html",
        officer=officer,
        seated=roster.is_seated(officer),
        posts=roster.posts_of(officer),
        post=post or PostForm.over(_signing_offices(), officer, formdata=None),
        name=name or NameForm(formdata=None, name=officer.name, prefix="named"),
        leaving=leaving.open_one(officer, officer.office),
        leave=LeaveForm(None, prefix="leave").over(duty.colleagues_of(officer)),
        leaves=duty.leaves_of(officer, time.today()),
    )


@bp.post("/admin/roster/<key>/move", act=Act.MOVE_OFFICER)
def move(key: str) -> ResponseReturnValue:
    officer, offices = listed(key), _signing_offices()
    form = PostForm.over(offices, officer)
    if not form.validate_on_submit():
        return _officer_page(officer, post=form), 422
    office = _chosen(offices, form.office.data)
    roster.move(
        officer,
        ROLES[form.role.data],
        office,
        title=form.title.data,
        heads=form.heads.data,
        by=current_user,
        at=time.now(),
    )
    return done(officer, _("已定岗：%(name)s", name=officer.name))


@bp.post("/admin/roster/<key>/rename", act=Act.MOVE_OFFICER)
def rename(key: str) -> ResponseReturnValue:
    officer, form = listed(key), NameForm(prefix="named")
    if not form.validate_on_submit():
        return _officer_page(officer, name=form), 422
    roster.rename(officer, form.name.data, by=current_user, at=time.now())
    return done(officer, _("姓名已更正：%(name)s", name=officer.name))


@bp.post("/admin/roster/<key>/disable", act=Act.DISABLE_OFFICER)
def disable(key: str) -> ResponseReturnValue:
    officer = listed(key)
    roster.disable(officer, by=current_user, at=time.now())
    return done(officer, _("已停用：%(name)s", name=officer.name))


@bp.post("/admin/roster/<key>/enable", act=Act.ENABLE_OFFICER)
def enable(key: str) -> ResponseReturnValue:
    officer = listed(key)
    return _password_shown_once(officer, roster.enable(officer, by=current_user, at=time.now()))


@bp.post("/admin/roster/<key>/reset-password", act=Act.RESET_PASSWORD)
def reset_password(key: str) -> ResponseReturnValue:
    officer = listed(key)
    return _password_shown_once(officer, roster.reset_password(officer, by=current_user, at=time.now()))


@bp.get("/admin/kin", act=Act.CONFIRM_KIN)
def kin() -> ResponseReturnValue:
    """The declared relatives that wait for a second person."""
    found = list(db.session.scalars(kinship.to_vouch_for(current_user)))
    named = kinship.reads_names(current_user)
    return render_template("office/kin.html", found=found, named=named, relations=RELATIONS)


@bp.post("/admin/kin/<key>/confirm-kin", act=Act.CONFIRM_KIN)
def confirm_kin(key: str) -> ResponseReturnValue:
    return _vouched(key, kinship.confirm)


@bp.post("/admin/kin/<key>/decline-kin", act=Act.DECLINE_KIN)
def decline_kin(key: str) -> ResponseReturnValue:
    return _vouched(key, kinship.decline)


def _vouched(key: str, deed: Callable[..., None]) -> ResponseReturnValue:
    found: Kin = db.one_or_404(kinship.to_vouch_for(current_user).where(Kin.key == key))
    deed(found, by=current_user, at=time.now())
    db.session.commit()
    flash(_("已办。"))
    return redirect(url_for(".kin"))


def done(officer: Officer, words: str) -> ResponseReturnValue:
    """Committed, told, and back to the officer's page."""
    db.session.commit()
    flash(words)
    return redirect(url_for(".officer", key=officer.key))
