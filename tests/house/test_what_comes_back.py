"""A form that one room puts on the page of another's paper comes back there when it is refused: at its place, opened,
with the words that were typed and what is wrong with them; and nothing was done.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import func, select

from tests import make
from tests.questions import questions
from tests.referrals.cast import S, brought_to, cast, proposed
from tipline.interventions.models import Intervention
from tipline.kit.db import db
from tipline.leads.models import Lift, Recusal
from tipline.notes import operations as notes
from tipline.notes.models import Note, Ring
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Officer
from tipline.supervision import grounds
from tipline.supervision.models import SupervisedCase

LATER = make.NOON + timedelta(days=1)
WORDS = "先不要惊动村里，等银行流水。"
KEPT = (Note, Intervention, Recusal, Lift, SupervisedCase)
ASKED = {"name": "逄说情", "post": "某局副科长", "manner": "by_phone", "happened_on": "2018-06-04", "words": WORDS}


@dataclass(frozen=True)
class Form:
    """Who types what where, into which of the fields, and what the page says about which field."""

    officer: Officer
    page: str
    door: str
    typed: dict[str, str]
    wrong: str
    """The field that is wrong; the first part of its name is the form's."""
    told: str

    @property
    def sent(self) -> dict[str, str]:
        prefix = self.wrong.split("-", maxsplit=1)[0]
        return {f"{prefix}-{name}": text for name, text in self.typed.items()}


@pytest.fixture(autouse=True)
def _in_june_2018(set_clock):
    set_clock(LATER)


def on_a_lead() -> tuple[Any, Any]:
    players = cast()
    lead = proposed(players).lead
    return players, lead


def on_a_referral() -> tuple[Any, Any]:
    players = cast()
    return players, brought_to(S.SIGNED_FOR, players)


def note_on_a_lead() -> Form:
    players, lead = on_a_lead()
    long, door = WORDS * 400, f"/notes/leads/{lead.key}/internal/write"
    return Form(players.keeper, f"/leads/{lead.key}", door, {"text": long}, "internal-text", "4000")


def note_to_the_other_side() -> Form:
    players, referral = on_a_referral()
    long, door = WORDS * 400, f"/notes/referrals/{referral.key}/bureau/write"
    return Form(players.inspector, f"/referrals/{referral.key}", door, {"text": long}, "bureau-text", "4000")


def intervention_on_a_lead() -> Form:
    players, lead = on_a_lead()
    typed, door = ASKED | {"happened_on": ""}, f"/interventions/leads/{lead.key}/record"
    return Form(players.keeper, f"/leads/{lead.key}", door, typed, "intervention-happened_on", "请填写日期")


def intervention_on_a_referral() -> Form:
    players, referral = on_a_referral()
    typed, door = ASKED | {"name": " "}, f"/interventions/referrals/{referral.key}/record"
    return Form(players.inspector, f"/referrals/{referral.key}", door, typed, "intervention-name", "请填写姓名")


def aside_from_a_lead() -> Form:
    players, lead = on_a_lead()
    typed, door = {"ground": "", "reason": WORDS}, f"/recusals/leads/{lead.key}/recuse"
    return Form(players.keeper, f"/leads/{lead.key}", door, typed, "recuse-ground", "请选择回避的理由")


def another_aside_from_a_referral() -> Form:
    players, referral = on_a_referral()
    typed = {"officer": "", "ground": "interest", "reason": WORDS}
    door = f"/recusals/referrals/{referral.key}/request"
    return Form(players.inspector, f"/referrals/{referral.key}", door, typed, "request-officer", "请选择人员")


def aside_from_a_case() -> Form:
    players, lead = on_a_lead()
    case = grounds.propose_by_hand(lead, reason="群众反映强烈。", by=players.second_keeper, at=make.NOON)
    typed, door = {"ground": "", "reason": WORDS}, f"/recusals/cases/{case.key}/recuse"
    return Form(players.keeper, f"/supervision/{case.key}", door, typed, "recuse-ground", "请选择回避的理由")


def wall_to_be_lifted() -> Form:
    inspector, clerk = make.officer(Role.GROUP_INSPECTOR), make.officer(Role.TOWN_CLERK)
    keeper = make.officer(Role.LEDGER_KEEPER)
    (referral,) = make.referrals(make.lead("bureau_section_chief", by=clerk))
    referral.state = S.SIGNED_FOR
    typed = {"officer": keeper.key, "until": "", "reason": WORDS}
    door = f"/recusals/referrals/{referral.key}/ask-lift"
    return Form(inspector, f"/referrals/{referral.key}", door, typed, "lift-until", "请填写日期")


def case_proposed_on_a_lead() -> Form:
    players, lead = on_a_lead()
    door = f"/supervision/leads/{lead.key}/propose-by-hand"
    return Form(players.keeper, f"/leads/{lead.key}", door, {"reason": " "}, "propose-reason", "请填好再提交")


def case_proposed_on_a_referral() -> Form:
    players, referral = on_a_referral()
    door = f"/supervision/referrals/{referral.key}/propose-by-hand"
    return Form(players.keeper, f"/referrals/{referral.key}", door, {"reason": " "}, "propose-reason", "请填好再提交")


FORMS = [
    note_on_a_lead,
    note_to_the_other_side,
    intervention_on_a_lead,
    intervention_on_a_referral,
    aside_from_a_lead,
    another_aside_from_a_referral,
    aside_from_a_case,
    wall_to_be_lifted,
    case_proposed_on_a_lead,
    case_proposed_on_a_referral,
]


def kept() -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(kind)) or 0 for kind in KEPT]


def heads(page: str) -> list[str]:
    """The parts of a page, by their heads."""
    return [re.sub(r"<[^>]+>|\s", "", head) for head in re.findall(r"<h[12]>.*?</h[12]>", page, re.DOTALL)]


def opened(page: str) -> str:
    """The one fold of a deed that is open."""
    (fold,) = re.findall(r'<details class="deed" open>.*?</details>', page, re.DOTALL)
    return fold


@pytest.mark.parametrize("made", FORMS)
def test_a_refused_form_comes_back_where_it_was_written(app, sign_in, made: Callable[[], Form]):
    form = made()
    db.session.commit()
    browser, before = sign_in(form.officer), kept()
    page = browser.get(form.page).text
    assert re.search(rf'action="{form.door}(#\w+)?"', page)
    answer = browser.post(form.door, data=form.sent)
    assert answer.status_code == 422
    assert [head for head in heads(answer.text) if head != "没有办成，请先改正："] == heads(page)
    fold = opened(answer.text)
    assert re.search(rf'action="{form.door}(#\w+)?"', fold)
    for text in filter(str.strip, form.sent.values()):
        assert text in unescape(fold)
    assert re.search(rf'<a href="#{form.wrong}">[^<]+(</a>：[^<]*)?{form.told}', fold)  # on top, by its name
    assert re.search(rf'id="{form.wrong}-error">.*?{form.told}', fold, re.DOTALL)  # and beside the field
    assert kept() == before


@pytest.mark.parametrize("made", FORMS)
def test_a_page_with_a_refused_form_asks_little_more_than_the_page(app, sign_in, made: Callable[[], Form]):
    form = made()
    db.session.commit()
    browser = sign_in(form.officer)
    browser.get(form.page)
    with questions() as page:
        browser.get(form.page)
    with questions() as refused:
        browser.post(form.door, data=form.sent)
    assert len(refused) <= len(page) + 5


def test_it_asks_as_much_with_twenty_notes_as_with_one(app, sign_in):
    players, referral = on_a_referral()
    browser, counts = sign_in(players.inspector), []
    for number in (1, 19):
        for _ in range(number):
            notes.write(referral, Ring.INTERNAL, WORDS, by=players.inspector, at=LATER)
        db.session.commit()
        with questions() as asked:
            answer = browser.post(f"/notes/referrals/{referral.key}/internal/write", data={})
        counts.append((answer.text.count(WORDS), len(asked)))
    (few, asks), (many, asks_too) = counts
    assert (few, many, asks_too) == (1, 20, asks)


def test_what_is_wrong_only_in_the_deed_comes_back_too(app, sign_in):
    players, lead = on_a_lead()
    db.session.commit()
    browser = sign_in(players.keeper)
    tomorrow = {f"intervention-{name}": text for name, text in (ASKED | {"happened_on": "2018-06-09"}).items()}
    answer = browser.post(f"/interventions/leads/{lead.key}/record", data=tomorrow)
    assert (answer.status_code, kept()[1]) == (422, 0)
    assert "过问日期不能晚于今天" in opened(answer.text)
    assert WORDS in opened(answer.text)
    grounds.propose_by_hand(lead, reason="群众反映强烈。", by=players.second_keeper, at=LATER)
    db.session.commit()
    answer = browser.post(f"/supervision/leads/{lead.key}/propose-by-hand", data={"propose-reason": WORDS})
    assert answer.status_code == 409
    assert "不能提请督办" in opened(answer.text)
    assert WORDS in opened(answer.text)


def test_whoever_reads_the_shell_gets_back_the_shell(app, sign_in):
    lead = make.lead("village_head", by=make.officer(Role.TOWN_CLERK), narrative="内情如此")
    keeper = make.officer(Role.LEDGER_KEEPER)
    browser = sign_in(keeper)
    for door in ("notes/leads/{}/internal/write", "recusals/leads/{}/recuse", "supervision/leads/{}/propose-by-hand"):
        answer = browser.post(f"/{door.format(lead.key)}", data={})
        assert answer.status_code == 422
        assert lead.number in answer.text
        assert not [secret for secret in ("内情如此", *make.NAMES) if secret in answer.text]


DOORS = (
    "notes/{}/{}/internal/write",
    "interventions/{}/{}/record",
    "recusals/{}/{}/recuse",
    "recusals/{}/{}/request",
    "recusals/{}/{}/ask-lift",
    "supervision/{}/{}/propose-by-hand",
)


@pytest.mark.parametrize("door", DOORS)
def test_whoever_may_not_see_the_paper_gets_no_page_of_it(app, sign_in, door):
    players, referral = on_a_referral()
    case = grounds.propose_by_hand(referral.lead, reason="群众反映强烈。", by=players.keeper, at=make.NOON)
    walled = make.officer(Role.LEDGER_KEEPER, name=referral.person.name)
    third = make.officer(Role.TOWN_CLERK, make.XIANSHUIGU)
    db.session.commit()
    papers = {"leads": referral.lead.key, "referrals": referral.key, "cases": case.key, "letters": referral.key}
    for officer in (players.stranger, walled, third):
        browser = sign_in(officer)
        for place, key in papers.items():
            assert browser.post(f"/{door.format(place, key)}", data={}).status_code == 404


def test_whoever_reads_no_referrals_stands_aside_on_the_page_of_the_lead_only(app, sign_in):
    players, referral = on_a_referral()
    db.session.commit()
    browser, typed = sign_in(players.operator), {"recuse-reason": WORDS}
    assert browser.post(f"/recusals/referrals/{referral.key}/recuse", data=typed).status_code == 404
    answer = browser.post(f"/recusals/leads/{referral.lead.key}/recuse", data=typed)
    assert answer.status_code == 422
    assert WORDS in opened(answer.text)


def test_a_page_that_came_back_is_a_reading_too(app, sign_in):
    players, lead = on_a_lead()
    db.session.commit()
    browser = sign_in(players.keeper)
    for _ in range(2):
        assert browser.post(f"/notes/leads/{lead.key}/internal/write", data={}).status_code == 422
    reading = select(func.count()).select_from(Entry).where(Entry.act == Act.READ_LEAD, Entry.paper == lead.ref)
    assert db.session.scalar(reading) == 1
