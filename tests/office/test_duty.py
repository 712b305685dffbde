"""Leave and substitutes: mail passes those who are away, rights pass to nobody, and an empty office is named."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.referrals.cast import S, brought_to, cast
from tipline.clock import jobs
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotPermitted
from tipline.law.bodies import Body
from tipline.leads import access
from tipline.office import duty, outbox
from tipline.office.charter import Role
from tipline.office.duty import Gap
from tipline.office.models import Letter
from tipline.referrals import departure

FROM, TO = date(2018, 6, 4), date(2018, 6, 8)


@pytest.fixture(autouse=True)
def _in_june_2018(monkeypatch):
    monkeypatch.setattr("tipline.office.time.machine_now", lambda: make.NOON)


def leave(officer, substitute=None, since=FROM, until=TO, by=None):
    return duty.take_leave(officer, since, until, substitute, by=by or officer, at=make.NOON)


def written_to(referral) -> list[str]:
    departure.tell(referral, "hand_over", to=referral.to, at=make.NOON + timedelta(hours=9))
    return list(db.session.scalars(select(Letter.address).order_by(Letter.id)))[-2:]


def test_mail_passes_whoever_is_away_and_reaches_the_substitute(app):
    players, mate = cast(), make.officer(Role.TOWN_INSPECTOR)
    referral = brought_to(S.APPROVED, players)
    leave(players.inspector, mate)
    departure.tell(referral, "hand_over", to=referral.to, at=make.NOON)
    assert [one.address for one in db.session.scalars(select(Letter))] == [mate.email]


def test_when_everybody_is_away_the_letter_still_reaches_them(app):
    players = cast()
    referral = brought_to(S.APPROVED, players)
    leave(players.inspector)
    departure.tell(referral, "hand_over", to=referral.to, at=make.NOON)
    assert [one.address for one in db.session.scalars(select(Letter))] == [players.inspector.email]


def test_a_substitute_behind_the_wall_is_written_nothing_and_sees_nothing(app, sign_in):
    players = cast()
    mate = make.officer(Role.TOWN_INSPECTOR, name=make.NAMES[0])
    referral = brought_to(S.HANDED_OVER, players)
    leave(players.inspector, mate)
    db.session.commit()
    assert mate.id not in access.listed_for(referral.lead)
    departure.tell(referral, "hand_over", to=referral.to, at=make.NOON)
    assert mate.email not in list(db.session.scalars(select(Letter.address)))
    browser = sign_in(mate)
    assert browser.get(f"/referrals/{referral.key}").status_code == 404
    desk = browser.get("/desk/").text
    assert "您正在代岗" in desk
    assert referral.number not in desk


def test_reminders_by_role_pass_whoever_is_away(app):
    clerk, mate = make.officer(Role.TOWN_CLERK), make.officer(Role.TOWN_CLERK)
    leave(clerk, mate)
    assert outbox.readers(clerk.office, Role.TOWN_CLERK, on=FROM) == [(mate.email, "zh")]
    after = TO + timedelta(days=1)
    assert {address for address, _ in outbox.readers(clerk.office, Role.TOWN_CLERK, on=after)} == {
        clerk.email,
        mate.email,
    }


def test_a_substitute_is_of_the_same_office_and_role_and_here(app):
    clerk, mate = make.officer(Role.TOWN_CLERK), make.officer(Role.TOWN_CLERK)
    for other in (make.officer(Role.TOWN_DEPUTY), make.officer(Role.TOWN_CLERK, make.XIANSHUIGU), clerk):
        with pytest.raises(Incomplete):
            leave(clerk, other)
    with pytest.raises(Incomplete):
        leave(clerk)  # there is somebody who could
    leave(mate, clerk)
    with pytest.raises(Incomplete):
        leave(clerk, mate, since=TO, until=TO + timedelta(days=3))
    assert leave(clerk, since=TO, until=TO + timedelta(days=3)).substitute is None


@pytest.mark.parametrize(
    ("since", "until"), [(TO, FROM), (date(2018, 5, 1), date(2018, 6, 3)), (FROM, date(2019, 7, 1))]
)
def test_days_that_do_not_fit_are_refused(app, since, until):
    with pytest.raises(Incomplete):
        leave(make.officer(Role.TOWN_CLERK), since=since, until=until)


def test_only_oneself_or_the_security_administrator_enters_leave(app, sign_in):
    clerk, security = make.officer(Role.TOWN_CLERK), make.officer(Role.SECURITY_ADMIN)
    with pytest.raises(NotPermitted):
        leave(clerk, by=make.officer(Role.SYSTEM_ADMIN))
    leave(clerk, by=security)
    said = {"leave-since": "2018-06-20", "leave-until": "2018-06-22", "leave-substitute": ""}
    assert sign_in(clerk).post("/account/take-leave", data=said).status_code == 302
    assert sign_in(security).post(f"/admin/roster/{clerk.key}/arrange-leave", data=said).status_code == 302
    assert len(duty.leaves_of(clerk, FROM)) == 3


def test_coming_back_early_ends_the_leave_today(app, sign_in):
    clerk = make.officer(Role.TOWN_CLERK)
    taken = leave(clerk)
    stranger, browser = sign_in(make.officer(Role.TOWN_CLERK, make.XIANSHUIGU)), sign_in(clerk)
    assert stranger.post(f"/account/leaves/{taken.key}/come-back").status_code == 404
    assert browser.post(f"/account/leaves/{taken.key}/come-back").status_code == 302
    assert list(db.session.scalars(duty.away(FROM))) == []


def gap_of(body: Body, on: date = FROM) -> Gap | None:
    office = make.office(body)
    return next((one.gap for one in duty.unmanned(on) if one.office.id == office.id), None)


def test_an_office_without_a_signer_or_with_all_of_them_away_is_named(app):
    assert gap_of(Body.TOWN_DISCIPLINE_BODY) is Gap.NOBODY
    inspector = make.officer(Role.TOWN_INSPECTOR)
    assert gap_of(Body.TOWN_DISCIPLINE_BODY) is None
    leave(inspector)
    assert gap_of(Body.TOWN_DISCIPLINE_BODY) is Gap.AWAY
    assert gap_of(Body.TOWN_DISCIPLINE_BODY, TO + timedelta(days=1)) is None
    make.officer(Role.TOWN_DEPUTY)
    assert gap_of(Body.TOWN_GOVERNMENT) is Gap.NOBODY  # a deputy sends nothing
    make.officer(Role.TOWN_CLERK)
    assert gap_of(Body.TOWN_GOVERNMENT) is None


def test_the_alarm_stands_on_the_status_page_and_is_written_once_a_week_or_when_it_changes(app, sign_in):
    admin = make.officer(Role.SYSTEM_ADMIN)
    inspector = make.officer(Role.TOWN_INSPECTOR)
    make.officer(Role.DISTRICT_INSPECTOR)
    written = [jobs.warn_of_empty_chairs(make.NOON + timedelta(days=day)) for day in (0, 0, 1, 7)]
    assert [bool(number) for number in written] == [True, False, False, True]
    leave(inspector)
    assert jobs.warn_of_empty_chairs(make.NOON + timedelta(days=1))
    page = sign_in(admin).get("/clock/").text
    assert "双港镇纪委" in page
    letters = list(db.session.scalars(select(Letter).where(Letter.about.startswith("unmanned/"))))
    assert any("双港镇纪委" in letter.body for letter in letters)
