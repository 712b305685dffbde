"""Approved wording and short knowledge: kept by the keeper, offered beside the sheet, never older than it says."""

from datetime import date, timedelta

import pytest

from tests import make
from tipline.desk.queries import desk_of
from tipline.intake import phrases
from tipline.intake.models import PhraseKind
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow
from tipline.office.charter import Role

TODAY = day_of(make.NOON)
WORDS = "您的姓名和电话单独密封。"


@pytest.fixture(autouse=True)
def _on_a_monday(set_clock):
    set_clock(make.NOON)


@pytest.fixture
def keeper(app):
    somebody = make.officer(Role.LEDGER_KEEPER)
    db.session.commit()
    return somebody


def answer(keeper, title, *problems, until=TODAY + timedelta(days=1), at=make.NOON):
    made = phrases.add(PhraseKind.KNOWLEDGE, title, f"{title}的答复", list(problems), until, by=keeper, at=at)
    db.session.commit()
    return made


def test_a_sentence_is_offered_by_its_initials_until_it_is_retired(keeper, sign_in):
    said = {"phrase-sort": "wording", "phrase-title": "保密告知", "phrase-words": WORDS}
    kept = sign_in(keeper)
    assert kept.post("/intake/phrases/add", data=said).status_code == 302
    operator = make.officer(Role.OPERATOR)
    db.session.commit()
    page = sign_in(operator).get("/intake/").text
    assert 'data-ways="保密告知 baomigaozhi bmgz"' in page
    assert f'data-words="{WORDS}"' in page
    (phrase,) = phrases.in_use(PhraseKind.WORDING)
    assert kept.post(f"/intake/phrases/{phrase.key}/retire").status_code == 302
    assert WORDS not in sign_in(operator).get("/intake/").text
    assert kept.post(f"/intake/phrases/{phrase.key}/retire").status_code == 409
    for lacks in ("phrase-title", "phrase-words", "phrase-sort"):
        assert kept.post("/intake/phrases/add", data=said | {lacks: ""}).status_code == 422, lacks


def test_answers_come_with_the_problem_that_is_ticked_and_say_when_they_are_too_old(keeper, sign_in, set_clock):
    answer(keeper, "谁都用得上")
    fitting, other = answer(keeper, "漏保是什么", "stalling"), answer(keeper, "关系保", "nepotism")
    browser = sign_in(keeper)
    panel = browser.post("/intake/preview", data={"problems": ["stalling"]}).text
    assert panel.index("漏保是什么") < panel.index("谁都用得上")
    assert "关系保" not in panel
    assert "已过有效期" not in panel
    later = make.NOON + timedelta(days=2)
    set_clock(later)
    browser = sign_in(keeper)
    assert browser.post("/intake/preview", data={"problems": ["stalling"]}).text.count("已过有效期") == 2
    waits = [w for group in desk_of(keeper, day_of(later)).groups.values() for w in group]
    (asked,) = [w for w in waits if w.endpoint == "intake.phrase_list"]
    assert asked.what.values["n"] == 3
    door = f"/intake/phrases/{fitting.key}/renew"
    assert browser.post(door, data={f"{fitting.key}-valid_until": ""}).status_code == 422
    assert browser.post(door, data={f"{fitting.key}-valid_until": "2018-06-05"}).status_code == 422
    assert browser.post(door, data={f"{fitting.key}-valid_until": "2018-12-31"}).status_code == 302
    assert db.session.get(phrases.Phrase, fitting.id).valid_until == date(2018, 12, 31)
    assert phrases.stale(day_of(later)) == 2
    assert other.valid_until < day_of(later)


def test_an_answer_without_a_day_and_one_phrase_too_many_are_refused(keeper, monkeypatch):
    for until in (None, TODAY):
        with pytest.raises(Incomplete):
            answer(keeper, "无期", until=until)
    monkeypatch.setattr(phrases, "MOST", 1)
    wording = phrases.add(PhraseKind.WORDING, "甲", "乙", ["stalling"], TODAY, by=keeper, at=make.NOON)
    assert (wording.problems, wording.valid_until) == ([], None)
    with pytest.raises(NotNow):
        phrases.add(PhraseKind.WORDING, "丙", "丁", [], None, by=keeper, at=make.NOON)
    with pytest.raises(NotNow):
        phrases.renew(wording, TODAY + timedelta(days=1), by=keeper, at=make.NOON)
