"""The status page: for the administrators, and without a word of what letters say."""

import re

import pytest

from tests import make
from tipline.clock import operations
from tipline.kit.db import db
from tipline.law.bodies import Body
from tipline.office.charter import Role
from tipline.office.models import Letter, LetterState


@pytest.fixture
def held(app):
    letter = Letter(
        about="test/held",
        address="sg@jinnan.example",
        office=make.office(Body.TOWN_GOVERNMENT),
        subject="标题里的话",
        body="正文里的话",
        state=LetterState.HELD,
        trouble="550",
        written_at=make.NOON,
        next_try_at=make.NOON,
    )
    db.session.add(letter)
    db.session.commit()
    return letter.key


def test_administrators_read_how_the_machine_stands(app, sign_in):
    operations.tick(make.NOON)
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR):
        page = sign_in(make.officer(role)).get("/clock/")
        assert page.status_code == 200
        assert "寄出留痕末端" in page.text


def test_nobody_else_does(app, sign_in, held):
    clerk = sign_in(make.officer(Role.TOWN_CLERK))
    assert [clerk.get(path).status_code for path in ("/clock/", "/clock/letters")] == [404, 404]
    assert clerk.post(f"/clock/letters/{held}/resend").status_code == 404


def test_the_stranger_is_sent_to_sign_in(app):
    assert app.test_client().get("/clock/").status_code == 302


def test_held_letters_show_where_they_stand_and_nothing_of_what_they_say(app, sign_in, held):
    page = sign_in(make.officer(Role.AUDITOR)).get("/clock/letters").text
    assert "双港镇" in page
    assert "550" in page
    assert "test/held" not in page
    assert "sg@jinnan.example" not in page
    assert "标题里的话" not in page
    assert "正文里的话" not in page
    assert "重新发送" not in page


def test_the_administrator_sends_a_held_letter_again_once(app, sign_in, held):
    admin = sign_in(make.officer(Role.SYSTEM_ADMIN))
    assert "重新发送" in admin.get("/clock/letters").text
    assert admin.post(f"/clock/letters/{held}/resend").status_code == 302
    assert db.session.query(Letter).filter_by(key=held).one().state is LetterState.DUE
    assert admin.post(f"/clock/letters/{held}/resend").status_code == 409
    assert admin.post("/clock/letters/nosuchkey/resend").status_code == 404


def test_letters_are_paged_by_key(app, sign_in, held):
    office = make.office(Body.TOWN_GOVERNMENT)
    for number in range(60):
        fresh = Letter(about=f"test/{number}", address="a@b.example", office=office, subject="s", body="b",
                       state=LetterState.HELD, written_at=make.NOON, next_try_at=make.NOON)  # fmt: skip
        db.session.add(fresh)
    db.session.commit()
    admin = sign_in(make.officer(Role.SYSTEM_ADMIN))
    seen, path = [], "/clock/letters"
    while path:
        page = admin.get(path).text
        seen += re.findall(r"/letters/(\w+)/resend", page)
        path = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&") if 'rel="next"' in page else None
    assert len(seen) == len(set(seen)) == 61


def test_a_house_whose_clock_stands_still_tells_everybody(app, sign_in):
    assert "时钟没有运行" in sign_in(make.officer(Role.TOWN_CLERK)).get("/desk/").text


def test_the_status_page_says_that_letters_wait_and_never_how_many(app, sign_in, held):
    admin = sign_in(make.officer(Role.SYSTEM_ADMIN))
    office = make.office(Body.TOWN_GOVERNMENT)
    pages = []
    for number in range(2):
        db.session.add(Letter(about=f"test/{number}", address="a@b.example", office=office, subject="s", body="b",
                              written_at=make.NOON, next_try_at=make.NOON))  # fmt: skip
        db.session.commit()
        pages.append(admin.get("/clock/").text.partition("需要人工处理</dt>")[2].partition("</section>")[0])
    assert pages[0]
    assert pages[0] == pages[1]
