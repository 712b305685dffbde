"""The room's pages: written and looked over, read by towns; what nobody may learn from them."""

from dataclasses import replace

import pytest
from flask import current_app
from sqlalchemy import select

from tests import make
from tests.circulars.at_work import accepted, cast, drafted, issued, written
from tests.conftest import timeless
from tests.questions import questions
from tipline.circulars import educating, operations
from tipline.circulars.educating import Held
from tipline.circulars.forms import WordsForm
from tipline.circulars.models import Circular, Education
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.leads.models import ImplicatedPerson
from tipline.office import editions, time
from tipline.office.charter import Role

SOMEBODY = "闻人柏舟"
HELD = {"audience": "village_cadres", "form": "meeting", "place": "会议室"}


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(time, "machine_now", lambda: make.NOON)


@pytest.fixture
def people(app):
    return cast()


def one(kind=Circular):
    return db.session.scalars(select(kind)).one()


def test_from_the_ticked_cases_to_a_number(people, sign_in):
    accepted(people.clerk, people.keeper, {}, {"title": "另一案"})
    db.session.commit()
    keeper, leader = sign_in(people.keeper), sign_in(people.leader)
    page = keeper.get("/circulars/new").text
    picked = [part.split('"')[0] for part in page.split('name="picked" value="')[1:]]
    assert len(picked) == 2
    assert keeper.post("/circulars/draft", data={}).status_code == 422
    answer = keeper.post("/circulars/draft", data={"picked": picked})
    address = answer.location.removesuffix("/writing")
    fields = {f"words-{key}": text for key, _, text in one().draft.parts()}
    fields |= {"words-based_on": "1", "words-lesson": "电话15400000000。"}
    assert keeper.post(f"{address}/edit", data=fields).status_code == 302
    assert "电话15400000000。" in keeper.get(f"{address}/writing").text.split("第1句")[1]
    assert keeper.post(f"{address}/edit", data=fields).status_code == 409
    assert keeper.post(f"{address}/submit").status_code == 422
    assert keeper.post(f"{address}/submit", data={"submit-looked_over": "y"}).status_code == 302
    page = leader.get(address).text
    assert "送复核的人已逐处核对" in page
    assert 'name="knew" value="2"' in page
    assert leader.post(f"{address}/approve", data={"knew": "1"}).status_code == 409, "the words before they were edited"
    assert leader.post(f"{address}/approve", data={"knew": "2"}).status_code == 302
    assert keeper.post(f"{address}/issue").status_code == 302
    town = sign_in(people.clerk)
    text = town.get(address).text
    assert "另一案" not in text  # the title under which a town reported is the bureau's
    assert "确认已阅" in text
    assert town.post(f"{address}/confirm-reading").status_code == 302
    assert "确认已阅</button>" not in town.get(address).text
    copy = town.post(f"{address}/print", data={"form": "docx"})
    assert copy.data[:2] == b"PK"
    assert town.post(f"{address}/print", data={"form": "exe"}).status_code == 404


def test_a_page_that_nobody_drew_breaks_nothing(people, sign_in):
    circular = drafted(people)
    db.session.commit()
    keeper = sign_in(people.keeper)
    for address in ("/circulars/a%00", "/circulars/?after=a%00", "/leads/a%00", "/learning/improvements?after=%00"):
        assert keeper.get(address).status_code == 404, address
    assert keeper.post("/circulars/draft", data={"picked": "\0"}).status_code == 422
    answer = keeper.post(f"/circulars/{circular.key}/edit", data={"words-cases-²-heading": "一"})
    assert answer.status_code == 422
    with current_app.test_request_context(method="POST", data={"words-based_on": "²"}):
        assert WordsForm(prefix="words").version == 0


def test_a_town_logs_its_education_by_the_form(people, sign_in):
    circular = issued(people)
    db.session.commit()
    town = sign_in(people.clerk)
    assert f'value="{circular.key}"' in town.get(f"/circulars/education/new?circular={circular.key}").text
    told = {"circular": circular.key, "held_on": "2018-06-04", "persons": "46", **HELD}
    fields = {f"education-{name}": value for name, value in told.items()}
    assert town.post("/circulars/education/record", data=fields | {"education-persons": "0"}).status_code == 422
    assert (
        town.post("/circulars/education/record", data=fields | {"education-held_on": "2018-06-05"}).status_code == 422
    )
    assert town.post("/circulars/education/record", data=fields).status_code == 302
    entry = one(Education)
    assert (entry.persons, entry.circular.key, entry.place) == (46, circular.key, "会议室")
    stranger = sign_in(make.officer(Role.TOWN_CLERK, make.XINZHUANG))
    assert stranger.get(f"/circulars/education/{entry.key}").status_code == 404
    assert "46" in sign_in(people.leader).get("/circulars/education").text
    void = {"void-reason": "与另一次重复登记。"}
    assert town.post(f"/circulars/education/{entry.key}/void", data=void).status_code == 302
    assert "与另一次重复登记。" in town.get(f"/circulars/education/{entry.key}").text


def test_the_aid_does_not_tell_who_is_in_the_ledger(people, monkeypatch):
    """The same answer before and after somebody is reported; a planted look into the ledger is caught."""
    circular = drafted(people)
    written(circular, people, lesson=f"{SOMEBODY}等人的教训深刻。")
    before = operations.spots(circular)
    make.lead("village_head", names=(SOMEBODY,))
    db.session.flush()
    assert operations.spots(circular) == before
    monkeypatch.setattr(
        operations, "names_of", lambda _: [one.name for one in db.session.scalars(select(ImplicatedPerson))]
    )
    assert operations.spots(circular) != before


def test_a_draft_is_not_there_for_a_town(people, sign_in):
    circular = drafted(people)
    db.session.commit()
    town = sign_in(people.clerk)
    nowhere = town.get("/circulars/nowhere")
    there = town.get(f"/circulars/{circular.key}")
    told = timeless(there.text).replace(circular.key, "nowhere")
    assert (there.status_code, told) == (404, timeless(nowhere.text))
    assert town.post(f"/circulars/{circular.key}/confirm-reading").status_code == 404


def test_the_lists_ask_no_more_for_many_than_for_one(people, sign_in):
    circular = issued(people)
    educating.record(Held(on=day_of(make.NOON), persons=1, circular=circular, **HELD), by=people.clerk, at=make.NOON)
    db.session.commit()

    pages = ("/circulars/", "/circulars/education", f"/circulars/{circular.key}", "/desk/")
    keeper = sign_in(people.keeper)

    def asked():
        with questions() as seen:
            assert {keeper.get(page).status_code for page in pages} == {200}
        return len(seen)

    few = asked()
    for town in (make.XIANSHUIGU, make.XINZHUANG):
        clerk = make.officer(Role.TOWN_CLERK, town)
        operations.confirm_reading(circular, by=clerk, at=make.NOON)
        issued(replace(people, clerk=clerk))
        educating.record(Held(on=day_of(make.NOON), persons=9, circular=circular, **HELD), by=clerk, at=make.NOON)
    db.session.commit()
    assert asked() == few


def test_a_notice_that_circulates_nothing_offers_nothing(people, sign_in, monkeypatch):
    cases = accepted(people.clerk, people.keeper)
    db.session.commit()
    silent = replace(editions.notice(), circular=None)
    monkeypatch.setattr(editions, "notice", lambda: silent)
    keeper = sign_in(people.keeper)
    assert "本通知没有约定典型案例通报。" in keeper.get("/circulars/new").text
    assert keeper.post("/circulars/draft", data={"picked": [cases[0].key]}).status_code == 409
