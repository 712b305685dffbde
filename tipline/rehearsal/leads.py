"""Leads nobody ever gave, in every state a lead can be in, made by the deeds that make real ones."""

import random
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count

from sqlalchemy import select, update

from tipline.eligibility.models import EligibilityReview
from tipline.intake import correcting
from tipline.intake import operations as intake
from tipline.kit.dates import HERE, Month, at_clock, day_of
from tipline.kit.db import db
from tipline.law.bodies import RankClass
from tipline.leads import operations as ledger
from tipline.leads.call import Call, PersonSaid, ReporterSaid
from tipline.leads.correcting import Correction
from tipline.leads.models import Lead
from tipline.office import calendars, editions, roster
from tipline.office.charter import Act, Role
from tipline.office.models import Letter, LetterState, Officer, Paper, Place
from tipline.referrals.models import Referral
from tipline.rehearsal import (
    beside,
    bundling,
    circulars,
    counter,
    deeds,
    duties,
    exhibits,
    hotline,
    inspections,
    learning,
    ledger_views,
    outcomes,
    petitions,
    publicity,
    relatives,
    screening,
    sealing,
    triaging,
)
from tipline.rehearsal.district import IN_THE_TOWNS, TODAY
from tipline.rehearsal.stories import GIVEN, KIN, NARRATIVES, STORIES, SURNAMES, Story
from tipline.supervision.models import SupervisedCase
from tipline.typical_cases import operations as typical_cases

SEED = 20180604
LEADER = "赵国梁"
"""Named by one caller, so that whoever signs in as him can look for it in vain."""

Event = Callable[[datetime], object]

HOTLINE: tuple[tuple[str, Event], ...] = (
    ("05-07", hotline.numbers_of_may),
    ("05-14", hotline.a_round),
    ("05-18", hotline.dialled),
    ("05-22", hotline.dialled_again),
    ("05-24", hotline.mended),
    ("05-28", hotline.found_by_hand),
    ("06-01", hotline.the_next_round),
    ("06-01", hotline.calls_of_may),
    ("05-28", counter.what_operators_say),
    ("06-01", counter.a_call_cut_off),
    ("06-01", counter.sheets_for_a_day_without_power),
)
"""What becomes of the published numbers in May, and who answers them."""


def play() -> int:
    """Enter the leads and do with them what was done, in the order of time. Returns how many there are."""
    stage = Stage(random.Random(SEED))
    stage.plan_may()
    stage.plan_lines()
    stage.run()
    db.session.execute(update(Letter).values(state=LetterState.SENT, sent_at=Letter.written_at, tries=1))
    return db.session.query(Lead).count()


def misheard(lead: Lead, by: Officer, at: datetime) -> None:
    """The recording says another post of the first person; the lead waits for its approval anew."""
    person = lead.people[0]
    post = lead.rules.post("village_committee_member")
    kept = {word: getattr(person, word) for word in ("name", "allegation", "town_code", "village_code")}
    told = Correction(PersonSaid.in_post(post, **kept), lead.town_code, lead.place_code)
    outlook = correcting.look(person, told, at)
    correcting.correct(outlook, reason="核对录音，说的是村委会委员。", by=by, at=at)


class Stage:
    """What is still going to happen before the rehearsal begins, by its moment."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.towns = roster.town_governments()
        self.people = {officer.login: officer for officer in roster.officers()}
        self.names = [f"{surname}{given}" for surname in SURNAMES for given in GIVEN]
        self.waiting: list[tuple[datetime, int, Event]] = []
        self.numbers = count()
        self.told: dict[tuple[int, tuple[str, ...]], tuple[Place, list[str]]] = {}
        self.file_day = morning("06-01") + timedelta(hours=3)
        draw.shuffle(self.names)

    def plan_may(self) -> None:
        """Everything that happens before the rehearsal begins."""
        for story in STORIES:
            self.plan(morning(story.day) + timedelta(minutes=self.draw.randint(0, 400)), self.arrival(story))
        self.plan(morning("05-29"), report_of_may)
        self.plan(morning("05-29"), circulars.cases_of_may)
        self.plan(morning("05-29"), duties.plans_of_may)
        self.plan(morning("05-22"), inspections.visits_of_may)
        self.plan(morning("05-31"), screening.tables_of_may)
        self.plan(morning("05-31") + timedelta(hours=2), publicity.walls_of_may)
        self.plan(morning("05-31") + timedelta(hours=4), circulars.circulars_of_may)
        self.plan(morning("06-01"), duties.a_late_plan)
        self.plan(morning("06-01") + timedelta(hours=1), relatives.registers_of_may)
        self.plan(morning("06-01") + timedelta(hours=3), publicity.faults_of_june)
        self.plan(morning("06-01") + timedelta(hours=4), screening.a_full_table)
        self.plan(morning("06-01") + timedelta(hours=1), inspections.visits_of_june)
        self.plan(morning("06-01") + timedelta(hours=2), learning.learnt_by_june)
        self.plan(morning("06-01") + timedelta(hours=2), ledger_views.saved_by_june)
        self.plan(morning("06-01") + timedelta(hours=2), learning.answered_for_by_june)
        self.plan(morning("06-01"), outcomes.begin_a_sheet)
        self.plan(morning("06-01"), outcomes.tolerate)
        self.plan(morning("06-01") + timedelta(hours=5), lambda at: deeds.sample(at, random.Random(SEED)))
        self.plan(morning("06-01") + timedelta(hours=7), bundling.bundle_what_is_alike)
        self.plan(morning("06-01") + timedelta(hours=8), sealing.seal_of_may)

    def plan(self, at: datetime, event: Event) -> None:
        heappush(self.waiting, (at, next(self.numbers), event))

    def plan_lines(self) -> None:
        """What becomes of the published numbers."""
        for day, event in HOTLINE:
            self.plan(morning(day) + timedelta(hours=1), event)

    def run(self) -> None:
        while self.waiting and self.waiting[0][0] < TODAY:
            at, _, event = heappop(self.waiting)
            event(at)

    def later(self, at: datetime, days: int | None = None) -> datetime:
        """A moment in office hours one to three working days on."""
        day = calendars.calendar().add_working_days(day_of(at), days or self.draw.choice((1, 1, 2, 3)))
        return at_clock(day, time(self.draw.randint(9, 16), self.draw.randint(0, 59)))

    def arrival(self, story: Story) -> Event:
        """The call itself; what becomes of it is planned when it is there."""

        def arrive(at: datetime) -> None:
            lead = intake.receive(self.call(story, at), by=self.registrar(story), at=at)
            exhibits.bring(lead, story.words, by=self.registrar(story), at=at)
            if "v" in story.flags:
                reason = "试拨电话时误登，没有人反映问题。"
                self.plan(
                    self.later(at, 1), lambda then: ledger.void(lead, reason=reason, by=self.people["keeper"], at=then)
                )
                return
            if "y" in story.flags:
                self.plan(at + timedelta(minutes=15), partial(misheard, lead, self.people["keeper"]))
            if road := next((triaging.ROADS[flag] for flag in story.flags if flag in triaging.ROADS), ()):
                self.triage(lead, road, self.later(at, 1))
                return
            if "f" in story.flags:
                self.triage(lead, (Act.ARCHIVE_LEAD,), self.file_day)
            for referral in db.session.scalars(select(Referral).filter_by(lead_id=lead.id)):
                self.lead_on(referral, deeds.ROADS.get(story.until, ()), self.later(at))
                self.plan(morning("06-01"), partial(beside.ask, story.flags, referral))
            for review in petitions.of_lead(lead.id):
                self.answer(review, petitions.ROADS.get(story.until, ()), self.later(at))
            case = db.session.scalars(select(SupervisedCase).filter_by(lead_id=lead.id)).one_or_none()
            if case is not None:
                self.watch(case, self.later(at, 3))

        return arrive

    def lead_on(self, referral: Referral, road: tuple[deeds.Step, ...], at: datetime) -> None:
        """Plan the next step of one referral; when it is done, the one after."""
        if not road:
            self.rest(referral, at)
            return

        def step(then: datetime) -> None:
            done = deeds.do(road[0], referral, at=then, draw=self.draw)
            self.lead_on(referral, road[1:] if done else (), self.later(then))

        self.plan(at, step)

    def triage(self, lead: Lead, road: tuple[Act, ...], at: datetime) -> None:
        """Plan the next step of triage; when it is done, the one after."""
        if not road:
            self.rest(lead, at)
            return

        def step(then: datetime) -> None:
            done = triaging.do(road[0], lead, at=then)
            self.triage(lead, road[1:] if done else (), self.later(then, 1))

        self.plan(at, step)

    def answer(self, review: EligibilityReview, road: tuple[Act, ...], at: datetime) -> None:
        """Plan the next step of one petition; when it is done, the one after."""
        if not road:
            self.rest(review, at)
            return

        def step(then: datetime) -> None:
            done = petitions.do(road[0], review, at=then, draw=self.draw)
            self.answer(review, road[1:] if done else (), self.later(then))

        self.plan(at, step)

    def watch(self, case: SupervisedCase, at: datetime) -> None:
        """Plan the supervision of a case, as far as the rehearsal's date lets it come."""

        def step(then: datetime) -> None:
            if deeds.supervise(case, at=then):
                self.watch(case, self.later(then, 4))
            else:
                self.rest(case, then)

        self.plan(at, step)

    def rest(self, paper: Paper, at: datetime) -> None:
        """A story has come to its end; the paper stays where it is."""

    def registrar(self, story: Story) -> Officer:
        return self.people[f"{IN_THE_TOWNS[int(story.by)][0]}-clerk" if story.by.isdigit() else story.by]

    def call(self, story: Story, at: datetime) -> Call:
        """What the caller said, with names, villages and sums drawn by lot."""
        notice, town = editions.notice(), self.towns[story.town].place_code or ""
        village, names = self.told_again(story) or self.newly_told(story, town)
        household = ""
        if "H" in story.flags:
            household, village = screening.told_of(self.towns[story.town])
        problem, words = NARRATIVES[story.words]
        yuan = self.draw.randrange(8, 90) * 100
        posts = [notice.post(key) for key in story.posts]
        each = [f"{post.name.zh}{name}" for post, name in zip(posts, names, strict=True)]
        facts = {
            "village": village.name,
            "kin": self.draw.choice(KIN),
            "amount": f"{yuan:,}",
            "years": self.draw.randint(2, 6),
        }
        told = words.format(who="、".join(each), **facts)
        people = tuple(
            PersonSaid.in_post(
                post, name=name, town_code=town, village_code=village.code, allegation=words.format(who=who, **facts)
            )
            for post, name, who in zip(posts, names, each, strict=True)
        )
        named = "n" in story.flags
        return Call(
            channel="call" if story.by == "operator" else self.draw.choice(("letter", "visit")),
            received_at=at - timedelta(minutes=12),
            people=people,
            narrative=told,
            named=named,
            wants_answer=named,
            reporter=ReporterSaid(name=self.names.pop(), phone=self.phone()) if named else None,
            place_code=village.code,
            town_code=town,
            household=household,
            problems=(problem,) if problem in {term.key for term in notice.terms("problem_type")} else (),
            wrong_dibao=self.wrong(story.words),
            amount_fen=yuan * 100 if "{amount}" in words else None,
            media="m" in story.flags,
            leader_instruction="l" in story.flags,
            major="M" in story.flags,
            major_reason="涉及户数多、金额大，群众反映集中。" if "M" in story.flags else "",
            told_duty=True,
            read_back=True,
        )

    def newly_told(self, story: Story, town: str) -> tuple[Place, list[str]]:
        """A village and names by lot, remembered for whoever calls about the same."""
        names = [LEADER if "t" in story.flags else self.names.pop() for _ in story.posts]
        self.told[story.town, story.posts] = self.draw.choice(roster.villages(town)), names
        return self.told[story.town, story.posts]

    def told_again(self, story: Story) -> tuple[Place, list[str]] | None:
        """The village and the names of the call that this one repeats."""
        return self.told.get((story.town, story.posts)) if "k" in story.flags else None

    def phone(self) -> str:
        return f"1540000{self.draw.randint(1000, 9999)}"

    @staticmethod
    def wrong(words: str) -> tuple[str, ...]:
        return {"kin": ("relation_dibao",), "post": ("favour_dibao",), "left": ("missed_dibao",)}.get(
            words, ("wrong_dibao",)
        )


def report_of_may(at: datetime) -> None:
    """Three towns have answered for May, and a fourth with the cases that are circulated; four still owe it."""
    may, clerks = Month(2018, 5), _clerks()
    keeper = next(officer for officer in roster.officers() if officer.role is Role.LEDGER_KEEPER)
    typical_cases.accept(typical_cases.file_nil(may, signatory="李长河", by=clerks[0], at=at), by=keeper, at=at)
    typical_cases.file(may, [A_CASE], signatory="宋海涛", by=clerks[3], at=at)
    returned = typical_cases.file(may, [A_CASE], signatory="袁世杰", by=clerks[6], at=at)
    typical_cases.send_back(returned, reason="缺处理依据和剖析，请补充后重报。", by=keeper, at=at)


def _clerks() -> list[Officer]:
    people = {officer.login: officer for officer in roster.officers()}
    return [people[f"{town}-clerk"] for town, *_ in IN_THE_TOWNS]


A_CASE = typical_cases.Told(
    title="村干部违规为亲属办理低保案",
    facts="某村村委会原委员在低保民主评议中隐瞒亲属关系，使不符合条件的亲属享受低保十四个月，共领取低保金8600元。",
    origin="own_receipt",
    problem="nepotism",
    rank_class=RankClass.OTHER,
    decided_by="镇纪委",
    sanction="党内警告",
    recovered_fen=860_000,
    analysis="近亲属备案没有落实，评议流于形式。",
)


def morning(day: str) -> datetime:
    """Shortly after nine on a day of 2018, `month-day`."""
    return datetime.fromisoformat(f"2018-{day}T09:05").replace(tzinfo=HERE)
