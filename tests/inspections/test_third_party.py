"""A third party sees covered rows of its own villages, as long as its days run, and every look is written down."""

from datetime import date

import pytest
from sqlalchemy import select, true

from tests import make
from tests.inspections.at_work import cast, found, noon, screened, under_way, villages
from tests.screening.tables import GOOD, number
from tipline.inspections import daylist, queries
from tipline.inspections.lifecycle import Kind
from tipline.inspections.models import Finding
from tipline.kit.db import db
from tipline.office.charter import Act, Role
from tipline.office.models import Entry
from tipline.office.powers import PERMITTED

NAME = GOOD[1]


@pytest.fixture
def people(app):
    return cast()


@pytest.fixture
def outsider(app):
    return make.officer(Role.THIRD_PARTY)


@pytest.fixture
def visit(people, outsider):
    """A check of the first village alone; the second has a household on record too."""
    first, second, *_ = villages()
    screened(people.clerk, first, second)
    said = {"sort": Kind.THIRD_PARTY, "contractor": "明衡社会工作服务中心", "contract_no": "津合2018-7"}
    paper = under_way(people, first, members=(outsider,), since=date(2018, 6, 4), until=date(2018, 6, 6), **said)
    db.session.commit()
    return paper


@pytest.fixture
def at_noon(set_clock):
    set_clock(make.NOON)


def test_it_sees_its_own_villages_covered_and_records_what_it_finds(sign_in, at_noon, visit, outsider):
    browser, place = sign_in(outsider), villages()[0]
    page = browser.get(f"/inspections/{visit.key}/households").text
    assert place.name in page
    assert "佘" in page
    assert NAME not in page
    for hidden in (villages()[1].name, number(1), number(2)):
        assert hidden not in page
    (record,) = queries.households(visit)
    sheet = {"finding-place": place.code, "finding-kind": "wrong.wrong_dibao", "finding-on": "2018-06-04"}
    sheet |= {"finding-words": "家里有楼房出租。", "finding-household": record.key}
    answer = browser.post(f"/inspections/{visit.key}/record", data=sheet)
    assert answer.status_code == 302
    finding = db.session.scalars(select(Finding)).one()
    assert (finding.record_id, finding.found_by_id, finding.place_code) == (record.id, outsider.id, place.code)
    page = browser.get(f"/inspections/findings/{finding.key}").text
    assert "家里有楼房出租。" in page
    assert NAME not in page
    looks = db.session.scalars(select(Entry.act).where(Entry.by_id == outsider.id, Entry.paper == visit.ref)).all()
    assert Act.OPEN_HOUSEHOLDS in looks


def test_it_opens_no_other_room_and_takes_no_list_away(sign_in, at_noon, visit, outsider):
    browser = sign_in(outsider)
    for door in ("/screening/", "/leads/", "/referrals/", "/duties/", "/reports/", "/trail"):
        assert browser.get(door).status_code == 404, door
    assert browser.post(f"/inspections/{visit.key}/day-list").status_code == 404
    assert not PERMITTED[Role.THIRD_PARTY] & {Act.READ_SCREENING, Act.REVEAL_IDENTITY, Act.DOWNLOAD_DAY_LIST}


def doors(paper, finding):
    return [
        f"/inspections/{paper.key}",
        f"/inspections/{paper.key}/households",
        f"/inspections/{paper.key}/finding",
        f"/inspections/findings/{finding.key}",
    ]


def answers(sign_in, outsider, visit, finding):
    browser = sign_in(outsider)
    return [browser.get(door).status_code for door in doors(visit, finding)]


def test_the_day_after_the_last_everything_is_shut_at_the_next_request(sign_in, set_clock, visit, outsider, people):
    finding = found(visit, outsider)
    elsewhere = under_way(people, villages()[1])
    db.session.commit()
    set_clock(make.NOON)
    browser = sign_in(outsider)
    assert {browser.get(door).status_code for door in doors(visit, finding)} == {200}
    assert browser.get(f"/inspections/{elsewhere.key}").status_code == 404
    set_clock(noon(6, 6))
    assert set(answers(sign_in, outsider, visit, finding)) == {200}
    set_clock(noon(6, 7))
    assert set(answers(sign_in, outsider, visit, finding)) == {404}
    set_clock(noon(6, 3))
    assert set(answers(sign_in, outsider, visit, finding)) == {404}


def test_a_scope_that_forgot_the_days_and_a_list_that_forgot_to_cover_would_be_caught(
    sign_in, set_clock, visit, outsider, monkeypatch
):
    finding = found(visit, outsider)
    db.session.commit()
    set_clock(noon(6, 7))
    monkeypatch.setattr(queries, "_seen_by", lambda officer, today: true())
    assert 200 in answers(sign_in, outsider, visit, finding)

    class Bare:
        def covered(self, column, value, *, wholly):
            return str(value)

    monkeypatch.setattr(daylist, "writer_of", lambda *_: Bare())
    assert NAME in sign_in(outsider).get(f"/inspections/{visit.key}/households").text
