"""A live referral whose body must stand aside after all is raised by the clock, once, with a line and a letter."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.referrals.cast import S, brought_to, cast, proposed
from tipline.kit.db import db
from tipline.law.bodies import Body, Unit
from tipline.leads import access, recusals
from tipline.office import editions, roster, trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Letter
from tipline.referrals import jobs, queries
from tipline.referrals.lifecycle import RAISABLE

LATER = make.NOON + timedelta(days=1)
WHY = "与被反映人是多年邻居。"


def sees(officer, referral) -> bool:
    return referral in db.session.scalars(queries.visible_to(officer))


def letters(referral) -> list[str]:
    query = select(Letter.address).where(Letter.about.startswith(f"{referral.ref}/hand_over")).order_by(Letter.id)
    return list(db.session.scalars(query))


def aside(players, referral) -> None:
    recusals.recuse(referral.lead, "other", reason=WHY, by=players.inspector, at=LATER)
    db.session.commit()


@pytest.mark.parametrize("state", sorted(RAISABLE))
def test_when_the_only_signer_stands_aside_the_next_body_gets_it(app, state):
    players, above = cast(), make.officer(Role.DISTRICT_INSPECTOR)
    referral = brought_to(state, players)
    aside(players, referral)
    assert jobs.raise_stranded(LATER) == 1
    assert referral.to.body is referral.body is Body.DISTRICT_DISCIPLINE_BODY
    assert (referral.raised_from, referral.raised_at) == ([Body.TOWN_DISCIPLINE_BODY.value], LATER)
    assert referral.state in {S.PROPOSED, S.HANDED_OVER}
    if referral.state is S.HANDED_OVER:
        assert letters(referral)[-1] == above.email
        assert sees(above, referral)
    assert not sees(players.inspector, referral)
    line = db.session.scalars(select(Entry).filter_by(paper=referral.ref, act=Act.RAISE_REFERRAL)).one()
    assert line.by.role is Role.CLOCK
    assert jobs.raise_stranded(LATER + timedelta(days=1)) == 0  # once
    assert not list(trail.faults())


def test_another_hand_in_the_body_is_enough(app):
    players = cast()
    make.officer(Role.TOWN_INSPECTOR)
    referral = brought_to(S.IN_DISPOSITION, players)
    aside(players, referral)
    assert jobs.raise_stranded(LATER) == 0
    assert referral.body is Body.TOWN_DISCIPLINE_BODY


def test_a_new_namesake_of_the_only_signer_raises_it_too(app):
    players, security = cast(), make.officer(Role.SECURITY_ADMIN)
    make.officer(Role.DISTRICT_INSPECTOR)
    referral = brought_to(S.SIGNED_FOR, players)
    roster.rename(players.inspector, make.NAMES[0], by=security, at=LATER)
    db.session.commit()
    assert jobs.raise_stranded(LATER) == 1
    assert referral.body is Body.DISTRICT_DISCIPLINE_BODY


def test_a_person_whose_facts_are_corrected_into_the_body_raises_it(app):
    players = cast()
    make.officer(Role.DISTRICT_INSPECTOR)
    referral = brought_to(S.SIGNED_FOR, players)
    referral.person.unit = Unit.TOWN_DISCIPLINE_BODY
    officer_of_it = next(post for post in editions.notice().posts if post.unit is Unit.TOWN_DISCIPLINE_BODY)
    referral.person.kind, referral.person.managed_by = officer_of_it.kind, officer_of_it.managed_by
    access.redraw(referral.lead)
    db.session.commit()
    assert jobs.raise_stranded(LATER) == 1
    assert referral.body is Body.DISTRICT_DISCIPLINE_BODY


def test_a_request_that_still_waits_raises_nothing(app):
    players, above = cast(), make.officer(Role.DISTRICT_INSPECTOR)
    referral = brought_to(S.SIGNED_FOR, players)
    asked = recusals.request(referral.lead, players.inspector, "other", reason=WHY, by=players.operator, at=LATER)
    db.session.commit()
    assert jobs.raise_stranded(LATER) == 0
    recusals.grant(asked, reason=WHY, by=above, at=LATER)
    db.session.commit()
    assert jobs.raise_stranded(LATER) == 1


def test_where_nobody_may_approve_any_more_it_leaves_directly(app):
    players = cast()
    referral = proposed(players)
    for officer in (players.keeper, players.second_keeper, players.leader):
        recusals.recuse(referral.lead, "other", reason=WHY, by=officer, at=LATER)
    db.session.commit()
    assert jobs.raise_stranded(LATER) == 1
    assert referral.state is S.HANDED_OVER
    assert sees(players.inspector, referral)
    assert letters(referral) == [players.inspector.email]


def test_a_body_that_nobody_mans_is_not_raised_past(app):
    players = cast()
    make.officer(Role.DISTRICT_INSPECTOR)
    make.officer(Role.LEDGER_KEEPER, name=make.NAMES[0])
    referral = brought_to(S.SIGNED_FOR, players)
    assert referral.lead.walled
    roster.disable(players.inspector, by=make.officer(Role.SYSTEM_ADMIN), at=LATER)
    db.session.commit()
    assert jobs.raise_stranded(LATER) == 0  # an empty chair is filled, not passed over


def test_what_was_raised_at_registration_is_kept_too_and_the_page_says_so(app, sign_in):
    make.officer(Role.TOWN_INSPECTOR, name=make.NAMES[0])
    leader = make.officer(Role.BUREAU_LEADER)
    make.officer(Role.LEDGER_KEEPER)
    make.officer(Role.DISTRICT_INSPECTOR)
    (referral,) = make.referrals(make.lead("village_head"))
    assert referral.raised_from == [Body.TOWN_DISCIPLINE_BODY.value]
    assert referral.raised_at is None
    assert "提级" in sign_in(leader).get(f"/referrals/{referral.key}").text
