"""Whose a petition is: the household's town, the bureau where the town may not; never who is complained about."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from tests import make
from tests.eligibility.cast import DEEDS, S, brought_to, cast, petition, reviews
from tipline.eligibility import operations, queries, reckoning, waiting
from tipline.eligibility.objections import ways_on
from tipline.intake.operations import receive
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow
from tipline.kit.series import next_number
from tipline.law.bodies import Body
from tipline.office import calendars
from tipline.office.charter import Act
from tipline.office.models import Letter
from tipline.referrals.models import Referral


def visible(officer):
    return list(db.session.scalars(queries.visible_to(officer)))


def test_a_household_is_handled_by_its_town_and_no_referral_goes_out(app):
    players = cast()
    review = petition(players)
    assert (review.handler.body, review.state) == (Body.TOWN_GOVERNMENT, S.OPENED)
    assert not make.referrals(review.lead)
    assert (review.rule, reckoning.rule_of(review).clause) == ("R-15", "社会救助暂行办法 第六十八条")
    assert str(reckoning.why_here(review)) == "低保家庭由其所在镇人民政府办理。"
    letters = db.session.scalars(select(Letter).where(Letter.about.like("review/%")))
    assert [letter.address for letter in letters] == [players.clerk.email]


@pytest.mark.parametrize("posts", [("recipient", "town_civil_affairs_clerk"), ("recipient", "town_mayor")])
def test_a_town_that_is_complained_about_never_handles_its_own(app, posts):
    players = cast()
    lead = make.lead(*posts, by=players.operator, named=True)
    (review,) = reviews(lead)
    assert review.handler.body is Body.CIVIL_AFFAIRS_BUREAU
    assert players.clerk.office_id not in {office.id for office in ways_on(review)}
    assert not visible(players.clerk)


def test_who_is_walled_sees_neither_row_nor_count_nor_gap(app, sign_in):
    players = cast()
    lead = make.lead("recipient", "town_civil_affairs_clerk", by=players.keeper, named=True)
    (review,) = reviews(lead)
    open_one = petition(players)
    assert lead.walled
    assert review.number == f"FH-{lead.number}-1"
    assert open_one.number.endswith("2018-0001")
    assert next_number("review/MZ", 2018) == 1
    db.session.commit()
    key, lead_number = review.key, review.number
    browser = sign_in(players.clerk)
    assert browser.get(f"/eligibility/{key}").status_code == 404
    assert browser.post(f"/eligibility/{key}/start-checks").status_code == 404
    assert lead_number not in browser.get("/eligibility/?tab=all").text
    assert queries.counts(players.clerk, make.NOON.date(), calendars.calendar())[queries.Tab.ALL] == 1
    assert key in sign_in(players.keeper).get("/eligibility/?tab=all").text


def test_a_matter_that_names_nobody_is_the_bureaus(app):
    review = petition(cast(), "policy_only")
    assert (review.handler.body, review.rule) == (Body.CIVIL_AFFAIRS_BUREAU, "R-22")
    assert str(reckoning.why_here(review)) == "不涉及具体低保家庭，由区民政局办理。"


def test_where_nobody_in_the_town_may_the_bureau_does(app):
    players = cast()
    review = petition(players, town=make.XINZHUANG)
    assert review.handler.body is Body.CIVIL_AFFAIRS_BUREAU
    assert str(reckoning.why_here(review)) == "镇里没有可以办理的人员，由区民政局办理。"


def test_a_crime_of_a_household_goes_to_the_police_and_the_bureau_looks_at_the_entitlement_too(app):
    players = cast()
    call = make.call("recipient", named=True)
    suspect = replace(call.people[0], crime_signs=True)
    lead = receive(replace(call, people=(suspect,)), by=players.operator, at=make.NOON)
    (referral,), (review,) = make.referrals(lead), reviews(lead)
    assert (referral.body, review.handler.body) == (Body.PUBLIC_SECURITY, Body.CIVIL_AFFAIRS_BUREAU)
    assert not review.whole


def test_a_petition_can_be_split_from_a_report_on_an_official_in_words_of_its_own(app):
    players = cast()
    lead = make.lead("village_head", by=players.operator, named=True)
    assert not reviews(lead)
    review = operations.open_review(lead, matter="我家的低保不该停。", by=players.keeper, at=make.NOON)
    assert (review.person, review.matter, review.whole) == (None, "我家的低保不该停。", False)
    with pytest.raises(NotNow):
        operations.open_review(lead, by=players.keeper, at=make.NOON)


def test_where_town_and_bureau_must_both_stand_aside_it_goes_elsewhere(app):
    players = cast()
    lead = make.lead("bureau_deputy_head", by=players.operator, named=True)
    with pytest.raises(Incomplete, match="信访部门"):
        operations.open_review(lead, by=players.operator, at=make.NOON)


def test_every_office_has_a_series_of_its_own(app):
    players = cast()
    numbers = [petition(players, posts).number for posts in ("recipient", "policy_only", "applicant", "policy_only")]
    town = make.office(Body.TOWN_GOVERNMENT).series
    assert numbers == [f"FH{town}2018-0001", "FHMZ2018-0001", f"FH{town}2018-0002", "FHMZ2018-0002"]


def test_what_is_a_petition_leaves_no_referral_behind(app):
    players = cast()
    petition(players, "recipient"), petition(players, "policy_only")
    assert db.session.scalar(select(func.count()).select_from(Referral)) == 0


def test_longer_time_is_owed_to_a_petitioner_in_words(app):
    players = cast()
    review = brought_to(S.CHECKING, players)
    assert [one.act for one in waiting.waiting_for(players.clerk, make.NOON.date())] == [Act.DECIDE_PETITION]
    DEEDS[Act.GRANT_MORE_TIME](review, players, make.NOON)
    assert [one.act for one in waiting.waiting_for(players.clerk, make.NOON.date())] == [Act.TELL_MORE_TIME]
    DEEDS[Act.TELL_MORE_TIME](review, players, make.NOON)
    assert [one.act for one in waiting.waiting_for(players.clerk, make.NOON.date())] == [Act.DECIDE_PETITION]
