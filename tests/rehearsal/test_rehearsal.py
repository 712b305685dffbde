"""The rehearsal: a district to play in, whose date goes forward only, and from which no mail leaves."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests import make, smtp
from tests.conftest import settings
from tipline import create_app
from tipline.clock import operations as clock
from tipline.eligibility.lifecycle import ReviewState as R
from tipline.eligibility.models import EligibilityReview
from tipline.kit.cabinet import cabinet
from tipline.kit.dates import local
from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.law.bodies import Body
from tipline.leads.lifecycle import LeadState
from tipline.leads.models import Lead
from tipline.leads.queries import visible_to
from tipline.office import mailroom, outbox, roster, sessions, time, trail
from tipline.office.charter import Role
from tipline.office.models import Letter, Officer
from tipline.referrals import queries as referral_queries
from tipline.referrals.lifecycle import ReferralState
from tipline.referrals.models import Referral
from tipline.rehearsal import district, operations
from tipline.rehearsal.operations import Stride
from tipline.relatives.lifecycle import HitState
from tipline.relatives.models import RegisterHit
from tipline.screening.models import ScreeningRecord, ScreeningUpload
from tipline.supervision.models import SupervisedCase


def player(login):
    return db.session.query(Officer).filter_by(login=login).one()


def walk():
    db.session.commit()
    clock.tick_rehearsal()
    db.session.rollback()


def test_the_leads_of_the_rehearsal_stand_in_every_state(stage):
    assert db.session.query(Lead).count() == (47 if cabinet.folder else 46)  # one was raised from a comparison
    assert {lead.state for lead in db.session.query(Lead)} == set(LeadState)
    assert {referral.state for referral in db.session.query(Referral)} == set(ReferralState)
    petitions = {review.state for review in db.session.query(EligibilityReview)}
    assert petitions >= {R.OPENED, R.FORWARDED, R.CHECKING, R.DECIDED, R.EXECUTED, R.SECOND_LOOK}
    assert len({case.state for case in db.session.query(SupervisedCase)}) >= 3


def test_what_was_played_is_a_whole_trail_with_an_entry_for_every_step(stage):
    assert list(trail.faults()) == []
    lines = db.session.query(trail.Entry.act, trail.Entry.at).order_by(trail.Entry.seq)
    moments = [at for act, at in lines if act.value.partition(".")[0] in {"lead", "referral", "review", "supervision"}]
    assert moments == sorted(moments)
    assert moments[0] > district.OPENED
    assert moments[-1] < district.TODAY


def test_the_same_leads_are_played_every_time(stage):
    assert Counter(lead.channel for lead in db.session.query(Lead))["call"] == 30


def test_letters_of_the_past_have_arrived_and_carry_no_name(stage):
    letters = db.session.query(Letter).all()
    assert len(letters) > 20
    assert all(letter.sent_at for letter in letters)
    assert not any(mailroom.lint(letter) for letter in letters)


def test_the_leader_of_the_bureau_does_not_see_the_lead_that_names_him(stage):
    leader, inspector = player("leader"), player("district")
    naming = {lead for lead in db.session.query(Lead) if leader.name in {person.name for person in lead.people}}
    assert naming
    assert naming <= {referral.lead for referral in db.session.scalars(referral_queries.visible_to(inspector))}
    assert not naming & set(db.session.scalars(visible_to(leader)))


def test_a_rehearsal_that_has_begun_is_not_furnished_again(stage):
    before = trail.head()
    assert not district.furnish()
    assert trail.head() == before


def test_every_role_is_played_and_every_town_gets_mail(stage):
    assert {officer.role for officer in roster.officers()} == set(Role) - {Role.CLOCK}
    for town in roster.town_governments():
        for role in (Role.TOWN_CLERK, Role.TOWN_DEPUTY):
            assert outbox.addresses(town, role) != [town.email]


def test_the_comparison_has_hits_in_every_state(stage):
    found = {hit.state for hit in db.session.query(RegisterHit)}
    assert found == (set(HitState) - {HitState.HELD_FALSE} if cabinet.folder else set())


def test_two_towns_have_begun_to_screen(stage, app):
    counts = select(func.count(), func.count(ScreeningRecord.conclusion)).group_by(ScreeningRecord.office_id)
    begun = {(38 + 9 + 3, 30 + 9 + 3), (24 + 9, 4 + 9)} if cabinet.folder else set()
    assert set(map(tuple, db.session.execute(counts))) == begun
    assert (db.session.scalar(select(func.sum(ScreeningUpload.wrong))) or 0) == 0


def test_the_shared_password_opens_every_account(stage):
    for officer in roster.officers():
        assert sessions.HASHER.verify(officer.password_hash, district.PASSWORD)
        assert not officer.must_change_password


def test_the_door_says_who_can_be_played(stage, app):
    page = app.test_client().get("/sign-in").text
    for officer in roster.officers():
        shown = officer.role is not Role.CLOCK
        assert (officer.login in page.partition("<main")[2].partition("</main")[0]) == shown
        assert officer.name in page or not shown
    assert district.PASSWORD in page


def test_the_date_goes_a_day_a_week_and_to_the_next_duty(stage):
    operator = player("operator")
    for stride, day in ((Stride.DAY, "06-05"), (Stride.WEEK, "06-12")):
        operations.move_on(stride, by=operator, at=time.now())
        walk()
        assert f"{local(time.rehearsal().moment):%m-%d %H:%M}" == f"{day} 09:00"
    target = operations.move_on(Stride.DUTY, by=operator, at=time.now())
    assert timedelta(0) < target - time.rehearsal().moment <= timedelta(days=60)


def test_who_pushes_twice_is_asked_to_wait(stage):
    operator = player("operator")
    operations.move_on(Stride.DAY, by=operator, at=time.now())
    with pytest.raises(NotNow, match="还在走"):
        operations.move_on(Stride.DAY, by=operator, at=time.now())


def test_a_fortnight_of_the_rehearsal_writes_letters_and_sends_none(app, stage):
    with smtp.host() as host:
        app.config.update(SMTP_HOST="127.0.0.1", SMTP_PORT=host.port)
        before = db.session.query(Letter).count()
        operations.move_on(Stride.WEEK, by=player("operator"), at=time.now())
        walk()
        letters = db.session.query(Letter).filter(Letter.id > before).all()
    assert letters
    assert not host.accepted
    assert not any(mailroom.lint(letter) for letter in letters)


# --- at the counter


def test_the_page_moves_the_date_and_says_that_the_clock_walks(stage, sign_in):
    browser = sign_in(player("operator"))
    page = browser.get("/rehearsal/").text
    assert "2018年6月4日" in page
    assert "前进一天" in page
    assert browser.post("/rehearsal/move", data={"stride": "day"}).status_code == 302
    page = browser.get("/rehearsal/").text
    assert "时钟正在走到" in page
    assert re.search(r'hx-trigger="every \d+s"', page)
    assert browser.post("/rehearsal/move", data={"stride": "day"}).status_code == 409
    assert browser.post("/rehearsal/move", data={"stride": "year"}).status_code == 422


def test_the_outbox_shows_a_player_the_mail_of_their_office_and_the_administrator_all(stage, sign_in):
    town = make.office(Body.TOWN_DISCIPLINE_BODY)
    page = sign_in(player("shuanggang-inspector")).get("/rehearsal/outbox").text
    addresses = set(re.findall(r"[\w.-]+@jinnan\.example", page))
    assert addresses == {letter.address for letter in outbox.page(to=town, rows=99).letters} != set()
    assert "下一页" in sign_in(player("sysadmin")).get("/rehearsal/outbox").text


def test_the_rehearsal_has_no_door_in_an_office_that_works(database):
    built = create_app(settings(database))
    assert not any(rule.endpoint.startswith("rehearsal.") for rule in built.url_map.iter_rules())


def test_whoever_is_not_signed_in_is_sent_to_sign_in(app):
    response = app.test_client().get("/rehearsal/")
    assert response.status_code == 302
    assert "/sign-in" in response.headers["Location"]
