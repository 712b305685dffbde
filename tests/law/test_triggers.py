"""When a case is supervised jointly, and what counts as major."""

import pytest

from tests.law.people import DOCTOR, HOUSEHOLD, NOTICE, TOWN_HANDLER, TOWN_LEADER, VILLAGE_CADRE, VILLAGE_SECRETARY
from tipline.law.bodies import SupervisionTrigger
from tipline.law.facts import PersonFacts
from tipline.law.triggers import trigger_set, triggers

MAJOR = SupervisionTrigger.MAJOR


@pytest.mark.parametrize(
    ("persons", "fen", "major"),
    [
        ((VILLAGE_CADRE,), None, False),
        ((VILLAGE_CADRE,), 999_999, False),
        ((VILLAGE_CADRE,), 1_000_000, True),
        ((VILLAGE_CADRE, VILLAGE_SECRETARY), None, False),
        ((VILLAGE_CADRE, VILLAGE_SECRETARY, TOWN_HANDLER), None, True),
        ((VILLAGE_CADRE, HOUSEHOLD, DOCTOR), None, False),
        ((TOWN_LEADER,), None, True),
        ((), 0, False),
    ],
)
def test_major_is_a_managed_leader_three_officials_or_ten_thousand_yuan(
    persons: tuple[PersonFacts, ...], fen: int | None, major: bool
) -> None:
    assert (MAJOR in trigger_set(triggers(persons, NOTICE, amount_fen=fen))) is major


def test_the_numbers_of_major_are_a_proposal_and_the_three_triggers_are_the_notice() -> None:
    (by_amount,) = triggers((VILLAGE_CADRE,), NOTICE, amount_fen=2_000_000)
    assert (by_amount.clause, by_amount.mark.is_law) == ("本局约定", False)
    assert str(by_amount.reason) == "涉及金额20000元，达到10000元"
    (by_media,) = triggers((VILLAGE_CADRE,), NOTICE, media=True)
    assert (by_media.clause, by_media.mark.is_law) == ("津南民字〔2018〕17号 四（三）", True)
