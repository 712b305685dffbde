"""Every list gives its sheet, and the sheet says what the pages say: no row, column or cell more or less."""

import hashlib
import io
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from html import unescape
from pathlib import Path
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
from tests.conftest import Browser, settings
from tests.house.district import furnished
from tests.house.papers import TODAY
from tests.leads.readers import LINK, signed_in
from tipline import create_app
from tipline.kit import sheets
from tipline.kit.db import db
from tipline.office import listing, trail
from tipline.office import time as clock
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Officer
from tipline.office.powers import PERMITTED
from tipline.referrals import queries as referrals

TEMPLATES = Path(__file__).parents[2] / "templates"
WITHOUT = {
    "it has a sheet of its own, with the columns that are asked for": """
        leads/index reports/index reports/hotspots screening/table relatives/table publicity/sheet
        inspections/households""",
    "it names cadres and households; whoever keeps them exports the register or the table, covered": """
        relatives/hits relatives/missed relatives/unfiled screening/look_up office/kin""",
    "it is found by words that stand in no address": "leads/search households/show referrals/together",
    "it is for administrators of the machine, who export nothing but the trail": """
        clock/index clock/letters office/roster office/admin office/calendar office/components office/verified
        office/account office/sign_in""",
    "it belongs to one paper": """
        bundles/show circulars/show duties/show evidence/index evidence/show hotline/line hotline/round hotline/test
        inspections/show learning/summary office/leaving office/officer publicity/show relatives/entry relatives/need
        sampling/draw screening/record""",
    "it is something to fill in, to choose from or to look at before a deed": """
        bundles/alike bundles/compare circulars/choose hotline/import inspections/returned intake/import
        intake/paper_print learning/facts screening/sheet""",
    "it is no list of papers": "desk/index intake/phrases office/rules rehearsal/exercises rehearsal/index",
}
TABLE = re.compile(r"\b(?:table|month_grid)\(|<table")
MACRO = re.compile(r"{%-? macro (\w+)\(.*?%}(.*?)endmacro", re.DOTALL)
TAKEN_IN = re.compile(r'(?:from|import|include) "([^"]+)"(.*?)%}')
EXPORTING = [role for role in Role if Act.EXPORT_LIST in PERMITTED[role]]
OF_A_KIND = 2
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
        caption, nexts = "", {}
        for part in PART.findall(COUNTING.sub("", page.text)):
            if part.startswith("<nav"):
                nexts |= {caption: unescape(link) for link in NEXT.findall(part)}
                continue
            caption = plain(CAPTION.findall(part)[0])
            rows = list(without_narrow([CELL.findall(row) for row in ROW.findall(UNREAD.sub("", part))]))
            if caption == going_on:
                found[caption] += rows[1:]
            else:
                found.setdefault(caption, rows)
        if not nexts:
            return found
        ((going_on, link),) = nexts.items()
        address = urljoin(address, link)


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


@dataclass(frozen=True)
class House:
    """A district with papers in every room, in lists of two rows a page, and the browsers of those who may export."""

    app: Flask
    browsers: dict[Role, FlaskClient]

    def endpoint_of(self, address: str) -> str:
        try:
            return str(self.app.url_map.bind("localhost").match(urlsplit(address).path, method="GET")[0])
        except (HTTPException, RequestRedirect):
            return ""

    def listed(self) -> set[str]:
        return {name for name, view in self.app.view_functions.items() if getattr(view, "listed", False)}

    def addresses(self, role: Role) -> Iterator[tuple[str, str]]:
        """The lists that a role's pages lead to, and through which door each is entered."""
        acts = {name: view.act for name, view in self.app.view_functions.items() if hasattr(view, "act")}
        rules = [rule for rule in self.app.url_map.iter_rules() if not rule.arguments]
        mine = [
            rule
            for rule in rules
            if rule.endpoint in self.listed() | LEADING_ON and acts[rule.endpoint] in PERMITTED[role]
        ]
        waiting, met = [rule.rule for rule in mine], dict[str, int]()
        seen = set(waiting)
        while waiting:
            here = waiting.pop(0)
            if self.endpoint_of(here) in self.listed():
                yield self.endpoint_of(here), here
            for link in LINK.findall(self.browsers[role].get(here).text):
                there = urljoin(here, unescape(link)).partition("#")[0]
                endpoint = self.endpoint_of(there)
                wanted = endpoint in self.listed() | LEADING_ON and "after=" not in there and "before=" not in there
                if wanted and there not in seen and met.setdefault(endpoint, 0) < OF_A_KIND:
                    seen.add(there)
                    met[endpoint] += 1
                    waiting.append(there)


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
        yield House(app, {role: signed_in(app, readers[role].login) for role in EXPORTING})
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


def test_every_sheet_says_what_its_pages_say(house):
    compared, wrong = dict.fromkeys(house.listed(), 0), []
    for role, browser in house.browsers.items():
        for endpoint, address in house.addresses(role):
            said = shown(browser, address)
            if taken(browser, address) != (due := named(said)):
                wrong.append((role.value, address))
            compared[endpoint] += len(due or ())
    assert wrong == []
    assert [endpoint for endpoint, number in compared.items() if not number] == []
