"""A paper with 500 events, 40 files and 12 persons opens with as many questions as a small one, and stays readable."""

from datetime import timedelta
from html.parser import HTMLParser

from sqlalchemy import select

from tests import make
from tests.evidence.files import jpg, put
from tests.questions import questions
from tests.referrals import cast as hands
from tests.supervision.test_every_move import DEEDS, people
from tipline.kit.db import db
from tipline.leads.models import Lead
from tipline.notes import operations as notes
from tipline.notes.models import Ring
from tipline.office.charter import Act, Role
from tipline.office.deeds import witness
from tipline.office.models import Officer
from tipline.referrals.lifecycle import ReferralState
from tipline.supervision.models import SupervisedCase

SURNAMES = "丑仉亓仇佘佴冼劳匡卞厍召"
ROWS_IN_SIGHT = 20


class InSight(HTMLParser):
    """How many lines of trails and rows of tables lie open on a page, and how many are folded away."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.folds, self.open, self.folded = 0, 0, 0
        self.lists: list[bool] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.folds += tag == "details"
        if tag == "ol":
            self.lists.append(("class", "trail") in attrs)
        if (tag == "li" and self.lists and self.lists[-1]) or tag == "tr":
            self.folded, self.open = self.folded + bool(self.folds), self.open + (not self.folds)

    def handle_endtag(self, tag):
        self.folds -= tag == "details"
        if tag == "ol":
            self.lists.pop()


def lead_of(persons: int, by: Officer, **said) -> Lead:
    names = tuple(f"{surname}大力" for surname in SURNAMES[:persons])
    lead = make.lead(*["village_head"] * persons, by=by, names=names, **said)
    assert len(lead.people) == persons
    return lead


def events(act: Act, paper, number: int, by: Officer) -> None:
    for minute in range(number):
        witness(act, paper, by=by, at=make.NOON + timedelta(minutes=minute))


def noted(paper, number: int, by: Officer) -> None:
    for page in range(number):
        notes.write(paper, Ring.INTERNAL, f"已核对第{page}页。", by=by, at=make.NOON)


def files(browser, side: str, number: int) -> None:
    for page in range(number):
        assert put(browser, side, jpg(), f"存折第{page}页.jpg").status_code == 302


def opened(browser, address: str) -> tuple[int, InSight]:
    """How many statements the second opening of the day asks, and what lies open."""
    browser.get(address)
    with questions() as asked:
        answer = browser.get(address)
    assert answer.status_code == 200
    return len(asked), InSight(answer.text)


def test_a_big_lead_asks_as_much_as_a_small_one_and_folds_what_is_old(app, sign_in):
    inspector = make.officer(Role.DISTRICT_INSPECTOR)
    browser, seen = sign_in(inspector), []
    for persons, number, papers in ((1, 0, 0), (1, 2, 1), (12, 500, 40)):
        lead = lead_of(persons, inspector)
        address = f"/leads/{lead.key}"
        events(Act.READ_LEAD, lead, number, inspector)
        noted(lead, number // 10, inspector)
        db.session.commit()
        files(browser, f"leads/{lead.key}", papers)
        seen.append(opened(browser, address))
    asked = [number for number, _ in seen]
    assert asked[1] == asked[2]
    assert asked[0] <= asked[1] <= asked[0] + 1
    assert seen[2][1].open < 100
    assert seen[2][1].folded > 500 - ROWS_IN_SIGHT


def test_a_big_referral_asks_as_much_as_a_small_one_and_folds_what_is_old(app, sign_in):
    players = hands.cast()
    browser, seen = sign_in(players.inspector), []
    for persons, number, papers in ((1, 2, 1), (12, 100, 12)):
        lead = lead_of(persons, players.operator)
        referral = hands.brought_to(ReferralState.IN_DISPOSITION, players, make.referrals(lead)[0])
        address = f"/referrals/{referral.key}"
        for _ in range(number):
            hands.DEEDS[Act.RECORD_MILESTONE](referral, players, make.NOON)
        noted(referral, number // 10, players.inspector)
        db.session.commit()
        files(browser, f"referrals/{referral.key}", papers)
        seen.append(opened(browser, address))
    assert seen[0][0] == seen[1][0]
    assert seen[1][1].open < 120
    assert seen[1][1].folded > 2 * (100 - ROWS_IN_SIGHT)


def test_a_big_case_asks_as_much_as_a_small_one_and_folds_what_is_old(app, sign_in):
    players = people()
    browser, seen = sign_in(players["leader"]), []
    for persons, number in ((1, 2), (12, 60)):
        lead = lead_of(persons, make.officer(Role.OPERATOR), media=True)
        case = db.session.scalars(select(SupervisedCase).filter_by(lead_id=lead.id)).one()
        address = f"/supervision/{case.key}"
        DEEDS[Act.OPEN_SUPERVISION](case, players)
        for _ in range(number):
            DEEDS[Act.RECORD_PROGRESS](case, players)
            DEEDS[Act.NOTE_INSTRUCTION](case, players)
        db.session.commit()
        seen.append(opened(browser, address))
    assert seen[0][0] == seen[1][0]
    assert seen[1][1].open < 100
    assert seen[1][1].folded > 3 * (60 - ROWS_IN_SIGHT)
