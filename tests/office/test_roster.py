"""The roster: one makes the account, another gives the post, and the walls hear of every change."""

import pytest
from sqlalchemy import select

from tests import make
from tests.questions import questions
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotPermitted
from tipline.law.bodies import Body
from tipline.office import kinship, queries, roster
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Kin, Officer, Post

PASSWORD_ON_PAGE = 'class="spoken-code"><span>'


@pytest.fixture
def maker(app) -> Officer:
    return make.officer(Role.SYSTEM_ADMIN)


@pytest.fixture
def giver(app) -> Officer:
    return make.officer(Role.SECURITY_ADMIN)


def newcomer(maker: Officer, role: Role = Role.LEDGER_KEEPER, *, login: str = "wangfang") -> tuple[Officer, str]:
    officer = roster.new_officer(login, "王芳", role, maker.office)
    password = roster.admit(officer, by=maker, at=make.NOON)
    db.session.commit()
    return officer, password


def test_whoever_is_admitted_has_no_rights_until_given_a_post(app, maker, giver):
    officer, password = newcomer(maker)
    assert not any(officer.may(act) for act in Act)
    door = {"login": officer.login, "password": password}
    assert app.test_client().post("/sign-in", data=door).status_code == 403
    roster.move(officer, Role.OPERATOR, officer.office, title="接线员", by=giver, at=make.NOON)
    db.session.commit()
    assert app.test_client().post("/sign-in", data=door).location == "/account/password"
    assert officer.role is Role.OPERATOR  # as given, whatever was proposed


def test_the_maker_cannot_open_an_account_that_nobody_gave_a_post(maker):
    officer, _ = newcomer(maker)
    with pytest.raises(Incomplete, match="还没有岗位"):
        roster.enable(officer, by=maker, at=make.NOON)
    assert not officer.active


def test_the_maker_gives_no_post_and_the_giver_makes_no_account(maker, giver):
    officer, _ = newcomer(maker)
    with pytest.raises(NotPermitted):
        roster.move(officer, Role.OPERATOR, officer.office, title="", by=maker, at=make.NOON)
    with pytest.raises(NotPermitted):
        newcomer(giver, login="another")


def test_a_move_does_not_open_an_account_that_was_stopped(maker, giver):
    officer = make.officer(Role.OPERATOR)
    roster.disable(officer, by=maker, at=make.NOON)
    roster.move(officer, Role.LEDGER_KEEPER, officer.office, title="", by=giver, at=make.NOON)
    assert not officer.active
    roster.enable(officer, by=maker, at=make.NOON)
    assert officer.active
    assert officer.must_change_password


def test_nobody_changes_their_own_place(maker, giver):
    for deed in (
        lambda: roster.disable(maker, by=maker, at=make.NOON),
        lambda: roster.reset_password(maker, by=maker, at=make.NOON),
        lambda: roster.rename(giver, "另名", by=giver, at=make.NOON),
        lambda: roster.move(giver, Role.BUREAU_LEADER, giver.office, title="", by=giver, at=make.NOON),
    ):
        with pytest.raises(Incomplete, match="他人办理"):
            deed()


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR])
def test_no_administrator_is_shown_the_password_of_another(maker, role):
    other = make.officer(role)
    with pytest.raises(Incomplete, match="服务器"):
        roster.reset_password(other, by=maker, at=make.NOON)
    make.officer(role)
    roster.disable(other, by=maker, at=make.NOON)
    with pytest.raises(Incomplete, match="服务器"):
        roster.enable(other, by=maker, at=make.NOON)


def test_one_of_each_administrator_is_left(maker, giver):
    with pytest.raises(Incomplete, match="唯一"):
        roster.disable(giver, by=maker, at=make.NOON)
    with pytest.raises(Incomplete, match="唯一"):
        roster.move(maker, Role.OPERATOR, maker.office, title="", by=giver, at=make.NOON)


@pytest.mark.parametrize(
    ("role", "body"),
    [
        (Role.TOWN_INSPECTOR, Body.CIVIL_AFFAIRS_BUREAU),
        (Role.LEDGER_KEEPER, Body.TOWN_GOVERNMENT),
        (Role.DISTRICT_INSPECTOR, Body.TOWN_DISCIPLINE_BODY),
        (Role.CLOCK, Body.CIVIL_AFFAIRS_BUREAU),
    ],
)
def test_a_post_is_held_where_it_exists(giver, role, body):
    officer = make.officer(Role.OPERATOR)
    with pytest.raises(Incomplete, match="没有"):
        roster.move(officer, role, make.office(body), title="", by=giver, at=make.NOON)


def test_the_past_posts_stay_on_record(giver):
    officer = make.officer(Role.OPERATOR)
    roster.move(officer, Role.LEDGER_KEEPER, officer.office, title="", by=giver, at=make.NOON)
    posts = db.session.scalars(select(Post).filter_by(officer_id=officer.id).order_by(Post.id)).all()
    assert [(post.role, post.until is None) for post in posts] == [(Role.OPERATOR, False), (Role.LEDGER_KEEPER, True)]


def test_the_rooms_above_hear_of_every_change(maker, giver, monkeypatch):
    heard: list[str] = []
    monkeypatch.setattr(roster, "on_change", [lambda officer: heard.append(officer.login)])
    officer, _ = newcomer(maker)
    roster.move(officer, Role.OPERATOR, officer.office, title="", by=giver, at=make.NOON)
    roster.rename(officer, "王方", by=giver, at=make.NOON)
    roster.disable(officer, by=maker, at=make.NOON)
    roster.enable(officer, by=maker, at=make.NOON)
    kin = roster.declare_kin(officer, "王某", "parent", at=make.NOON)
    assert heard == ["wangfang"] * 5  # what one declares oneself moves nothing yet
    kinship.confirm(kin, by=giver, at=make.NOON)
    assert heard == ["wangfang"] * 6


def test_a_new_name_is_found_by_its_new_hashes(giver):
    officer = make.officer(Role.OPERATOR, name="王芳")
    before = officer.name_blind, officer.sound_blind
    roster.rename(officer, "王方", by=giver, at=make.NOON)
    assert officer.name_blind != before[0]
    assert officer.sound_blind == before[1]  # sounds the same


def test_a_name_that_is_taken_is_refused(maker):
    newcomer(maker)
    with pytest.raises(Incomplete, match="wangfang"):
        newcomer(maker)


FORM = {"name": "李明", "login": "liming", "role": "operator", "title": "", "email": ""}


def test_admission_at_the_counter_shows_the_password_once(sign_in, maker):
    browser = sign_in(maker)
    office = maker.office.code
    answer = browser.post("/admin/roster/admit", data={**FORM, "office": office})
    assert answer.status_code == 200
    password = answer.text.partition(PASSWORD_ON_PAGE)[2].partition("<")[0]
    officer = db.session.scalars(select(Officer).filter_by(login="liming")).one()
    assert not officer.active
    assert len(password) == 19
    assert password not in browser.get(f"/admin/roster/{officer.key}").text
    assert password not in str(db.session.scalars(select(Entry.facts)).all())


def test_a_form_half_filled_or_made_up_is_sent_back(sign_in, maker):
    browser = sign_in(maker)
    good = {**FORM, "office": maker.office.code}
    for wrong in (
        {"name": ""},
        {"login": "1 2"},
        {"role": "clock"},
        {"role": "god"},
        {"office": "nowhere"},
        {"email": "x"},
        {"name": "长" * 41},
        {"role": "town-clerk"},
        {"login": maker.login},
    ):
        assert browser.post("/admin/roster/admit", data={**good, **wrong}).status_code == 422, wrong
    assert db.session.scalars(select(Officer).filter_by(login="liming")).one_or_none() is None


def test_nothing_but_the_fields_of_the_form_is_taken(sign_in, maker):
    browser = sign_in(maker)
    more = {"active": "1", "must_change_password": "", "password_hash": "x", "key": "mine", "id": "1", "language": "en"}
    browser.post("/admin/roster/admit", data={**FORM, "office": maker.office.code, **more})
    officer = db.session.scalars(select(Officer).filter_by(login="liming")).one()
    assert (officer.active, officer.must_change_password, officer.language) == (False, True, "zh")
    assert officer.key != "mine"


def test_the_giver_seats_a_newcomer_at_the_counter(sign_in, maker, giver):
    officer, _ = newcomer(maker)
    key, office = officer.key, officer.office.code
    browser = sign_in(giver)
    assert "待定岗" in browser.get("/admin/roster").text
    assert "1 人等待定岗" in browser.get("/admin").text
    answer = browser.post(f"/admin/roster/{key}/move", data={"role": "operator", "office": office, "title": "接线员"})
    assert answer.status_code == 302
    assert officer.active
    assert "在岗" in browser.get(f"/admin/roster/{key}").text


def test_each_administrator_sees_only_their_own_buttons(sign_in, maker, giver):
    officer = make.officer(Role.OPERATOR)
    key = officer.key
    makers, givers = (sign_in(one).get(f"/admin/roster/{key}").text for one in (maker, giver))
    assert f"/admin/roster/{key}/reset-password" in makers
    assert f"/admin/roster/{key}/move" not in makers
    assert f"/admin/roster/{key}/move" in givers
    assert f"/admin/roster/{key}/reset-password" not in givers


@pytest.mark.parametrize("verb", ["disable", "enable", "reset-password", "rename"])
def test_the_deeds_at_the_counter_are_done_by_whoever_may(sign_in, maker, giver, verb):
    officer = make.officer(Role.OPERATOR)
    if verb == "enable":
        roster.disable(officer, by=maker, at=make.NOON)
    key, was = officer.key, (officer.active, officer.password_hash, officer.name)
    may, may_not = (giver, maker) if verb == "rename" else (maker, giver)
    stranger = sign_in(make.officer(Role.LEDGER_KEEPER))
    others = [stranger] if verb == "disable" else [stranger, sign_in(may_not)]
    for other in others:
        assert other.post(f"/admin/roster/{key}/{verb}", data={"named-name": "王方"}).status_code == 404
    db.session.refresh(officer)
    assert (officer.active, officer.name) == (was[0], was[2])
    answer = sign_in(may).post(f"/admin/roster/{key}/{verb}", data={"named-name": "王方"})
    assert answer.status_code in (200, 302)
    db.session.refresh(officer)
    assert (officer.active, officer.password_hash, officer.name) != was


def test_the_clock_is_nobody_on_the_roster(sign_in, maker):
    clock = roster.clock_officer()
    browser = sign_in(maker)
    assert browser.get(f"/admin/roster/{clock.key}").status_code == 404
    assert browser.post(f"/admin/roster/{clock.key}/disable").status_code == 404
    assert clock.name not in browser.get("/admin/roster").text


def test_the_roster_is_read_page_by_page_and_whole(maker):
    made = {make.officer(Role.OPERATOR).key for _ in range(queries.ROWS + 5)} | {maker.key}
    db.session.commit()
    first, after = queries.roster_page(office=None, after=None)
    second, end = queries.roster_page(office=None, after=after)
    assert len(first) == queries.ROWS
    assert end is None
    assert {seat.officer.key for seat in first + second} >= made
    assert not {seat.officer.key for seat in first} & {seat.officer.key for seat in second}


def test_a_long_roster_takes_no_more_questions_than_a_short_one(sign_in, maker):
    browser = sign_in(maker)
    few = statements(lambda: browser.get("/admin/roster"))
    for _ in range(20):
        make.officer(Role.OPERATOR)
    db.session.commit()
    assert statements(lambda: browser.get("/admin/roster")) == few


def statements(deed) -> int:
    """How many statements the database is asked while a deed is done."""
    with questions() as asked:
        deed()
    return len(asked)


def test_a_relative_is_declared_and_read_by_nobody(sign_in):
    officer = make.officer(Role.OPERATOR)
    browser = sign_in(officer)
    answer = browser.post("/account/declare-kin", data={"name": "王建国", "relation": "parent"})
    assert answer.status_code == 302
    kin = db.session.scalars(select(Kin)).one()
    assert (kin.officer_id, kin.name, kin.relation) == (officer.id, "王建国", "parent")
    page = browser.get("/account").text
    assert "已申报 1 人" in page
    assert "王建国" not in page
    assert browser.post("/account/declare-kin", data={"name": "", "relation": "friend"}).status_code == 422


def test_officers_are_found_by_a_part_of_their_name(sign_in, maker):
    for login, name in (("chenjing", "陈静"), ("chenming", "陈明"), ("wang_fang", "王芳")):
        roster.admit(roster.new_officer(login, name, Role.OPERATOR, maker.office), by=maker, at=make.NOON)
    db.session.commit()
    browser = sign_in(maker)

    def found(words: str) -> set[str]:
        page = browser.post("/admin/roster/search", data={"words": words}).text.partition("<tbody>")[2]
        return {login for login in ("chenjing", "chenming", "wang_fang") if login in page}

    assert found("陈") == {"chenjing", "chenming"}
    assert found(" 静 ") == {"chenjing"}
    assert found("WANG") == {"wang_fang"}
    assert found("_") == {"wang_fang"}  # no sign of the database's own
    assert found("赵") == set()
    assert browser.post("/admin/roster/search", data={"words": " "}).location.endswith("/admin/roster")


def test_a_field_left_empty_says_what_is_missing_and_where(sign_in, maker):
    page = sign_in(maker).post("/admin/roster/admit", data=dict(FORM, name="", office=maker.office.code)).text
    assert '<a href="#name">“姓名”还没有填，请填好再提交。</a>' in page
    assert 'aria-describedby="name-error"' in page
    assert page.count("“姓名”还没有填，请填好再提交。") == 2
    assert "必填字段" not in page
