"""What the eight towns of the campaign owe from June on, and how well each keeps to its days."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from tipline.duties import operations as duties
from tipline.duties import queries as duty_queries
from tipline.duties.lifecycle import SubmissionState
from tipline.duties.models import Submission
from tipline.duties.operations import Said
from tipline.kit.dates import Month, at_clock, day_of
from tipline.kit.db import db
from tipline.law.campaign import Duty, clashes, period_due, periods
from tipline.office import calendars, duty, editions
from tipline.office.models import Office, Officer
from tipline.rehearsal import publicity, screening
from tipline.rehearsal.district import IN_THE_TOWNS, TODAY
from tipline.rehearsal.leads import A_CASE, Stage
from tipline.rehearsal.operations import MORNING
from tipline.typical_cases import operations as cases
from tipline.typical_cases import queries as case_queries
from tipline.typical_cases.lifecycle import ReportState

MONTHS = tuple(Month(2018, number) for number in range(5, 12))
LATE, CARELESS, NIL = 0.25, 0.2, 0.5
"""How often a town forgets a day, has what it hands in returned, and reports that there was no case."""
NEVER = {("beizhakou", "2018-08"), ("xinzhuang", "stage_report")}
"""What nobody ever hands in, whoever is reminded."""
WORDS = {
    "work_plan": "成立专项治理领导小组；6月至8月逐户排查三类家庭，9月起整改，12月总结。",
    "screening_summary": "三类家庭排查进度和数字见附表，数字由排查表汇总。",
    "stage_report": "已排查全部在保家庭，停发和调整的手续已办；近亲属备案补登完成；下一步抓长期公示。",
}
RULING = "7月10日先报已排查部分的统计，8月31日前以新版本补齐。"
WHY = "数字与排查表不一致，请核对后重报。"
HOUSEHOLDS = {"on_roll": 330, "exited": 80, "rejected": 60}
"""So many in the first town, nine more of each in every next one: some four and a half thousand."""
TABLES_IN = date(2018, 7, 31)
"""No sheet can be printed for a town before its table has come."""
IN = {SubmissionState.FILED, ReportState.FILED, ReportState.FILED_NIL}
BACK = {SubmissionState.RETURNED, ReportState.RETURNED}


@dataclass(frozen=True)
class Town:
    """One town of the campaign and who acts for it."""

    login: str
    office: Office
    clerk: Officer
    deputy: Officer


@dataclass(frozen=True)
class Owed:
    """One thing that a town owes: how it stands, and how it is handed in, taken and returned."""

    town: Town
    paper: Callable[[], Any]
    hand_in: Callable[[datetime], Any]
    accept: Callable[[Any, Officer, datetime], Any]
    send_back: Callable[[Any, Officer, datetime], Any]


def plan(stage: Stage) -> None:
    """Everything the towns will hand in, each on its day or after it."""
    year = Year(stage)
    year.plan_cases()
    year.plan_submissions()
    year.plan_tables()
    year.plan_postings()


class Year:
    """What the towns do, on the stage of the campaign."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.draw, self.calendar = stage, stage.draw, calendars.calendar()
        self.keeper, self.leader = stage.people["keeper"], stage.people["leader"]
        self.towns = [
            Town(login, office, stage.people[f"{login}-clerk"], stage.people[f"{login}-deputy"])
            for (login, *_), office in zip(IN_THE_TOWNS, stage.towns, strict=True)
        ]

    def plan_cases(self) -> None:
        """The reports of every month, from May on."""
        for month in MONTHS:
            due = period_due(month, editions.notice(), self.calendar)
            for town in self.towns:
                if (town.login, str(month)) not in NEVER:
                    on = self.about(max(due, day_of(TODAY) + timedelta(days=7)))
                    self.stage.plan(on, partial(self.bring, _report_of(town, month, self.draw)))

    def plan_submissions(self) -> None:
        """What is owed once, and the ruling on the day that contradicts another."""
        once = {one.key: one.due_on for one in editions.notice().duties if one.due_on}
        for key in WORDS:
            for town in self.towns:
                if (town.login, key) not in NEVER:
                    on = self.about(max(once[key], day_of(TODAY) + timedelta(days=7)))
                    self.stage.plan(on, partial(self.bring, _submission_of(town, key)))
        for ruled in (one for one in editions.notice().duties if one.key in clashes(editions.notice().duties)):
            self.stage.plan(at_clock(once[ruled.key] - timedelta(days=12), MORNING), partial(self.rule, ruled))

    def plan_tables(self) -> None:
        """Most tables come half done in July, all of them done about the end of August."""
        notice = editions.notice()
        due = {one.key: one.due_on for one in notice.duties if one.due_on}
        for number, town in enumerate(self.towns):
            for table in notice.screening.populations:
                households = HOUSEHOLDS[table.key] + 9 * number
                for days, share in ((50, 0.6), (0, 1.0)):
                    if number % 3 or not days:
                        work = partial(self.screen, town, table.key, households, share)
                        self.stage.plan(self.about(due[table.duty] - timedelta(days=days)), work)

    def plan_postings(self) -> None:
        """What hangs in the villages at the end of every month; the table of the town must have come before."""
        for month in (*MONTHS, MONTHS[-1].next()):
            for town in self.towns:
                self.stage.plan(self.about(max(month.last, TABLES_IN)), partial(self.hang, town, month))

    def about(self, due: date) -> datetime:
        """A moment up to four working days before a day; or, where it was forgotten, well after it."""
        shift = self.draw.randint(2, 9) if self.draw.random() < LATE else -self.draw.randint(0, 4)
        day = self.calendar.add_working_days(due, shift)
        return at_clock(day, MORNING) + timedelta(minutes=self.draw.randint(10, 420))

    def bring(self, owed: Owed, at: datetime) -> None:
        """The clerk hands in what is owed, or has to; whoever is ill does it when back."""
        if is_away(owed.town.clerk, at):
            self.stage.plan(self.stage.later(at, 2), partial(self.bring, owed))
            return
        paper = owed.paper()
        if paper is None or paper.state in BACK:
            owed.hand_in(at)
        self.stage.plan(self.stage.later(at), partial(self.judge, owed))

    def judge(self, owed: Owed, at: datetime) -> None:
        """The bureau takes it, or returns it to be mended."""
        paper = owed.paper()
        if is_away(self.keeper, at):
            self.stage.plan(self.stage.later(at, 2), partial(self.judge, owed))
        elif paper is not None and paper.state in IN:
            if self.draw.random() < CARELESS:
                owed.send_back(paper, self.keeper, at)
                self.stage.plan(self.stage.later(at), partial(self.bring, owed))
            else:
                owed.accept(paper, self.keeper, at)

    def rule(self, ruled: Duty, at: datetime) -> None:
        duties.rule(ruled, RULING, by=self.leader, at=at)

    def screen(self, town: Town, table: str, households: int, share: float, at: datetime) -> None:
        """A town's table as far as it has come; it comes again with more."""
        if is_away(town.clerk, at):
            self.stage.plan(self.stage.later(at, 2), partial(self.screen, town, table, households, share))
        else:
            screening.hand_in(town.office, table, households, share, by=town.clerk, at=at)

    def hang(self, town: Town, month: Month, at: datetime) -> None:
        """The month's sheets in the town's villages."""
        if is_away(town.clerk, at):
            self.stage.plan(self.stage.later(at, 2), partial(self.hang, town, month))
        else:
            publicity.hang(town.office, month, at)


def _report_of(town: Town, month: Month, draw: random.Random) -> Owed:
    def hand_in(at: datetime) -> object:
        if draw.random() < NIL:
            return cases.file_nil(month, signatory=town.deputy.name, by=town.clerk, at=at)
        return cases.file(month, [A_CASE], signatory=town.deputy.name, by=town.clerk, at=at)

    return Owed(
        town,
        paper=lambda: case_queries.report_of(town.office, month),
        hand_in=hand_in,
        accept=lambda paper, by, at: cases.accept(paper, by=by, at=at),
        send_back=lambda paper, by, at: cases.send_back(paper, reason=WHY, by=by, at=at),
    )


def _submission_of(town: Town, key: str) -> Owed:
    duty_of = next(one for one in editions.notice().duties if one.key == key)

    def hand_in(at: datetime) -> object:
        period = next(periods(duty_of, day_of(at)))
        found = duty_queries.cells([(duty_of, period)], day_of(at))
        cell = next(one for one in found if one.debtor.code == town.office.place_code)
        principal, deputy = ("胡永年", town.deputy.name) if duty_of.names_heads else ("", "")
        said = Said(words=WORDS[key], principal=principal, deputy=deputy)
        return duties.hand_in(cell, said, by=town.clerk, at=at)

    def paper() -> Submission | None:
        query = select(Submission).filter_by(notice=editions.notice().key, duty=key, office_id=town.office.id)
        return db.session.scalars(query).one_or_none()

    return Owed(
        town,
        paper=paper,
        hand_in=hand_in,
        accept=lambda paper, by, at: duties.accept(paper, by=by, at=at),
        send_back=lambda paper, by, at: duties.send_back(paper, duty_of, reason=WHY, by=by, at=at),
    )


def is_away(officer: Officer, at: datetime) -> bool:
    """Whether somebody is on leave that day."""
    return officer.id in set(db.session.scalars(duty.away(day_of(at))))
