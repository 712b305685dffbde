"""Effect periods and limits as the notice has them: by the day of the decision, and to the day."""

from datetime import date

import pytest

from tests.law.people import NOTICE
from tipline.law.bodies import Body, Membership, PersonKind, SupervisionObject
from tipline.law.facts import PersonFacts
from tipline.law.notice import NOTICES, read
from tipline.law.sanctions import HEAVIEST, ONCE, Family, ends_on
from tipline.law.table import MalformedNotice

IN_2018, IN_2020, BEFORE = date(2018, 6, 4), date(2020, 7, 1), date(2020, 6, 30)
OUTCOMES = NOTICE.outcomes
TEXT = (NOTICES / "jinnan-2018-17.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("family", "sanction", "months"),
    [
        (Family.PARTY, "warning", (12,)),
        (Family.PARTY, "serious_warning", (18,)),
        (Family.PARTY, "removal_from_party_post", (24,)),
        (Family.PARTY, "probation", (12, 24)),
        (Family.PARTY, "expulsion", (60,)),
        (Family.ADMIN, "warning", (6,)),
        (Family.ADMIN, "demerit", (12,)),
        (Family.ADMIN, "major_demerit", (18,)),
        (Family.ADMIN, "demotion", (24,)),
        (Family.ADMIN, "removal", (24,)),
    ],
)
@pytest.mark.parametrize("on", [IN_2018, IN_2020])
def test_every_sanction_has_its_length(family, sanction, months, on):
    assert OUTCOMES.effect(family, sanction, on).months == months


def test_a_dismissal_has_no_end():
    assert OUTCOMES.effect(Family.ADMIN, "dismissal", IN_2020) is None


@pytest.mark.parametrize(
    ("decided_on", "months", "last"),
    [
        (date(2018, 5, 7), 6, date(2018, 11, 7)),
        (date(2018, 5, 7), 12, date(2019, 5, 7)),
        (date(2018, 8, 31), 6, date(2019, 2, 28)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 2, 29), 24, date(2022, 2, 28)),
        (date(2018, 8, 29), 18, date(2020, 2, 29)),
        (date(2018, 8, 30), 18, date(2020, 2, 29)),
        (date(2018, 12, 31), 18, date(2020, 6, 30)),
        (date(2018, 12, 1), 60, date(2023, 12, 1)),
    ],
)
def test_an_effect_ends_on_the_same_day_of_the_month_or_on_its_last(decided_on, months, last):
    assert ends_on(decided_on, months) == last


def test_the_rule_of_the_day_is_cited():
    assert OUTCOMES.effect(Family.ADMIN, "warning", BEFORE).clause.startswith("行政机关公务员处分条例")
    assert OUTCOMES.effect(Family.ADMIN, "warning", IN_2020).clause.startswith("政务处分法")
    assert OUTCOMES.rule(HEAVIEST, BEFORE).clause != OUTCOMES.rule(HEAVIEST, IN_2020).clause
    assert OUTCOMES.rule(ONCE, BEFORE) is None
    assert OUTCOMES.rule(ONCE, IN_2020).clause == "政务处分法 第十六条"


def facts(**known):
    usual = {"supervision_object": SupervisionObject.GROUP_1, "party_member": Membership.YES}
    return PersonFacts(PersonKind.VILLAGE_CADRE, **(usual | known))


@pytest.mark.parametrize(
    ("family", "known", "on", "only"),
    [
        (
            Family.ADMIN,
            {"supervision_object": SupervisionObject.GROUP_5},
            IN_2020,
            {"warning", "demerit", "major_demerit"},
        ),
        (Family.ADMIN, {"supervision_object": SupervisionObject.GROUP_5}, BEFORE, None),
        (Family.ADMIN, {}, IN_2020, None),
        (Family.ADMIN, {"supervision_object": SupervisionObject.NONE}, IN_2020, set()),
        (Family.ADMIN, {"supervision_object": SupervisionObject.UNKNOWN}, IN_2018, set()),
        (Family.PARTY, {}, IN_2018, None),
        (Family.PARTY, {"party_member": Membership.NO}, IN_2018, set()),
        (Family.PARTY, {"party_member": Membership.UNKNOWN}, IN_2020, set()),
        (Family.BELOW, {"supervision_object": SupervisionObject.NONE}, IN_2020, None),
    ],
)
def test_who_may_be_given_what(family, known, on, only):
    limit = OUTCOMES.limit(family, facts(**known), on)
    assert (None if limit is None else set(limit.only)) == only


def test_every_finding_says_what_it_asks_for():
    assert {rule.finding for rule in OUTCOMES.findings} == {term.key for term in NOTICE.terms("finding")}
    assert {rule.finding for rule in OUTCOMES.findings if rule.untrue} == {
        "not_substantiated",
        "wrongly_reported",
        "false_accusation",
    }
    assert [rule.approval for rule in OUTCOMES.findings if rule.approval] == [Body.MUNICIPAL_DISCIPLINE_BODY]


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('sanction = "probation"', 'sanction = "exile"', "不在分类"),
        ('finding = "unverifiable"', 'finding = "unheard_of"', "不在分类"),
        ('only = ["warning", "demerit", "major_demerit"]', 'only = ["praise"]', "不在分类"),
        ("months = [12, 24]", "months = 12", "一列整数"),
        ("[[fine_limit]]\nleast = 1", "[[fine_limit]]\nleast = 1\nsum = 2", "没有名为“sum”的项"),
    ],
)
def test_a_slip_of_the_pen_is_refused(was, becomes, says):
    assert was in TEXT
    with pytest.raises(MalformedNotice, match=says):
        read(TEXT.replace(was, becomes), "x")


def test_two_lengths_at_a_time_are_refused():
    doubled = TEXT.replace("valid_to = 2020-06-30", "valid_to = 2020-07-01", 1)
    with pytest.raises(MalformedNotice, match="有效期重叠"):
        read(doubled, "x")
