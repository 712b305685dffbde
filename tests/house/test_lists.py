"""Every list gives its sheet, and the sheet says what the pages say: no row, column or cell more or less."""

import hashlib
import io
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask, template_rendered
from flask.testing import FlaskClient
from openpyxl import load_workbook
from openpyxl.cell import Cell
from sqlalchemy import event, select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests import make
from tests.conftest import settings
from tests.house.district import furnished
from tests.house.papers import TODAY
from tests.leads.readers import LINK, signed_in
from tipline import create_app
from tipline.kit import sheets
from tipline.kit.db import db
from tipline.office import listing, trail
from tipline.office import time as clock
from tipline.office.charter import Act, Role
from tipline.office.models import Entry
from tipline.office.powers import PERMITTED
from tipline.referrals import queries as referrals

TEMPLATES = Path(__file__).parents[2] / "templates"
WITHOUT = {
    "it has a sheet of its own, with the columns that are asked for": """
        leads/index reports/index reports/hotspots screening/table relatives/table publicity/sheet
        inspections/households""",
    "it names cadres and households; whoever keeps them exports the register or the table, covered": """
        relatives/hits relatives/missed relatives/unfiled screening/look_up office/kin""",
    "it is of the operators, who export nothing": "hotline/missed",
    "it is found by words that stand in no address, or ticked": """
        leads/search referrals/search households/show referrals/together""",
    "it is for administrators of the machine, who export nothing but the trail": """
        clock/index clock/letters office/roster office/admin office/calendar office/calendar_year
        office/calendar_preview office/components office/verified office/account office/sign_in""",
    "it belongs to one paper": """
        bundles/show circulars/show duties/show evidence/index evidence/show hotline/line hotline/round hotline/test
        inspections/show learning/summary office/leaving office/officer outcomes/show publicity/show relatives/entry
        relatives/need sampling/draw screening/record""",
    "it is something to fill in, to choose from or to look at before a deed": """
        bundles/alike bundles/compare circulars/choose hotline/import inspections/returned intake/import
        intake/paper_print learning/facts screening/sheet""",
    "it is no list of papers": "desk/index intake/phrases office/rules rehearsal/exercises rehearsal/index",
}
TABLE = re.compile(r"\b(?:table|month_grid)\(|<table")
MACRO = re.compile(r"{%-? macro (\w+)\(.*?%}(.*?)endmacro", re.DOTALL)
TAKEN_IN = re.compile(r'(?:from|import|include) "([^"]+)"')
TURNED = re.compile(r"[?&](?:after|before)=")
SEEING_A_PART = (Role.TOWN_CLERK, Role.LEDGER_KEEPER, Role.TOWN_INSPECTOR)
OF_A_KIND = 1
"""So many addresses of one list are compared for each role."""
LEADING_ON = {"reports.index", "learning.summary"}
"""No lists themselves: their figures lead to the rows behind them."""

COUNTING = re.compile(r'<div class="counting">.*?</div>', re.DOTALL)
UNREAD = re.compile(r'<(form|button|svg)\b.*?</\1>|<span class="(?:aloud|nothing)".*?</span>', re.DOTALL)
PART = re.compile(r'<div class="table\b.*?</table>|<nav class="pager".*?</nav>', re.DOTALL)
CAPTION, ROW = re.compile(r"<caption.*?>(.*?)</caption>", re.DOTALL), re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL, NEXT = re.compile(r"<(t[hd])\b([^>]*)>(.*?)</\1>", re.DOTALL), re.compile(r'rel="next" href="([^"]+)"')
Read = dict[str, list[list[str]]]


def shown(browser: FlaskClient, address: str) -> Read:
    """The tables of a list over all its pages, heads first, without the columns to tick and to press."""
    found: Read = {}
    going_on = ""
    while True:
        page = browser.get(address)
        assert page.status_code == 200, address
        caption, nexts = "", dict[str, str]()
        for part in PART.findall(COUNTING.sub("", page.text)):
            if part.startswith("<nav"):
                nexts |= dict.fromkeys([caption] if NEXT.search(part) else (), part)
                continue
            caption = plain(CAPTION.findall(part)[0])
            rows = list(without_narrow([CELL.findall(row) for row in ROW.findall(UNREAD.sub("", part))]))
            if caption == going_on:
                found[caption] += rows[1:]
            else:
                found.setdefault(caption, rows)
        if not nexts:
            return found
        ((going_on, pager),) = nexts.items()
        address = urljoin(address, unescape(NEXT.findall(pager)[0]))


def without_narrow(rows: list[list[tuple[str, str, str]]]) -> Iterator[list[str]]:
    narrow = [number for number, (_, kind, _) in enumerate(rows[0]) if "tight" in kind]
    for row in rows:
        yield [plain(words) for number, (_, _, words) in enumerate(row) if number not in narrow]


def plain(words: str) -> str:
    said = " ".join(unescape(re.sub(r"<[^>]+>", "", words.replace("<br>", " "))).split())
    return said.replace(",", "") if re.fullmatch(r"-?[\d,]+(\.\d\d)?", said) else said


def taken(browser: FlaskClient, address: str) -> Read | None:
    """The sheets of the list by name, heads first; none where there is nothing to take."""
    answer = browser.post("/lists/export", data={"list": address})
    if answer.status_code == 409:
        return None
    assert answer.status_code == 200, address
    book = load_workbook(io.BytesIO(answer.data))
    answer.close()
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    return {sheet.title: [[read(cell) for cell in row] for row in list(sheet)[1:]] for sheet in book}


def read(cell: Cell) -> str:
    if cell.value is None:
        return ""
    return f"{cell.value:.2f}" if cell.number_format == "0.00" else str(cell.value)


def named(said: Read) -> Read | None:
    """The tables as the sheets should be; none where no table has a row."""
    return (
        {sheets.sheet_name(caption): rows for caption, rows in said.items()}
        if any(map(rows_of, said.values()))
        else None
    )


def rows_of(table: list[list[str]]) -> list[list[str]]:
    return table[1:]


@dataclass
class House:
    """A district with papers in every room, in lists of two rows a page, and the browsers of those who may export."""

    app: Flask
    browsers: dict[Role, FlaskClient]
    lists: dict[Role, list[str]] = field(default_factory=dict)
    """The addresses of lists to which a role's pages lead."""
    drawn: set[str] = field(default_factory=set)
    """The templates of these lists."""

    def door(self, address: str) -> Any:
        """The view behind an address, if it is a page."""
        try:
            endpoint = self.app.url_map.bind("localhost").match(urlsplit(address).path, method="GET")[0]
        except (HTTPException, RequestRedirect):
            return None
        return self.app.view_functions[endpoint]

    def look_for_lists(self, role: Role) -> None:
        """Open the lists that need nothing in their address, and what they lead to, a few of a kind."""
        leading = {self.app.view_functions[name] for name in LEADING_ON}
        waiting = [
            rule.rule for rule in self.app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments
        ]
        waiting = [here for here in waiting if (door := self.door(here)) and (door in leading or is_listed(door))]
        waiting = [here for here in waiting if self.door(here).act in PERMITTED[role]]
        seen, met, self.lists[role] = set(waiting), Counter[Any](), []
        while waiting:
            here = waiting.pop(0)
            with template_rendered.connected_to(partial(self._note, is_listed(self.door(here))), self.app):
                page = self.browsers[role].get(here).text
            self.lists[role] += [here] if is_listed(self.door(here)) else []
            for link in LINK.findall(page):
                there = urljoin(here, unescape(link)).partition("#")[0]
                door = self.door(there)
                if there in seen or not (door in leading or is_listed(door)) or TURNED.search(there):
                    continue
                seen.add(there)
                met[door] += 1
                waiting += [there] if met[door] <= OF_A_KIND else []

    def _note(self, listed: bool, sender: Flask, template: Any, **_: object) -> None:
        self.drawn |= {template.name.removesuffix(".html")} if listed else set()


def is_listed(door: Any) -> bool:
    return bool(getattr(door, "listed", False))


@pytest.fixture(scope="module")
def house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    place = tmp_path_factory.mktemp("lists")
    shutil.copy(sqlite_template, place / "tipline.db")
    app = create_app(settings(f"sqlite:///{place / 'tipline.db'}", evidence=str(place / "evidence")))
    with app.app_context(), pytest.MonkeyPatch.context() as patch:
        readers = furnished().readers
        patch.setattr(clock, "machine_now", lambda: TODAY + timedelta(hours=1))
        rooms = [room for name, room in sys.modules.items() if name.startswith("tipline.")]
        for room, name in ((room, name) for room in rooms for name in ("PAGE", "ROWS")):
            if isinstance(getattr(room, name, None), int):
                patch.setattr(room, name, 2)
        built = House(app, {role: signed_in(app, readers[role].login) for role in SEEING_A_PART})
        for role in SEEING_A_PART:
            built.look_for_lists(role)
        yield built
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


def test_every_sheet_says_what_its_pages_say(house):
    compared, wrong = set[Any](), []
    for role, browser in house.browsers.items():
        for address in house.lists[role]:
            due = named(shown(browser, address))
            if taken(browser, address) != due:
                wrong.append((role.value, address))
            compared |= {house.door(address)} if due else set()
    assert wrong == []
    assert {
        name for name, door in house.app.view_functions.items() if is_listed(door) and door not in compared
    } == set()


FAULTS: dict[str, Callable[[listing.Table], listing.Table]] = {
    "only the first page": lambda table: replace(table, next=""),
    "a row less": lambda table: replace(table, rows=table.rows[1:]),
    "a heading of another": lambda table: replace(table, heads=[*table.heads[1:], ""]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_sheet_that_says_otherwise_is_found(house, monkeypatch, fault):
    browser, address = house.browsers[Role.TOWN_CLERK], "/referrals/?tab=all"
    due = named(shown(browser, address))
    assert taken(browser, address) == due
    whole = listing._table
    monkeypatch.setattr(listing, "_table", lambda *found: FAULTS[fault](whole(*found)))
    assert taken(browser, address) != due


def test_a_filter_that_is_lost_is_found(house, monkeypatch):
    browser, address = house.browsers[Role.TOWN_CLERK], "/referrals/?tab=done"
    due = named(shown(browser, address))
    assert taken(browser, address) == due
    monkeypatch.setattr(listing, "urlencode", lambda asked: "tab=all")
    assert taken(browser, address) != due


def test_a_page_with_a_table_is_a_list_or_has_a_reason_not_to_be(house):
    reasons = [page for pages in WITHOUT.values() for page in pages.split()]
    assert len(reasons) == len(set(reasons))
    assert templates_with_tables() - house.drawn == set(reasons)


def templates_with_tables() -> set[str]:
    """Every page that draws a table, by itself or by the words of its room."""
    texts = {path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in TEMPLATES.rglob("*.html")}
    texts = {
        name: re.sub(r"{#.*?#}", "", text, flags=re.DOTALL) for name, text in texts.items() if name[:7] != "macros/"
    }
    drawing = {name: {m[1] for m in MACRO.finditer(text) if TABLE.search(m[2])} for name, text in texts.items()}

    def draws(text: str) -> bool:
        macros = {macro for name in TAKEN_IN.findall(text) for macro in drawing.get(name, ())}
        return bool(TABLE.search(text)) or any(re.search(rf"\b{macro}\b", text) for macro in macros)

    return {name.removesuffix(".html") for name, text in texts.items() if "/_" not in name and draws(text)}


@pytest.mark.parametrize("place", ["", "/nowhere", "/admin/roster", "/leads/", "/language", "/sampling/"])
def test_what_is_no_list_of_theirs_is_not_there(house, place):
    before = trail.head()
    assert house.browsers[Role.TOWN_INSPECTOR].post("/lists/export", data={"list": place}).status_code == 404
    assert trail.head() == before


def test_an_empty_list_says_so_and_gives_no_file(house):
    before = trail.head()
    lists = ((role, place) for role, places in house.lists.items() for place in places)
    role, place = next(one for one in lists if not named(shown(house.browsers[one[0]], one[1])))
    answer = house.browsers[role].post("/lists/export", data={"list": place})
    assert answer.status_code == 409
    assert "没有可以导出的行" in answer.text
    assert trail.head() == before


def test_the_trail_says_which_list_how_many_rows_and_which_file(house):
    browser = house.browsers[Role.LEDGER_KEEPER]
    answer = browser.post("/lists/export", data={"list": "/hotline/?ended=1&name=某村民&after=zzz"})
    line = db.session.scalars(select(Entry).where(Entry.act == Act.EXPORT_LIST).order_by(Entry.seq.desc())).first()
    assert line is not None
    book = load_workbook(io.BytesIO(answer.data))
    answer.close()
    assert line.facts["list"] == "/hotline/?ended=1"
    assert line.facts["rows"] == str(sum(sheet.max_row - 2 for sheet in book))
    assert line.facts["sha256"] == hashlib.sha256(answer.data).hexdigest()
    assert all(word in str(book.worksheets[0]["A1"].value) for word in (line.by.name, line.office.name))


def test_the_button_stands_on_every_list_of_whoever_may_export(house):
    asked = 'name="list" value="/referrals/?tab=all"'
    assert asked in house.browsers[Role.TOWN_CLERK].get("/referrals/?tab=all").text
    leader = make.officer(Role.BUREAU_LEADER).login
    db.session.commit()
    leader = signed_in(house.app, leader)
    assert "/lists/export" not in leader.get("/referrals/?tab=all").text


def test_a_page_asks_as_much_however_many_rows_it_has(house, monkeypatch):
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    browser, costs = house.browsers[Role.LEDGER_KEEPER], []
    rows = len(shown(browser, "/referrals/?tab=all")["全部"]) - 1
    for length in (5, 10, 30):
        monkeypatch.setattr(referrals, "PAGE", length)
        asked.clear()
        taken(browser, "/referrals/?tab=all")
        costs.append((-(-rows // length), len(asked)))
    (many, most), (some, more), (few, least) = costs
    assert (most - least) % (many - few) == 0
    assert (most - least) // (many - few) == (more - least) // (some - few) <= 6
