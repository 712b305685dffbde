"""The ladder of reminders, walked day by day: each step once, on a working day, none made up for."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from tests import make
from tests.typical_cases.telling import told
from tipline.duties.jobs import remind
from tipline.kit.dates import Month, at_clock, day_of
from tipline.kit.db import db
from tipline.law import campaign
from tipline.law.bodies import Body
from tipline.office import calendars, editions
from tipline.office.charter import Role
from tipline.office.models import Edition, Letter
from tipline.typical_cases import operations, queries

MAY, JUNE, JULY = Month(2018, 5), Month(2018, 6), Month(2018, 7)
THRICE = (time(9), time(13), time(17, 30))
STEPS_OF_MAY = {
    "prepare": date(2018, 5, 25),
    "due_soon": date(2018, 5, 31),
    "due_today": date(2018, 6, 7),
    "overdue_clerk": date(2018, 6, 8),
    "overdue_deputy": date(2018, 6, 12),
    "overdue_leader": date(2018, 6, 14),
}


def walk(first: date, last: date, *, hours: tuple[time, ...] = THRICE) -> int:
    """Let the clock run the job on every day, several times a day."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return sum(remind(at_clock(day, hour)) for day in days for hour in hours)


def letters(town: str = make.SHUANGGANG, month: Month = MAY) -> dict[str, date]:
    """The steps written for a town's month, each with its day."""
    start = f"typical-cases/{month}/{town}/"
    found = db.session.scalars(select(Letter).where(Letter.about.startswith(start)).order_by(Letter.id))
    return {letter.about.removeprefix(start): day_of(letter.written_at) for letter in found}


@pytest.fixture
def clerk(app):
    make.officer(Role.TOWN_DEPUTY)
    make.officer(Role.BUREAU_LEADER)
    return make.officer(Role.TOWN_CLERK)


def noon(day: date) -> datetime:
    return at_clock(day, time(12))


def test_may_climbs_the_whole_ladder_one_step_at_a_time(clerk):
    walk(date(2018, 5, 1), date(2018, 6, 30))
    assert letters() == STEPS_OF_MAY


def test_from_may_to_august_every_step_of_every_month_is_written_once_and_on_its_day(clerk):
    walk(date(2018, 5, 1), date(2018, 8, 31))
    notice, calendar = editions.notice(), calendars.calendar()
    for month in (MAY, JUNE, JULY):
        steps = campaign.ladder(notice.typical_cases, campaign.month_period(month), notice, calendar)
        assert letters(month=month) == {step.key: step.on for step in steps}
    assert letters(month=Month(2018, 8)) == {"prepare": date(2018, 8, 27), "due_soon": date(2018, 8, 31)}
    assert db.session.query(Letter.about).filter(Letter.about.like("typical-cases/%")).distinct().count() == 8 * (
        3 * 6 + 2
    )


def test_nobody_is_written_to_on_a_rest_day(clerk):
    walk(date(2018, 5, 1), date(2018, 10, 31))
    days = {day_of(written) for written in db.session.scalars(select(Letter.written_at))}
    assert days
    assert all(calendars.calendar().is_working_day(day) for day in days)


def test_the_job_run_on_a_rest_day_writes_nothing(clerk):
    assert remind(noon(date(2018, 6, 16))) == 0  # a Saturday after the last step of May
    assert remind(noon(date(2018, 6, 18))) == 0  # 端午节


def test_each_step_goes_to_the_one_it_is_for(clerk):
    walk(date(2018, 5, 1), date(2018, 6, 30))
    start = f"typical-cases/{MAY}/{make.SHUANGGANG}/"
    found = db.session.scalars(select(Letter).where(Letter.about.startswith(start)))
    addresses = {letter.about.removeprefix(start): letter.address.rsplit("-", 1)[0] for letter in found}
    assert addresses == {
        "prepare": "town-clerk",
        "due_soon": "town-clerk",
        "due_today": "town-clerk",
        "overdue_clerk": "town-clerk",
        "overdue_deputy": "town-deputy",
        "overdue_leader": "bureau-leader",
    }


@pytest.mark.parametrize("since", [date(2018, 6, 4), date(2019, 6, 4)])
def test_what_was_missed_before_the_house_opened_is_written_to_nobody(clerk, since):
    db.session.execute(update(Edition).values(published_at=noon(since)))
    walk(date(2019, 6, 4), date(2019, 6, 28))
    months = {about.split("/")[1] for about in db.session.scalars(select(Letter.about)) if about.startswith("typical")}
    opened_late = since.year == 2019
    assert (min(months), max(months)) == ("2019-05" if opened_late else "2018-05", "2019-06")
    assert "overdue_leader" in letters(month=Month(2019, 5))


def test_after_ten_days_of_standstill_only_the_step_of_the_day_is_written(clerk):
    walk(date(2018, 5, 1), date(2018, 6, 1))
    walk(date(2018, 6, 12), date(2018, 6, 30))
    steps = letters()
    assert "due_today" not in steps
    assert "overdue_clerk" not in steps
    assert steps["overdue_deputy"] == date(2018, 6, 12)
    assert steps["overdue_leader"] == date(2018, 6, 14)


def test_a_clock_that_wakes_after_the_last_step_writes_the_last_step_once(clerk):
    walk(date(2018, 7, 2), date(2018, 7, 20))
    assert letters() == {"overdue_leader": date(2018, 7, 2)}


@pytest.mark.parametrize("nil", [True, False])
def test_a_report_stops_the_ladder_and_a_nil_report_does_too(clerk, nil):
    walk(date(2018, 5, 1), date(2018, 5, 31))
    at = noon(date(2018, 6, 1))
    if nil:
        operations.file_nil(MAY, signatory="周某", by=clerk, at=at)
    else:
        operations.file(MAY, [told()], signatory="周某", by=clerk, at=at)
    walk(date(2018, 6, 1), date(2018, 6, 30))
    assert set(letters()) == {"prepare", "due_soon"}
    assert set(letters(make.XINZHUANG)) == set(STEPS_OF_MAY)


def test_a_returned_report_is_owed_again_and_no_step_is_written_twice(clerk):
    keeper = make.officer(Role.LEDGER_KEEPER)
    walk(date(2018, 5, 1), date(2018, 6, 4))
    report = operations.file(MAY, [told()], signatory="周某", by=clerk, at=noon(date(2018, 6, 5)))
    walk(date(2018, 6, 5), date(2018, 6, 7))
    operations.send_back(report, reason="处理结果没有写", by=keeper, at=noon(date(2018, 6, 8)))
    walk(date(2018, 6, 8), date(2018, 6, 30))
    assert letters() == {
        "prepare": date(2018, 5, 25),
        "due_soon": date(2018, 5, 31),
        "overdue_deputy": date(2018, 6, 12),
        "overdue_leader": date(2018, 6, 14),
    }


def test_an_old_debt_stays_owed_after_the_last_letter(clerk):
    walk(date(2018, 6, 1), date(2018, 8, 31), hours=(time(9),))
    town = make.office(Body.TOWN_GOVERNMENT)
    assert (town, MAY) in [(cell.town, cell.month) for cell in queries.overdue(date(2018, 8, 31))]


def test_a_town_without_a_deputy_is_written_to_at_its_office(app):
    walk(date(2018, 6, 12), date(2018, 6, 12))
    query = select(Letter.address).where(Letter.about == f"typical-cases/{MAY}/{make.SHUANGGANG}/overdue_deputy")
    assert db.session.scalars(query).all() == [make.office(Body.TOWN_GOVERNMENT).email]


def test_a_letter_says_month_day_and_what_to_do_and_nothing_else(app, clerk):
    neighbour = make.officer(Role.TOWN_CLERK, make.XINZHUANG)
    operations.file(MAY, [told()], signatory="周某", by=neighbour, at=noon(date(2018, 6, 1)))
    walk(date(2018, 6, 7), date(2018, 6, 7))
    about = f"typical-cases/{MAY}/{make.SHUANGGANG}/due_today"
    letter = db.session.scalars(select(Letter).filter_by(about=about)).one()
    assert letter.subject.startswith("2018年5月的典型案例月报：")
    assert "2018年5月的典型案例月报应于2018年6月7日前报送" in letter.body
    assert f"{app.config['BASE_URL']}/duties/" in letter.body
    assert "周某" not in letter.body


def test_the_link_in_the_letters_opens_the_room(app, sign_in, clerk):
    assert sign_in(clerk).get("/duties/").status_code == 200
