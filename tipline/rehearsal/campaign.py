"""The whole campaign, May to December 2018, lived day by day by people who forget, err, fall ill and answer late."""

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from heapq import heappop
from typing import Any, NamedTuple

from sqlalchemy import select

from tipline.clock import operations as clock
from tipline.eligibility.lifecycle import ReviewState as R
from tipline.eligibility.models import EligibilityReview
from tipline.kit.dates import Month, at_clock, day_of
from tipline.kit.db import db
from tipline.kit.words import Labelled
from tipline.leads.models import Lead
from tipline.office import calendars, duty
from tipline.office.models import Paper
from tipline.office.time import set_rehearsal
from tipline.referrals.lifecycle import ReferralState as S
from tipline.referrals.models import Referral
from tipline.rehearsal import hotline, onward, patrols, sealing, towns, watching
from tipline.rehearsal.district import OPENED, TODAY
from tipline.rehearsal.leads import Stage, morning
from tipline.rehearsal.operations import MORNING
from tipline.rehearsal.stories import GIVEN, POSTS_OF, SURNAMES, Story
from tipline.supervision.models import SupervisedCase

SEED = 20181231
LAST = date(2018, 12, 31)
CALLS = 254
"""After the forty-six of May."""
LAST_CALL = date(2018, 11, 30)
FORGETS = 0.12
"""The share of steps that somebody forgets until a reminder comes."""
LOOKED_INTO = {S.IN_DISPOSITION: (8, 45), S.CASE_FILED: (20, 50), R.CHECKING: (4, 20)}
"""Working days that looking into a matter takes; everything else takes one to three."""
SEALED = tuple(Month(2018, number) for number in range(6, 12))
"""After May, which the rehearsal seals in any case."""
FOLLOWED: tuple[Any, ...] = (Lead, Referral, EligibilityReview, SupervisedCase)
EVENING = time(17, 0)
"""When the day's letters go out, while the office is still open."""
PHONE_HOUR = time(15, 0)
TRY_AGAIN = 6
"""Working days after which a step is tried again that nobody could take."""


class Away(NamedTuple):
    """Somebody is ill, or on holiday."""

    login: str
    since: date
    until: date


AWAY = (
    Away("gegu-clerk", date(2018, 7, 2), date(2018, 7, 13)),
    Away("keeper", date(2018, 8, 6), date(2018, 8, 17)),
    Away("xiaozhan-inspector", date(2018, 9, 3), date(2018, 9, 21)),
    Away("leader", date(2018, 9, 10), date(2018, 9, 14)),
    Away("operator", date(2018, 10, 8), date(2018, 10, 12)),
    Away("balitai-clerk", date(2018, 11, 1), date(2018, 11, 9)),
)


class Campaign(Stage):
    """The rehearsal's people, who do not stop in June."""

    def __init__(self, draw: random.Random) -> None:
        super().__init__(draw)
        longer = [f"{surname}{first}{last[-1]}" for surname in SURNAMES for first in "文立永志" for last in GIVEN]
        draw.shuffle(longer)
        self.names = longer + self.names
        self.followed: set[str] = set()

    def live(self, last: date = LAST, told: Callable[[date], None] = lambda day: None) -> None:
        """Day after day: the clock does the morning's work, then people do theirs. Commits each day."""
        for day in days(day_of(OPENED), last):
            set_rehearsal(at_clock(day, MORNING))
            db.session.commit()
            clock.tick(at_clock(day, MORNING))
            while self.waiting and day_of(self.waiting[0][0]) <= day:
                at, _, event = heappop(self.waiting)
                event(at)
            db.session.commit()
            clock.post(at_clock(day, EVENING))
            told(day)

    def plan_year(self) -> None:
        """What the district will live through, as far as it does not follow from what people do."""
        self.plan_may()
        self.plan_lines()
        towns.plan(self)
        patrols.Rounds(self).plan()
        calendar = calendars.calendar()
        on = [day for day in days(day_of(TODAY), LAST_CALL) if calendar.is_working_day(day)]
        for day in sorted(self.draw.choice(on) for _ in range(CALLS)):
            at = at_clock(day, MORNING) + timedelta(minutes=self.draw.randint(5, 430))
            self.plan(at, self.arrival(self.told_by_lot(day)))
        for month in SEALED:
            self.plan(at_clock(calendar.nth_working_day(month.next(), 5), PHONE_HOUR), partial(sealing.seal_of, month))
        for day in days(day_of(TODAY) + timedelta(days=7), LAST):
            if day.weekday() == 0:
                self.plan(at_clock(day, MORNING), self.look_through)
        for away in AWAY:
            self.plan(at_clock(away.since, MORNING), partial(self.leave, away))

    def plan_lines(self) -> None:
        """The numbers of May; from then on an hour at the telephone on Tuesdays and Fridays that are worked."""
        self.plan(morning("05-07") + timedelta(hours=1), hotline.numbers_of_may)
        for day in days(day_of(morning("05-08")), LAST):
            if day.weekday() in (1, 4) and calendars.calendar().is_working_day(day):
                at = at_clock(day, PHONE_HOUR)
                self.plan(at, partial(watching.phone_hour, draw=self.draw))

    def leave(self, away: Away, at: datetime) -> None:
        """Somebody stays at home; whoever can, stands in."""
        officer = self.people[away.login]
        able = duty.substitutes_of(officer, away.since, away.until)
        duty.take_leave(officer, away.since, away.until, able[0] if able else None, by=officer, at=at)

    def told_by_lot(self, day: date) -> Story:
        """A call like those of May."""
        words = self.draw.choice(list(POSTS_OF))
        flags = self.draw.choices(("n", "a", "nm", "nM", "al", "ax", "nb", "no"), (50, 30, 4, 4, 2, 4, 4, 2))[0]
        by = self.draw.choices(("operator", "keeper", "town"), (70, 15, 15))[0]
        town = self.draw.randrange(len(self.towns))
        posts = (self.draw.choice(POSTS_OF[words]),)
        return Story(f"{day:%m-%d}", str(town) if by == "town" else by, town, posts, words, S.PROPOSED, flags)

    def rest(self, paper: Paper, at: datetime) -> None:
        """Where the stories of May stop, the year goes on."""
        self.follow(paper, max(at, self.later(TODAY)))

    def follow(self, paper: Paper, at: datetime) -> None:
        """Bring a paper home, step by step; what nobody can do now is tried again."""
        if paper.ref in self.followed:
            return
        self.followed.add(paper.ref)
        self.go_on(paper, at)

    def go_on(self, paper: Paper, at: datetime) -> None:
        """Plan the next step of a paper that is followed."""

        def step(then: datetime) -> None:
            done = onward.step(paper, at=then, draw=self.draw)
            if onward.is_home(paper):
                self.followed.discard(paper.ref)
            else:
                self.go_on(paper, self.later(then, self.pace(paper.state) if done else TRY_AGAIN))

        self.plan(at, step)

    def look_through(self, at: datetime) -> None:
        """On Mondays somebody goes through the lists: what is open and nobody follows is taken up."""
        for kind in FOLLOWED:
            for paper in db.session.scalars(select(kind)):
                if not onward.is_home(paper):
                    self.follow(paper, self.later(at))

    def pace(self, state: Labelled) -> int:
        """After how many working days the next step is taken."""
        first, last = LOOKED_INTO.get(state, (1, 3))
        return self.draw.randint(first, last) + (self.draw.randint(10, 40) if self.draw.random() < FORGETS else 0)


def days(first: date, last: date) -> Iterator[date]:
    """Every day of a stretch, rest days too."""
    while first <= last:
        yield first
        first += timedelta(days=1)
