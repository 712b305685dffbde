"""The counter, asked by who may, who may not, and the stranger; two at once; and no page that grows with its rows."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import make
from tests.questions import questions
from tests.referrals.cast import DEEDS, ON_PAPER, S, brought_to, cast, made_ready, proposed
from tipline.kit.db import db
from tipline.office import calendars, trail
from tipline.office.charter import Act
from tipline.office.models import Entry, Letter
from tipline.referrals import queries
from tipline.referrals.models import Referral

DOORS = {
    Act.APPROVE_REFERRAL: (S.PROPOSED, "approve", {}, "leader"),
    Act.REDIRECT_REFERRAL: (
        S.PROPOSED,
        "redirect",
        {"redirect-to": "120112-jw", "redirect-reason": "案情较重。"},
        "keeper",
    ),
    Act.CONFIRM_REDIRECT: (S.REDIRECTING, "confirm-redirect", {}, "leader"),
    Act.DECLINE_REDIRECT: (S.REDIRECTING, "decline-redirect", {}, "leader"),
    Act.HAND_OVER: (S.APPROVED, "hand-over", {}, "keeper"),
    Act.SIGN_FOR: (S.HANDED_OVER, "sign-for", {}, "inspector"),
    Act.SEND_BACK: (
        S.SIGNED_FOR,
        "send-back",
        {"back-cause": "papers_missing", "back-reason": "缺第二页。"},
        "inspector",
    ),
    Act.ENDORSE_RETURN: (S.SIGNED_FOR, "endorse-return", {}, "principal"),
    Act.DROP_RETURN: (S.HANDED_OVER, "drop-return", {"drop-reason": "材料已找到。"}, "principal"),
    Act.AGREE_RETURN: (S.HANDED_OVER, "agree-return", {"agree-reason": "确实缺页。"}, "keeper"),
    Act.DECLINE_RETURN: (S.SIGNED_FOR, "decline-return", {"decline-reason": "附件里有。"}, "keeper"),
    Act.ARBITRATE: (
        S.RETURNED,
        "arbitrate",
        {"arbitrate-to": "120112103-sgj", "arbitrate-reason": "由原机关办理。"},
        "leader",
    ),
    Act.RECALL: (S.HANDED_OVER, "recall", {"recall-reason": "送错了机关。"}, "keeper"),
    Act.ASK_RECALL: (S.IN_DISPOSITION, "ask-recall", {"recall-reason": "送错了机关。"}, "keeper"),
    Act.CONSENT_RECALL: (S.SHELVED, "consent-recall", {}, "inspector"),
    Act.REFUSE_RECALL: (S.SIGNED_FOR, "refuse-recall", {"refuse-reason": "已经谈过话。"}, "inspector"),
}


@pytest.fixture(autouse=True)
def _in_june_2018(set_clock):
    """The counter's clock stands where the calls were made."""
    set_clock(make.NOON + timedelta(days=1))


@pytest.mark.parametrize("act", DOORS)
def test_every_door_opens_to_who_may_and_is_not_there_for_the_others(app, sign_in, act):
    state, verb, data, who = DOORS[act]
    players = cast()
    referral = brought_to(state, players)
    made_ready(act, referral, players, make.NOON)
    db.session.commit()
    address, before = f"/referrals/{referral.key}/{verb}", referral.state
    wrong = players.leader if who in {"inspector", "principal"} else players.inspector
    for outsider in (players.stranger, wrong, players.operator):
        assert sign_in(outsider).post(address, data=data).status_code == 404
    db.session.expire_all()
    assert referral.state is before
    response = sign_in(getattr(players, who)).post(address, data=data)
    assert response.status_code == 302, response.text
    latest = db.session.scalars(select(Entry).filter_by(paper=referral.ref).order_by(Entry.seq.desc())).first()
    assert latest.act is act


def test_a_receipt_on_paper_is_entered_at_the_counter(app, sign_in):
    players = cast()
    referral = brought_to(S.HANDED_OVER, players, proposed(players, ON_PAPER))
    db.session.commit()
    keeper = sign_in(players.keeper)
    assert "登记回执" in keeper.get(f"/referrals/{referral.key}").text
    data = {"receipt-receipt_no": "回执7号"}
    assert keeper.post(f"/referrals/{referral.key}/record-receipt", data=data).status_code == 302


def test_an_empty_form_comes_back_with_what_is_wrong(app, sign_in):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players)
    db.session.commit()
    response = sign_in(players.inspector).post(f"/referrals/{referral.key}/send-back", data={})
    assert response.status_code == 422
    assert "没有办成" in response.text


def test_each_side_reads_what_is_for_it(app, sign_in):
    players = cast()
    referral = brought_to(S.IN_DISPOSITION, players)
    DEEDS[Act.RECORD_MILESTONE](referral, players, make.NOON)
    DEEDS[Act.CONCLUDE](referral, players, make.NOON)
    db.session.commit()
    inside = sign_in(players.inspector).get(f"/referrals/{referral.key}").text
    sender = sign_in(players.keeper).get(f"/referrals/{referral.key}").text
    assert "银行流水" in inside
    assert "属实，已追回" in inside
    assert make.NAMES[0] in inside
    for hidden in ("银行流水", "已追回", make.NAMES[0], "吃低保"):
        assert hidden not in sender
    assert "属实" in sender  # the finding, and nothing else of the result
    assert sign_in(players.stranger).get(f"/referrals/{referral.key}").status_code == 404


def test_a_part_shows_that_part_alone(app, sign_in):
    players = cast()
    referral = brought_to(S.HANDED_OVER, players, proposed(players, "village_head", "school_teacher"))
    assert not referral.whole
    db.session.commit()
    text = sign_in(players.inspector).get(f"/referrals/{referral.key}").text
    assert "（1）" in text
    for hidden in ("（2）", make.NAMES[1], "吃低保"):
        assert hidden not in text


def test_a_reading_is_written_in_the_trail(app, sign_in):
    players = cast()
    referral = brought_to(S.HANDED_OVER, players)
    db.session.commit()
    sign_in(players.inspector).get(f"/referrals/{referral.key}")
    read = select(Entry).filter_by(paper=referral.ref, act=Act.READ_REFERRALS)
    assert db.session.scalars(read).one().by_id == players.inspector.id
    assert not list(trail.faults())


def test_a_search_finds_what_was_handed_over_and_nothing_else(app, sign_in):
    players = cast()
    mine = brought_to(S.HANDED_OVER, players, proposed(players, "village_head", "school_teacher"))
    brought_to(S.APPROVED, players)
    db.session.commit()
    inspector = sign_in(players.inspector)
    assert mine.number in inspector.post("/referrals/search", data={"q": make.NAMES[0]}).text
    for unseen in (make.NAMES[1], "吃低保"):
        assert mine.number not in inspector.post("/referrals/search", data={"q": unseen}).text
    assert mine.number not in sign_in(players.stranger).post("/referrals/search", data={"q": make.NAMES[0]}).text


def test_whoever_presses_a_button_that_is_gone_is_led_to_the_paper_as_it_is_now(app, sign_in):
    players = cast()
    referral = brought_to(S.APPROVED, players)
    db.session.commit()
    late = sign_in(players.leader).post(f"/referrals/{referral.key}/approve")
    assert late.status_code == 409
    assert f'href="/referrals/{referral.key}"' in late.text


def test_whoever_is_too_late_hears_it_and_keeps_the_words(app, sign_in):
    players = cast()
    referral = brought_to(S.SIGNED_FOR, players)
    db.session.commit()
    address = f"/referrals/{referral.key}"
    inspector = sign_in(players.inspector)
    talk = {"talk-manner": "talk", "talk-on": "2018-06-04"}
    assert inspector.post(f"/handling/{referral.key}/set-disposition", data=talk).status_code == 302
    late = inspector.post(f"{address}/send-back", data={"back-cause": "not_competent", "back-reason": "写了很久的话"})
    assert late.status_code == 409
    assert "写了很久的话" in late.text


def test_of_two_at_once_one_wins_and_the_other_is_told(app, sign_in):
    players = cast()
    referral = brought_to(S.PROPOSED, players)
    db.session.commit()
    key, ref = referral.key, referral.ref
    browsers = [sign_in(players.leader), sign_in(players.keeper)]
    for browser in browsers:
        browser.get("/referrals/")
    db.session.remove()
    start, answers = threading.Barrier(2), []

    def press(cookies):
        with app.app_context():
            hand = app.test_client_class.__mro__[1](app, app.response_class)
            hand._cookies = cookies
            start.wait()
            answers.append(hand.post(f"/referrals/{key}/approve").status_code)
            db.session.remove()

    hands = [threading.Thread(target=press, args=[browser._cookies]) for browser in browsers]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(answers) == [302, 409]
    db.session.rollback()
    approvals = select(Entry).filter_by(paper=ref, act=Act.APPROVE_REFERRAL)
    assert len(list(db.session.scalars(approvals))) == 1
    assert not list(trail.faults())


def test_lists_ask_as_much_for_five_as_for_sixty(app, sign_in):
    players = cast()
    browser, counts = sign_in(players.inspector), []
    for number in (5, 55):
        for _ in range(number):
            brought_to(S.HANDED_OVER, players)
        db.session.commit()
        for address in ("/referrals/?tab=sign-for", "/desk/"):
            browser.get(address)
            with questions() as seen:
                assert browser.get(address).status_code == 200
            counts.append(len(seen))
    assert counts[:2] == counts[2:]
    page = browser.get("/referrals/?tab=sign-for").text
    assert page.count('class="row-link"') == 25
    assert "after=" in page


def test_pages_follow_each_other_without_gap_or_repeat(app):

    players = cast()
    for day in range(12):
        for _ in range(5):
            proposed(players, at=make.NOON + timedelta(days=day % 4))
    db.session.commit()
    seen, after = [], None
    while True:
        page = queries.page(players.keeper, queries.Tab.ALL, make.NOON.date(), calendars.calendar(), after)
        seen += [referral.id for referral in page.rows]
        after = page.next
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 60
    days = [db.session.get(Referral, id).due_on for id in seen]
    assert days == sorted(days)


def test_a_referral_asks_as_much_with_fifty_milestones_as_with_one(app, sign_in):
    players = cast()
    referral = brought_to(S.IN_DISPOSITION, players)
    browser, counts = sign_in(players.inspector), []
    for number in (1, 49):
        for _ in range(number):
            DEEDS[Act.RECORD_MILESTONE](referral, players, make.NOON)
        db.session.commit()
        address = f"/referrals/{referral.key}"
        browser.get(address)
        with questions() as seen:
            assert browser.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_no_letter_carries_a_name_or_a_word_of_the_lead(app):
    players = cast()
    for state in S:
        brought_to(state, players)
    db.session.commit()
    letters = list(db.session.scalars(select(Letter)))
    assert letters
    for letter in letters:
        text = letter.subject + letter.body
        assert not any(canary in text for canary in (*make.NAMES, "吃低保", "低保办理", "缺第二页", "银行流水"))
