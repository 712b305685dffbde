"""A life is a table of moves; an act that takes a move back leads to where the paper came from."""

import pytest

from tipline.kit.errors import NotNow
from tipline.leads.lifecycle import LIFE as LEAD
from tipline.office.charter import Act
from tipline.referrals.lifecycle import LIFE as REFERRAL
from tipline.referrals.lifecycle import ReferralState as S

APPROVED = [Act.PROPOSE_REFERRAL, Act.APPROVE_REFERRAL]


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ([Act.PROPOSE_REFERRAL], S.PROPOSED),
        (APPROVED, S.APPROVED),
        ([Act.PROPOSE_REFERRAL, Act.REDIRECT_REFERRAL], S.REDIRECTING),
        ([*APPROVED, Act.HAND_OVER, Act.SEND_BACK, Act.ENDORSE_RETURN, Act.AGREE_RETURN], S.RETURNED),
    ],
)
def test_a_move_that_was_taken_back_is_replayed_to_where_the_paper_stood(acts, state):
    there_and_back = [*acts, Act.WITHDRAW_REFERRAL, Act.RESTORE_REFERRAL]
    assert REFERRAL.replay(there_and_back) is state
    assert REFERRAL.replay(there_and_back + there_and_back[-2:]) is state
    assert REFERRAL.replay([*acts, Act.WITHDRAW_REFERRAL]) is S.WITHDRAWN


def test_nothing_is_taken_back_that_was_not_done():
    with pytest.raises(NotNow):
        REFERRAL.replay([*APPROVED, Act.RESTORE_REFERRAL])


def test_no_life_takes_back_an_act_that_is_not_in_its_table():
    for life in (LEAD, REFERRAL):
        assert life.back <= life.acts
