"""Whoever asks about a case is recorded; its body and the one above read it, and nobody who asked."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.conftest import timeless
from tests.referrals.cast import S, brought_to, cast, proposed
from tipline.interventions import operations, queries
from tipline.interventions.models import Intervention
from tipline.interventions.operations import Said
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotPermitted
from tipline.leads import recusals
from tipline.office.charter import Act, Role
from tipline.office.models import Entry

LATER = make.NOON + timedelta(days=1)
ASKED = Said("逄说情", "某局副科长", "by_phone", date(2018, 6, 4), "问这件能不能缓一缓。")
FORM = {
    "intervention-name": ASKED.name,
    "intervention-post": ASKED.post,
    "intervention-manner": ASKED.manner,
    "intervention-happened_on": "2018-06-04",
    "intervention-words": ASKED.words,
}


@pytest.fixture(autouse=True)
def _in_june_2018(set_clock):
    set_clock(LATER)


def reads(officer) -> list[Intervention]:
    return queries.listed(officer)


def test_who_handles_a_referral_records_and_its_body_and_the_one_above_read(app, sign_in):
    players = cast()
    mate, above = make.officer(Role.TOWN_INSPECTOR), make.officer(Role.DISTRICT_INSPECTOR)
    referral = brought_to(S.SIGNED_FOR, players)
    browser = sign_in(players.inspector)
    assert "登记过问" in browser.get(f"/referrals/{referral.key}").text
    answer = browser.post(f"/interventions/referrals/{referral.key}/record", data=FORM)
    assert answer.status_code == 302
    for officer in (players.inspector, mate):
        assert ASKED.words in sign_in(officer).get(f"/referrals/{referral.key}").text
    page = sign_in(above).get("/interventions/").text
    assert ASKED.name in page
    assert referral.number in page
    assert 'class="figures"' in page
    assert 'class="figures"' not in browser.get("/interventions/").text  # only the district is told how many


def test_nobody_else_reads_it_or_sees_that_it_is_there(app, sign_in):
    players = cast()
    group, stranger = make.officer(Role.GROUP_INSPECTOR), players.stranger
    referral = brought_to(S.SIGNED_FOR, players)
    browsers = {officer.login: sign_in(officer) for officer in (players.keeper, players.leader, players.operator)}
    for browser in browsers.values():
        browser.get(f"/leads/{referral.lead.key}")  # the first reading of the day leaves its own line
    pages = {login: timeless(browser.get(f"/leads/{referral.lead.key}").text) for login, browser in browsers.items()}
    operations.record(referral, ASKED, by=players.inspector, at=LATER)
    db.session.commit()
    for officer in (players.keeper, players.leader, players.operator, group, stranger):
        assert reads(officer) == []
    for login, browser in browsers.items():
        assert timeless(browser.get(f"/leads/{referral.lead.key}").text) == pages[login]
    for role in (Role.LEDGER_KEEPER, Role.BUREAU_LEADER):
        assert sign_in(make.officer(role)).get("/interventions/").status_code == 404


def test_an_intervener_who_signs_in_here_is_walled_from_the_record(app, sign_in):
    players = cast()
    asker = make.officer(Role.TOWN_INSPECTOR, name="逄说情")
    sounds = make.officer(Role.DISTRICT_INSPECTOR, name="旁说晴")
    other = make.officer(Role.DISTRICT_INSPECTOR)
    referral = brought_to(S.SIGNED_FOR, players)
    browser = sign_in(asker)
    before = timeless(browser.get(f"/referrals/{referral.key}").text)
    operations.record(referral, ASKED, by=players.inspector, at=LATER)
    db.session.commit()
    assert timeless(browser.get(f"/referrals/{referral.key}").text) == before
    assert reads(asker) == reads(sounds) == []
    assert len(reads(other)) == 1


def test_who_stands_aside_from_the_lead_reads_nothing_of_it(app):
    players, above = cast(), make.officer(Role.DISTRICT_INSPECTOR)
    referral = brought_to(S.SIGNED_FOR, players)
    operations.record(referral, ASKED, by=players.inspector, at=LATER)
    assert len(reads(above)) == 1
    recusals.recuse(referral.lead, "other", reason="两家是多年的邻居。", by=above, at=LATER)
    assert reads(above) == []


def test_before_it_leaves_the_registering_office_records_and_does_not_read(app, sign_in):
    players, above = cast(), make.officer(Role.DISTRICT_INSPECTOR)
    referral = proposed(players)
    browser = sign_in(players.keeper)
    address = f"/leads/{referral.lead.key}"
    assert "登记过问" in browser.get(address).text
    assert browser.post(f"/interventions/leads/{referral.lead.key}/record", data=FORM).status_code == 302
    assert ASKED.words not in browser.get(address).text
    assert reads(players.inspector) == reads(above) == []  # no body knows of the lead yet
    brought_to(S.HANDED_OVER, players, referral)
    db.session.commit()
    assert len(reads(players.inspector)) == len(reads(above)) == 1
    assert browser.post(f"/interventions/leads/{referral.lead.key}/record", data=FORM).status_code == 403


def test_who_does_not_handle_it_records_nothing(app, sign_in):
    players, above = cast(), make.officer(Role.DISTRICT_INSPECTOR)
    referral = brought_to(S.SIGNED_FOR, players)
    for officer in (players.keeper, above, players.stranger):
        with pytest.raises(NotPermitted):
            operations.record(referral, ASKED, by=officer, at=LATER)
    door = f"/interventions/referrals/{referral.key}/record"
    assert sign_in(players.stranger).post(door, data=FORM).status_code == 404
    assert sign_in(players.operator).post(door, data=FORM).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"intervention-name": " "},
        {"intervention-words": ""},
        {"intervention-happened_on": "2018-06-09"},
        {"intervention-manner": "no such manner"},
    ],
)
def test_words_that_are_not_enough_come_back(app, sign_in, wrong):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players)
    answer = sign_in(players.inspector).post(f"/interventions/referrals/{referral.key}/record", data=FORM | wrong)
    assert answer.status_code == 422
    assert ASKED.post in answer.text
    assert db.session.scalars(select(Intervention)).all() == []


def test_the_trail_names_the_record_by_itself_and_nothing_readable_is_kept(app):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players)
    kept = operations.record(referral, ASKED, by=players.inspector, at=LATER)
    db.session.commit()
    line = db.session.scalars(select(Entry).filter_by(act=Act.RECORD_INTERVENTION)).one()
    assert line.paper == kept.ref
    row = str(dict(db.session.execute(db.text("SELECT * FROM intervention")).mappings().one()))
    assert not [word for word in (ASKED.name, ASKED.post, ASKED.words) if word in row]


def test_an_empty_record_is_refused(app):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players)
    for said in (Said(" ", "", "by_phone", date(2018, 6, 4), "问"), Said("某", "", "by_phone", date(2018, 6, 4), " ")):
        with pytest.raises(Incomplete):
            operations.record(referral, said, by=players.inspector, at=LATER)
