"""The ledger at the counter: lists, search, one lead, its reporter."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from tipline.kit import sheets
from tipline.kit.db import db, writing
from tipline.kit.errors import NotFound, NotPermitted, Refused
from tipline.leads import columns, exporting, ledger, operations, panels, queries, ready, saved, walls
from tipline.leads import signals as _signals  # noqa: F401 (what this room tells of towns)
from tipline.leads.forms import AmendForm, ReasonForm, ReporterForm, ViewForm
from tipline.leads.models import Lead, PersonVersion
from tipline.leads.search import find
from tipline.office import editions, glance, roster, sessions
from tipline.office.charter import Act
from tipline.office.doors import Doors
from tipline.office.frame import said
from tipline.office.models import Entry
from tipline.office.queries import trail_of
from tipline.office.time import machine_now, now, today

bp = Doors("leads", __name__, url_prefix="/leads")

MIMES = {"csv": "text/csv", "xlsx": sheets.MIME}
LONGEST_QUERY = 100


@bp.get("/", act=Act.READ_LEDGER)
def index() -> ResponseReturnValue:
    return ledger_page(request.args)


def ledger_page(address: Mapping[str, str], kept: ViewForm | None = None) -> str:
    """The ledger as the address asks for it; `kept` is the name of a view that came back."""
    filters, order, views = ledger.asked(address), ledger.order_of(address), saved.known_to(current_user)
    asked = columns.read(address.get("columns", ""))
    shown = asked or saved.columns_of(views, current_user)
    here = filters | order | ({"columns": columns.written(asked)} if asked else {})
    offered = ready.of(current_user)
    page = ledger.page(
        current_user, filters, after=address.get("after", ""), before=address.get("before", ""), oldest=bool(order)
    )
    named = [view for view in views if view.name_sealed is not None]
    whole = filters | order | {"columns": columns.written(shown)}
    alike = [view for view in named if view.address == whole]
    view = next((view for view in alike if view.owner_id == current_user.id), next(iter(alike), None))
    return render_template(
        "leads/index.html",
        page=page,
        filters=filters,
        here=here,
        whole=whole,
        without=_without,
        oldest=bool(order),
        columns=shown,
        names=columns.NAMES,
        offered=columns.offered(shown),
        moved=address.get("moved", ""),
        ready=list(zip(offered, ledger.counts(current_user, [address for _, address in offered]), strict=True)),
        views=list(zip(named, ledger.counts_of_newest(current_user, [one.address for one in named]), strict=True)),
        most=ledger.FIGURE,
        asked_for=filters | order,
        view=view,
        kept=kept,
        new_view=ViewForm(None, prefix="view"),
        renaming=ViewForm(None, prefix="rename", name=view.name if view else ""),
        notice=editions.of(filters.get("campaign", "")),
        notices=editions.campaigns(),
        towns=roster.towns(),
        states=ledger.STATES,
    )


def _without(address: dict[str, str], name: str) -> dict[str, str]:
    """The address without one of its parts."""
    return {other: value for other, value in address.items() if other != name}


@bp.post("/export", act=Act.EXPORT_LEDGER)
def export() -> ResponseReturnValue:
    """The list as it stands, without a cap."""
    kind = "csv" if request.form.get("format") == "csv" else "xlsx"
    filters = ledger.asked(request.form)
    file = exporting.export(current_user, filters, kind, editions.of(filters.get("campaign", "")), at=now())
    db.session.commit()
    name = f"{_('线索台账')}-{today():%Y%m%d}.{kind}"
    return send_file(file, MIMES[kind], as_attachment=True, download_name=name)


@bp.post("/search", act=Act.READ_LEDGER)
def search() -> ResponseReturnValue:
    """Words a person is searched by come by post, so that they stand in no address and no log."""
    words = request.form.get("q", "").strip()[:LONGEST_QUERY]
    before = _one_of_mine(request.form.get("before", ""))
    campaign = ledger.asked(request.form).get("campaign", "")
    within = [ledger.FILTERS["campaign"](campaign)] if campaign else []
    found = find(words, current_user, now(), limit=ledger.ROWS + 1, before=before, within=within)
    more, found = len(found) > ledger.ROWS, found[: ledger.ROWS]
    places = {place.code: place.name for place in [*roster.towns(), *roster.villages()]}
    return render_template(
        "leads/search.html",
        words=words,
        papers=[Markup(paper) for find_by in panels.on_a_search if (paper := find_by(words, current_user))],  # noqa: S704
        found=found,
        more=more,
        places=places,
        campaign=campaign,
        notices=editions.campaigns(),
    )


@bp.get("/<key>", act=Act.READ_LEAD)
def show(key: str) -> ResponseReturnValue:
    """The shell, or the words where they are open. A page that was read today takes no writer's place."""
    lead = seen(key)
    if not queries.read_today(lead, current_user, now()):
        with writing():
            operations.read(seen(key), by=current_user, at=now())
        lead = seen(key)
    return lead_page(lead)


def _told(lead: Lead) -> glance.Told:
    return Entry.paper == lead.ref


def _lying_open(key: str) -> tuple[str, glance.Told]:
    lead = seen(key)
    return lead.ref, _told(lead)


glance.hang(bp, Act.READ_LEAD, _lying_open)


@bp.post("/<key>/open-content", act=Act.OPEN_CONTENT)
def open_content(key: str) -> ResponseReturnValue:
    lead, form = seen(key), ReasonForm(prefix="open")

    def deed() -> None:
        operations.open_content(lead, reason=form.reason.data, by=current_user, at=now())

    return _done(lead, form, deed, _("已调阅，30分钟内可看。"), "open_content")


@bp.post("/<key>/amend", act=Act.AMEND_LEAD)
def amend(key: str) -> ResponseReturnValue:
    lead, form = open_to_me(key), AmendForm(prefix="amend")

    def deed() -> None:
        knew = int(form.knew.data) if form.knew.data else None
        operations.amend(lead, form.narrative.data, reason=form.reason.data, by=current_user, at=now(), knew=knew)

    return _done(lead, form, deed, _("已补正，原文保留。"), "amend")


@bp.post("/<key>/void", act=Act.VOID_LEAD)
def void(key: str) -> ResponseReturnValue:
    lead, form = open_to_me(key), ReasonForm(prefix="void")

    def deed() -> None:
        operations.void(lead, reason=form.reason.data, by=current_user, at=now())

    return _done(lead, form, deed, _("已作废，编号和内容保留。"), "void")


@bp.post("/<key>/people/<person>/clear-namesake", act=Act.CLEAR_NAMESAKE)
def clear_namesake(key: str, person: str) -> ResponseReturnValue:
    lead, form = seen(key), ReasonForm(prefix=f"clear-{person}")
    named = next((one for one in lead.people if one.key == person), None)
    if named is None:
        raise NotFound("没有这个页面，或您无权查看。")

    def deed() -> None:
        operations.clear_namesake(named, reason=form.reason.data, by=current_user, at=now())

    return _done(lead, form, deed, _("已排除同名。"), f"clear-{person}")


@bp.post("/<key>/reporter", act=Act.READ_REPORTER)
def reporter(key: str) -> ResponseReturnValue:
    """Who reported, on this one answer and no other; with a reason, and the password given anew."""
    lead, form = open_to_me(key), ReporterForm(prefix="reporter")
    if not form.validate_on_submit():
        return lead_page(lead, reporter=form), 422
    try:
        sessions.confirm(current_user, form.password.data, at=machine_now())
    except NotPermitted as refusal:
        db.session.commit()
        form.password.errors = [said(refusal.sentence)]
        return lead_page(lead, reporter=form), 403
    shown = operations.reveal_reporter(lead, reason=form.reason.data, by=current_user, at=now())
    back = url_for(".show", key=key)
    page = render_template("leads/reporter.html", number=lead.number, shown=shown, back=back)
    db.session.commit()
    return page


def _done(lead: Lead, form: ReasonForm, deed: Callable[[], object], told: str, name: str) -> ResponseReturnValue:
    """A deed with a reason: back to the form when something is missing, else done, committed, told."""
    key = lead.key
    if not form.validate_on_submit():
        return lead_page(lead, **{name: form}), 422
    try:
        deed()
    except Refused as refusal:
        if refusal.status not in {409, 422}:
            raise
        db.session.rollback()
        again = seen(key)
        form.reason.errors = [said(refusal.sentence)]
        if isinstance(form, AmendForm):
            form.knew.data = str(len(again.versions))
        return lead_page(again, **{name: form}), refusal.status
    db.session.commit()
    flash(told)
    return redirect(url_for(".show", key=key))


def seen(key: str) -> Lead:
    """The lead, or a 404 for whoever may not know of it."""
    lead = _one_of_mine(key)
    if lead is None:
        raise NotFound("没有这个页面，或您无权查看。")
    editions.choose(lead.notice)
    return lead


def open_to_me(key: str) -> Lead:
    """The lead, if its words are open as well; whoever sees the shell only may not touch what is in it."""
    lead = seen(key)
    if not queries.may_read_content(current_user, lead, now()):
        raise NotPermitted("内容未向您开放，请先说明理由调阅。")
    return lead


def _one_of_mine(key: str) -> Lead | None:
    return db.session.scalars(queries.visible_to(current_user).where(Lead.key == key)).one_or_none() if key else None


def _versions_of(lead: Lead) -> dict[int, list[PersonVersion]]:
    """By person, how they stood before corrections."""
    found: dict[int, list[PersonVersion]] = defaultdict(list)
    for version in walls.versions_of(lead):
        found[version.person_id].append(version)
    return found


def lead_page(lead: Lead, anew: Mapping[panels.Panel, str] = MappingProxyType({}), **refused: Any) -> str:
    """The page of a lead; `refused` are forms that came back with something missing, `anew` are parts of rooms above
    that they have drawn with such a form in them. The first reading of the day is written in the trail.
    """
    if not queries.read_today(lead, current_user, now()):
        operations.read(lead, by=current_user, at=now())
        db.session.commit()
    opened = queries.may_read_content(current_user, lead, now())
    clearing = current_user.may(Act.CLEAR_NAMESAKE)
    alike = walls.namesakes(lead.people) if clearing else {}
    versions = _versions_of(lead) if opened else {}
    forms: dict[str, Any] = {
        "open_content": ReasonForm(prefix="open", formdata=None),
        "amend": AmendForm(
            prefix="amend", formdata=None, narrative=lead.narrative if opened else None, knew=len(lead.versions)
        ),
        "void": ReasonForm(prefix="void", formdata=None),
        "reporter": ReporterForm(prefix="reporter", formdata=None),
        **{f"clear-{person}": ReasonForm(prefix=f"clear-{person}", formdata=None) for person in alike},
        **refused,
    }
    return render_template(
        "leads/show.html",
        lead=lead,
        opened=opened,
        forms=forms,
        alike=alike,
        versions=versions,
        places={place.code: place.name for place in [*roster.towns(), *roster.villages()]} if versions else {},
        notices=editions.campaigns(),
        has_reporter=queries.has_reporter(lead),
        may_open=lead.office_id == current_user.office_id,
        may_ask=operations.may_ask_for_reporter(lead, current_user),
        panels=[Markup(anew.get(part) or part(lead, current_user)) for part in panels.on_a_lead],  # noqa: S704
        lines=trail_of(lead, with_notes=False),
        others=glance.of_others(_told(lead), current_user),
        town=next((town for town in roster.towns() if town.code == lead.town_code), None),
    )


panels.hosts["leads"] = panels.Host(Act.READ_LEAD, seen, lead_page)
