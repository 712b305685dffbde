"""One definition gives the number and the rows; page, sheet and list agree; the walls hold."""

import itertools
from datetime import date

import pytest
from sqlalchemy import select

from tests import make
from tests.circulars import at_work as circulars
from tests.hotline import dial
from tests.house.screened import screened
from tests.inspections.at_work import Cast, found, under_way
from tests.relatives import lists
from tests.reports import seeding
from tests.reports.seeding import JUNE, JUNE_20, MAY
from tipline.circulars import educating, operations
from tipline.circulars.educating import Held
from tipline.hotline import calls
from tipline.hotline.rules import Missed
from tipline.inspections import operations as inspections
from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.office import editions, roster
from tipline.office.charter import Role
from tipline.outcomes import queries as outcomes
from tipline.outcomes.models import OutcomeSheet
from tipline.referrals import operations as referrals
from tipline.reports import queries, rows, rules
from tipline.reports.queries import Crossing
from tipline.reports.rules import ELSEWHERE, TOTAL, Across, Asked, Span

TODAY = day_of(JUNE_20)
PLACES = (TOTAL, ELSEWHERE, *seeding.TOWNS)


@pytest.fixture
def leader(app):
    seeding.lived()
    return make.officer(Role.BUREAU_LEADER)


def every_row(figure, span, town, times, officer):
    """All the pages of the list behind a number."""
    found = rows.rows(figure, span, town, times, officer)
    yield from found.rows
    while found.after:
        found = rows.rows(figure, span, town, times, officer, found.after)
        yield from found.rows


def test_every_figure_is_the_number_of_its_rows(leader):
    report, times = queries.report(JUNE, TODAY, leader), queries.times_of(JUNE, TODAY)
    lines = [line for section in report.sections for line in section.lines]
    assert sum(line.number(Span.MONTH) > 0 for line in lines) > 15
    for line, town in itertools.product(lines, PLACES):
        for span in (Span.MONTH,) if line.is_standing else Span:
            if town != TOTAL and not line.number(span):
                continue  # towns and elsewhere add up to the district
            listed = list(every_row(line.figure, span, town, times, leader))
            if line.figure.family.full:
                assert not listed, line.figure.key  # what came of a person is listed by whoever handled it
                continue
            counted = sum(row.money or 0 for row in listed) if line.is_money else len(listed)
            assert line.number(span, town) == counted, (line.figure.key, span, town)


def test_the_figures_are_those_that_were_lived(leader):
    report = queries.report(JUNE, TODAY, leader)
    told = {
        key: (line.number(Span.MONTH), line.number(Span.BEFORE), line.number(Span.ALL))
        for key in (Asked.LEADS, Asked.NAMED, "channel.call", "channel.letter", Asked.CONCLUDED, Asked.RECOVERED)
        if (line := report.line(key))
    }
    assert told == {
        Asked.LEADS: (3, 4, 7),
        Asked.NAMED: (0, 1, 1),
        "channel.call": (3, 1, 4),
        "channel.letter": (0, 3, 3),
        Asked.CONCLUDED: (2, 0, 2),
        Asked.RECOVERED: (378_150, 0, 378_150),
    }
    assert report.line("wrong.missed_dibao").number(Span.MONTH, make.SHUANGGANG) == 1
    assert report.line("problem.embezzlement").number(Span.ALL) == 2
    assert report.line("body.town_discipline_body").number(Span.MONTH) == 3
    assert report.line("finding.substantiated").number(Span.MONTH) == 2
    assert report.line(Asked.REPORTS).number(Span.MONTH) == 2
    assert report.line(Asked.NIL).number(Span.MONTH) == 1
    assert report.line(Asked.CASES).number(Span.MONTH) == 2
    assert report.line(Asked.OPENED).number(Span.MONTH) == report.line(Asked.YOUNG).number(Span.MONTH) == 1
    assert report.line(Asked.LEADS).change == -1


def test_findings_dial_tests_missed_calls_and_filings_are_counted_and_listed(leader):
    keeper, operator, clerk = (make.officer(role) for role in (Role.LEDGER_KEEPER, Role.OPERATOR, Role.TOWN_CLERK))
    visit = under_way(Cast(keeper, leader, clerk, make.officer(Role.TOWN_DEPUTY)))
    told, untold = found(visit, keeper), found(visit, keeper)
    inspections.demand(told, "请复核该户资格。", date(2018, 6, 20), by=keeper, at=make.NOON)
    assert untold.state != told.state
    number = dial.line(keeper)
    dial.dialled(number, "helpful", keeper)
    dial.dialled(number, "no_answer", keeper)
    calls.enter(calls.Rang(number, make.NOON, Missed.MISSED), by=operator, at=make.NOON)
    filings = lists.book("filing", lists.filed("邸国强", 1, "邸秀兰", 2), lists.filed("邸国强", 1, "邸秀英", 3))
    lists.enter("filing", filings, clerk)
    db.session.commit()
    report, times = queries.report(JUNE, TODAY, leader), queries.times_of(JUNE, TODAY)
    asked = (Asked.FINDINGS, Asked.RECTIFIED, Asked.DIALLED, Asked.FAILED_TESTS, Asked.MISSED_CALLS, Asked.FILED)
    assert [report.line(key).number(Span.MONTH) for key in asked] == [1, 0, 2, 1, 1, 2]
    for line in map(report.line, asked):
        counted = line.number(Span.MONTH, make.SHUANGGANG)
        assert counted == line.number(Span.MONTH), line.figure.key
        assert len(list(every_row(line.figure, Span.MONTH, make.SHUANGGANG, times, keeper))) == counted, line.figure.key
        others = list(every_row(line.figure, Span.MONTH, TOTAL, times, make.officer(Role.TOWN_CLERK, make.XINZHUANG)))
        assert others == [], "another town lists nothing of it"


@pytest.fixture
def inspectors(leader):
    """One inspector for every body that handles something in these tests."""
    roles = [(Role.TOWN_INSPECTOR, town) for town in seeding.TOWNS]
    roles += [(Role.DISTRICT_INSPECTOR, make.SHUANGGANG), (Role.GROUP_INSPECTOR, make.SHUANGGANG)]
    return [make.officer(role, town) for role, town in roles]


def test_what_came_of_persons_is_the_number_of_rows_that_all_bodies_list_together(leader, inspectors):
    report, times = queries.report(JUNE, TODAY, leader), queries.times_of(JUNE, TODAY)
    lines = [line for section in report.sections for line in section.lines if line.figure.family.full]
    assert sum(line.number(Span.MONTH) > 0 for line in lines) >= 6
    for line, town in itertools.product(lines, PLACES):
        listed = [row for one in inspectors for row in every_row(line.figure, Span.ALL, town, times, one)]
        counted = sum(row.money or 0 for row in listed) if line.is_money else len(listed)
        assert line.number(Span.ALL, town) == counted, (line.figure.key, town)


def test_sanctions_money_and_transfers_are_those_that_were_lived(leader):
    report = queries.report(JUNE, TODAY, leader)
    told = {
        key: report.line(key).number(Span.MONTH)
        for key in (
            Asked.SANCTIONED,
            Asked.TRANSFERRED,
            Asked.TOLERATED,
            "party_sanction.warning",
            "admin_sanction.demerit",
            "money.recovered",
            "money.to_treasury",
        )
    }
    assert list(told.values()) == [2, 0, 0, 2, 1, 378_150, 378_150]
    assert report.line(Asked.SANCTIONED).number(Span.MONTH, make.SHUANGGANG) == 0


def test_a_referral_taken_up_again_is_in_no_figure_until_it_is_concluded_again(leader):
    def told():
        report = queries.report(JUNE, TODAY, leader)
        return [report.line(key).number(Span.MONTH) for key in (Asked.CONCLUDED, Asked.SANCTIONED)]

    sheet = db.session.scalars(select(OutcomeSheet).order_by(OutcomeSheet.id)).first()
    by = sheet.recorded_by
    referrals.reopen(sheet.referral, reason="举报人补充了新证据。", by=by, at=JUNE_20)
    db.session.commit()
    assert told() == [1, 1]
    make.concluded(sheet.referral, finding="not_substantiated", form=None, by=by, at=JUNE_20)
    db.session.commit()
    assert told() == [2, 1]
    assert [(one.round, one.current) for one in outcomes.sheets_of(sheet.referral)] == [(1, False), (2, True)]


def test_towns_and_elsewhere_add_up_to_the_district(leader):
    report = queries.report(JUNE, TODAY, leader)
    for section in report.sections:
        for line in section.lines:
            for span in Span:
                parts = sum(line.number(span, code) for code, _ in report.towns)
                assert parts == line.number(span), (line.figure.key, span)


def test_a_month_that_is_over_keeps_its_numbers(leader):
    before = queries.report(MAY, MAY.last, leader).line(Asked.LEADS)
    after = queries.report(MAY, TODAY, leader).line(Asked.LEADS)
    assert before.number(Span.MONTH) == after.number(Span.MONTH) == after.number(Span.ALL) == 4


@pytest.mark.parametrize(
    "role", [Role.BUREAU_LEADER, Role.LEDGER_KEEPER, Role.GROUP_INSPECTOR, Role.DISTRICT_INSPECTOR, Role.TOWN_INSPECTOR]
)
def test_a_walled_lead_is_in_nobodys_figure(app, role):
    reader = make.officer(role)
    lead = make.lead("bureau_head", at=make.NOON)
    assert lead.walled
    report = queries.report(JUNE, TODAY, reader)
    assert report.line(Asked.LEADS).number(Span.ALL) == 0
    assert report.line(Asked.OVERDUE).number(Span.MONTH) == 0


def test_a_reader_is_listed_only_what_they_may_see(leader):
    report, times = queries.report(JUNE, TODAY), queries.times_of(JUNE, TODAY)
    figure = report.line(Asked.LEADS).figure
    for role in (Role.GROUP_INSPECTOR, Role.TOWN_DEPUTY, Role.OPERATOR):
        found = rows.rows(figure, Span.MONTH, TOTAL, times, make.officer(role))
        assert (found.total, found.seen, found.rows) == (3, 0, [])


def test_a_town_sees_its_own_column_and_the_district_all(leader):
    assert [code for code, _ in queries.report(JUNE, TODAY, make.officer(Role.TOWN_CLERK)).towns] == [make.SHUANGGANG]
    assert len(queries.report(JUNE, TODAY, make.officer(Role.GROUP_INSPECTOR)).towns) == 9


def test_the_list_is_paged_and_loses_nothing(app):
    leader = make.officer(Role.BUREAU_LEADER)
    keeper = make.officer(Role.LEDGER_KEEPER)
    numbers = [make.lead("village_head", "village_accountant", by=keeper, at=make.NOON).number for _ in range(30)]
    report, times = queries.report(JUNE, TODAY, leader), queries.times_of(JUNE, TODAY)
    listed = [row.number for row in every_row(report.line(Asked.LEADS).figure, Span.MONTH, TOTAL, times, leader)]
    assert sorted(listed) == sorted(numbers)
    people = report.line("rank.village")
    assert people.number(Span.MONTH) == len(list(every_row(people.figure, Span.MONTH, TOTAL, times, leader))) == 60


def test_what_burns_is_counted_on_the_day_one_looks(leader):
    on_time, late = (
        queries.report(JUNE, day, leader).line(Asked.OVERDUE).number(Span.MONTH) for day in (MAY.first, TODAY)
    )
    assert on_time == 0
    assert late > 0
    db.session.rollback()


def test_what_is_read_across_is_the_number_of_its_rows_too(leader, inspectors):
    report, times = queries.report(JUNE, TODAY, leader), queries.times_of(JUNE, TODAY)
    lines = [line for crossing in report.crossings for _, row in crossing.rows for line in row if line]
    assert {crossing.across for crossing in report.crossings} == set(Across)
    assert sum(line.number(Span.ALL) > 0 for line in lines) > 30
    for line in lines:
        readers = inspectors if line.figure.family.full else [leader]
        listed = [row for one in readers for row in every_row(line.figure, Span.ALL, TOTAL, times, one)]
        assert line.number(Span.ALL) == (sum(row.money for row in listed) if line.is_money else len(listed))


def test_what_is_read_across_is_what_was_lived(leader):
    report = queries.report(JUNE, TODAY, leader)
    told = {crossing.across: {str(name): row for name, row in crossing.rows} for crossing in report.crossings}
    village = told[Across.RANK]["village"]
    assert [line.number(Span.ALL) for line in village] == [7, 3, 2, 2, 2, 0, 378_150]
    assert Crossing.share(village, Span.ALL) == "2/2"
    assert told[Across.DISPOSITION]["preliminary_verification"][0] is None  # a lead has no disposition, its persons do
    letters = told[Across.CHANNEL]["来信"]
    assert (letters[0].number(Span.MONTH), letters[0].number(Span.ALL)) == (0, 3)
    assert Crossing.share(letters, Span.ALL) is None


def test_what_came_of_persons_and_households_is_broken_up_by_the_words_of_the_notice(leader):
    report = queries.report(JUNE, TODAY, leader)
    assert [report.line(key).number(Span.MONTH) for key in ("form.1", Asked.FOUND_TRUE)] == [2, 2]
    duties_ = [report.line(key) for key in (Asked.FALLEN_DUE, Asked.IN_TIME, Asked.TOO_LATE, Asked.MISSING)]
    assert [line.number(Span.MONTH) for line in duties_] == [8, 2, 0, 6]  # the typical cases of May, by eight towns
    assert duties_[3].number(Span.MONTH, make.XIANSHUIGU) == 1
    villages = [report.line(key).number(Span.BEFORE) for key in (Asked.VILLAGES_DUE, Asked.VILLAGES_MISSING)]
    addressed = set(editions.notice().places)
    lie = [place for place in roster.villages() if place.parent_code in addressed]
    assert villages == 2 * [len(lie)]  # nobody has hung up anything for May
    clerk = make.officer(Role.TOWN_CLERK)
    screened(clerk, JUNE_20)
    db.session.commit()
    report = queries.report(JUNE, TODAY, leader)
    line = report.line(Asked.SCREENED)
    assert (line.number(Span.MONTH), line.number(Span.MONTH, make.SHUANGGANG)) == (1, 1)
    times = queries.times_of(JUNE, TODAY)
    (row,) = every_row(line.figure, Span.MONTH, make.SHUANGGANG, times, clerk)
    assert (row.number, str(row.state)) == ("№1", "符合")


def test_nothing_is_not_nought(leader):
    may, june, year_on = (queries.report(month, TODAY, leader) for month in (MAY, JUNE, Month(2018, 6)))
    assert not may.line(Asked.LEADS).knows(Span.BEFORE)  # before the notice nobody counted
    assert june.line(Asked.LEADS).knows(Span.BEFORE)
    assert not year_on.line(Asked.LEADS).knows(Span.YEAR_AGO)
    assert not june.line(Asked.OVERDUE).knows(Span.ALL)
    later = queries.report(Month(2019, 6), date(2019, 6, 20), leader).line(Asked.LEADS)
    assert (later.knows(Span.YEAR_AGO), later.number(Span.YEAR_AGO), later.number(Span.ALL)) == (True, 3, 7)


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [(0, 0, None), (0, 3, "0/3"), (9, 19, "9/19"), (10, 20, "50% (10/20)"), (1, 40, "3% (1/40)")],
)
def test_of_few_no_percentage_is_told(part, whole, told):
    assert rules.share(part, whole) == told


def test_circulars_are_counted_once_issued_once_a_town_and_education_while_it_stands(app):
    """A second officer of a town, a withdrawn circular and a voided entry add nothing."""
    people = circulars.cast()
    first = circulars.issued(people)
    for officer in (people.clerk, people.deputy):
        operations.confirm_reading(first, by=officer, at=make.NOON)
    told = {"place": "会议室", "audience": "handlers", "form": "talk", "persons": 9}
    entries = [educating.record(Held(on=make.NOON.date(), **told), by=people.clerk, at=make.NOON) for _ in range(2)]
    educating.void(entries[0], reason="重复登记。", by=people.clerk, at=make.NOON)
    db.session.commit()
    leader = people.leader

    def counted():
        report, times = queries.report(JUNE, TODAY, leader), queries.times_of(JUNE, TODAY)
        lines = [report.line(one) for one in (Asked.CIRCULATED, Asked.READ, Asked.TAUGHT)]
        for line in lines:
            assert len(list(every_row(line.figure, Span.MONTH, TOTAL, times, leader))) == line.number(Span.MONTH)
        return [(line.number(Span.MONTH), line.number(Span.MONTH, make.SHUANGGANG)) for line in lines]

    assert counted() == [(1, 0), (1, 1), (1, 1)]
    operations.withdraw(first, reason="案情有误。", by=leader, at=make.NOON)
    db.session.commit()
    assert counted() == [(0, 0), (0, 0), (1, 1)]
