"""The papers of inspections: a visit under way, one that is over, what was found, its proof, a list that came back."""

from dataclasses import dataclass
from datetime import date, datetime

from tests.house.papers import Papers, a_file
from tipline.inspections import daylist, operations
from tipline.inspections.lifecycle import Kind
from tipline.inspections.models import DayReturn, Finding, Inspection
from tipline.inspections.operations import Plan, Seen
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.office import roster
from tipline.office.models import Officer


@dataclass(frozen=True)
class Visit:
    """Who plans, who approves, who goes along; the town's clerk who puts things right."""

    keeper: Officer
    leader: Officer
    clerk: Officer
    outsider: Officer | None = None

    def papers(self, at: datetime, *, over: bool = False) -> Papers:
        """An inspection of the clerk's town with a finding that is being put right, or has been."""
        paper = self._under_way(at)
        finding = self._found(paper, at)
        returned = daylist.read_back(paper, [], by=self.keeper, at=at)
        operations.report_rectified(finding, "已整改。", a_file(), by=self.clerk, at=at)
        if over:
            operations.confirm(finding, by=self.leader, at=at)
            operations.finish(paper, summary="督查结束，问题已整改。", by=self.keeper, at=at)
        db.session.flush()
        return _addresses(paper, finding, returned)

    def _under_way(self, at: datetime) -> Inspection:
        outside = [self.outsider] if self.outsider else []
        today = day_of(at)
        said = Plan(
            sort=Kind.THIRD_PARTY,
            since=today,
            until=date(today.year, 12, 31),
            places=roster.villages(self.clerk.office.place_code)[:1],
            reason="群众反映多。",
            members=outside,
            leader=self.leader,
            contractor="明衡中心",
            contract_no="津合2018-7",
        )
        paper = operations.plan(said, "5eed", by=self.keeper, at=at)
        operations.start(paper, by=self.leader, at=at)
        return paper

    def _found(self, paper: Inspection, at: datetime) -> Finding:
        place = paper.places[0].place
        seen = Seen(style=False, term="wrong_dibao", place=place, on=day_of(at), words="家里有车。")
        finding = operations.record(paper, seen, by=self.outsider or self.keeper, at=at)
        operations.demand(finding, "请复核。", by=self.keeper, at=at)
        return finding


def _addresses(paper: Inspection, finding: Finding, returned: DayReturn) -> Papers:
    return {
        "inspection": {"key": paper.key},
        "finding": {"key": finding.key},
        "finding file": {"key": finding.files[0].key},
        "filled list": {"key": returned.key},
    }
