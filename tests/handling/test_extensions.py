"""Longer time: who asks, who decides, and both days with both countings."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.handling.cast import asked, extension_in
from tests.referrals.cast import DEEDS, S, brought_to, cast, proposed
from tests.referrals.test_clocks import IN_2026, running
from tipline.handling import extensions, queries
from tipline.handling.lifecycle import ExtensionState
from tipline.handling.models import Extension
from tipline.kit.db import db
from tipline.kit.errors import Incomplete, NotNow, NotPermitted
from tipline.law.notice import NOTICES, load, read
from tipline.letters import operations as letters
from tipline.letters import owed
from tipline.letters.kinds import LetterKind
from tipline.office.charter import Act, Role
from tipline.office.models import Officer

LATER = make.NOON + timedelta(days=1)


def test_the_longer_day_follows_the_clocks_own_rule_and_the_old_one_stays(app):
    players = cast(two=True)
    extension = asked(players, at=IN_2026)
    assert (extension.before_on, extension.after_on) == (date(2026, 8, 10), date(2026, 9, 8))
    assert running(extension.referral, "C-22").due.on == date(2026, 8, 10)  # nothing moves before it is granted
    extensions.grant(extension, by=players.principal, at=IN_2026)
    clock = running(extension.referral, "C-22")
    assert (clock.due.on, clock.before.on) == (date(2026, 9, 8), date(2026, 8, 10))
    assert clock.due.explanation[-1].day == clock.due.on
    assert clock.before.explanation[-1].day == clock.before.on
    with pytest.raises(Incomplete, match="已延过"):
        asked(players, extension.referral, IN_2026)


def test_whoever_asks_does_not_decide(app):
    players = cast(two=True)
    extension = asked(players)
    for deed in (extensions.grant, lambda paper, **who: extensions.refuse(paper, reason="不必延。", **who)):
        with pytest.raises(NotPermitted, match="两人"):
            deed(extension, by=players.inspector, at=LATER)
        with pytest.raises(NotPermitted, match="批准单位"):
            deed(extension, by=players.stranger, at=LATER)
    assert extension.state is ExtensionState.ASKED


def test_a_refusal_leaves_the_day_and_says_why(app):
    players = cast(two=True)
    extension = extension_in(ExtensionState.REFUSED, players)
    assert extension.answer == "人手可以调整。"
    assert running(extension.referral, "C-22").before is None


def test_where_nobody_else_sits_the_next_body_above_decides(app):
    keeper, inspector = make.officer(Role.LEDGER_KEEPER), make.officer(Role.TOWN_INSPECTOR)
    district = make.officer(Role.DISTRICT_INSPECTOR)
    players = cast(two=True)
    for one in (players.inspector, players.principal, players.district):
        one.active = False
    db.session.flush()
    (referral,) = make.referrals(make.lead("village_head", by=players.operator))
    DEEDS[Act.APPROVE_REFERRAL](referral, players, make.NOON)
    DEEDS[Act.HAND_OVER](referral, players, make.NOON)
    players = type(players)(**(vars(players) | {"inspector": inspector, "keeper": keeper}))
    DEEDS[Act.SIGN_FOR](referral, players, make.NOON)
    DEEDS[Act.SET_DISPOSITION](referral, players, make.NOON)
    extension = asked(players, referral)
    assert extension.decider == district.office
    assert list(db.session.scalars(queries.extensions_waiting(district))) == [extension]
    assert not list(db.session.scalars(queries.extensions_waiting(inspector)))
    extensions.grant(extension, by=district, at=LATER)


def test_the_leader_decides_on_the_time_for_handing_over(app):
    players = cast(two=True)
    referral = brought_to(S.APPROVED, players)
    with pytest.raises(Incomplete):
        extensions.ask(referral, "C-6", reason="想晚点。", by=players.stranger, at=LATER)
    extension = extensions.ask(referral, "C-6", reason="还要核对职务。", by=players.keeper, at=LATER)
    assert (extension.before_on, extension.after_on) == (date(2018, 6, 11), date(2018, 6, 19))  # 端午 on the 18th
    extensions.grant(extension, by=players.leader, at=LATER)
    assert referral.due_on == date(2018, 6, 19)


def test_no_time_is_asked_for_after_the_day_or_for_what_has_none(app):
    players = cast(two=True)
    referral = brought_to(S.IN_DISPOSITION, players)
    for clock, at in (("C-22", datetime(2018, 8, 7, 4, tzinfo=UTC)), ("C-19", LATER), ("C-17", LATER)):
        with pytest.raises(Incomplete, match="不能申请延期"):
            extensions.ask(referral, clock, reason="想晚点。", by=players.inspector, at=at)


def test_what_has_begun_anew_since_is_not_lengthened(app):
    players = cast(two=True)
    extension = asked(players)
    DEEDS[Act.ASK_RECALL](extension.referral, players, LATER)
    DEEDS[Act.CONSENT_RECALL](extension.referral, players, LATER)
    with pytest.raises(NotNow, match="重新起算"):
        extensions.grant(extension, by=players.principal, at=LATER)


def test_the_body_and_the_decider_know_of_it_and_nobody_behind_a_wall(app):
    players = cast(two=True)
    namesake = make.officer(Role.TOWN_INSPECTOR, name=make.NAMES[0])
    extension = asked(players)
    db.session.commit()
    for officer, sees in (
        (players.inspector, True),
        (players.principal, True),
        (namesake, False),
        (players.stranger, False),
        (players.keeper, False),
        (players.district, False),
    ):
        assert list(db.session.scalars(queries.extensions_visible_to(officer))) == [extension] * sees


def test_a_named_reporter_is_to_be_told_where_the_notice_says_so(app, monkeypatch):
    text = (NOTICES / "jinnan-2018-17.toml").read_text(encoding="utf-8")
    telling = read(text.replace('en = "major or complex, approved" }', 'en = "x", tells_reporter = true }'), "x")
    assert load(NOTICES / "jinnan-2018-17.toml").clock("C-10").extension.tells_reporter  # told why, 第三十四条
    players = cast(two=True)
    named, anonymous = (brought_to(S.IN_DISPOSITION, players, proposed(players, named=one)) for one in (True, False))
    monkeypatch.setattr("tipline.office.editions.of", lambda key: telling)
    for referral in (named, anonymous):
        extensions.grant(asked(players, referral), by=players.principal, at=LATER)
    assert [extension.referral for extension in db.session.scalars(queries.extensions_to_tell())] == [named]
    assert owes_a_letter(players.inspector) == [named.number]
    letter = letters.draft(LetterKind.EXTENSION, named, by=players.inspector, at=LATER)
    assert "不能在2018年8月6日前办结，经批准，办理期限延长至2018年9月4日。" in letter.latest.text
    assert owes_a_letter(players.inspector) == []


def owes_a_letter(officer: Officer) -> list[str]:
    """The referrals about whose longer time the officer is asked to write."""
    return [one.number for one in owed.by(officer) if one.values["kind"] == LetterKind.EXTENSION.value]


def test_the_reason_is_sealed(app):
    extension = asked(cast(two=True))
    db.session.commit()
    raw = db.session.execute(select(Extension.__table__.c.reason_sealed)).scalar_one()
    assert "账目".encode() not in raw
    assert extension.reason.startswith("账目多")
