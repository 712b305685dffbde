"""Leads taken as one matter: decided by a person, nothing moved, and undone to the last byte."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.bundles.cast import calls, everything
from tipline.bundles import operations, queries
from tipline.bundles.lifecycle import LIFE, BundleState
from tipline.bundles.models import Bundle, BundleMember
from tipline.bundles.rules import Evidence, LinkKind
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotFound, NotNow, NotPermitted
from tipline.leads import ledger
from tipline.leads import operations as leads
from tipline.leads.call import ReporterSaid
from tipline.leads.models import Reporter
from tipline.office import trail
from tipline.office.charter import Act, Role
from tipline.office.models import Entry, Letter
from tipline.referrals import operations as referrals
from tipline.referrals import reckoning, returns, waiting
from tipline.referrals.lifecycle import ReferralState
from tipline.referrals.objections import open_acts as buttons

R = ReferralState
LATER = make.NOON + timedelta(days=1)
WHY = "同一人在几天里反映同一件事。"


@pytest.fixture
def clerk(app):
    return make.officer(Role.TOWN_CLERK)


@pytest.fixture
def leader(app):
    return make.officer(Role.BUREAU_LEADER)


def state_of(lead):
    return [referral.state for referral in make.referrals(lead)]


def test_repeats_are_kept_and_not_handled_again(clerk):
    first, *repeats = calls(clerk, 9)
    said = [(lead.number, lead.narrative, lead.people[0].name) for lead in repeats]
    bundle = operations.bundle(first, repeats, reason=WHY, by=clerk, at=LATER)
    assert (bundle.state, bundle.number, len(bundle.members)) == (BundleState.BUNDLED, f"{first.number}-B1", 8)
    assert all(lead.primary is first for lead in repeats)
    assert state_of(first) == [R.PROPOSED]
    assert {state for lead in repeats for state in state_of(lead)} == {R.WITHDRAWN}
    assert [(lead.number, lead.narrative, lead.people[0].name) for lead in repeats] == said
    db.session.flush()
    assert queries.times([bundle], clerk) == {bundle.id: 9}
    assert bundle.members[0].evidence == [Evidence.PERSON, Evidence.MATTER]
    assert not list(trail.faults())


def test_undoing_restores_everything_but_the_trail(clerk, leader):
    first, *repeats = calls(clerk, 9, named=True, reporter=ReporterSaid(name="甄有理", phone="15400001234"))
    for lead in repeats[:4]:
        referrals.approve(make.referrals(lead)[0], by=leader, at=make.NOON)
    referrals.hand_over(make.referrals(repeats[0])[0], by=clerk, at=make.NOON)
    leads.open_content(repeats[0], reason="比对是否重复反映。", by=clerk, at=LATER)
    db.session.commit()
    before = everything()
    bundle = operations.bundle(first, repeats, reason=WHY, by=clerk, at=LATER)
    assert everything() != before
    db.session.commit()
    operations.undo(bundle, reason="细看是两件不同的事。", by=clerk, at=LATER)
    db.session.commit()
    assert everything() == before
    assert bundle.state is BundleState.UNDONE
    assert not list(trail.faults())


def test_the_harness_sees_what_is_not_restored(clerk, monkeypatch):
    first, second = calls(clerk, 2)
    db.session.commit()
    before = everything()
    bundle = operations.bundle(first, [second], reason=WHY, by=clerk, at=LATER)
    monkeypatch.setattr(operations, "_let_out", lambda member, **_: None)
    operations.undo(bundle, reason="不是一件事。", by=clerk, at=LATER)
    assert everything() != before


def test_a_later_repeat_joins_the_bundle_that_stands(clerk):
    first, second, third = calls(clerk, 3)
    bundle = operations.bundle(first, [second], reason=WHY, by=clerk, at=make.NOON)
    assert operations.bundle(first, [third], reason="又打来一次。", by=clerk, at=LATER) is bundle
    db.session.flush()
    assert [member.lead for member in queries.members_of(bundle, clerk)] == [second, third]
    assert db.session.scalars(select(Bundle)).all() == [bundle]
    operations.undo(bundle, reason="不是一件事。", by=clerk, at=LATER)
    again = operations.bundle(second, [first], reason=WHY, by=clerk, at=LATER)
    assert again.number == f"{second.number}-B1"


def test_a_bundle_of_the_same_first_report_has_a_new_number(clerk):
    first, second = calls(clerk, 2)
    for number in ("B1", "B2"):
        bundle = operations.bundle(first, [second], reason=WHY, by=clerk, at=LATER)
        assert bundle.number == f"{first.number}-{number}"
        operations.undo(bundle, reason="不是一件事。", by=clerk, at=LATER)
        with pytest.raises(NotNow):
            operations.undo(bundle, reason="再拆。", by=clerk, at=LATER)


def test_a_repeat_is_neither_first_nor_repeat_of_anything_else(clerk):
    first, second, third = calls(clerk, 3)
    operations.bundle(first, [second], reason=WHY, by=clerk, at=LATER)
    for primary, repeats, match in (
        (second, [third], "本身是重复件"),
        (third, [second], "已经并案"),
        (third, [first], "另一并案"),
        (third, [third], "只能选一次"),
        (third, [], "请选取"),
    ):
        with pytest.raises((NotNow, Incomplete), match=match):
            operations.bundle(primary, repeats, reason=WHY, by=clerk, at=LATER)
    with pytest.raises(Incomplete):
        operations.bundle(first, [third], reason="  ", by=clerk, at=LATER)


def test_what_is_on_hold_or_void_is_not_bundled(clerk):
    first, second = calls(clerk, 2)
    leads.void(second, reason="误登，没有这件事。", by=clerk, at=make.NOON)
    with pytest.raises(NotPermitted):
        operations.bundle(first, [second], reason=WHY, by=clerk, at=LATER)


def test_nobody_is_told_twice_that_a_report_is_accepted(clerk, leader):
    inspector = make.officer(Role.TOWN_INSPECTOR)
    first, second = calls(clerk, 2, named=True)
    (referral,) = make.referrals(second)
    referrals.approve(referral, by=leader, at=make.NOON)
    referrals.hand_over(referral, by=clerk, at=make.NOON)
    referrals.sign_for(referral, by=inspector, at=make.NOON)
    ticking = {running.clock.id for running in reckoning.clocks(referral)}
    leads.open_content(second, reason="比对是否重复反映。", by=clerk, at=LATER)
    operations.bundle(first, [second], reason=WHY, by=clerk, at=LATER)
    assert referral.state is R.SIGNED_FOR  # what a body has stays with it
    assert ticking - {running.clock.id for running in reckoning.clocks(referral)} == {"C-17"}
    assert Act.TELL_ACCEPTANCE not in buttons(referral, inspector)
    with pytest.raises(NotNow, match="重复件"):
        referrals.tell_acceptance(referral, by=inspector, at=LATER)


def test_a_repeat_is_not_sent_anywhere(clerk, leader):
    first, second = calls(clerk, 2)
    operations.bundle(first, [second], reason=WHY, by=clerk, at=LATER)
    (referral,) = make.referrals(second)
    assert not buttons(referral, leader)
    assert not buttons(referral, clerk)


def test_bundling_writes_no_letter(clerk):
    first, *repeats = calls(clerk, 3)
    before = len(list(db.session.scalars(select(Letter))))
    operations.bundle(first, repeats, reason=WHY, by=clerk, at=LATER)
    assert len(list(db.session.scalars(select(Letter)))) == before


def test_only_what_one_may_read_is_bundled(clerk):
    stranger, keeper = make.officer(Role.TOWN_CLERK, make.XIANSHUIGU), make.officer(Role.LEDGER_KEEPER)
    operator = make.officer(Role.OPERATOR)
    first, second = calls(clerk, 2)
    with pytest.raises(NotFound):
        operations.bundle(first, [second], reason=WHY, by=stranger, at=LATER)
    with pytest.raises(NotPermitted, match="调阅"):
        operations.bundle(first, [second], reason=WHY, by=keeper, at=LATER)
    own = calls(operator, 2)
    with pytest.raises(NotPermitted):
        operations.bundle(own[0], own[1:], reason=WHY, by=operator, at=make.NOON)


def test_another_office_does_not_undo_it(clerk):
    keeper = make.officer(Role.LEDGER_KEEPER)
    first, second = calls(clerk, 2)
    bundle = operations.bundle(first, [second], reason=WHY, by=clerk, at=LATER)
    with pytest.raises(NotPermitted, match="经办单位"):
        operations.undo(bundle, reason="不是一件事。", by=keeper, at=LATER)


def test_leads_that_not_the_same_people_may_know_of_are_not_one_matter(app):
    clerk = make.officer(Role.TOWN_CLERK)
    make.officer(Role.LEDGER_KEEPER, name="鄂国栋")
    (seen,) = calls(clerk, 1)
    (walled,) = calls(clerk, 1, names=("鄂国栋",))
    assert walled.walled
    assert not seen.walled
    for deed in (
        lambda: operations.bundle(seen, [walled], reason=WHY, by=clerk, at=LATER),
        lambda: operations.bundle(walled, [seen], reason=WHY, by=clerk, at=LATER),
        lambda: operations.link(seen, walled, LinkKind.RELATED, reason=WHY, by=clerk, at=LATER),
    ):
        with pytest.raises(NotNow, match="知悉范围"):
            deed()


def test_a_bundle_counts_for_each_only_what_they_may_know_of(app):
    clerk = make.officer(Role.TOWN_CLERK)
    keeper = make.officer(Role.LEDGER_KEEPER)
    first, *repeats = calls(clerk, 4)
    bundle = operations.bundle(first, repeats, reason=WHY, by=clerk, at=LATER)
    db.session.commit()
    assert queries.times([bundle], keeper) == {bundle.id: 4}
    for hidden in repeats[:2]:  # walls that fell between them later
        hidden.walled = True
    db.session.commit()
    assert queries.times([bundle], keeper) == {bundle.id: 2}
    assert [member.lead for member in queries.members_of(bundle, keeper)] == repeats[2:]
    first.walled = True
    db.session.commit()
    assert not list(db.session.scalars(queries.visible_to(keeper)))
    assert queries.of_lead(repeats[2], keeper) is None


def test_links_are_seen_by_who_sees_both_ends(clerk):
    keeper = make.officer(Role.LEDGER_KEEPER)
    one, other = calls(clerk, 2)
    link = operations.link(one, other, LinkKind.DERIVED, reason="核问时带出另一件事。", by=clerk, at=LATER)
    with pytest.raises(NotNow, match="已经关联"):
        operations.link(other, one, LinkKind.RELATED, reason=WHY, by=clerk, at=LATER)
    db.session.commit()
    assert queries.links_of(one, keeper) == queries.links_of(other, keeper) == [link]
    other.walled = True
    db.session.commit()
    assert queries.links_of(one, keeper) == []
    other.walled = False
    operations.unlink(link, by=clerk, at=LATER)
    assert queries.links_of(one, clerk) == []
    with pytest.raises(NotNow):
        operations.unlink(link, by=clerk, at=LATER)


def test_the_ledger_is_narrowed_to_repeats_and_to_what_is_bundled(clerk):
    first, second, alone = calls(clerk, 3)
    operations.bundle(first, [second], reason=WHY, by=clerk, at=LATER)
    db.session.flush()

    def shown(**filters):
        return set(db.session.scalars(ledger.narrowed(clerk, ledger.asked(filters))))

    assert shown(repeat="yes") == {second}
    assert shown(repeat="no") == {first, alone}
    assert shown(bundled="yes") == {first, second}
    assert shown(bundled="nonsense") == {first, second, alone}


def test_reasons_are_sealed_and_the_trail_says_codes_only(clerk):
    first, second = calls(clerk, 2)
    bundle = operations.bundle(first, [second], reason=WHY, by=clerk, at=LATER)
    operations.undo(bundle, reason="细看不是一件事。", by=clerk, at=LATER)
    db.session.commit()
    told = "".join(str(dict(entry.facts)) for entry in db.session.scalars(select(Entry)))
    assert WHY not in told
    assert first.number not in told
    row = db.session.execute(select(Bundle.__table__)).one()
    assert WHY.encode() not in bytes(row.reason_sealed)


def test_every_move_of_the_life_is_played(clerk):
    first, second, third = calls(clerk, 3)
    bundle = operations.bundle(first, [second], reason=WHY, by=clerk, at=LATER)
    operations.bundle(first, [third], reason=WHY, by=clerk, at=LATER)
    operations.undo(bundle, reason="不是一件事。", by=clerk, at=LATER)
    done = [entry.act for entry in db.session.scalars(select(Entry).filter_by(paper=bundle.ref).order_by(Entry.seq))]
    assert set(done) == LIFE.acts
    assert LIFE.replay(done) is bundle.state
    assert all(member.undone_at for member in db.session.scalars(select(BundleMember)))


def test_who_called_stays_where_it_was(clerk):
    first, second = calls(clerk, 2, named=True, reporter=ReporterSaid(name="甄有理", phone="15400001234"))
    kept = [(reporter.lead_id, reporter.name) for reporter in db.session.scalars(select(Reporter))]
    operations.bundle(first, [second], reason=WHY, by=clerk, at=LATER)
    assert [(reporter.lead_id, reporter.name) for reporter in db.session.scalars(select(Reporter))] == kept
    assert [lead.id for lead in (first, second)] == [lead_id for lead_id, _ in kept]


def test_a_repeat_that_comes_back_from_its_body_waits_on_no_desk(clerk, leader):
    inspector, principal = make.officer(Role.TOWN_INSPECTOR), make.officer(Role.TOWN_INSPECTOR)
    first, second = calls(clerk, 2)
    (referral,) = make.referrals(second)
    referrals.approve(referral, by=leader, at=make.NOON)
    referrals.hand_over(referral, by=clerk, at=make.NOON)
    leads.open_content(second, reason="比对是否重复反映。", by=clerk, at=LATER)
    bundle = operations.bundle(first, [second], reason=WHY, by=clerk, at=LATER)
    returns.send_back(referral, cause="papers_missing", reason="材料缺第二页。", by=inspector, at=LATER)
    returns.endorse(referral, by=principal, at=LATER)
    returns.agree(referral, reason="确实缺页。", by=clerk, at=LATER)
    db.session.flush()
    assert referral.state is R.RETURNED
    assert referral.number not in [one.number for one in waiting.waiting_for(clerk, LATER.date())]
    operations.undo(bundle, reason="不是同一件事。", by=clerk, at=LATER)
    db.session.flush()
    assert referral.number in [one.number for one in waiting.waiting_for(clerk, LATER.date())]
