"""What every page shares: words in the reader's language, the rail, the strip, the headers."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import flask_babel
from flask import (
    Flask,
    Response,
    abort,
    current_app,
    g,
    has_request_context,
    redirect,
    request,
    url_for,
)
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from flask_login import current_user

from tipline.kit.dates import day_of, local
from tipline.kit.db import reading
from tipline.kit.words import Bilingual, Labelled, Sentence
from tipline.law.notice import Notice
from tipline.office import editions, sessions, time
from tipline.office.charter import Act
from tipline.office.models import Officer

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "X-Robots-Tag": "noindex, nofollow",
}

FIRST_THINGS = {"office.password", "office.change_password", "office.sign_out"}
"""All that somebody may do who still has the password they were handed."""

ROOMS: tuple[tuple[str, Sentence, str, tuple[Act, ...]], ...] = (
    ("desk.index", Sentence("我的待办"), "desk", (Act.READ_DESK,)),
    ("intake.new", Sentence("登记"), "register", (Act.REGISTER_LEAD,)),
    ("leads.index", Sentence("线索台账"), "ledger", (Act.READ_LEDGER,)),
    ("referrals.index", Sentence("办理"), "referrals", (Act.READ_REFERRALS,)),
    ("eligibility.index", Sentence("资格复核"), "people", (Act.READ_REVIEWS,)),
    ("replies.code", Sentence("凭码查询"), "phone", (Act.LOOK_UP_CODE,)),
    ("replies.check_ins", Sentence("回访"), "help", (Act.RECORD_CHECK_IN,)),
    ("supervision.index", Sentence("督办"), "supervision", (Act.READ_SUPERVISION,)),
    ("letters.index", Sentence("公函"), "send", (Act.READ_LETTERS,)),
    ("duties.index", Sentence("报送任务"), "calendar", (Act.READ_DUTIES,)),
    ("typical_cases.index", Sentence("典型案例"), "cases", (Act.READ_TYPICAL_CASES,)),
    ("screening.index", Sentence("排查"), "screening", (Act.READ_SCREENING_TOTALS,)),
    ("publicity.index", Sentence("公示"), "oversight", (Act.READ_POSTINGS,)),
    ("hotline.index", Sentence("举报电话"), "megaphone", (Act.READ_LINES,)),
    ("relatives.index", Sentence("备案与比对"), "link", (Act.READ_REGISTERS,)),
    ("inspections.index", Sentence("督查"), "building", (Act.READ_FINDING,)),
    ("learning.index", Sentence("问责与改进"), "hand", (Act.READ_IMPROVEMENTS,)),
    ("reports.index", Sentence("统计"), "reports", (Act.READ_STATISTICS,)),
    ("office.trail", Sentence("留痕"), "trail", (Act.READ_TRAIL, Act.VERIFY_TRAIL)),
    ("office.admin", Sentence("管理"), "admin", (Act.READ_ROSTER, Act.EDIT_CALENDAR, Act.READ_STATUS)),
)
"""The rail: endpoint, word, icon, and the acts any one of which opens the room."""

PARTS = ("desk.index", "duties.index", "reports.index")
"""With which room a part of the rail begins: leads, the campaign, what stands over both."""


INSIDE = {"clock": "office", "circulars": "typical_cases"}
"""Rooms without a line of their own: the machine's state is under administration, circulars under their cases."""

SEARCHES = (("referrals.search", Act.SIGN_FOR), ("leads.search", Act.READ_LEDGER), ("desk.go", Act.READ_DESK))
"""Where the box looks: a discipline body among what was handed to it, others in the ledger, the rest for a page."""


@dataclass(frozen=True)
class Alarm:
    """Something wrong with the machine, on a strip over every page."""

    tone: str
    text: Sentence
    endpoint: str | None = None


@dataclass(frozen=True)
class RailRoom:
    """One line of the rail."""

    endpoint: str
    label: str
    icon: str
    current: bool
    part: int
    count: int | None = None


@dataclass(frozen=True)
class Reader:
    """Who is signed in, as the frame names them."""

    name: str
    office_name: str
    role_label: str


@dataclass(frozen=True)
class Frame:
    """All that the layout asks for."""

    rooms: list[RailRoom]
    officer: Reader | None
    due_today: int
    alarms: list[Any]
    rehearsal: date | None
    language: str
    other_language: str
    search_endpoint: str | None
    trace: str


def said(value: object) -> str:
    """A value in the reader's language: words, sentences with their values, days, plain text."""
    if value is None:
        return ""
    if isinstance(value, Labelled):
        return str(gettext(value.label))
    if isinstance(value, Bilingual):
        return value.en if language() == "en" else value.zh
    if isinstance(value, Sentence):
        return str(gettext(value.text)) % {name: said(part) for name, part in value.values.items()}
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return str(value)


def day(value: date | None) -> str:
    """2018年6月4日 or 4 Jun 2018; this year's days too carry their year, for paper outlives it.

    Of a moment it is the office's day: what came before eight in the morning is not of the day before.
    """
    if value is None:
        return ""
    value = day_of(value) if isinstance(value, datetime) else value
    pattern = "d MMM y" if language() == "en" else "y年M月d日"
    return str(flask_babel.format_date(value, pattern, rebase=False))


def moment(value: datetime | None) -> str:
    """A day with its time on the office's wall clock."""
    return "" if value is None else f"{day(local(value).date())} {local(value):%H:%M}"


def figure(value: float | None) -> str:
    """A number with its thousands."""
    return "—" if value is None else f"{value:,}"


def yuan(fen: int | None) -> str:
    """Money kept in 分, shown in yuan to the cent."""
    return "—" if fen is None else f"{fen // 100:,}.{fen % 100:02d}"


def language() -> str:
    """`zh` or `en`, for this reader."""
    return "en" if str(get_locale() or "zh").startswith("en") else "zh"


def _choose_locale() -> str:
    chosen = g.get("letters_in") or (cookie.get("language") if has_request_context() else "zh")
    if chosen is None and isinstance(current_user, Officer):
        chosen = current_user.language
    return "en" if chosen == "en" else "zh_Hans_CN"


def _asset(name: str) -> str:
    """The address of a static file, which changes when the file does."""
    known: dict[tuple[str, str], str] = current_app.extensions.setdefault("assets", {})
    asset = request.root_path, name
    if asset not in known or current_app.debug:
        content = (Path(current_app.static_folder or "") / name).read_bytes()
        known[asset] = url_for("static", filename=name, v=hashlib.sha256(content).hexdigest()[:12])
    return known[asset]


def _rooms() -> list[RailRoom]:
    """The rooms this reader may enter, as far as they are built into this house."""
    if not current_user.is_authenticated:
        return []
    here, built = _room_of("" if g.get("nowhere") else request.endpoint or ""), current_app.view_functions
    part, found = -1, []
    for endpoint, word, icon, acts in ROOMS:
        part += endpoint in PARTS
        if endpoint in built and any(current_user.may(act) for act in acts):
            found.append(RailRoom(endpoint, said(word), icon, current=_room_of(endpoint) == here, part=part))
    return found


def _room_of(endpoint: str) -> str:
    """The room a page belongs to: its blueprint's; the office's own pages are the trail or administration."""
    room, _, page = endpoint.partition(".")
    if room == "office" and page.endswith("trail"):
        return "trail"
    return INSIDE.get(room, room)


def _frame(alarms: Iterable[Callable[[], Iterable[Alarm]]], due_today: Callable[[Officer, date], int]) -> Frame:
    officer = current_user if current_user.is_authenticated else None
    told = [alarm for ask in alarms for alarm in ask()] if officer else []
    stand = time.today() if time.rehearsing() else None
    tongue = language()
    return Frame(
        rooms=_rooms(),
        officer=Reader(officer.name, said(officer.office.name), said(officer.role)) if officer else None,
        due_today=due_today(officer, time.today()) if officer else 0,
        alarms=[
            {"tone": alarm.tone, "text": said(alarm.text), "endpoint": _if_allowed(alarm.endpoint)} for alarm in told
        ],
        rehearsal=stand,
        language=tongue,
        other_language="zh" if tongue == "en" else "en",
        search_endpoint=next((door for door, act in SEARCHES if officer and officer.may(act)), None),
        trace=f"{officer.login} {moment(time.now())}" if officer else "",
    )


def _if_allowed(endpoint: str | None) -> str | None:
    """Only a reader who may enter a door is shown the way to it."""
    act = getattr(current_app.view_functions.get(endpoint or ""), "act", None)
    return endpoint if act is not None and current_user.may(act) else None


def _campaigns() -> list[tuple[Notice, str, bool]]:
    """The notices between which this page lets one choose: each with its address and whether one works by it."""
    room = current_app.blueprints.get(request.blueprint or "")
    if not getattr(room, "by_campaign", False) or len(editions.in_force()) < 2:
        return []
    current, index = editions.notice(), _first_page()
    return [(one, url_for(index, campaign=one.key), one.key == current.key) for one in editions.campaigns()]


def _is_sheet() -> bool:
    """Whether this page is a list that the reader may take along as a sheet."""
    listed = getattr(current_app.view_functions.get(request.endpoint or ""), "listed", False)
    return listed and bool(current_user.may(Act.EXPORT_LIST))


def _first_page() -> str:
    """The door by which the rail opens the room of this page, else its index."""
    room = f"{request.blueprint}."
    return next((endpoint for endpoint, *_ in ROOMS if endpoint.startswith(room)), f"{room}index")


def _before() -> ResponseReturnValue | None:
    """Pages are read and deeds are posted; there is no third way in, and no way round a handed-out password."""
    if request.method not in ("GET", "POST"):
        abort(405)
    if "\0" in request.path or b"%00" in request.query_string:
        abort(404)  # no row has it, and PostgreSQL does not even let one ask
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method == "GET" and not getattr(view, "traced", False) and request.endpoint != "static":
        reading()
    if getattr(view, "act", None) is None or request.endpoint in FIRST_THINGS:
        return None
    if current_user.is_authenticated and current_user.must_change_password:
        return redirect(url_for("office.password"))
    return None


def _after(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint == "static":
        return response
    response.headers["Cache-Control"] = "no-store"
    sessions.touch(time.machine_now())
    return response


def install(
    app: Flask, *, alarms: list[Callable[[], Iterable[Alarm]]], due_today: Callable[[Officer, date], int]
) -> flask_babel.Babel:
    """Hang the frame on the app: filters, context, headers."""
    app.jinja_env.filters |= {"label": said, "day": day, "moment": moment, "figure": figure, "yuan": yuan}
    app.jinja_env.globals |= {"asset": _asset, "Act": Act, "campaigns": _campaigns, "is_sheet": _is_sheet}
    app.context_processor(lambda: {"frame": LazyFrame(lambda: _frame(alarms, due_today))})
    app.before_request(_before)
    app.after_request(_after)
    return flask_babel.Babel(app, locale_selector=_choose_locale, default_domain="messages")


class LazyFrame:
    """The frame, worked out once and only for pages that show it."""

    def __init__(self, build: Callable[[], Frame]) -> None:
        self._build = build

    def __getattr__(self, name: str) -> Any:
        if "frame" not in g:
            g.frame = self._build()
        return getattr(g.frame, name)
