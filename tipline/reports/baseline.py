"""How unusual a month is for its own town: exact, and without a table of any distribution."""

from fractions import Fraction
from math import comb

from tipline.law.hotspots import HotspotRules


def chance(now: int, before: int, days: int, days_before: int) -> Fraction:
    """How likely so many or more of all these reports fall into these days, were every day alike.

    If nothing has changed, each of the `now + before` reports falls into the month with the share of its days, so
    that the number in the month is binomial. What the baseline itself does not know, for it is small, is in it.
    """
    whole = now + before
    way = Fraction(comb(whole, now) * days**now * days_before ** (whole - now), (days + days_before) ** whole)
    ways = way
    for n in range(now, whole):
        way *= Fraction((whole - n) * days, (n + 1) * days_before)
        ways += way
    return ways


def is_hot(now: int, before: int, days: int, days_before: int, rules: HotspotRules, cells: int) -> bool:
    """Whether a month is a hotspot among so many cells looked at together.

    The permitted chance is divided by the cells (Bonferroni), so that it holds for the page as a whole.
    """
    if now < rules.fewest:
        return False
    return chance(now, before, days, days_before) * cells <= Fraction(rules.percent, 100)


def is_told(number: int, seen: int, rules: HotspotRules) -> bool:
    """Whether a reader who may see `seen` of the rows is told their number."""
    return seen >= number or number >= rules.fewest
