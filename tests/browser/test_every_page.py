"""What holds on every page of every role; a new page is visited because the house lists it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser import markup, paper, tour, zoom
from tests.browser.steps import PHONE, speak
from tests.conftest import settings
from tipline import create_app
from tipline.kit.vault import fresh_keys
from tipline.office.charter import Role

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

DRESSES = (("zh", "light"), ("en", "dark"))
"""Words change with the language, colours with the theme: these two show both of each."""
TWICE = """
[...document.querySelectorAll("[id]:not([type=hidden])")].map((one) => one.id)
  .filter((id, at, all) => all.indexOf(id) < at)
"""
SHAPE = """
() => {
  const kept = /^(role|type|scope|lang|href|style|aria-(?!label|describ|control|owns))/;
  const there = (ids) => ids.split(/\\s+/).every((id) => document.getElementById(id));
  const landmark = /^(nav|aside|section|form|main|header|footer)$/;
  const worth = (of, one) => of.name === "href" ? "" : kept.test(of.name) ? of.value
    : /^aria-(labelledby|describedby|controls|owns)$/.test(of.name) ? there(of.value)
    : of.name === "aria-label" && landmark.test(one.localName) ? of.value : "";
  const said = (one) => [...one.attributes].map((of) => `${of.name}=${worth(of, one)}`).sort().join();
  const words = (one) => (label) => label.textContent.replace(one.textContent, "").trim();
  const named = (one) => !!(one.title || one.alt || one.ariaLabel ||
    (one.labels?.length ? [...one.labels].some(words(one)) : one.textContent.trim() || one.type === "submit"));
  const needy = "ul,ol,dl,table,thead,tbody,tr,select,fieldset,figure,details,[role]";
  const held = (one) => !one.matches(needy) ? ""
    : [...new Set([...one.children].map((child) => `${child.localName}.${child.role ?? ""}`))].sort().join("+");
  const ways = new Map();
  for (const one of document.querySelectorAll("*"))
    ways.set(one, `${ways.get(one.parentElement) ?? ""}>${one.localName}.${one.className}[${said(one)}]`
      + `${named(one)}${held(one)}`);
  const marks = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6,nav,aside,header,footer,main,section,form,[role]")];
  const told = marks.map((one) => `${one.localName}[${said(one)}]`);
  const again = (at) => !/^h\\d/.test(marks[at].localName) && told.indexOf(told[at]) < at ? "again" : "";
  const outline = marks.map((one, at) => `${one.localName}.${one.role ?? ""}${again(at)}`).join();
  return { ways: [...new Set(ways.values())], outline };
}
"""
"""Every way from the root to an element, each once, by all that a rule of accessibility can ask but words and ids; and
the order of headings and landmarks, with those that have the same name as an earlier one."""

axe = Axe()
unblamed: set[str] = set()
"""What axe has seen, in each dress, without a word against it: of a page of nothing else there is nothing to ask."""


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The house only for its list of doors; its database is empty."""
    place = tmp_path_factory.mktemp("doors") / "empty.db"
    return create_app(settings(f"sqlite:///{place}", keys=fresh_keys(), rehearsal=True))


@pytest.mark.parametrize(("language", "theme"), DRESSES)
@pytest.mark.parametrize("role", tour.PLAYERS, ids=lambda role: role.value)
def test_every_page_is_accessible_fits_and_complains_of_nothing(doors, sign_in, role, language, theme):
    page = sign_in(tour.PLAYERS[role], language, color_scheme=theme)
    faults = [
        f"{endpoint} {address}: {fault}"
        for endpoint, address, text in tour.walk(page, doors, role)
        for fault in (*markup.faults(text), *faults_of(page))
    ]
    assert faults == []


@pytest.mark.parametrize(("language", "theme"), DRESSES)
def test_the_pages_before_signing_in_are_no_different(doors, open_browser, language, theme):
    page = open_browser(color_scheme=theme)
    faults = []
    for address in tour.plain_doors(doors, None).values():
        page.goto(address)
        speak(page, language)
        faults += [
            f"{address}: {fault}" for fault in (*markup.faults(page.request.get(address).text()), *faults_of(page))
        ]
    assert faults == []


def test_the_address_for_calendars_breaks_where_the_page_ends(sign_in):
    page = sign_in("balitai-clerk")
    page.goto("/duties/calendar")
    page.locator("form[action$=renew-feed] button").click()
    expect(page.locator("#feed .figure")).to_contain_text("/duties/feed/")
    assert faults_of(page) == []


def test_what_was_audited_hides_no_fault(sign_in):
    page = sign_in("keeper")
    page.goto("/leads/")
    assert violations(page) == []
    for planted in (
        "document.querySelector('main select').labels[0].querySelector('span').remove()",
        "document.querySelector('main .row-link').textContent = ''",
        "document.querySelector('main h1').setAttribute('role', 'nonsense')",
        "document.querySelector('main h1').style.cssText = 'color: #999; background: #aaa'",
        "document.querySelector('main').after(document.createElement('main'))",
        "[...document.querySelectorAll('ul')].find((one) => one.checkVisibility()).innerHTML += '<p>甲</p>'",
        "document.querySelector('main h1').insertAdjacentHTML('afterend', '<h4>甲</h4>')",
    ):
        page.goto("/leads/")
        page.evaluate(planted)
        assert violations(page) != [], planted


def test_a_fault_on_paper_or_under_the_tab_key_is_found(sign_in):
    page = sign_in("keeper")
    page.goto("/duties/")
    assert faults_of(page) == []
    for planted in (
        "document.body.className = ''",  # twelve columns upright
        "document.querySelector('main h1').style.color = '#bbb'",
        "document.querySelector('main .table').style.width = '1600px'",
        "document.querySelector('main').append(Object.assign(document.createElement('nav'), { textContent: '甲' }))",
        "document.querySelector('main').style.display = 'none'",
    ):
        page.goto("/duties/")
        page.evaluate(planted)
        assert paper.faults_on_paper(page) != [], planted
    for planted in (
        "document.querySelector('main a').tabIndex = 3",
        "document.querySelector('main tbody').style.cssText = 'display: flex; flex-direction: column-reverse'",
        "document.querySelector('main tbody tr').style.cssText = 'display: flex; flex-direction: row-reverse'",
    ):
        page.goto("/duties/")
        page.evaluate(planted)
        assert paper.faults_by_tab(page) != [], planted


def test_what_is_read_as_it_left_the_house_hides_no_fault(sign_in):
    text = sign_in("keeper").request.get("/leads/").text()
    assert markup.faults(text) == []
    for sound, planted in (
        ("</main>", "</div></main>"),
        ("</h1>", "</h1><p><ul></ul></p>"),
        ("</h1>", "</h1><section>"),
        ("</h1>", "</h1><h1>甲</h1>"),
        ("</h1>", '</h1><p id="content">甲</p>'),
        ("</h1>", '</h1><label for="nowhere">甲</label>'),
        ("</h1>", '</h1><a href="/"><button>甲</button></a>'),
        ("</h1>", '</h1><p class="a" class="b">甲</p>'),
        ("</tr>", "</tr><td>甲</td>"),
    ):
        assert markup.faults(text.replace(sound, planted, 1)) != [], planted


def test_no_page_is_missed(doors, sign_in):
    """Every door to a paper is behind a link that somebody who may open it finds."""
    missed = tour.doors_with_keys(doors)
    others = (Role.OPERATOR, Role.LEDGER_KEEPER, Role.TOWN_CLERK, Role.SYSTEM_ADMIN, Role.DISTRICT_INSPECTOR)
    players = [(Role.TOWN_INSPECTOR, "xiaozhan-inspector"), *((role, tour.PLAYERS[role]) for role in others)]
    for role, login in players:
        page = sign_in(login)
        for endpoint in tour.reach(page, doors, role) if missed else ():
            missed.discard(endpoint)
            if not missed:
                break
    assert missed == set()


def violations(page: Page) -> list[str]:
    """What axe has against the page; asked where anything on it, or its outline, is new in this dress."""
    dress = page.evaluate("[document.documentElement.lang, matchMedia('(prefers-color-scheme: dark)').matches].join()")
    shape = page.evaluate(SHAPE)
    parts = {f"{dress} {part}" for part in (*shape["ways"], shape["outline"])}
    if parts <= unblamed:
        return []
    told = axe.run(page).response["violations"]
    if not told:
        unblamed.update(parts)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in told]


def faults_of(page: Page) -> list[str]:
    """What is wrong with the page that stands there."""
    found = list(violations(page))
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"{headings} h1")
    found += [f"the id {twice} twice" for twice in page.evaluate(TWICE)]
    usual = page.viewport_size
    assert usual is not None
    for name, size in (("a desk", usual), ("a phone", PHONE)):
        page.set_viewport_size(size)
        if (over := page.evaluate(zoom.SIDEWAYS)) > 0:
            found.append(f"{over} px too wide at {name}")
    page.set_viewport_size(zoom.WINDOW)
    found += [f"at 200 % zoom {fault}" for fault in zoom.faults(page)]
    page.set_viewport_size(usual)
    return [*found, *paper.faults_by_tab(page), *paper.faults_on_paper(page)]
