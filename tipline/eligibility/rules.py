"""Whose a petition is, which clocks run on it, and what an opinion needs. Pure: facts in, answers out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from tipline.kit.words import Labelled, Sentence
from tipline.law.bodies import Body, PersonKind
from tipline.law.calendar import Calendar
from tipline.law.clocks import Clock, deadline
from tipline.law.notice import Notice
from tipline.law.routing import Decision
from tipline.law.running import Running, first_to_run_out, in_order, spoken, stopped

OUR_SIDE = frozenset({Body.TOWN_GOVERNMENT, Body.CIVIL_AFFAIRS_BUREAU})
"""The dibao side: who answers whether a household is entitled."""


def is_petition(decision: Decision) -> bool:
    """Whether the law leaves the whole matter to the dibao side, so that no referral goes out."""
    return decision.eligibility_review and decision.body in OUR_SIDE


def looks_too(decision: Decision) -> bool:
    """Whether the bureau examines the household while another body has the person; not where it is in conflict."""
    return (
        decision.eligibility_review
        and not is_petition(decision)
        and Body.CIVIL_AFFAIRS_BUREAU not in decision.conflicts
    )


def side_of(decision: Decision, town: str | None) -> Body | None:
    """Who handles it: the household's town, else the bureau; never who is in conflict. None when both are.

    What the law sends to another body and has the bureau examine at the same time stays with the bureau.
    """
    of_a_household = decision.facts.kind is PersonKind.HOUSEHOLD and is_petition(decision)
    if of_a_household and town and Body.TOWN_GOVERNMENT not in decision.conflicts:
        return Body.TOWN_GOVERNMENT
    return None if Body.CIVIL_AFFAIRS_BUREAU in decision.conflicts else Body.CIVIL_AFFAIRS_BUREAU


def why_here(decision: Decision, town: str | None, handler: Body) -> Sentence:
    """Why this office and not the other of the dibao side."""
    if handler is Body.TOWN_GOVERNMENT:
        return Sentence("低保家庭由其所在镇人民政府办理。")
    if not is_petition(decision):
        return Sentence("人员另送有权机关，低保资格由区民政局同时复核。")
    if decision.facts.kind is not PersonKind.HOUSEHOLD:
        return Sentence("不涉及具体低保家庭，由区民政局办理。")
    if Body.TOWN_GOVERNMENT in decision.conflicts:
        return Sentence("镇人民政府被反映或须回避，由区民政局办理。")
    if not town:
        return Sentence("所在镇不明，由区民政局办理。")
    return Sentence("镇里没有可以办理的人员，由区民政局办理。")


def body_above(body: Body, notice: Notice) -> Body:
    """The next body upward, which looks at an answer again; the highest stays, and another hand decides."""
    return next((step.to for step in notice.raises if step.body is body), body)


class Outcome(Labelled):
    """What becomes of the household's dibao (社会救助暂行办法 第十三条)."""

    KEEP = "keep", "维持"
    STOP = "stop", "停发"
    REDUCE = "reduce", "减发"
    INCREASE = "increase", "增发"
    INCLUDE = "include", "纳入"
    NOT_INCLUDE = "not_include", "不予纳入"

    @property
    def effect(self) -> "Outcome | None":
        """What has to be carried out; None when everything stays as it is."""
        return None if self in (Outcome.KEEP, Outcome.NOT_INCLUDE) else self

    @property
    def sign(self) -> int:
        """Which way the monthly amount moves."""
        return -1 if self in (Outcome.STOP, Outcome.REDUCE) else 1


class Stand(Labelled):
    """The opinion on one item (信访工作条例 第三十二条)."""

    SUPPORTED = "supported", "予以支持"
    EXPLAINED = "explained", "做好解释"
    NOT_SUPPORTED = "not_supported", "不予支持"


class CheckKind(Labelled):
    """How a household is examined."""

    MEANS_CHECK = "means_check", "经济状况核对"
    HOME_VISIT = "home_visit", "入户核查"
    APPRAISAL = "appraisal", "民主评议"


NEEDED = (CheckKind.MEANS_CHECK, CheckKind.HOME_VISIT)
"""逢进必核, and what drew a complaint is visited."""


def checks_missing(done: Iterable[CheckKind], *, of_a_household: bool) -> list[CheckKind]:
    """What must still be looked at before an opinion on a household."""
    known = set(done)
    return [kind for kind in NEEDED if of_a_household and kind not in known]


class Party(Labelled):
    """Who has to stop a clock."""

    HANDLER = "handler", "承办单位"
    ABOVE = "above", "复查复核机关"
    PETITIONER = "petitioner", "信访人"


OWED_BY = {
    "review_decided": Party.ABOVE,
    "re_review_decided": Party.ABOVE,
    "review_requested": Party.PETITIONER,
    "re_review_requested": Party.PETITIONER,
}

RIGHTS = {"objection_made", "review_requested", "re_review_requested"}
"""Clocks that end so run for somebody who may let them pass: nobody is late and nobody is urged."""

FOR_THE_NAMED = {"petitioner_told", "review_requested", "re_review_requested"}
"""Clocks that end so run only when the petitioner gave a name and can be reached (信访工作条例 第二十三条)."""

NOT_OURS = {"petition_forwarded"}
"""What the petition office owes."""

ENDS = {"petition_accepted": ("petition_accepted", "objection_made")}
"""Who accepts has nothing to object any more."""

HEARD = "re_review_decided"
"""The time of a hearing is not counted before this (信访工作条例 第三十六条)."""


@dataclass(frozen=True)
class Course:
    """What the clocks need to know of a petition. `events` are the days of what happened to it."""

    events: Mapping[str, date]
    named: bool
    extended: bool = False
    hearing_days: int = 0


def clocks_of(course: Course, notice: Notice, calendar: Calendar) -> list[Running]:
    """Every clock that the events have started, in the order in which they run out."""
    ended = spoken(course.events, ENDS)
    found = []
    for clock in notice.clocks:
        began = _began(clock, course)
        if began is None or not clock.unit.is_counted or not clock.in_force.holds_on(began):
            continue
        due = deadline(_heard(clock, course), began, calendar, extended=course.extended)
        found.append(Running(clock, began, due, stopped(clock, began, ended), _owed(clock)))
    return in_order(found)


def _began(clock: Clock, course: Course) -> date | None:
    ends = set(clock.stops_on)
    if ends & NOT_OURS or (ends & FOR_THE_NAMED and not course.named):
        return None
    return min((course.events[word] for word in clock.starts_on if word in course.events), default=None)


def _heard(clock: Clock, course: Course) -> Clock:
    return replace(clock, limit=clock.limit + course.hearing_days) if HEARD in clock.stops_on else clock


def _owed(clock: Clock) -> Party:
    return next((OWED_BY[word] for word in clock.stops_on if word in OWED_BY), Party.HANDLER)


def is_right(running: Running) -> bool:
    """Whether somebody may let it pass without being late."""
    return bool(RIGHTS.intersection(running.clock.stops_on))


def first_owed(clocks: list[Running]) -> Running | None:
    """The clock that an office has to stop first."""
    return first_to_run_out([running for running in clocks if not is_right(running)])


def until(clocks: list[Running], word: str) -> date | None:
    """The last day on which a right may be used; None when it does not run."""
    return max((running.due.on for running in clocks if word in running.clock.stops_on), default=None)
