"""A lot that anybody can draw again, and that tells nothing of what one may not see."""

import hashlib

import pytest
from sqlalchemy import select

from tests import make
from tests.sampling.story import UNTIL, Players, closed, drawn, players_of
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotPermitted
from tipline.leads.models import Access
from tipline.office.charter import Role
from tipline.sampling import checking, operations, queries, rules
from tipline.sampling.models import SampledClosure, SampleDraw

KEYS = [f"key{number}" for number in range(20)]


def test_the_documented_algorithm_comes_to_the_same():
    lot = rules.draw("seed", KEYS, 5)
    by_hand = sorted(KEYS, key=lambda key: hashlib.sha256(f"seed:{key}".encode()).hexdigest())[:5]
    assert list(lot.keys) == by_hand
    assert rules.draw("seed", reversed(KEYS), 5) == lot
    assert rules.draw("seeds", KEYS, 5).keys != lot.keys


@pytest.mark.parametrize("size", [1, 5, 19, 20, 25])
def test_the_cutoff_tells_of_each_closure_and_is_nobodys_ticket(size):
    lot = rules.draw("seed", KEYS, size)
    assert {key for key in KEYS if rules.is_drawn("seed", key, lot.cutoff)} == set(lot.keys)
    assert lot.cutoff not in {rules.ticket("seed", key) for key in KEYS}


def test_nothing_to_draw_from_draws_nothing():
    assert rules.draw("seed", [], 3).keys == ()


def test_the_seed_stands_before_the_draw_and_another_person_draws(app):
    cast, draw = players_of(), None
    closed(cast, 3)
    with pytest.raises(Incomplete, match="过完"):
        operations.publish_seed(UNTIL, UNTIL, 2, "ab", by=cast.keeper, at=make.NOON)
    draw = operations.publish_seed(*cast.period, 2, "ab", by=cast.keeper, at=cast.later)
    db.session.flush()
    assert (draw.number, draw.seed, draw.population) == ("CJ2018-01", "ab", [])
    with pytest.raises(NotPermitted, match="两人"):
        operations.draw_sample(draw, by=cast.keeper, at=cast.later)
    operations.draw_sample(draw, by=cast.leader, at=cast.later)
    db.session.flush()
    assert len(queries.drawn_by(draw, cast.leader)) == 2
    with pytest.raises(Incomplete, match="不能重抽"):
        operations.publish_seed(*cast.period, 2, "cd", by=cast.keeper, at=cast.later)
    assert not list(checking.faults(draw))


def swap_seed(draw: SampleDraw, cast: Players) -> None:
    draw.seed = "another"


def drop_one(draw: SampleDraw, cast: Players) -> None:
    db.session.delete(db.session.scalars(select(SampledClosure)).first())


def leave_one_out(draw: SampleDraw, cast: Players) -> None:
    draw.population = draw.population[1:]


def swap_one(draw: SampleDraw, cast: Players) -> None:
    one = db.session.scalars(select(SampledClosure)).first()
    drawn = set(db.session.scalars(select(SampledClosure.referral_id)))
    one.referral = next(paper for paper in queries.closures(draw.since, draw.until) if paper.id not in drawn)


def move_cutoff(draw: SampleDraw, cast: Players) -> None:
    draw.cutoff = "0" * 64


def another_period(draw: SampleDraw, cast: Players) -> None:
    draw.until = draw.since


@pytest.mark.parametrize("plant", [swap_seed, drop_one, leave_one_out, swap_one, move_cutoff, another_period])
def test_a_planted_change_is_found(app, plant):
    cast = players_of()
    closed(cast, 4)
    draw = drawn(cast, 2)
    db.session.commit()
    assert not list(checking.faults(draw))
    plant(draw, cast)
    db.session.flush()
    assert list(checking.faults(draw))


def test_the_command_prints_the_seed_and_says_when_a_sample_was_changed(app):
    cast = players_of()
    closed(cast, 3)
    draw = drawn(cast, 2)
    db.session.commit()
    runner, ident, seed, number = app.test_cli_runner(), draw.id, draw.seed, draw.number
    db.session.rollback()
    result = runner.invoke(args=["supervision", "sample", number])
    assert (result.exit_code, seed in result.output, "intact" in result.output) == (0, True, True)
    assert result.output.count("* ") == 2
    db.session.rollback()
    db.session.get(SampleDraw, ident).seed = "another"
    db.session.commit()
    result = runner.invoke(args=["supervision", "sample"])
    assert (result.exit_code, "种子" in result.output) == (1, True)
    db.session.rollback()
    assert runner.invoke(args=["supervision", "sample", "CJ1999-01"]).exit_code == 1


def test_a_walled_or_sealed_lead_is_never_drawn_and_a_later_wall_leaves_no_gap(app, sign_in):
    cast = players_of()
    closed(cast, 2)
    draw = drawn(cast, 2)
    db.session.commit()
    first, second = queries.drawn_by(draw, cast.leader)
    assert len(queries.drawn_by(draw, cast.keeper)) == 2
    lead = first.referral.lead
    lead.walled = True
    db.session.add(Access(lead_id=lead.id, officer_id=cast.leader.id))
    db.session.commit()
    assert queries.closures(*cast.period) == [second.referral]
    assert queries.drawn_by(draw, cast.keeper) == [second]
    browser = sign_in(cast.keeper)
    hidden, number = first.key, first.number
    assert browser.get(f"/sampling/{hidden}").status_code == 404
    page = browser.get(f"/sampling/draws/{draw.key}").text
    assert number not in page
    assert "2件" not in page
    assert [one.number for one in queries.waits_for(cast.keeper)] == [second.number]
    assert not list(checking.faults(draw))
    with pytest.raises(NotPermitted):
        operations.try_call_back(first, by=cast.keeper, at=cast.later)
    assert make.officer(Role.TOWN_CLERK).may(operations.Act.READ_CALL_BACKS) is False
