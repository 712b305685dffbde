"""A case as towns tell it, for the tests of this room."""

from typing import Any

from tipline.law.bodies import RankClass
from tipline.typical_cases.operations import Told


def told(**others: Any) -> Told:
    """One masked case; `others` replaces what a test is about."""
    values: dict[str, Any] = {
        "title": "村干部为亲属虚报低保",
        "person": "王某某，某村党支部书记",
        "facts": "2016年至2017年，为其亲属李某虚报低保，共计12600元。",
        "origin": "found_at_work",
        "problem": "false_claims",
        "rank_class": RankClass.VILLAGE,
        "recovered_fen": 1_260_000,
    }
    return Told(**(values | others))
