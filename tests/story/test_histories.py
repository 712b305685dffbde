"""Random histories: whatever officers try, in whatever order, nothing is lost, stuck, untraced or wrongly dated."""

import os
import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.referrals.cast import DEEDS, cast
from tipline.kit.db import db
from tipline.kit.errors import NotFound, Refused
from tipline.law.running import first_to_run_out
from tipline.leads.models import Lead
from tipline.office import roster, trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Officer, Paper
from tipline.referrals import queries, reckoning
from tipline.referrals.lifecycle import LIFE, ReferralState
from tipline.referrals.models import Referral
from tipline.referrals.objections import open_acts

HISTORIES = int(os.environ.get("TIPLINE_HISTORIES", "25"))
"""So many in an ordinary run; thousands when asked for."""
STEPS = 25
POSTS = ("village_head", "town_civil_affairs_clerk", "bureau_clerk", "town_mayor", "bank_clerk", "village_accountant")
WALKS = 3000
SEEDS = (17, 2018)
AT_REST = {ReferralState.FED_BACK, ReferralState.WITHDRAWN}


class District:
    """Players for every part, and papers that random hands push about."""

    def __init__(self, draw: random.Random) -> None:
        self.draw, self.players, self.at = draw, cast(), make.NOON
        for role in (Role.DISTRICT_INSPECTOR, Role.GROUP_INSPECTOR):
            make.officer(role)
            make.officer(role)
        make.officer(Role.TOWN_INSPECTOR)
        self.refused = self.done = 0

    def begin(self) -> list[Referral]:
        """A call about one to three people."""
        posts = self.draw.choices(POSTS, k=self.draw.randint(1, 3))
        named = self.draw.random() < 0.5
        return make.referrals(make.lead(*posts, by=self.players.operator, at=self.at, named=named))

    def push(self, referral: Referral) -> None:
        """Somebody tries something. What is refused has changed nothing."""
        self.at += timedelta(minutes=self.draw.randint(1, 2000))
        act = self.draw.choice(list(DEEDS))
        if self.draw.random() < 0.8 and (possible := [act for act in DEEDS if (referral.state, act) in LIFE.moves]):
            act = self.draw.choice(possible)
        before, seers = stand(referral), self.who_see(referral)
        try:
            with db.session.begin_nested():
                DEEDS[act](referral, self.players, self.at)
                db.session.flush()
                self.ask_the_door(referral, seers)
        except Refused:
            self.refused += 1
            assert stand(referral) == before, act
            return
        self.done += 1
        assert act in LIFE.back or referral.state is LIFE.moves[before[0], act]

    def who_see(self, referral: Referral) -> set[int]:
        """Those of the players to whom the list of referrals shows it; the clock sees all."""
        seers = {
            one.id
            for one in vars(self.players).values()
            if db.session.scalar(queries.visible_to(one).where(Referral.id == referral.id))
        }
        return seers | {roster.clock_officer().id}

    def ask_the_door(self, referral: Referral, seers: set[int]) -> None:
        """Whoever does not see a paper gets no further than its door, whatever the deed would have done."""
        by = db.session.scalar(select(Entry.by_id).where(Entry.seq == referral.last_seq))
        if by not in seers:
            raise NotFound("没有这个页面，或您无权查看。")


def stand(referral: Referral) -> tuple[ReferralState, int, object]:
    return referral.state, referral.last_seq, referral.due_on


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_tried_the_papers_stand_where_their_lines_put_them(app, seed):
    district = District(random.Random(seed))
    for _ in range(HISTORIES):
        referrals = district.begin()
        for _ in range(STEPS):
            district.push(district.draw.choice(referrals))
        db.session.commit()
    assert district.done > HISTORIES * 3
    assert district.refused > HISTORIES
    assert not list(trail.faults())
    assert wrongly_dated() == []
    assert orphans() == []
    assert without_a_trace() == []


def test_a_paper_that_was_moved_past_the_deeds_is_found(app):
    district = District(random.Random(3))
    (first, *_) = district.begin()
    db.session.execute(db.update(Referral).where(Referral.id == first.id).values(state=ReferralState.SHELVED))
    db.session.commit()
    assert list(trail.faults())


def test_a_wrong_day_and_an_orphan_are_found(app):
    district = District(random.Random(4))
    (first, *_) = district.begin()
    first.due_on = first.due_on + timedelta(days=1)
    db.session.execute(db.update(Officer).values(active=False))
    db.session.commit()
    assert first.number in wrongly_dated()
    assert first.number in orphans()


def wrongly_dated() -> list[str]:
    """Referrals whose promised day is not the one that their clocks give."""
    return [
        referral.number
        for referral in db.session.scalars(select(Referral))
        if referral.due_on != ((first := first_to_run_out(reckoning.clocks(referral))) and first.due.on)
    ]


def orphans() -> list[str]:
    """Referrals that wait for something, and for nobody."""
    waited_for = {
        key
        for officer in db.session.scalars(select(Officer).where(Officer.active, Officer.role != Role.CLOCK))
        for key in db.session.scalars(
            select(Referral.key).join(Referral.lead).where(queries.scope_of(officer), queries.waits_for(officer))
        )
    }
    return [
        referral.number
        for referral in db.session.scalars(select(Referral).join(Referral.lead))
        if referral.key not in waited_for and not at_rest(referral)
    ]


def at_rest(referral: Referral) -> bool:
    """Nothing more is owed: told, withdrawn, concluded for somebody without a name, or with a body that is not here."""
    nameless = referral.state is ReferralState.CONCLUDED and not referral.lead.named
    elsewhere = referral.receipt_no is not None or not referral.to.signs_in
    return referral.state in AT_REST or nameless or (elsewhere and referral.state is not ReferralState.PROPOSED)


def without_a_trace() -> list[str]:
    """Leads and referrals whose number of moves is not the number of their lines."""
    found = []
    for kind in (Lead, Referral):
        for paper in db.session.scalars(select(kind)):
            acts = db.session.scalars(select(Entry.act).where(Entry.paper == paper.ref).order_by(Entry.seq))
            moves = [act for act in acts if act in kind.life.acts]
            if kind.life.replay(moves) is not paper.state:
                found.append(paper.ref)
    return found


def lives() -> list[type[Paper]]:
    return sorted(Paper.__subclasses__(), key=lambda kind: kind.kind)


@pytest.mark.parametrize("kind", lives(), ids=lambda kind: kind.kind)
def test_no_life_runs_into_a_state_that_it_can_neither_leave_nor_end_in(kind):
    """From every state, by some road, a state is reached that asks for nothing; and thousands of walks replay."""
    life, draw = kind.life, random.Random(kind.kind)
    states = set(life.moves.values())
    ends = {
        state for state in states if all(there is state for (here, _), there in life.moves.items() if here is state)
    }
    for state in states:
        assert ends & reach(life, state) or state in reach_again(life, state), state
    for _ in range(WALKS // 10):
        here, acts = None, []
        for _ in range(30):
            open_ = [act for act in life.open_acts(here) if act not in getattr(life, "back", ())]
            if not open_:
                break
            acts.append(act := draw.choice(open_))
            here = life.after(here, act)
        assert life.replay(acts) is here


def reach(life, state) -> set[object]:
    """All states that can follow."""
    seen, waiting = {state}, [state]
    while waiting:
        here = waiting.pop()
        for (before, _), there in life.moves.items():
            if before is here and there not in seen:
                seen.add(there)
                waiting.append(there)
    return seen


def reach_again(life, state) -> set[object]:
    """The states from which one comes back to this one: a life that may go on for ever, as a letter's list does."""
    return {other for other in reach(life, state) if state in reach(life, other)}


def test_every_button_that_random_histories_show_can_be_pressed(app):
    district = District(random.Random(99))
    for _ in range(5):
        referrals = district.begin()
        for _ in range(STEPS):
            district.push(district.draw.choice(referrals))
        for referral in referrals:
            for officer in (district.players.keeper, district.players.leader, district.players.inspector):
                assert all((referral.state, act) in LIFE.moves for act in open_acts(referral, officer))
    assert Act.SIGN_FOR in LIFE.acts
