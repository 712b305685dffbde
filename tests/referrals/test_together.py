"""Several referrals at once: what would become of each is seen first, and each is done whole or not at all."""

import re

import pytest
from sqlalchemy import select, true

from tests import make
from tests.questions import questions
from tests.referrals.cast import S, brought_to, cast
from tipline.kit.db import db
from tipline.leads import operations as leads
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Letter
from tipline.referrals import operations, queries, together
from tipline.referrals.models import Referral


@pytest.fixture
def players(app):
    return cast()


def approved(players, *, count=2):
    found = [brought_to(S.APPROVED, players) for _ in range(count)]
    db.session.commit()
    return found


def verdicts(page):
    """By number what the page says of each."""
    rows = re.findall(r'row-link"[^>]*>([^<]+)</a>.*?</svg> (.*?)</td>', page, re.DOTALL)
    return dict(rows)


def marks(page):
    return re.findall(r'name="picked" value="([^"]+\.\d+)"', page)


def test_what_is_looked_at_is_done_and_what_cannot_be_done_says_why(players, sign_in):
    first, second, third = approved(players, count=3)
    signed = brought_to(S.SIGNED_FOR, players)
    leads.void(third.lead, reason="重复登记，另有一件。", by=players.keeper, at=make.NOON)
    db.session.commit()
    browser = sign_in(players.keeper)
    page = browser.get("/referrals/?tab=hand-over").text
    assert page.count('name="picked"') == 3
    picked = [one.key for one in (first, second, third, signed)]
    looked = browser.post("/referrals/hand-over/preview", data={"picked": [*picked, "nothing", first.key]}).text
    told = verdicts(looked)
    assert told[first.number] == told[second.number] == "移送"
    assert "线索已作废" in told[third.number]
    assert "现在是“已签收”，不能移送" in told[signed.number]
    assert len(marks(looked)) == 2
    assert db.session.scalars(select(Entry).where(Entry.act == Act.HAND_OVER, Entry.paper == first.ref)).first() is None
    done = browser.post("/referrals/hand-over/together", data={"picked": marks(looked)}, follow_redirects=True).text
    assert "已移送2件" in done
    assert {one.state for one in db.session.scalars(select(Referral))} == {S.HANDED_OVER, S.APPROVED, S.SIGNED_FOR}


def test_one_that_was_moved_meanwhile_is_left_whole_and_the_others_are_done(players, sign_in):
    first, second = approved(players)
    browser = sign_in(players.keeper)
    seen = marks(browser.post("/referrals/hand-over/preview", data={"picked": [first.key, second.key]}).text)
    operations.hand_over(db.session.get(Referral, first.id), by=players.keeper, at=make.NOON)
    db.session.commit()
    done = browser.post("/referrals/hand-over/together", data={"picked": seen}, follow_redirects=True).text
    assert f"{first.number}没有办：看过之后有人动过" in done
    assert "已移送1件" in done
    lines = db.session.scalars(select(Entry).where(Entry.act == Act.HAND_OVER)).all()
    assert sorted(line.paper for line in lines) == sorted([first.ref, second.ref])


def test_a_deed_that_breaks_off_leaves_nothing_of_its_row(players, monkeypatch):
    first, second = approved(players)
    careful = together.DEEDS[Act.HAND_OVER]

    def breaks_off(referral, **whose):
        careful(referral, **whose)
        if referral.id == first.id:
            raise together.NotNow("到一半不行了。")

    monkeypatch.setitem(together.DEEDS, Act.HAND_OVER, breaks_off)
    written = len(db.session.scalars(select(Letter)).all())
    asked = [one.mark for one in together.prospects(Act.HAND_OVER, [first.key, second.key], players.keeper)]
    done = together.do(Act.HAND_OVER, asked, by=players.keeper, at=make.NOON)
    db.session.commit()
    assert {one.referral.number: one.against is None for one in done} == {first.number: False, second.number: True}
    assert (first.state, second.state) == (S.APPROVED, S.HANDED_OVER)
    assert first.handed_over_at is None
    assert len(db.session.scalars(select(Letter)).all()) == written + 1
    assert not db.session.scalars(select(Entry).where(Entry.act == Act.HAND_OVER, Entry.paper == first.ref)).all()


def test_an_inspector_signs_for_several(players, sign_in):
    waiting = [brought_to(S.HANDED_OVER, players) for _ in range(2)]
    db.session.commit()
    browser = sign_in(players.inspector)
    looked = browser.post("/referrals/sign-for/preview", data={"picked": [one.key for one in waiting]}).text
    browser.post("/referrals/sign-for/together", data={"picked": marks(looked)})
    assert {one.held_by_id for one in db.session.scalars(select(Referral))} == {players.inspector.id}
    assert sign_in(players.inspector).post("/referrals/hand-over/preview").status_code == 404


def test_nothing_is_said_of_what_one_may_not_know_of(players, sign_in, monkeypatch):
    first, second = approved(players)
    namesake = make.officer(Role.LEDGER_KEEPER, name=first.lead.people[0].name)
    browser = sign_in(namesake)
    asked = {"picked": [first.key, second.key]}
    answer = browser.post("/referrals/hand-over/preview", data=asked, follow_redirects=True).text
    assert "还没有选取" in answer
    assert not verdicts(answer)
    browser.post("/referrals/hand-over/together", data={"picked": [f"{first.key}.{first.version}"]})
    assert db.session.get(Referral, first.id).state is S.APPROVED
    monkeypatch.setattr(queries, "not_walled", lambda officer: true())
    assert verdicts(browser.post("/referrals/hand-over/preview", data=asked).text)


def test_looking_asks_as_often_for_many_as_for_few(players, sign_in):
    keys = [one.key for one in approved(players, count=6)]
    browser, counted = sign_in(players.keeper), {}
    browser.get("/referrals/")
    for number in (2, 6):
        with questions() as asked:
            browser.post("/referrals/hand-over/preview", data={"picked": keys[:number]})
        counted[number] = len(asked)
    assert counted[2] == counted[6]


@pytest.mark.parametrize("address", ["/referrals/hand-over/preview", "/bundles/compare-picked", "/intake/preview"])
def test_a_sign_that_no_database_keeps_is_refused(app, sign_in, address):
    browser = sign_in(make.officer(Role.LEDGER_KEEPER))
    assert browser.post(address, data={"picked": "a\0b", "paper": "a\0b"}).status_code < 500
