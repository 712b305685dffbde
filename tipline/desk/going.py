"""The box above every page: pages, towns and papers that fit what was typed, in characters, pinyin or initials."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tipline.eligibility import queries as reviews
from tipline.eligibility.models import EligibilityReview
from tipline.intake.finding import rank
from tipline.kit.db import db
from tipline.kit.typed import plain
from tipline.kit.words import Sentence
from tipline.leads import queries as leads
from tipline.leads.models import Lead
from tipline.letters import queries as letters
from tipline.letters.models import OfficialLetter
from tipline.office import roster
from tipline.office.charter import Act
from tipline.office.doors import may_enter
from tipline.office.frame import ROOMS, said
from tipline.office.models import Officer
from tipline.referrals import queries as referrals
from tipline.referrals.models import Referral
from tipline.supervision import queries as supervision
from tipline.supervision.models import SupervisedCase

MOST = 5
"""So many of a kind are offered: the box points the way, it is no list."""

LONGEST = 60
"""No number of a paper is longer."""

WITHIN: tuple[tuple[str, Sentence], ...] = (
    ("intake.paper_register", Sentence("纸质登记单")),
    ("intake.phrase_list", Sentence("常用语和知识")),
    ("telephone.index", Sentence("来电")),
    ("intake.import_sheet", Sentence("导入线索")),
    ("bundles.index", Sentence("并案情况")),
    ("recusals.index", Sentence("回避事项")),
    ("handling.index", Sentence("协办与抄送")),
    ("referrals.above", Sentence("提级办理与指定管辖")),
    ("outcomes.index", Sentence("查办结果")),
    ("interventions.index", Sentence("过问登记")),
    ("sampling.index", Sentence("抽查回访")),
    ("duties.my_calendar", Sentence("报送日程")),
    ("circulars.index", Sentence("典型案例通报")),
    ("circulars.new", Sentence("起草典型案例通报")),
    ("circulars.education", Sentence("警示教育记录")),
    ("circulars.new_education", Sentence("登记警示教育")),
    ("screening.look_up_sheet", Sentence("按身份证号查")),
    ("publicity.faults", Sentence("公示问题")),
    ("hotline.tests", Sentence("拨测")),
    ("hotline.faults", Sentence("线路问题")),
    ("hotline.calls_missed", Sentence("未接来电")),
    ("hotline.import_sheet", Sentence("导入来电清单")),
    ("hotline.new_line", Sentence("登记号码")),
    ("hotline.reach", Sentence("举报电话接通情况")),
    ("relatives.hit_list", Sentence("比对结果")),
    ("relatives.missed_list", Sentence("疑似漏保")),
    ("relatives.unfiled", Sentence("应备案未备案")),
    ("inspections.findings", Sentence("督查发现的问题")),
    ("inspections.new", Sentence("拟定督查")),
    ("learning.actions", Sentence("问责")),
    ("learning.new_action", Sentence("提请问责")),
    ("learning.improvements", Sentence("改进事项")),
    ("learning.new_improvement", Sentence("登记政策完善")),
    ("reports.hotspots_page", Sentence("热点")),
    ("office.roster_page", Sentence("名册")),
    ("office.admit", Sentence("新增人员")),
    ("office.calendar_page", Sentence("工作日历")),
    ("office.kin", Sentence("近亲属申报")),
    ("office.leaving_page", Sentence("离岗交接")),
    ("office.rules", Sentence("规则")),
    ("office.components", Sentence("页面组件")),
    ("office.account", Sentence("本人账号")),
    ("office.password", Sentence("更改密码")),
    ("clock.index", Sentence("运行状态")),
    ("clock.letters", Sentence("发件情况")),
)
"""Pages inside the rooms, each by the title that it bears. The rooms themselves stand in the rail."""

PAPERS = (
    (Act.READ_LEAD, Sentence("线索"), "leads.show", leads.visible_to, Lead.number),
    (Act.READ_REFERRALS, Sentence("办理"), "referrals.show", referrals.visible_to, Referral.number),
    (Act.READ_REVIEWS, Sentence("资格复核"), "eligibility.show", reviews.visible_to, EligibilityReview.number),
    (Act.READ_SUPERVISION, Sentence("督办"), "supervision.show", supervision.visible_to, SupervisedCase.number),
    (Act.READ_LETTERS, Sentence("公函"), "letters.show", letters.visible_to, OfficialLetter.doc_no),
)
"""Papers that people call by a number: who may read them, where they lie, and which of them an officer knows of."""


@dataclass(frozen=True)
class Way:
    """Somewhere to go: what it is called, what kind of thing it is, and the door with its values."""

    name: object
    kind: object
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)


def ways(typed: str, officer: Officer) -> list[Way]:
    """Where what was typed may lead the officer: pages, towns, and papers by their number, the one of exactly that
    number before all others; the best of each first.

    No word of a paper is looked at, and no paper that the officer may not know of: words are for the search, which
    is asked once and not with every letter.
    """
    return [*pages(typed, officer), *_towns(typed, officer), *_papers(typed, officer)]


def pages(typed: str, officer: Officer) -> list[Way]:
    """The pages whose title fits, of those that the officer may open."""
    rooms = ((endpoint, word) for endpoint, word, *_ in ROOMS)
    known = (Way(word, Sentence("页面"), endpoint) for endpoint, word in [*rooms, *WITHIN])
    return _ranked(typed, (way for way in known if may_enter(way.endpoint, officer)))


def _towns(typed: str, officer: Officer) -> list[Way]:
    if not officer.may(Act.READ_LEDGER):
        return []
    kind = Sentence("镇街的线索")
    return _ranked(typed, (Way(town.name, kind, "leads.index", {"town": town.code}) for town in roster.towns()))


def _ranked(typed: str, candidates: Iterable[Way]) -> list[Way]:
    fits = [(fit, way) for way in candidates if (fit := rank(typed, str(way.name), said(way.name))) is not None]
    return [way for _, way in sorted(fits, key=lambda found: found[0])][:MOST]


def _papers(typed: str, officer: Officer) -> Iterator[Way]:
    number = plain(typed).upper()
    if len(number) > LONGEST or not re.search(r"\d", number):
        return
    found = []
    for act, kind, endpoint, visible_to, column in PAPERS:
        if officer.may(act):
            fits = visible_to(officer).where(column.contains(number, autoescape=True)).limit(MOST)
            found += [Way(paper.number, kind, endpoint, {"key": paper.key}) for paper in db.session.scalars(fits)]
    yield from sorted(found, key=lambda way: way.name != number)
