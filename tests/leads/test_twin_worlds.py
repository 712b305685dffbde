"""Two worlds, one with leads hidden from the reader: every byte they can get is the same in both."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, true

from tests.leads import readers, worlds
from tests.leads.twins import DAYS, FULLY, THEN, Pair, made
from tipline.bundles import queries as bundle_queries
from tipline.desk import queries as desk
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.leads import ledger, operations, queries
from tipline.leads.models import Lead
from tipline.letters import queries as letters
from tipline.letters.models import OfficialLetter, Printing
from tipline.office import listing
from tipline.office import time as clock
from tipline.office.charter import Act
from tipline.office.waiting import Waiting
from tipline.referrals import queries as referrals
from tipline.referrals.models import Referral
from tipline.reports import brief, course, hotspots
from tipline.reports import queries as reports
from tipline.reports.families import Family

pytestmark = pytest.mark.timeout(900)  # two worlds are lived through before the first word is compared

WALLED = (*FULLY, "same sound", "approver", "colleague", "system", "security")
INSIDERS = ("outside", "mate", "district", "group")


@pytest.fixture(scope="module")
def at_noon(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Both worlds before the clock has done anything."""
    with pytest.MonkeyPatch.context() as patch:
        pair = made(sqlite_template, tmp_path_factory.mktemp("noon"), patch)
        yield pair
        pair.close()


@pytest.fixture(scope="module")
def lived(at_noon: Pair, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Both worlds four weeks later, with the addresses of what is hidden, as insiders know them."""
    pair = at_noon.again(tmp_path_factory.mktemp("lived"))
    with pytest.MonkeyPatch.context() as patch:
        for app in pair.houses.values():
            worlds.live_through(app, DAYS, patch)
        patch.setattr(clock, "machine_now", lambda: THEN)
        known = readers.keys(pair.houses[False])
        apart = pair.again(tmp_path_factory.mktemp("insiders"))
        pair.knocks = readers.hidden_places(apart.houses[True], [pair.logins[kind] for kind in INSIDERS], known)
        pair.asks = asked(apart.houses[True])
        apart.close()
    yield pair
    pair.close()


def asked(app: Flask) -> list[readers.Ask]:
    """What somebody may have overheard: codes of reporters, of open and of hidden leads, and of copies of letters."""
    with app.app_context():
        spoken = ["".join(operations.spoken_code(f"{step} {kept}")) for step in (2, 6) for kept in (False, True)]
        walled = select(OfficialLetter.id).join(OfficialLetter.lead).where(Lead.walled)
        copies = db.session.scalars(select(Printing.key).where(Printing.letter_id.in_(walled)))
        called = [("/intake/preview", {"named": "yes", "phone": worlds.PHONE})]
        return (
            called
            + [("/replies/code/look-up", {"code": code}) for code in spoken]
            + [("/letters/trace", {"code": key}) for key in copies]
        )


@pytest.mark.parametrize("kind", WALLED)
def test_a_walled_officer_cannot_tell_the_worlds_apart(lived, monkeypatch, kind):
    assert lived.differing(kind, monkeypatch, lived.everything(kind)) == []


def test_there_is_something_to_hide_in_every_room(lived):
    rooms = {place.split("/")[1] for place in lived.knocks}
    assert rooms >= {"leads", "referrals", "letters", "evidence", "replies", "notes", "handling", "supervision"}
    assert rooms >= {"outcomes", "triage", "eligibility", "interventions", "bundles", "recusals", "leaving"}
    assert {place for place, _ in lived.asks} == {"/intake/preview", "/replies/code/look-up", "/letters/trace"}


# --- planted faults


def unscoped(patch):
    patch.setattr(ledger, "visible_to", lambda officer: select(Lead).order_by(Lead.id.desc()))


def counts_over_walls(patch):
    """The list is right, and the numbers beside its views count whatever there is."""
    of_all = select(Lead).order_by(Lead.id.desc())

    def count(counted, *asked):
        with pytest.MonkeyPatch.context() as meanwhile:
            meanwhile.setattr(ledger, "visible_to", lambda officer: of_all)
            return counted(*asked)

    for counted in (ledger.counts, ledger.counts_of_newest):
        patch.setattr(ledger, counted.__name__, partial(count, counted))


def unwalled(patch):
    patch.setattr(queries, "not_walled", lambda officer: true())


def uncounted_walls(patch):
    """A bundle that lists and counts whatever is in it, and candidates out of everything."""
    patch.setattr(bundle_queries, "seen_by", lambda officer: select(Lead.id))


def unscoped_count(patch):
    count = select(func.count()).select_from(OfficialLetter)
    patch.setattr(letters, "counts", lambda officer: dict.fromkeys(letters.Tab, db.session.scalar(count)))


def forgetful_desk(patch):
    """A room that puts on every desk what waits for anybody."""

    def waiting(officer, on):
        found = db.session.scalars(select(Referral).where(Referral.due_on <= on))
        where = {"act": Act.SIGN_FOR, "endpoint": "referrals.show"}
        return [Waiting(what=Sentence("办理"), number=one.number, values={"key": one.key}, **where) for one in found]

    patch.setattr(desk, "ROOMS", (*desk.ROOMS, waiting))


def loud_bell(patch):
    counted = select(func.count()).select_from(Referral).scalar_subquery()
    patch.setattr(desk, "COUNTS", ((Act.READ_REFERRALS, lambda officer, on: counted),))


def full_figures(patch, room=reports):
    """A monthly report that counts what is walled."""
    whole: dict[int, Family] = {}

    def figures(notice, times):
        return [
            replace(one, family=whole.setdefault(id(one.family), replace(one.family, always=())))
            for one in careful(notice, times)
            if isinstance(one.family, Family)
        ]

    careful = room.figures
    patch.setattr(room, "figures", figures)


def full_course(patch):
    """A drawing of the months that counts what is walled."""
    full_figures(patch, course)


READ_BADLY = [
    (unscoped, "named", "/leads/"),
    (counts_over_walls, "named", "/leads/"),
    (unwalled, "named", "/leads/"),
    (uncounted_walls, "approver", "/bundles/"),
    (unscoped_count, "clerk", "/letters/"),
    (forgetful_desk, "inspector", "/desk/"),
    (loud_bell, "inspector", "/rules"),
    (full_figures, "superior", "/reports/"),
    (full_course, "superior", "/reports/"),
]


@pytest.mark.parametrize(("fault", "kind", "within"), READ_BADLY, ids=lambda part: getattr(part, "__name__", None))
def test_a_page_that_tells_is_found(lived, monkeypatch, fault, kind, within):
    def read(app: Flask, login: str) -> readers.Got:
        with app.app_context():
            return readers.pages(app, readers.signed_in(app, login), 0, within)

    assert lived.differing(kind, monkeypatch, read) == []
    fault(monkeypatch)
    assert lived.differing(kind, monkeypatch, read)


def test_a_grid_of_hotspots_that_counts_what_is_walled_is_found(lived, monkeypatch):
    def read(app: Flask, login: str) -> readers.Got:
        with app.app_context():
            browser = readers.signed_in(app, login)
            months = [f"/reports/hotspots?month=2018-0{month}" for month in (5, 6, 7)]
            return {place: readers.shown(browser.get(place)) for place in months}

    assert lived.differing("superior", monkeypatch, read) == []
    monkeypatch.setattr(hotspots, "FIRST", replace(hotspots.FIRST, family=replace(hotspots.FIRST.family, always=())))
    assert lived.differing("superior", monkeypatch, read)


def test_a_view_of_a_household_that_tells_of_a_hidden_lead_is_found(lived, monkeypatch):
    places: list[str] = []

    def read(app: Flask, login: str) -> readers.Got:
        with app.app_context():
            browser = readers.signed_in(app, login)
            if not places:
                places.extend(place for place in readers.pages(app, browser, 12, "/") if place.endswith("/household"))
            return {place: readers.shown(browser.get(place)) for place in places}

    assert lived.differing("clerk", monkeypatch, read) == []
    assert {place.split("/")[1] for place in places} >= {"leads", "eligibility", "screening"}
    unwalled(monkeypatch)
    assert "leads" in {place.split("/")[1] for place in lived.differing("clerk", monkeypatch, read)}


def test_a_sheet_that_tells_of_what_is_walled_is_found(lived, monkeypatch):
    def read(app: Flask, login: str) -> readers.Got:
        with app.app_context():
            browser = readers.signed_in(app, login)
            return readers.sheets(browser, [browser.get("/referrals/?tab=all").text])

    assert lived.differing("named", monkeypatch, read) == []
    turned = listing.Walk.tables

    def over_walls(*asked):
        with pytest.MonkeyPatch.context() as meanwhile:
            meanwhile.setattr(referrals, "not_walled", lambda officer: true())
            return turned(*asked)

    monkeypatch.setattr(listing.Walk, "tables", over_walls)
    assert lived.differing("named", monkeypatch, read) == ["sheet /referrals/?tab=all"]


def test_a_mailbox_that_opens_to_the_walled_is_found(lived, monkeypatch):
    def read(app: Flask, login: str) -> readers.Got:
        with app.app_context():
            browser = readers.signed_in(app, login)
            return {str(told): readers.shown(browser.post(place, data=told)) for place, told in lived.asks[:4]}

    assert lived.differing("colleague", monkeypatch, read) == []
    unwalled(monkeypatch)
    assert lived.differing("colleague", monkeypatch, read)


@pytest.mark.parametrize("counts_all", [False, True], ids=["as it is", "planted: a mail that counts all"])
def test_the_morning_mail_counts_nothing_walled(at_noon, tmp_path, monkeypatch, counts_all):
    def read(app: Flask, login: str) -> readers.Got:
        with app.app_context():
            return readers.mails(login)

    if counts_all:
        monkeypatch.setattr(brief, "REFERRALS", replace(brief.REFERRALS, always=()))
    pair = at_noon.again(tmp_path)
    for app in pair.houses.values():
        worlds.live_through(app, DAYS[-1:], monkeypatch)
    assert bool(pair.differing("relative", monkeypatch, read)) is counts_all
    pair.close()
