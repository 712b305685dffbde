"""Every page a role may open, found in the house's own list of doors and by following its links."""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from flask import Flask
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tipline.office.charter import Role
from tipline.office.powers import PERMITTED

PLAYERS = {
    Role.OPERATOR: "operator",
    Role.TOWN_CLERK: "balitai-clerk",
    Role.TOWN_DEPUTY: "balitai-deputy",
    Role.LEDGER_KEEPER: "keeper",
    Role.BUREAU_LEADER: "leader",
    Role.GROUP_INSPECTOR: "group",
    Role.DISTRICT_INSPECTOR: "district",
    Role.TOWN_INSPECTOR: "balitai-inspector",
    Role.SYSTEM_ADMIN: "sysadmin",
    Role.SECURITY_ADMIN: "security",
    Role.AUDITOR: "auditor",
    Role.THIRD_PARTY: "thirdparty",
}
"""An officer of the rehearsal in each role that somebody can sign in with."""

NOT_PAGES = {"static", "office.health", "duties.feed"}
BEHIND_A_DEED = {
    "screening.preview",
    "screening.with_comments",
    "relatives.preview",
    "relatives.with_comments",
    "inspections.returned",
}
"""Doors that stand only in the answer to a workbook; their own story opens them."""
MOST = 60
"""So many pages of one kind are read at most."""
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]+)"')


def plain_doors(app: Flask, role: Role | None) -> dict[str, str]:
    """Doors that need nothing in their address: endpoint and address; None asks for those open to anybody."""
    found = {}
    for rule in app.url_map.iter_rules():
        act = getattr(app.view_functions[rule.endpoint], "act", None)
        wanted = act is None if role is None else act in PERMITTED[role]
        if "GET" in (rule.methods or ()) and not rule.arguments and rule.endpoint not in NOT_PAGES and wanted:
            found[rule.endpoint] = rule.rule
    return found


def doors_with_keys(app: Flask) -> set[str]:
    """Doors to one paper among many: their addresses are only known from links."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return {rule.endpoint for rule in rules if rule.arguments} - NOT_PAGES - BEHIND_A_DEED


def walk(page: Page, app: Flask, role: Role) -> Iterator[tuple[str, str, str]]:
    """Open every page in turn and give endpoint, address and text; of one kind, one paper stands for all."""
    waiting = list(plain_doors(app, role).items())
    met = {endpoint for endpoint, _ in waiting}
    while waiting:
        endpoint, address = waiting.pop()
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{role.value} cannot open {address}: {answer.status}"
        for linked in page.locator("a[href]").evaluate_all("links => links.map(link => link.href)"):
            there = endpoint_of(app, linked)
            if there and there not in met:
                met.add(there)
                waiting.append((there, linked.partition("#")[0]))
        yield endpoint, address, answer.text()


def reach(page: Page, app: Flask, role: Role) -> Iterator[str]:
    """The endpoint of every page that links lead to; read, not drawn, the kinds least seen first, of each so many."""
    waiting = {endpoint: [urljoin(page.url, address)] for endpoint, address in plain_doors(app, role).items()}
    seen, read = {address for some in waiting.values() for address in some}, Counter[str]()
    while kinds := [kind for kind, addresses in waiting.items() if addresses and read[kind] < MOST]:
        there = min(kinds, key=read.__getitem__)
        read[there] += 1
        address = waiting[there].pop(0)
        answer = page.request.get(address)
        assert answer.status == 200, f"{role.value} cannot open {address}: {answer.status}"
        yield there
        for link in sorted(
            {urljoin(address, unescape(link)).partition("#")[0] for link in LINK.findall(answer.text())}
        ):
            if link not in seen and (kind := endpoint_of(app, link)):
                seen.add(link)
                waiting.setdefault(kind, []).append(link)


def endpoint_of(app: Flask, address: str) -> str | None:
    """The page behind a link; None for what is no page of this house."""
    parts = urlsplit(address)
    if parts.hostname != "127.0.0.1":
        return None
    try:
        endpoint, _ = app.url_map.bind("house").match(parts.path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return None if endpoint in NOT_PAGES else str(endpoint)
