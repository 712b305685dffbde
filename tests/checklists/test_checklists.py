"""Checklists: what a kind of problem asks for is looked into before a referral is concluded."""

from datetime import timedelta

import pytest

from tests import make
from tests.referrals.cast import brought_to, cast, proposed
from tipline.checklists import operations, queries
from tipline.checklists.models import Verdict
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.office import editions
from tipline.referrals.lifecycle import ReferralState as S

LATER = make.NOON + timedelta(days=1)
ITEMS = ["money_trail", "holders", "books"]


@pytest.fixture
def players(app):
    return cast()


@pytest.fixture
def referral(players):
    return brought_to(S.IN_DISPOSITION, players, proposed(players, problems=("embezzlement",)))


def check_all(referral, by):
    for line in queries.lines_of(referral):
        operations.check(referral, line.item.key, Verdict.DONE, "", by=by, at=LATER)
    db.session.flush()


def test_the_problem_says_what_is_asked(players, referral):
    assert [line.item.key for line in queries.lines_of(referral)] == ITEMS
    assert queries.lines_of(brought_to(S.SIGNED_FOR, players)) == []


def test_an_open_item_holds_up_the_conclusion_and_says_how_many(players, referral):
    with pytest.raises(Incomplete, match="还有3项"):
        make.concluded(referral, by=players.inspector, at=LATER)
    check_all(referral, players.inspector)
    make.concluded(referral, by=players.inspector, at=LATER)
    assert referral.state is S.CONCLUDED


def test_what_does_not_apply_needs_a_reason_and_what_must_be_looked_at_again_is_open_again(players, referral):
    check_all(referral, players.inspector)
    with pytest.raises(Incomplete, match="理由"):
        operations.check(referral, "books", Verdict.NOT_APPLICABLE, " ", by=players.inspector, at=LATER)
    operations.check(referral, "books", Verdict.AGAIN, "流水对不上。", by=players.inspector, at=LATER)
    db.session.flush()
    with pytest.raises(Incomplete, match="还有1项"):
        make.concluded(referral, by=players.inspector, at=LATER)
    operations.check(referral, "books", Verdict.NOT_APPLICABLE, "存折一直在本人手里。", by=players.inspector, at=LATER)
    db.session.flush()
    assert not [line for line in queries.lines_of(referral) if line.is_open]


def test_only_the_handling_body_says_it_and_only_while_it_is_at_work(players, referral):
    for officer, refusal in ((players.stranger, NotPermitted), (players.keeper, NotPermitted)):
        with pytest.raises(refusal):
            operations.check(referral, "books", Verdict.DONE, "", by=officer, at=LATER)
    with pytest.raises(Incomplete):
        operations.check(referral, "pigeons", Verdict.DONE, "", by=players.inspector, at=LATER)
    check_all(referral, players.inspector)
    make.concluded(referral, by=players.inspector, at=LATER)
    with pytest.raises(NotNow):
        operations.check(referral, "books", Verdict.AGAIN, "再查。", by=players.inspector, at=LATER)


def test_a_body_with_one_persons_part_has_no_list(players):
    lead = make.lead("village_head", "bureau_clerk", by=players.operator, problems=("embezzlement",))
    assert [queries.items_of(referral) == [] for referral in make.referrals(lead)] == [
        not referral.whole for referral in make.referrals(lead)
    ]


def test_the_three_askers_at_the_door(players, referral, sign_in):
    db.session.commit()
    page, door = f"/referrals/{referral.key}", f"/checklists/{referral.key}/check"
    said = {"check-item": "books", "check-verdict": "done"}
    browser = sign_in(players.inspector)
    assert "核查清单" in browser.get(page).text
    assert browser.post(door, data=said).status_code == 302
    assert browser.post(door, data=said | {"check-verdict": "again"}).status_code == 422
    assert "核查清单" not in sign_in(players.keeper).get(page).text
    assert sign_in(players.keeper).post(door, data=said).status_code == 404
    assert sign_in(players.stranger).post(door, data=said).status_code == 404


def test_every_item_belongs_to_a_problem_of_the_notice(app):
    notice = editions.notice()
    assert {term.group for term in notice.terms(queries.CHECKLIST)} <= {
        term.key for term in notice.terms("problem_type")
    }
