"""What a changed edition would do to the referrals of the past."""

from dataclasses import replace

from tests.law.people import IN_2018, NOTICE, TOWN_HANDLER, TWELVE_KINDS, VILLAGE_CADRE
from tipline.law.bodies import Body
from tipline.law.replay import Case, differences

CASES = [Case(f"移-{number}", person, IN_2018) for number, person in enumerate(TWELVE_KINDS, start=1)]


def test_the_same_edition_changes_nothing() -> None:
    assert differences(NOTICE, NOTICE, CASES) == ()


def test_a_changed_rule_shows_exactly_the_referrals_it_would_move() -> None:
    moved = replace(next(rule for rule in NOTICE.rules if rule.number == "R-6"), body=Body.DISPATCHED_DISCIPLINE_GROUP)
    changed = replace(NOTICE, rules=tuple(moved if rule.number == "R-6" else rule for rule in NOTICE.rules))
    (only,) = differences(NOTICE, changed, CASES)
    assert only.reference == f"移-{TWELVE_KINDS.index(TOWN_HANDLER) + 1}"
    assert (only.before.body, only.after.body) == (Body.TOWN_DISCIPLINE_BODY, Body.DISPATCHED_DISCIPLINE_GROUP)
    assert str(only.reason).startswith("原按规则R-6送镇纪委；新版改送派驻纪检监察组。规则R-6（")


def test_a_referral_kept_more_closely_is_shown_too() -> None:
    closer = replace(next(rule for rule in NOTICE.rules if rule.number == "R-7"), sealed=True)
    changed = replace(NOTICE, rules=tuple(closer if rule.number == "R-7" else rule for rule in NOTICE.rules))
    (only,) = differences(NOTICE, changed, [Case("移-1", VILLAGE_CADRE, IN_2018)])
    assert str(only.reason) == "仍送镇纪委，但规则R-7改为规则R-7后，保密范围或抄送单位不同"
