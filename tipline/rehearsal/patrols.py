"""The bureau's visits from July on: where most draws the eye; what is found there, and how towns put it right."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from tipline.inspections import operations, queries
from tipline.inspections.lifecycle import FindingState, InspectionState, Kind
from tipline.inspections.models import Finding, Inspection
from tipline.inspections.operations import Plan, Seen
from tipline.kit.dates import Month, at_clock, day_of
from tipline.kit.db import db
from tipline.office import calendars, editions, roster
from tipline.office.models import Officer, Place
from tipline.publicity import operations as walls
from tipline.publicity.lifecycle import FaultState
from tipline.publicity.models import PostingFault
from tipline.publicity.rules import FaultKind
from tipline.rehearsal import publicity
from tipline.rehearsal.district import TODAY
from tipline.rehearsal.inspections import FIRM
from tipline.rehearsal.leads import Event, Stage
from tipline.rehearsal.operations import MORNING
from tipline.rehearsal.towns import CARELESS, LATE, is_away

VISITS = tuple(Month(2018, number) for number in range(7, 12))
ON_THE_SPOT, RESTS, BECOMES_A_LEAD = 0.2, 0.15, 0.15
"""The shares of findings that are put right at once, come to nothing, and become a lead."""
WALLS_NOTED = 3
"""So many villages without a posting are noted each month."""
SEEN = ("户主有门面房，低保照领。", "该户未经评议直接纳入名单。", "独居老人无收入，没有人告知可以申请。")


class Rounds:
    """Who goes out, and what comes of it, on the stage of the campaign."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.draw = stage, stage.draw
        self.keeper, self.leader = stage.people["keeper"], stage.people["leader"]
        self.outsider = stage.people["thirdparty"]

    def plan(self) -> None:
        """A visit every month, every other one by the firm; and a look at the walls when a month is over."""
        calendar = calendars.calendar()
        self.when_there(self.keeper, self.stage.later(TODAY, 1), self.go_on)
        for number, month in enumerate(VISITS):
            out = at_clock(calendar.nth_working_day(month, 10), MORNING) + timedelta(hours=2)
            self.when_there(self.keeper, out, partial(self.choose, by_firm=number % 2 == 1))
            look = at_clock(calendar.nth_working_day(month.next(), 4), MORNING) + timedelta(hours=3)
            self.when_there(self.keeper, look, partial(self.note_walls, month))

    def when_there(self, officer: Officer, at: datetime, deed: Event) -> None:
        """Plan a deed of one officer's; whoever is away does it when back."""

        def do(then: datetime) -> None:
            if is_away(officer, then):
                self.stage.plan(self.stage.later(then, 2), do)
            else:
                deed(then)

        self.stage.plan(at, do)

    def go_on(self, at: datetime) -> None:
        """What stands half done since May is brought to its end, but for what is late already: that stays late."""
        for paper in db.session.scalars(select(Inspection).filter_by(state=InspectionState.PLANNED)):
            self.when_there(self.leader, self.stage.later(at), partial(self.start, paper))
        for paper in db.session.scalars(select(Inspection).filter_by(state=InspectionState.UNDER_WAY)):
            self.when_there(self.leader, at_clock(paper.until, MORNING), partial(self.finish, paper))
        for finding in db.session.scalars(select(Finding)):
            if finding.state is FindingState.RECORDED:
                self.when_there(self.keeper, self.stage.later(at), partial(self.decide, finding))
            elif finding.state is FindingState.DONE:
                self.when_there(self.leader, self.stage.later(at), partial(self.judge, finding))
            elif finding.state is FindingState.DEMANDED and finding.due_on and finding.due_on >= day_of(at):
                self.await_town(finding)
        for fault in db.session.scalars(select(PostingFault)):
            if fault.state is FaultState.NOTED:
                self.await_wall(fault, at)
            elif fault.state is FaultState.CORRECTED:
                self.when_there(self.keeper, self.stage.later(at), partial(self.believe, fault))

    def choose(self, at: datetime, *, by_firm: bool) -> None:
        """The town that draws most attention and was visited least."""
        month, been = Month.of(day_of(at)), queries.visited()
        ranked = queries.attention(month.previous().first, day_of(at))
        code = min(ranked, key=lambda one: (been.get(one.town, 0), -one.points)).town
        town = next(one for one in queries.towns() if one.code == code)
        said = Plan(
            sort=Kind.THIRD_PARTY if by_firm else Kind.TEAM,
            since=day_of(at),
            until=day_of(at) + timedelta(days=14),
            places=[town, *self.draw.sample(roster.villages(code), 2)],
            reason="按关注度选取，近期未去过。",
            members=(self.outsider if by_firm else self.keeper,),
            leader=self.leader,
            by_lot=2,
            **(FIRM if by_firm else {}),
        )
        paper = operations.plan(said, f"{self.draw.getrandbits(64):016x}", by=self.keeper, at=at)
        self.when_there(self.leader, self.stage.later(at, 1), partial(self.start, paper))

    def start(self, paper: Inspection, at: datetime) -> None:
        operations.start(paper, by=self.leader, at=at)
        finder = self.outsider if paper.sort is Kind.THIRD_PARTY else self.keeper
        self.when_there(finder, self.stage.later(at, 2), partial(self.look, paper, finder))

    def look(self, paper: Inspection, finder: Officer, at: datetime) -> None:
        """What the team sees in households of the villages, and the office hears of."""
        for place in queries.villages_of(paper)[: self.draw.randint(2, 4)]:
            finding = operations.record(paper, self.seen(paper, place, at), by=finder, at=at)
            self.when_there(self.keeper, self.stage.later(at, 1), partial(self.decide, finding))
        self.when_there(self.leader, self.stage.later(at, 3), partial(self.finish, paper))

    def finish(self, paper: Inspection, at: datetime) -> None:
        operations.finish(paper, summary="走访已结束，发现的问题已逐件登记。", by=self.leader, at=at)

    def seen(self, paper: Inspection, place: Place, at: datetime) -> Seen:
        term = self.draw.choice(editions.notice().terms(editions.notice().inspection.wrong))
        here = [one for one in queries.households(paper) if one.place_code == place.code]
        record = self.draw.choice(here) if here else None
        return Seen(style=False, term=term.key, place=place, on=day_of(at), words=self.draw.choice(SEEN), record=record)

    def decide(self, finding: Finding, at: datetime) -> None:
        """The keeper lets it rest, sees it put right, or has the town put it right; some of it becomes a lead too."""
        lot = self.draw.random()
        if lot < RESTS:
            operations.let_rest(finding, "查无此事，不需整改。", by=self.keeper, at=at)
        elif lot < RESTS + ON_THE_SPOT:
            operations.correct_on_spot(finding, "督查组在场时已改正。", by=self.keeper, at=at)
            self.when_there(self.leader, self.stage.later(at, 1), partial(self.judge, finding))
        else:
            operations.demand(finding, "重新入户核查，按规定纠正并补齐材料。", by=self.keeper, at=at)
            self.await_town(finding)
        if self.draw.random() < BECOMES_A_LEAD:
            self.make_a_lead(finding, at)

    def make_a_lead(self, finding: Finding, at: datetime) -> None:
        post = editions.notice().post("village_head")
        name = self.stage.names.pop()
        said = f"督查时该村群众反映{post.name.zh}{name}为亲属办理低保。"
        operations.turn_into_lead(finding, post, name, "nepotism", said, by=self.keeper, at=at)

    def await_town(self, finding: Finding) -> None:
        """The town puts it right by its day, or well after it."""
        assert finding.due_on is not None  # it was demanded
        shift = self.draw.randint(2, 9) if self.draw.random() < LATE else -self.draw.randint(0, 2)
        day = calendars.calendar().add_working_days(finding.due_on, shift)
        clerk = publicity.clerk_of(finding.office)
        at = at_clock(day, MORNING) + timedelta(minutes=self.draw.randint(10, 400))
        self.when_there(clerk, at, partial(self.put_right, finding, clerk))

    def put_right(self, finding: Finding, clerk: Officer, at: datetime) -> None:
        operations.report_rectified(finding, "已入户核查，按规定调整并补齐材料。", by=clerk, at=at)
        self.when_there(self.leader, self.stage.later(at), partial(self.judge, finding))

    def judge(self, finding: Finding, at: datetime) -> None:
        """Somebody else looks, and believes it or not."""
        assert finding.state is FindingState.DONE
        if self.draw.random() < CARELESS:
            operations.send_back(finding, "只补了表，没有入户，请补做。", by=self.leader, at=at)
            self.await_town(finding)
        else:
            operations.confirm(finding, by=self.leader, at=at)

    def note_walls(self, month: Month, at: datetime) -> None:
        """The keeper notes villages in which nothing hangs though it should; the town hangs it up and proves it."""
        for cell in publicity.late(month, at)[:WALLS_NOTED]:
            due, kind = walls.due_by(day_of(at)), FaultKind.NOT_POSTED
            fault = walls.note_fault(cell, kind, due, "", [kind], by=self.keeper, at=at)
            self.await_wall(fault, at)

    def await_wall(self, fault: PostingFault, at: datetime) -> None:
        clerk = publicity.clerk_of(fault.office)
        self.when_there(clerk, self.stage.later(at, 6), partial(self.mend_wall, fault, clerk))

    def mend_wall(self, fault: PostingFault, clerk: Officer, at: datetime) -> None:
        walls.correct_fault(fault, "公示单已张贴，附照片。", publicity.picture(), by=clerk, at=at)
        self.when_there(self.keeper, self.stage.later(at), partial(self.believe, fault))

    def believe(self, fault: PostingFault, at: datetime) -> None:
        walls.confirm(fault, by=self.keeper, at=at)
