"""Bundles at the counter: look for what is alike, compare, bundle or link, undo."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tipline.bundles import operations, pages, queries
from tipline.bundles.forms import BundleForm, LinkForm, NumberForm, PickForm, ReasonForm
from tipline.bundles.models import Bundle, LeadLink
from tipline.kit.db import db
from tipline.kit.errors import NotFound, Refused
from tipline.leads import ledger, panels
from tipline.leads import operations as leads
from tipline.leads import queries as lead_queries
from tipline.leads.models import Lead
from tipline.leads.views import open_to_me
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.models import Officer
from tipline.office.steps import Kept, Steps, tell_done
from tipline.office.time import now

bp = Doors("bundles", __name__, url_prefix="/bundles")


def of_lead(lead: Lead, officer: Officer) -> str:
    """On the page of a lead: of what it is a repeat, how often it was reported, with what it hangs together."""
    return pages.of_lead(lead, officer, now())


panels.on_a_lead.append(of_lead)


@bp.get("/", act=Act.READ_BUNDLES, listed=True)
def index() -> ResponseReturnValue:
    undone = request.args.get("show") == "undone"
    page = queries.page(current_user, undone=undone, after=request.args.get("after"))
    times = queries.times(page.rows, current_user)
    return render_template("bundles/index.html", page=page, times=times, undone=undone, towns=pages.towns())


@bp.get("/<key>", act=Act.READ_BUNDLES)
def show(key: str) -> ResponseReturnValue:
    return pages.render(seen(key), current_user, now())


@bp.post("/<key>/undo", act=Act.UNDO_BUNDLE)
def undo(key: str) -> ResponseReturnValue:
    form = ReasonForm(prefix="undo")

    def deed(bundle: Bundle) -> None:
        operations.undo(bundle, reason=form.reason.data, by=current_user, at=now())

    return at_counter.filled(key, Act.UNDO_BUNDLE, form, deed)


@bp.get("/alike/<key>", act=Act.COMPARE_LEADS)
def alike(key: str) -> ResponseReturnValue:
    """What may be about the same; with a lead that was remembered by its number, where one was."""
    lead, number = open_to_me(key), request.args.get("beside", "")
    return pages.alike(lead, current_user, now(), added=_readable(number) if number else None)


@bp.post("/alike/<key>/find", act=Act.COMPARE_LEADS)
def find(key: str) -> ResponseReturnValue:
    """Put a lead that somebody remembers by its number among the candidates."""
    lead, form = open_to_me(key), NumberForm()
    query = lead_queries.visible_to(current_user).where(Lead.number == (form.number.data or ""), Lead.id != lead.id)
    found = db.session.scalars(query).one_or_none() if form.validate_on_submit() else None
    if found is None:
        flash(_("没有这个编号的线索，或您无权查看。"))
        return redirect(url_for(".alike", key=key))
    if not lead_queries.may_read_content(current_user, found, now()):
        flash(_("%(number)s的内容未向您开放，请先说明理由调阅，再来比对。", number=found.number))
        return redirect(url_for("leads.show", key=found.key))
    return redirect(url_for(".alike", key=key, beside=found.key))


@bp.post("/alike/<key>/compare", act=Act.COMPARE_LEADS)
def pick(key: str) -> ResponseReturnValue:
    """Two to four leads are put side by side under an address of their own."""
    lead = open_to_me(key)
    others = [picked for picked in dict.fromkeys(request.form.getlist("picked")) if picked != lead.key]
    if not pages.AT_ONCE[0] <= len(others) + 1 <= pages.AT_ONCE[1]:
        flash(_("请选取一至三件，与本件并排比对。"))
        return redirect(url_for(".alike", key=key))
    return redirect(url_for(".compare", keys=".".join([lead.key, *others])))


@bp.post("/compare-picked", act=Act.COMPARE_LEADS)
def compare_picked() -> ResponseReturnValue:
    """Leads that were picked in the ledger are put side by side, the oldest first, or it says which cannot be."""
    address: dict[str, Any] = ledger.asked(request.form) | ledger.order_of(request.form)
    back = url_for("leads.index", **address)
    known = lead_queries.visible_to(current_user).where(Lead.key.in_(request.form.getlist("picked")[: ledger.ROWS]))
    found = list(db.session.scalars(known.order_by(None).order_by(Lead.id)))
    wanted = Lead.id.in_([lead.id for lead in found])
    opened = set(db.session.scalars(queries.readable(current_user, now()).where(wanted).with_only_columns(Lead.id)))
    if closed := [lead.number for lead in found if lead.id not in opened]:
        flash(_("%(number)s的内容未向您开放，请先说明理由调阅，再来比对。", number="、".join(closed)), "warning")
        return redirect(back)
    if not pages.AT_ONCE[0] <= len(found) <= pages.AT_ONCE[1]:
        flash(_("请选取二至四件，并排比对。"), "warning")
        return redirect(back)
    return redirect(url_for(".compare", keys=".".join(lead.key for lead in found)))


@bp.get("/compare/<keys>", act=Act.COMPARE_LEADS, traced=True)
def compare(keys: str) -> ResponseReturnValue:
    """Leads side by side. The first reading of each on a day is written in the trail."""
    wanted = list(dict.fromkeys(keys.split(".")))
    if not pages.AT_ONCE[0] <= len(wanted) <= pages.AT_ONCE[1]:
        raise NotFound("没有这个页面，或您无权查看。")
    found = [_readable(key) for key in wanted]
    for lead in found:
        if not lead_queries.read_today(lead, current_user, now()):
            leads.read(lead, by=current_user, at=now())
    page = pages.comparison(found)
    db.session.commit()
    return page


@bp.post("/alike/<key>/bundle", act=Act.BUNDLE_LEADS)
def bundle(key: str) -> ResponseReturnValue:
    lead = open_to_me(key)
    form = BundleForm().among([lead, *_picked(lead, "picked", "primary")])

    def deed() -> str:
        repeats = [one for one in form.leads if one is not form.chosen]
        made = operations.bundle(form.chosen, repeats, reason=form.reason.data, by=current_user, at=now())
        db.session.flush()
        return url_for(".show", key=made.key)

    return _decided(lead, Act.BUNDLE_LEADS, form, deed)


@bp.post("/alike/<key>/link", act=Act.LINK_LEADS)
def link(key: str) -> ResponseReturnValue:
    lead = open_to_me(key)
    form = LinkForm().among(_picked(lead, "picked"))

    def deed() -> str:
        for other in form.leads:
            operations.link(lead, other, form.how, reason=form.reason.data, by=current_user, at=now())
        return url_for("leads.show", key=lead.key)

    return _decided(lead, Act.LINK_LEADS, form, deed)


@bp.post("/links/<key>/unlink", act=Act.UNLINK_LEADS)
def unlink(key: str) -> ResponseReturnValue:
    kept = db.session.scalars(queries.links_seen_by(current_user).where(LeadLink.key == key)).one_or_none()
    if kept is None:
        raise NotFound("没有这个页面，或您无权查看。")
    operations.unlink(kept, by=current_user, at=now())
    one = kept.one.key
    db.session.commit()
    flash(_("已解除关联。"))
    return redirect(url_for("leads.show", key=one))


def _decided(lead: Lead, act: Act, form: PickForm, deed: Callable[[], str]) -> ResponseReturnValue:
    """A decision over several leads: done and committed, or the picks come back with the reason."""
    key, number, status = lead.key, lead.number, 422
    if form.validate_on_submit():
        try:
            onward = deed()
            db.session.commit()
        except Refused as against:
            db.session.rollback()
            form.form_errors.append(said(against.sentence))
            status = against.status
        else:
            tell_done(number, act)
            return redirect(onward)
    return pages.alike(open_to_me(key), current_user, now(), kept=(act, form)), status


def _picked(lead: Lead, *fields: str) -> list[Lead]:
    """The other leads that were picked, each only if its words are open; 404 for anything else."""
    keys = dict.fromkeys(key for field in fields for key in request.form.getlist(field) if key != lead.key)
    return [_readable(key) for key in keys]


def _readable(key: str) -> Lead:
    lead = db.session.scalars(queries.readable(current_user, now()).where(Lead.key == key)).one_or_none()
    if lead is None:
        raise NotFound("没有这个页面，或您无权查看。")
    return lead


def seen(key: str) -> Bundle:
    """The bundle, or a 404 for whoever may not know of its first report."""
    found: Bundle = db.one_or_404(queries.visible_to(current_user).where(Bundle.key == key))
    return found


def page_of(bundle: Bundle, kept: Kept | None) -> str:
    return pages.render(bundle, current_user, now(), kept)


def onward(bundle: Bundle) -> str:
    return url_for(".show", key=bundle.key)


at_counter = Steps(seen, page_of, onward)
