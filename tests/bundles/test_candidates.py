"""What may be about the same: what is the same first, words second, and nothing one may not read has any part in it."""

from datetime import timedelta

import pytest

from tests import make
from tests.bundles.cast import calls
from tests.questions import questions
from tipline.bundles import candidates as room
from tipline.bundles import queries, rules
from tipline.bundles.candidates import candidates
from tipline.bundles.rules import Evidence, Likeness
from tipline.kit.db import db
from tipline.leads.call import ReporterSaid
from tipline.office import roster
from tipline.office.charter import Role
from tipline.referrals import operations as referrals

NOW = make.NOON + timedelta(hours=2)
WORDS = "村主任把自己弟弟一家报成低保户，家里有楼房和小轿车。"
OTHERS = "公示栏还是两年前的名单，没有人换过。"


@pytest.fixture
def clerk(app):
    return make.officer(Role.TOWN_CLERK)


def found(lead, officer):
    db.session.flush()
    return [candidate.lead for candidate in candidates(lead, officer, NOW)]


def test_person_household_and_place_come_before_the_words(clerk):
    here, there, *_ = [place.code for place in roster.villages(make.SHUANGGANG)]
    (asked,) = calls(clerk, 1, household="张老三家", place_code=here, narrative=WORDS)
    (same_words,) = calls(clerk, 1, names=("旁人甲",), place_code=there, narrative=WORDS)
    (same_place,) = calls(clerk, 1, names=("旁人乙",), place_code=here, narrative=OTHERS)
    (same_house,) = calls(clerk, 1, names=("旁人丙",), household="张老三家", place_code=there, narrative=OTHERS)
    (same_person,) = calls(clerk, 1, place_code=there, narrative=OTHERS)
    (_nothing,) = calls(clerk, 1, names=("旁人丁",), place_code=there, narrative=OTHERS, problems=("extortion",))
    assert found(asked, clerk)[:4] == [same_person, same_house, same_place, same_words]


def test_a_name_in_another_town_is_another_person(clerk):
    keeper = make.officer(Role.LEDGER_KEEPER)
    (asked,) = calls(keeper, 1, narrative=WORDS)
    (namesake,) = calls(keeper, 1, town=make.XIANSHUIGU, narrative=OTHERS, problems=("extortion",))
    likeness = {c.lead: c.likeness.shared for c in candidates(asked, keeper, NOW)}.get(namesake, frozenset())
    assert Evidence.PERSON not in likeness


def test_the_same_caller_about_the_same_matter_looks_like_a_repeat(clerk):
    caller = {"named": True, "reporter": ReporterSaid(name="甄有理", phone="154 0000 1234")}
    (asked,) = calls(clerk, 1, **caller)
    (again,) = calls(clerk, 1, names=("旁人甲",), **caller)
    (other,) = calls(clerk, 1, names=("旁人乙",), **(caller | {"problems": ("extortion",)}))
    (anonymous,) = calls(clerk, 1, names=("旁人丙",), reporter=caller["reporter"])
    db.session.flush()
    told = {candidate.lead: candidate for candidate in candidates(asked, clerk, NOW)}
    assert told[again].repeat
    assert not told[other].repeat
    assert Evidence.REPORTER in told[other].likeness.shared
    assert Evidence.REPORTER not in told[anonymous].likeness.shared if anonymous in told else True


def test_an_anonymous_report_of_the_same_person_looks_like_a_repeat(clerk):
    asked, again = calls(clerk, 2)
    db.session.flush()
    (only,) = candidates(asked, clerk, NOW)
    assert (only.lead, only.repeat) == (again, True)


def test_a_closed_lead_is_no_candidate(clerk):
    keeper, leader = make.officer(Role.LEDGER_KEEPER), make.officer(Role.BUREAU_LEADER)
    asked, left = calls(clerk, 2)
    calls(keeper, 1)
    (referral,) = make.referrals(left)
    referrals.approve(referral, by=leader, at=make.NOON)
    referrals.hand_over(referral, by=clerk, at=make.NOON)
    assert found(asked, clerk) == []


def test_what_one_may_not_read_changes_nothing(clerk):
    """The same list, in the same order, with the same figures, whether or not hidden leads lie between."""
    reader = make.officer(Role.LEDGER_KEEPER, name="鄂国栋")
    asked, *_ = calls(reader, 3, narrative=WORDS)
    db.session.flush()
    before = told(asked, reader)
    for at in range(5):
        hidden = make.lead(
            "village_head",
            "village_head",
            by=make.officer(Role.LEDGER_KEEPER, name=f"某登记{at}"),
            names=("佘仁杰", "鄂国栋"),
            narrative=WORDS,
            at=NOW,
        )
        assert hidden.walled
    db.session.flush()
    assert told(asked, reader) == before


def test_a_fault_in_the_wall_would_be_seen(clerk, monkeypatch):
    monkeypatch.setattr(queries, "readable", lambda officer, now: room.select(room.Lead).order_by(room.Lead.id.desc()))
    with pytest.raises(AssertionError):
        test_what_one_may_not_read_changes_nothing(clerk)


def told(lead, officer):
    return [(c.lead.number, c.likeness, c.repeat) for c in candidates(lead, officer, NOW)]


def test_the_order_is_a_rule_that_can_be_read():
    strong = Likeness(frozenset({Evidence.PERSON}), 0.1)
    house = Likeness(frozenset({Evidence.HOUSEHOLD, Evidence.PLACE}), 0.9)
    words = Likeness(frozenset({Evidence.MATTER}), 1.0)
    assert sorted([words, house, strong], key=rules.rank) == [strong, house, words]
    assert rules.is_worth_showing(words)
    assert not rules.is_worth_showing(Likeness(frozenset({Evidence.MATTER}), 0.1))
    assert not rules.looks_like_a_repeat(words, named=True)


@pytest.mark.parametrize(
    ("one", "other", "same"), [("村里有人吃低保", "村里有人吃低保", 1.0), ("甲乙", "丙丁", 0.0), ("", "甲乙", 0.0)]
)
def test_words_are_compared_by_pairs(one, other, same):
    assert rules.similarity(rules.pairs([one]), rules.pairs([other])) == same


def test_the_search_asks_no_more_for_many(clerk):
    asked = calls(clerk, 1)[0]
    counts = []
    for more in (2, 12):
        calls(clerk, more)
        db.session.commit()
        db.session.expire_all()
        with questions() as said:
            candidates(asked, clerk, NOW)
        counts.append(len(said))
    assert counts[1] <= counts[0], counts
