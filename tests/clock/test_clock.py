"""The clock: what is due runs once, however late, however often and by however many it is asked."""

import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from apscheduler.triggers.cron import CronTrigger
from flask_login import login_user

from tests import make
from tipline.clock import operations, queries, runs, schedule
from tipline.clock.models import Heartbeat, JobRun, RunState
from tipline.clock.schedule import Appointment
from tipline.kit.dates import HERE, local
from tipline.kit.db import db
from tipline.kit.errors import NotNow
from tipline.kit.words import Sentence
from tipline.leads.call import ReporterSaid
from tipline.office import mailroom, outbox, time
from tipline.office.charter import Role
from tipline.office.models import Letter

DAY = timedelta(days=1)


@pytest.fixture
def done(app, monkeypatch):
    """A schedule of two jobs that only write down when they ran."""
    ran = []
    plan = {
        "morning": Appointment(lambda at: ran.append(("morning", at)) or 1, schedule.daily(9, 0), Sentence("早")),
        "weekly": Appointment(
            lambda at: ran.append(("weekly", at)) or 0,
            CronTrigger(day_of_week="mon", hour=10, timezone=HERE),
            Sentence("周"),
        ),
    }
    monkeypatch.setattr(schedule, "SCHEDULE", plan)
    for module in (operations, runs, queries):
        monkeypatch.setattr(module, "SCHEDULE", plan)
    return ran


def tick(at):
    db.session.rollback()
    return operations.tick(at)


def rows(**like):
    db.session.rollback()
    return db.session.query(JobRun).filter_by(**like).order_by(JobRun.due_at).all()


def test_what_was_due_before_the_house_opened_is_not_owed(done):
    assert tick(make.NOON) == 0
    assert done == []


def test_a_job_runs_once_when_it_is_due(done):
    tick(make.NOON)
    assert [tick(make.NOON + n * DAY) for n in (0.5, 1, 1, 1.1)] == [0, 1, 0, 0]
    assert done == [("morning", make.NOON + DAY)]
    assert [run.made for run in rows(job="morning")] == [0, 1]


def test_a_clock_that_was_stopped_for_ten_days_runs_each_job_once(done):
    tick(make.NOON)
    assert tick(make.NOON + 10 * DAY) == 2
    assert sorted(name for name, _ in done) == ["morning", "weekly"]
    assert tick(make.NOON + 10 * DAY) == 0


def test_two_clocks_at_once_run_a_job_once(app, done):
    tick(make.NOON)
    together = threading.Barrier(4)

    def look():
        with app.app_context():
            together.wait()
            operations.tick(make.NOON + DAY)

    clocks = [threading.Thread(target=look) for _ in range(4)]
    for clock in clocks:
        clock.start()
    for clock in clocks:
        clock.join()
    assert done == [("morning", make.NOON + DAY)]


def crash(at):
    """A clock process that claims the morning's job and dies in the middle of it."""
    due_at = schedule.next_after("morning", at)
    assert runs.claim(schedule.Firing(due_at, "morning")) == 1


def test_a_run_whose_clock_died_is_taken_over_when_its_lease_has_ended(done, monkeypatch):
    tick(make.NOON)
    crash(make.NOON)
    assert tick(make.NOON + DAY) == 0, "the lease still holds"
    later = time.machine_now() + runs.LEASE
    monkeypatch.setattr(runs, "machine_now", lambda: later)
    assert tick(make.NOON + DAY) == 1
    assert [(run.state, run.tries) for run in rows(job="morning")][1:] == [(RunState.DONE, 2)]


def test_who_was_taken_over_writes_nothing_down(done):
    tick(make.NOON)
    crash(make.NOON)
    firing = schedule.Firing(schedule.next_after("morning", make.NOON), "morning")
    runs.finish(firing, 7, state=RunState.DONE, made=9)
    assert rows(job="morning")[-1].state is RunState.RUNNING


def test_a_failing_job_stops_no_other_and_is_tried_again(done, monkeypatch):
    def fail(at):
        raise RuntimeError("王某某 15412345678")

    plan = schedule.SCHEDULE
    whole = plan["morning"]
    monkeypatch.setitem(plan, "morning", whole._replace(job=fail))
    tick(make.NOON)
    tick(make.NOON + 7 * DAY)
    assert [name for name, _ in done] == ["weekly"]
    failed = rows(job="morning")[-1]
    assert (failed.state, failed.trouble) == (RunState.FAILED, "RuntimeError")
    monkeypatch.setitem(plan, "morning", whole)
    assert tick(make.NOON + 7 * DAY) == 0, "too early"
    later = time.machine_now() + timedelta(minutes=11)
    monkeypatch.setattr(runs, "machine_now", lambda: later)
    assert tick(make.NOON + 7 * DAY) == 1
    assert rows(job="morning")[-1].state is RunState.DONE


def test_a_machine_clock_that_ran_a_year_ahead_does_no_harm_when_it_is_right_again(done):
    tick(make.NOON)
    tick(make.NOON + 365 * DAY)
    assert len(done) == 2
    assert tick(make.NOON + DAY) == 1
    assert tick(make.NOON + 2 * DAY) == 1


def test_the_heart_beats_every_ten_seconds(done, monkeypatch):
    tick(make.NOON)
    first = db.session.query(Heartbeat.beat_at).scalar()
    tick(make.NOON)
    assert db.session.query(Heartbeat.beat_at).scalar() == first
    monkeypatch.setattr(runs, "machine_now", lambda: first + runs.BEAT_EVERY)
    tick(make.NOON)
    assert db.session.query(Heartbeat.beat_at).scalar() == first + runs.BEAT_EVERY


# --- the strip


def told(app, officer, at=make.NOON):
    db.session.rollback()
    with app.test_request_context():
        login_user(officer)
        return [(alarm.tone, str(alarm.text)) for alarm in queries._troubles(at)]


@pytest.fixture
def admin(app):
    somebody = make.officer(Role.SYSTEM_ADMIN)
    db.session.commit()
    return somebody


def test_a_house_without_a_clock_says_so(app, done, admin):
    assert told(app, admin) == [("overdue", "时钟没有运行，催办和函件都不会发出。")]


def test_a_clock_that_stands_still_is_noticed(app, done, admin, monkeypatch):
    tick(make.NOON)
    assert told(app, admin) == []
    later = time.machine_now() + timedelta(minutes=5)
    monkeypatch.setattr(queries, "machine_now", lambda: later)
    assert told(app, admin) == [("overdue", "时钟已停 5 分钟，催办和函件都不会发出。")]
    monkeypatch.setattr(queries, "machine_now", lambda: later - timedelta(days=1))
    assert told(app, admin) == [("overdue", "服务器的时间倒退了，请核对。")]


def test_a_job_that_has_not_run_is_louder_than_one_that_failed(app, done, admin, monkeypatch):
    def fail(at):
        raise RuntimeError

    monkeypatch.setitem(schedule.SCHEDULE, "weekly", schedule.SCHEDULE["weekly"]._replace(job=fail))
    tick(make.NOON)
    tick(make.NOON + 7 * DAY)
    assert told(app, admin, make.NOON + 7.9 * DAY) == [("overdue", "“早”到时没有运行。"), ("soon", "“周”运行失败。")]


# --- the rehearsal


@pytest.fixture
def stage(app, done):
    app.config["REHEARSAL"] = True
    time.set_rehearsal(make.NOON)
    db.session.commit()
    operations.tick_rehearsal()
    done.clear()
    return done


def go(target):
    time.set_rehearsal(time.now(), target=target)
    db.session.commit()
    return operations.tick_rehearsal()


def test_the_walk_takes_every_step_in_order(stage):
    assert go(make.NOON + 10 * DAY) == 11
    moments = [at for _, at in stage]
    assert moments == sorted(moments)
    assert all(local(at).hour in (9, 10) for at in moments)
    assert [name for name, _ in stage].count("weekly") == 1
    assert all(after - before <= DAY for before, after in pairwise(moments))
    assert time.rehearsal().moment == make.NOON + 10 * DAY


def test_a_walk_that_is_interrupted_goes_on_where_it_stopped(stage):
    steps = iter([True, True, True, True, True, False])
    time.set_rehearsal(time.now(), target=make.NOON + 10 * DAY)
    db.session.commit()
    operations.tick_rehearsal(going=lambda: next(steps, False))
    first = len(stage)
    assert 0 < first < 11
    db.session.rollback()
    operations.tick_rehearsal()
    assert len(stage) == len(set(stage)) == 11


def test_the_date_cannot_go_back(stage):
    go(make.NOON + DAY)
    with pytest.raises(NotNow, match="只能向前"):
        time.set_rehearsal(make.NOON)
    with pytest.raises(NotNow, match="只能向前"):
        time.set_rehearsal(make.NOON + 2 * DAY, target=make.NOON)


def test_letters_are_delivered_into_the_outbox_while_the_date_walks(stage, monkeypatch):
    def write(at):
        db.session.add(
            Letter(about=f"day/{at}", address="a@b.example", office=make.office(make.HOME[Role.AUDITOR]),
                   subject="日", body="日", written_at=at, next_try_at=at)
        )  # fmt: skip
        db.session.commit()
        return 1

    monkeypatch.setitem(schedule.SCHEDULE, "morning", schedule.SCHEDULE["morning"]._replace(job=write))
    go(make.NOON + 4 * DAY)
    letters = outbox.page().letters
    assert len(letters) == 4
    assert all(abs(letter.sent_at - letter.written_at) < timedelta(minutes=1) for letter in letters)


# --- the house's own jobs

EXPECTED = {
    "clock.calendar",
    "clock.empty-chairs",
    "clock.trail-head",
    "duties.remind",
    "eligibility.reckon",
    "eligibility.remind",
    "evidence.sweep",
    "handling.remind",
    "hotline.propose",
    "hotline.remind",
    "inspections.forget",
    "inspections.remind",
    "leads.end-lifts",
    "referrals.raise",
    "referrals.reckon",
    "referrals.remind",
    "relatives.compare",
    "relatives.forget",
    "reports.monthly",
    "reports.morning-brief",
    "screening.forget",
    "supervision.urge",
    "supervision.warn",
    "telephone.forget",
}


def test_every_job_of_the_house_is_in_the_schedule():
    assert set(schedule.SCHEDULE) == EXPECTED


def test_every_job_can_run_three_times_and_the_second_and_third_do_nothing(app):
    make.officer(Role.AUDITOR)
    db.session.commit()
    for name, appointment in schedule.SCHEDULE.items():
        made = [appointment.job(make.NOON) for _ in range(3)]
        assert made[1:] == [0, 0], name


def test_the_head_of_the_trail_goes_to_the_auditors_once_a_day(app):
    app.config["ADMIN_EMAIL"] = "admin@jinnan.example"
    auditor = make.officer(Role.AUDITOR)
    db.session.commit()
    job = schedule.SCHEDULE["clock.trail-head"].job
    assert [job(make.NOON), job(make.NOON), job(make.NOON + DAY)] == [2, 0, 2]
    letters = outbox.page().letters
    assert {letter.address for letter in letters} == {auditor.email, "admin@jinnan.example"}
    assert not any(mailroom.lint(letter) for letter in letters)


def test_next_years_calendar_is_asked_for_every_week_from_november(app):
    keeper = make.officer(Role.LEDGER_KEEPER)
    db.session.commit()
    job = schedule.SCHEDULE["clock.calendar"].job
    november = datetime(2026, 11, 2, 1, tzinfo=UTC)
    assert [job(make.NOON), job(november), job(november + DAY), job(november + 7 * DAY)] == [0, 1, 0, 1]
    assert {letter.address for letter in outbox.page().letters} == {keeper.email}


def test_no_letter_leaves_that_names_somebody_the_ledger_knows(app):
    lead = make.lead("village_head", names=("丁月英",), reporter=ReporterSaid(name="欧阳凤霞"), named=True)
    db.session.commit()
    assert lead.people[0].name == "丁月英"
    for words in ("请查丁月英的问题", "请联系欧阳凤霞"):
        assert mailroom.lint(Letter(subject="函", body=words)) == "name"
    assert mailroom.lint(Letter(subject="有1件待签收", body="双港镇纪委：请登录查看。")) is None
