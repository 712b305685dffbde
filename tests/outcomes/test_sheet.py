"""The sheet: drafts that lose nothing, a conclusion that leaves a summary, and sums by lead."""

import pytest
from sqlalchemy import select

from tests import make
from tests.outcomes.telling import LATER, ON, at_work, colleague, correction, measure, money, said
from tests.referrals.cast import S, cast
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotFound, NotNow, NotPermitted, Refused
from tipline.law.sanctions import Family
from tipline.office import trail
from tipline.office.charter import Act
from tipline.office.models import Entry
from tipline.outcomes import operations, queries
from tipline.outcomes.models import Measure
from tipline.outcomes.queries import Tally
from tipline.referrals import panels

WHOLE = {
    "measures": (measure(), measure(Family.ADMIN, "demerit"), measure(Family.PROSECUTION, None)),
    "established_fen": 150_000,
    "held_fen": 20_000,
    "shortfall": "其余款项正在追缴。",
    "money": money(recovered=100_000, restituted=20_000, to_treasury=90_000, returned=10_000),
    "corrections": (correction(), correction("recover", amount_fen=8_600)),
}


def test_a_conclusion_leaves_its_summary_with_the_referral(app):
    referral, players = at_work()
    sheet = operations.record(referral, said(**WHOLE), seen=0, by=players.inspector, at=make.NOON)
    operations.conclude(sheet, by=players.inspector, at=LATER)
    db.session.commit()
    assert referral.state is S.CONCLUDED
    assert (referral.finding, referral.result) == ("substantiated", "查实，已处理。")
    assert (referral.recovered_fen, referral.concluded_at) == (120_000, LATER)
    assert (sheet.said().money, sheet.said().corrections) == (WHOLE["money"], WHOLE["corrections"])
    assert [row.months for row in sheet.measures] == [12, 12, None]
    assert not list(trail.faults())


def test_the_drafts_before_stay_and_only_the_last_counts(app):
    referral, players = at_work()
    by = players.inspector
    operations.record(referral, said(measures=(measure(),)), seen=0, by=by, at=make.NOON)
    sheet = operations.record(referral, said(measures=(measure(Family.ADMIN, "warning"),)), seen=1, by=by, at=LATER)
    db.session.commit()
    assert [row.kind for row in sheet.ever_measures] == ["warning", "warning"]
    assert [row.family for row in sheet.measures] == [Family.ADMIN]
    assert len(list(db.session.scalars(select(Measure)))) == 2


def test_nobody_writes_over_a_draft_unseen(app):
    referral, players = at_work()
    operations.record(referral, said(), seen=0, by=players.inspector, at=make.NOON)
    with pytest.raises(NotNow, match="新的一稿"):
        operations.record(referral, said(form=1), seen=0, by=colleague(), at=LATER)


@pytest.mark.parametrize(
    ("sheet", "error"),
    [
        (said(finding="rumour"), NotFound),
        (said(finding="false_accusation"), Incomplete),
        (said(form=5), Incomplete),
        (said(established_fen=-1), Incomplete),
        (said(held_fen=-1), Incomplete),
        (said(measures=(measure(kind="exile"),)), NotFound),
        (said(measures=(measure(breach=0),)), Incomplete),
        (said(money=money(recovered=-5)), Incomplete),
        (said(money=money(recovered=0)), Incomplete),
        (said(money=money(stolen=5)), Incomplete),
        (said(corrections=(correction("praise"),)), NotFound),
        (said(corrections=(correction(household="　"),)), Incomplete),
        (said(corrections=(correction(amount_fen=-1),)), Incomplete),
    ],
)
def test_what_cannot_be_is_not_even_saved(app, sheet, error):
    referral, players = at_work()
    with pytest.raises(error):
        operations.record(referral, sheet, seen=0, by=players.inspector, at=make.NOON)
    assert queries.sheet_of(referral) is None


def test_a_sheet_that_is_short_of_something_is_saved_and_not_concluded(app):
    referral, players = at_work()
    short = said(money=money(recovered=100), established_fen=100)
    sheet = operations.record(referral, short, seen=0, by=players.inspector, at=make.NOON)
    with pytest.raises(Incomplete, match=r"还有1\.00元没有去向"):
        operations.conclude(sheet, by=players.inspector, at=LATER)
    assert referral.state is S.IN_DISPOSITION
    assert not list(db.session.scalars(select(Entry).filter_by(act=Act.CONCLUDE)))


def test_only_the_handling_body_fills_in_and_concludes(app):
    referral, players = at_work()
    sheet = operations.record(referral, said(), seen=0, by=players.inspector, at=make.NOON)
    for outsider in (players.stranger, players.keeper, players.leader, players.operator):
        with pytest.raises(NotPermitted):
            operations.record(referral, said(), seen=1, by=outsider, at=LATER)
        with pytest.raises(NotPermitted):
            operations.conclude(sheet, by=outsider, at=LATER)


def test_what_a_room_above_holds_against_it_blocks_the_conclusion_and_not_the_draft(app, monkeypatch):
    monkeypatch.setattr(panels, "before_conclusion", [lambda referral: Incomplete("还有一份材料未登记。")])
    referral, players = at_work()
    sheet = operations.record(referral, said(), seen=0, by=players.inspector, at=make.NOON)
    with pytest.raises(Refused, match="未登记"):
        operations.conclude(sheet, by=players.inspector, at=LATER)


def test_a_lead_is_told_in_numbers_of_its_persons_and_money(app):
    referral, players = at_work()
    operations.record(referral, said(measures=(measure(),)), seen=0, by=players.inspector, at=make.NOON)
    assert queries.tally(referral.lead) == Tally()
    sheet = operations.record(referral, said(**WHOLE), seen=1, by=players.inspector, at=make.NOON)
    operations.conclude(sheet, by=players.inspector, at=LATER)
    other, _ = at_work(players)
    make.concluded(other, finding="not_substantiated", form=None, by=players.inspector, at=LATER)
    assert queries.tally(referral.lead) == queries.tally(referral.lead, referral.to) == Tally(1, 1, 1, 0, 120_000)
    assert queries.tally(referral.lead, players.stranger.office) == Tally()
    assert queries.tally(other.lead) == Tally(1, 0, 0, 0, 0)


def test_days_of_the_future_are_refused_at_the_end(app):
    referral, players = at_work(cast())
    sheet = operations.record(
        referral, said(measures=(measure(decided_on=ON.replace(day=28)),)), seen=0, by=players.inspector, at=make.NOON
    )
    with pytest.raises(Incomplete, match="晚于今天"):
        operations.conclude(sheet, by=players.inspector, at=LATER)
