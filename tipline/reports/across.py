"""The figures read across: what became of the leads, by each word of a list of the notice."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import and_

from tipline.law.bodies import RankClass
from tipline.law.notice import Notice
from tipline.leads.models import ImplicatedPerson, Lead
from tipline.referrals.lifecycle import Disposition
from tipline.referrals.models import Referral
from tipline.reports.families import LEADS, Condition
from tipline.reports.figures import (
    FIRST,
    AnyFigure,
    Figure,
    Measured,
    Word,
    Words,
    among,
    figures,
    measures,
    members,
    terms,
)
from tipline.reports.rules import Across, Asked, Times

TOLD_ACROSS = (
    Asked.LEADS,
    Asked.HANDED_OVER,
    Asked.CONCLUDED,
    Asked.FOUND_TRUE,
    Asked.SANCTIONED,
    Asked.TRANSFERRED,
    Asked.RECOVERED,
)
"""The measures that are read across, in the order of their columns."""


@dataclass(frozen=True, eq=False)
class Dimension:
    """Words by which those measures are read across."""

    words: Words
    where: Callable[[str], Condition]
    leads: Callable[[str], Condition] | None
    """The same asked of a lead, which may name several persons; None where a lead knows nothing of it."""


DIMENSIONS = {
    Across.PROBLEM: Dimension(terms("problem_type"), among(Lead.problems), among(Lead.problems)),
    Across.WRONG: Dimension(terms("wrong_dibao_type"), among(Lead.wrong_dibao), among(Lead.wrong_dibao)),
    Across.CHANNEL: Dimension(terms("channel"), lambda key: Lead.channel == key, lambda key: Lead.channel == key),
    Across.RANK: Dimension(
        members(RankClass),
        lambda key: ImplicatedPerson.rank_class == key,
        lambda key: Lead.people.any(ImplicatedPerson.rank_class == key),
    ),
    Across.DISPOSITION: Dimension(members(Disposition), lambda key: Referral.disposition == key, None),
}


def crossed(notice: Notice, across: Across) -> list[tuple[Word, list[Figure | None]]]:
    """The measures of every word of a dimension, in the order of `TOLD_ACROSS`; None where it cannot be said."""
    dimension, told = DIMENSIONS[across], measures(notice)
    return [
        (name, [_crossed(told[asked], across, key, dimension) for asked in TOLD_ACROSS])
        for key, name in dimension.words(notice)
    ]


def _crossed(measured: Measured, across: Across, key: str, dimension: Dimension) -> Figure | None:
    asked, part, family, moment, where, money = measured
    meant = dimension.leads if family is LEADS else dimension.where
    if meant is None:
        return None
    return Figure(f"{asked}@{across}.{key}", asked, part, family, moment, and_(where, meant(key)), money)


def figure_of(key: str, notice: Notice, times: Times) -> AnyFigure | None:
    """The figure of that key, on the page, behind a hotspot, or read across."""
    if "@" not in key:
        return next((one for one in (*figures(notice, times), *FIRST.figures(notice)) if one.key == key), None)
    told = (one for across in Across for _, row in crossed(notice, across) for one in row)
    return next((one for one in told if one is not None and one.key == key), None)
