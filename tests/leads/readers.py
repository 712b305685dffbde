"""All that one reader can get: pages, searches, files, mails, and what answers to the addresses of others' papers."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import BuildError, RequestRedirect

from tests import make
from tests.conftest import Browser, timeless
from tipline.kit.db import Keyed, Model, db
from tipline.office.models import Letter, Officer

QUERIES = ("佘仁杰", "社人节", "srj", "sherenjie", "镇", "MZ2018-0002", "低保", "不存在")
MASKS = re.compile(r'((?:name="(?:token|window)"[^>]*value|name="pass_"[^>]*value)=)"[^"]*"')
STAMPS = re.compile(
    r"<dcterms:(?:created|modified)[^>]*>[^<]*|<dt>Word SHA-256</dt><dd>.*?</dd>|(?<=留痕末端：)[0-9a-f]{16}$",
    re.MULTILINE,
)
"""When an office document was packed, by the machine's own clock, and the hash of that, while its parts are compared;
and the hash of the last line of the trail, which without its number tells nothing."""

OUTBOX = re.compile(r'<p class="strip [a-z]+">.*?</p>\s*', re.DOTALL)
"""Whoever keeps the machine must see that letters wait, and so how many: a count over all rooms and all towns.
Their strip, and the pages of the clock that only they open, are therefore left out."""

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"')
PLACE = re.compile(r'\b(?:href|action|formaction)="([^"]+)"')
LIST = re.compile(r'name="list" value="([^"]+)"')
GLANCE = re.compile(r'\bdata-glance="([^"]+)"')
NOT_READ = ("clock.", "static", "office.health")
OF_A_KIND = 3
"""So many pages behind one door are enough."""
FILES = {
    "leads.export": [{"format": "csv"}, {"format": "xlsx"}],
    "reports.export": [{}],
    "letters.print_copy": [{"form": "pdf"}, {"form": "docx"}],
    "evidence.download": [{}],
}
"""Deeds that give out a file, and how each is asked."""

Got = dict[str, str]
Ask = tuple[str, dict[str, str]]


def signed_in(app: Flask, login: str) -> FlaskClient:
    app.test_client_class = Browser
    browser = app.test_client()
    assert browser.post("/sign-in", data={"login": login, "password": make.PASSWORD}).status_code == 302
    return browser


def everything(
    app: Flask, login: str, knocks: Iterable[str] = (), asks: Iterable[Ask] = (), *, of_a_kind: int = OF_A_KIND
) -> Got:
    """All that one reader can get. `knocks` are addresses of papers that they may not know of, `asks` are codes."""
    with app.app_context():
        browser = signed_in(app, login)
        got = pages(app, browser, of_a_kind)
        places = dict.fromkeys(place for text in got.values() for place in PLACE.findall(text))
        got |= files(app, browser, map(unescape, places))
        got |= sheets(browser, got.values())
        got |= {f"search {q}": shown(browser.post("/leads/search", data={"q": q})) for q in QUERIES}
        got |= {f"referrals {q}": shown(browser.post("/referrals/search", data={"q": q})) for q in QUERIES[:3]}
        got |= {f"ways {q}": shown(browser.post("/desk/ways", data={"q": q})) for q in (*QUERIES, "2018", "0")}
        got |= {f"panel {q}": shown(browser.post("/intake/preview", data=looked_for(q))) for q in QUERIES[:2]}
        picked = {"picked": [*keys_in("leads", knocks)[:12], *keys_in("leads", got.values())[:2]]}
        got["compare picked"] = shown(browser.post("/bundles/compare-picked", data=picked))
        picked = {"picked": [*keys_in("referrals", knocks)[:12], *keys_in("referrals", got.values())[:12]]}
        for deed in ("hand-over", "sign-for"):
            got[f"together {deed}"] = shown(browser.post(f"/referrals/{deed}/preview", data=picked))
        glances = dict.fromkeys(place for text in got.values() for place in GLANCE.findall(text))
        got |= {f"glance {place}": shown(browser.post(place, data={"since": "0"})) for place in glances}
        for method, place in knocks_of(app, login, knocks):
            got[f"{method} {place}"] = shown(browser.open(place, method=method))
        got |= {f"ask {place} {told}": shown(browser.post(place, data=told)) for place, told in asks}
        return got | mails(login)


def keys_in(room: str, texts: Iterable[str]) -> list[str]:
    """The keys of the papers of a room that these pages or addresses speak of."""
    return sorted({key for text in texts for key in re.findall(rf"/{room}/([2-9a-z]{{17}})\b", text)})


def knocks_of(app: Flask, login: str, knocks: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The addresses whose door the reader may enter at all, and how each is entered."""
    officer = db.session.scalars(select(Officer).filter_by(login=login)).one()
    for place in knocks:
        for method in ("GET", "POST"):
            endpoint = endpoint_of(app, place, method)
            if endpoint and officer.may(app.view_functions[endpoint].act):  # type: ignore[attr-defined]
                yield method, place


def pages(app: Flask, browser: FlaskClient, of_a_kind: int = OF_A_KIND, within: str = "/") -> Got:
    """Every page without a key, and the pages that links lead to from there; `within` is how addresses begin."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    doors = (rule.rule for rule in rules if not rule.endpoint.startswith(NOT_READ))
    waiting = sorted(door for door in doors if door.startswith(within))
    seen, met = set(waiting), dict[str, int]()
    got = {}
    for here in waiting:
        got[here] = text = shown(browser.get(here))
        for link in LINK.findall(text):
            there = urljoin(here, unescape(link)).partition("#")[0]
            endpoint = endpoint_of(app, there, "GET")
            if endpoint and there.startswith(within) and there not in seen and met.setdefault(endpoint, 0) < of_a_kind:
                seen.add(there)
                met[endpoint] += 1
                waiting.append(there)
    return got


def files(app: Flask, browser: FlaskClient, places: Iterable[str]) -> Got:
    """Every file that a page offers."""
    got = {}
    for place in places:
        for asked in FILES.get(endpoint_of(app, place, "POST") or "", ()):
            got[f"file {place} {asked}"] = shown(browser.post(place, data=asked))
    return got


def sheets(browser: FlaskClient, texts: Iterable[str]) -> Got:
    """Every list of these pages that may be taken along, as its sheet."""
    lists = dict.fromkeys(unescape(place) for text in texts for place in LIST.findall(text))
    return {f"sheet {place}": shown(browser.post("/lists/export", data={"list": place})) for place in lists}


def mails(login: str) -> Got:
    """The letters to the officer, and those to the box of the office, which everybody there reads."""
    officer = db.session.scalars(select(Officer).filter_by(login=login)).one()
    query = select(Letter).where(Letter.address.in_([officer.email, officer.office.email])).order_by(Letter.id)
    return {
        f"mail {number} {letter.subject}": f"{letter.written_at} {letter.address} {letter.enclosure_name} "
        + unmarked(letter.body + unpacked(letter.enclosure or b""))
        for number, letter in enumerate(db.session.scalars(query))
    }


def endpoint_of(app: Flask, place: str, method: str) -> str | None:
    """The door of the house behind an address; None for what is not read here."""
    try:
        endpoint, _ = app.url_map.bind("localhost").match(urlsplit(place).path, method=method)
    except (HTTPException, RequestRedirect, MethodNotAllowed):
        return None
    return None if endpoint.startswith(NOT_READ) else str(endpoint)


def looked_for(name: str) -> dict[str, str]:
    return {"people-0-name": name, "people-0-post": "village_head", "household": name}


def shown(answer: Any) -> str:
    """What has come, without the marks that are never the same twice."""
    content = answer.get_data()
    answer.close()
    text = unpacked(content) if b"<!doctype" not in content[:40].lower() else content.decode()
    return f"{answer.status_code} {answer.location or ''} " + unmarked(text)


def unmarked(text: str) -> str:
    return STAMPS.sub("", OUTBOX.sub("", MASKS.sub(r'\1=""', timeless(text))))


def unpacked(content: bytes) -> str:
    """A file as it reads: of an office document its parts, whatever the moment at which it was packed."""
    if not content.startswith(b"PK"):
        return content.decode(errors="backslashreplace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(f"{name} {archive.read(name)!r}" for name in archive.namelist())


def keys(app: Flask) -> set[str]:
    """The opaque names of everything that there is."""
    with app.app_context():
        kinds = [mapper.class_ for mapper in Model.registry.mappers if issubclass(mapper.class_, Keyed)]
        return {key for kind in kinds for key in db.session.scalars(select(kind.key))}


def hidden_places(app: Flask, logins: Iterable[str], known: set[str]) -> list[str]:
    """One address of every door to what is hidden: found on the pages of those who may know of it.

    A door without an address of its own, for no page has its button now, is tried with the keys of its neighbours,
    or with that of a referral.
    """
    found = dict.fromkeys(place for login in logins for place in _places(app, login))
    fresh = keys(app) - known
    doors: dict[str, dict[str, str]] = {}
    for place in found:
        for method in ("GET", "POST"):
            if parts := _hidden_parts(app, place, method, fresh):
                doors.setdefault(*parts)
    return list(dict.fromkeys(_addresses(app, doors)))


def _places(app: Flask, login: str) -> Iterator[str]:
    with app.app_context():
        for here, text in pages(app, signed_in(app, login), OF_A_KIND).items():
            yield from (urljoin(here, unescape(place)).partition("#")[0] for place in PLACE.findall(text))


def _hidden_parts(app: Flask, place: str, method: str, fresh: set[str]) -> tuple[str, dict[str, str]] | None:
    try:
        endpoint, parts = app.url_map.bind("localhost").match(urlsplit(place).path, method=method)
    except (HTTPException, RequestRedirect):
        return None
    return (endpoint, dict(parts)) if fresh & set(map(str, parts.values())) else None


def _addresses(app: Flask, doors: dict[str, dict[str, str]]) -> Iterator[str]:
    stems: dict[str, dict[str, str]] = {}
    rules = [rule for rule in app.url_map.iter_rules() if rule.arguments]
    for rule in rules:
        if rule.endpoint in doors:
            stems.setdefault(rule.rule.rpartition("/")[0], doors[rule.endpoint])
            stems.setdefault(rule.rule.split("<")[0], doors[rule.endpoint])
    build = app.url_map.bind("localhost").build
    for rule in rules:
        stem = rule.rule.rpartition("/")[0]
        parts = (
            doors.get(rule.endpoint) or stems.get(stem) or stems.get(rule.rule.split("<")[0]) or doors["referrals.show"]
        )
        usual = dict.fromkeys(rule.arguments, next(iter(parts.values())))
        told = {name: parts.get(name, usual[name]) for name in rule.arguments}
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        try:
            yield build(rule.endpoint, told, method=method)
        except (BuildError, ValueError):  # no key belongs there
            continue
        if rule.endpoint.endswith(".show"):
            yield "/{}/?tab=all&after={key}".format(rule.endpoint.partition(".")[0], **told)
