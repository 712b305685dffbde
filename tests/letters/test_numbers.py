"""Document numbers: without a gap, drawn only when a letter is issued, and telling nothing of what is walled."""

import re
import threading

import pytest
from sqlalchemy import select

from tests import make
from tests.letters.cast import at_stage, cast, drafted
from tests.referrals.cast import brought_to
from tipline.kit.db import db
from tipline.letters import operations, rules
from tipline.letters.kinds import LetterKind
from tipline.letters.lifecycle import LetterStage
from tipline.letters.models import OfficialLetter
from tipline.office.charter import Role
from tipline.referrals.lifecycle import ReferralState

S = LetterStage
WRITERS = 20


@pytest.mark.parametrize(("code", "year", "serial"), [("津南民函", 2018, 3), ("双港政函", 2026, 12345)])
def test_a_number_is_written_as_the_standard_says(code, year, serial):
    number = rules.doc_no(code, year, serial)
    assert number == f"{code}\u3014{year}\u3015{serial}号"
    assert rules.DOC_NO.match(number)


@pytest.mark.parametrize("wrong", [0, -1, 123456])
def test_a_serial_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="津南民函"):
        rules.doc_no("津南民函", 2018, wrong)


def test_a_number_is_drawn_when_a_letter_is_issued_and_kept_when_it_is_cancelled(app):
    players = cast()
    dropped = at_stage(S.APPROVED, players)
    operations.cancel(dropped, reason="不发了。", by=players.keeper, at=make.NOON)
    first, second = (at_stage(S.ISSUED, players) for _ in range(2))
    operations.cancel(first, reason="收文单位有误。", by=players.keeper, at=make.NOON)
    third = at_stage(S.ISSUED, players)
    assert dropped.doc_no is None
    assert [one.doc_no for one in (first, second, third)] == [f"津南民函〔2018〕{n}号" for n in (1, 2, 3)]
    assert first.state is S.CANCELLED


def test_every_office_counts_for_itself(app):
    players = cast()
    at_stage(S.ISSUED, players)
    referral = brought_to(ReferralState.SIGNED_FOR, players)
    colleague = make.officer(Role.TOWN_INSPECTOR)
    receipt = operations.draft(LetterKind.RECEIPT, referral, by=players.inspector, at=make.NOON)
    operations.submit(receipt, by=players.inspector, at=make.NOON)
    operations.approve(receipt, by=colleague, at=make.NOON)
    operations.issue(receipt, by=players.inspector, at=make.NOON)
    assert receipt.doc_no == "双港纪函〔2018〕1号"


def test_a_walled_lead_leaves_no_gap_and_shows_no_order(app):
    players = cast()
    before = at_stage(S.ISSUED, players)
    hidden = drafted(players)
    hidden.lead.walled = True
    for person in (players.keeper, players.leader):
        db.session.execute(
            db.text("INSERT INTO access (lead_id, officer_id) VALUES (:lead, :officer)"),
            {"lead": hidden.lead_id, "officer": person.id},
        )
    at_stage(S.ISSUED, players, hidden)
    after = at_stage(S.ISSUED, players)
    assert (before.doc_no, after.doc_no) == ("津南民函〔2018〕1号", "津南民函〔2018〕2号")
    assert re.fullmatch(r"津南民密函〔2018〕[1-9]\d{4}号", hidden.doc_no)
    assert rules.DOC_NO.match(hidden.doc_no)


def test_twenty_who_issue_at_once_leave_no_gap(app):
    players = cast()
    letters = [at_stage(S.APPROVED, players) for _ in range(WRITERS)]
    keys, keeper = [letter.key for letter in letters], players.keeper.id
    db.session.commit()
    troubles: list[BaseException] = []

    def issue(key: str) -> None:
        with app.app_context():
            try:
                letter = db.session.scalars(select(OfficialLetter).filter_by(key=key)).one()
                by = db.session.get(type(players.keeper), keeper)
                operations.issue(letter, by=by, at=make.NOON)
                if key == keys[7]:
                    raise KeyboardInterrupt  # one of them is cut off before the end
                db.session.commit()
            except KeyboardInterrupt:
                db.session.rollback()
            except BaseException as trouble:
                troubles.append(trouble)
            finally:
                db.session.remove()

    hands = [threading.Thread(target=issue, args=(key,)) for key in keys]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert not troubles
    numbers = db.session.scalars(select(OfficialLetter.doc_no).where(OfficialLetter.doc_no.is_not(None))).all()
    serials = sorted(int(number.split("〕")[1].removesuffix("号")) for number in numbers)
    assert serials == list(range(1, WRITERS))
