"""The counter, leave and leaving: what an administrator opens, and what the office itself hands on."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotFound
from tipline.office import duty, handing_on, holdings, leaving, time
from tipline.office.charter import Act
from tipline.office.counter import bp
from tipline.office.forms import HandOnForm, LeaveForm
from tipline.office.frame import said
from tipline.office.holdings import Holding
from tipline.office.models import Leaving, Officer
from tipline.office.views_roster import done, listed


@bp.post("/admin/roster/<key>/start-leaving", act=Act.START_LEAVING)
def start_leaving(key: str) -> ResponseReturnValue:
    officer = listed(key)
    leaving.start(officer, by=current_user, at=time.now())
    return done(officer, _("已安排离岗交接，由其单位办理；交接完成后账号自动停用。"))


@bp.post("/admin/roster/<key>/call-off-leaving", act=Act.CALL_OFF_LEAVING)
def call_off_leaving(key: str) -> ResponseReturnValue:
    officer = listed(key)
    standing = leaving.open_one(officer, officer.office)
    if standing is None:
        raise NotFound("没有这个页面，或您无权查看。")
    leaving.call_off(standing, by=current_user, at=time.now())
    return done(officer, _("已取消离岗交接。"))


@bp.post("/admin/roster/<key>/arrange-leave", act=Act.ARRANGE_LEAVE)
def arrange_leave(key: str) -> ResponseReturnValue:
    officer = listed(key)
    mates = duty.colleagues_of(officer)
    form = LeaveForm(prefix="leave").over(mates)
    if not form.validate_on_submit():
        raise Incomplete("休假起止日期不对：止日不早于起日，也不早于今天，最长一年。")
    mate = next((mate for mate in mates if mate.key == form.substitute.data), None)
    duty.take_leave(officer, form.since.data, form.until.data, mate, by=current_user, at=time.now())
    return done(officer, _("休假已登记。来件和催办由在岗人员接收，回避和查阅权限不变。"))


@bp.get("/leaving/", act=Act.READ_LEAVING)
def leaving_page() -> ResponseReturnValue:
    return _page()


def _page(refusal: Incomplete | None = None) -> str:
    leavings = list(db.session.scalars(handing_on.worked_by(current_user)))
    things = {one.key: holdings.held_by(one.officer, one.office, current_user) for one in leavings}
    forms = {thing.key: blank(thing) for held in things.values() for thing in held}
    told = said(refusal.sentence) if refusal else None
    return render_template("office/leaving.html", leavings=leavings, things=things, forms=forms, told=told)


def blank(thing: Holding) -> HandOnForm:
    return HandOnForm(None, prefix=thing.key).over(thing.hands)


@bp.post("/leaving/<key>/<kind>/<thing>/hand-on", act=Act.HAND_ON)
def hand_on(key: str, kind: str, thing: str) -> ResponseReturnValue:
    one = _worked(key)
    held = _held(one, kind, thing)
    form = HandOnForm(prefix=thing).over(held.hands)
    to: Officer | None = next((hand for hand in held.hands if hand.key == form.to.data), None)
    if not form.validate_on_submit() or to is None:
        return _page(Incomplete("请选择本单位可以承办此件的人员。")), 422
    handing_on.hand_on(one, kind, thing, to, by=current_user, at=time.now())
    db.session.commit()
    flash(_("%(number)s已转交%(name)s。", number=held.number, name=to.name))
    return redirect(url_for(".leaving_page"))


@bp.post("/leaving/<key>/complete", act=Act.COMPLETE_LEAVING)
def complete_leaving(key: str) -> ResponseReturnValue:
    one = _worked(key)
    name = one.officer.name
    try:
        handing_on.complete(one, by=current_user, at=time.now())
    except Incomplete as refusal:
        db.session.rollback()
        return _page(refusal), refusal.status
    db.session.commit()
    flash(_("%(name)s的离岗交接已完成。", name=name))
    return redirect(url_for(".leaving_page"))


def _worked(key: str) -> Leaving:
    """The hand-over, if this officer works it; or a 404."""
    found: Leaving = db.one_or_404(handing_on.worked_by(current_user).where(Leaving.key == key))
    return found


def _held(one: Leaving, kind: str, key: str) -> Holding:
    """The thing of that key among what the reader may know of; or a 404."""
    known = holdings.held_by(one.officer, one.office, current_user)
    found = next((thing for thing in known if (thing.kind, thing.key) == (kind, key)), None)
    if found is None:
        raise NotFound("没有这个页面，或您无权查看。")
    return found
