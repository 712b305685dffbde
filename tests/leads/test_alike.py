"""The looks-like panel tells of older leads only to whoever may read their words."""

import pytest

from tests import make
from tipline.intake.looking import look
from tipline.kit.db import db
from tipline.leads.models import Lead
from tipline.office.charter import Role
from tipline.referrals import operations as referrals


def shown(officer, **said) -> list[Lead]:
    db.session.flush()
    panel = look(make.call("village_head", **said), officer, make.NOON)
    assert panel is not None
    return list(panel.alike)


@pytest.mark.parametrize("said", [{"names": ("佘仁杰",)}, {"names": ("旁人",), "household": "张老三家"}])
def test_a_name_or_a_household_tried_finds_nothing_behind_a_shell(app, said):
    clerk, keeper = make.officer(Role.TOWN_CLERK), make.officer(Role.LEDGER_KEEPER)
    stranger = make.officer(Role.TOWN_CLERK, make.XIANSHUIGU)
    lead = make.lead("village_head", by=clerk, names=("佘仁杰",), household="张老三家")
    assert shown(clerk, **said) == [lead]
    assert shown(keeper, **said) == []
    assert shown(stranger, **said) == []


def test_what_has_left_is_like_nothing(app):
    keeper = make.officer(Role.LEDGER_KEEPER)
    lead = make.lead("village_head", by=make.officer(Role.OPERATOR), names=("佘仁杰",))
    (referral,) = make.referrals(lead)
    assert shown(keeper, names=("佘仁杰",)) == [lead]
    referrals.approve(referral, by=keeper, at=make.NOON)
    referrals.hand_over(referral, by=keeper, at=make.NOON)
    assert shown(keeper, names=("佘仁杰",)) == []
