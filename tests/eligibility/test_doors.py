"""The counter: who may, who may not, who is a stranger; what the page shows to whom; what the answer must contain."""

import html
from datetime import timedelta

import pytest

from tests import make
from tests.eligibility.cast import DEEDS, FACTS, PETITIONER, S, brought_to, cast, petition
from tests.questions import questions
from tipline.eligibility import answering, operations
from tipline.eligibility.answers import answer_of
from tipline.eligibility.objections import open_acts
from tipline.eligibility.rules import Outcome
from tipline.kit.dates import day_of
from tipline.kit.db import db
from tipline.kit.errors import NotNow, NotPermitted
from tipline.office.charter import Act, Role
from tipline.office.models import Entry

WORDS = "村里有人不够条件却吃低保"
SOON = make.NOON + timedelta(hours=5)


def test_three_askers_at_the_page(app, sign_in):
    players = cast()
    review = brought_to(S.CHECKING, players)
    db.session.commit()
    key = review.key
    page = sign_in(players.clerk).get(f"/eligibility/{key}")
    assert page.status_code == 200
    assert WORDS in page.text
    assert "要求恢复低保。" in page.text
    shell = sign_in(players.leader).get(f"/eligibility/{key}")
    assert shell.status_code == 200
    for kept in (WORDS, "要求恢复低保。", PETITIONER, "佘仁杰"):
        assert kept not in shell.text
    for stranger in (players.stranger, make.officer(Role.TOWN_INSPECTOR), players.operator):
        assert sign_in(stranger).get(f"/eligibility/{key}").status_code == 404


def test_nobody_but_the_handling_office_does_its_deeds(app, sign_in):
    players = cast()
    review = petition(players)
    db.session.commit()
    address = f"/eligibility/{review.key}/accept"
    form = {"accept-items": "要求恢复低保。"}
    assert sign_in(players.keeper).post(address, data=form).status_code == 403
    assert sign_in(players.stranger).post(address, data=form).status_code == 404
    assert sign_in(players.clerk).post(address, data=form).status_code == 302
    assert "要求恢复低保。" in sign_in(players.clerk).get(f"/eligibility/{review.key}").text


def test_an_item_without_an_opinion_comes_back_with_what_was_written(app, sign_in):
    players = cast()
    review = brought_to(S.CHECKING, players)
    DEEDS[Act.RECORD_CHECK](review, players, SOON)
    db.session.commit()
    address = f"/eligibility/{review.key}/decide"
    form = {
        "decide-on_items-0-stand": "not_supported",
        "decide-on_items-0-words": "不符合规定。",
        "decide-facts": FACTS,
        "decide-basis": "社会救助暂行办法 第九条",
        "decide-outcome": "stop",
    }
    answer = sign_in(players.clerk).post(address, data=form)
    assert answer.status_code == 422
    assert FACTS in answer.text
    whole = form | {"decide-on_items-1-stand": "explained", "decide-on_items-1-words": "已当面说明。"}
    assert sign_in(players.clerk).post(address, data=whole).status_code == 302
    assert "停发" in sign_in(players.clerk).get(f"/eligibility/{review.key}").text


def test_the_printed_answer_says_all_it_must_and_nobodys_name(app, sign_in):
    players = cast()
    review = brought_to(S.DECIDED, players)
    db.session.commit()
    opinion = review.opinions[0]
    page = html.unescape(sign_in(players.clerk).get(f"/eligibility/{review.key}/answers/{opinion.key}").text)
    wanted = (
        "来电",
        "2018年6月4日",
        "要求恢复低保。",
        "要求说明停发的原因。",
        FACTS,
        "社会救助暂行办法 第九条",
        "不符合规定。",
        "30日内，向津南区民政局请求复查",
        "双港镇人民政府",
    )
    for words in wanted:
        assert words in page, words
    for name in (PETITIONER, "佘仁杰", "民政办"):
        assert name not in page
    assert sign_in(players.keeper).get(f"/eligibility/{review.key}/answers/{opinion.key}").status_code == 404


def test_what_was_not_checked_is_not_printed_as_law(app):
    players = cast()
    review = brought_to(S.DECIDED, players)
    assert answer_of(review, review.opinions[0]).right_clause is None


def test_who_handles_it_learns_the_petitioner_with_a_reason_and_the_password(app, sign_in):
    players = cast()
    review = brought_to(S.ACCEPTED, players)
    db.session.commit()
    address = f"/eligibility/{review.key}/reporter"
    form = {"reporter-reason": "寄送受理告知书。", "reporter-password": make.PASSWORD}
    page = sign_in(players.clerk).post(address, data=form)
    assert page.status_code == 200
    assert PETITIONER in page.text
    assert db.session.query(Entry).filter_by(act=Act.READ_REPORTER).count() == 1
    assert sign_in(players.keeper).post(address, data=form).status_code == 404
    assert sign_in(players.stranger).post(address, data=form).status_code == 404


def test_the_forwarded_may_object_once_and_within_the_limit(app):
    players = cast()
    review = brought_to(S.OBJECTED, players)
    operations.decline_objection(review, reason="已核实，属区局。", by=players.clerk, at=SOON)
    with pytest.raises(NotNow, match="异议"):
        operations.object_to_forward(review, reason="仍不属区局。", by=players.keeper, at=SOON)
    late = brought_to(S.FORWARDED, players)
    with pytest.raises(NotNow, match="视为接收"):
        operations.object_to_forward(late, reason="不属区局。", by=players.keeper, at=make.NOON + timedelta(days=10))


def test_who_decided_does_not_look_again_and_who_looked_again_does_not_look_last(app):
    players = cast()
    review = brought_to(S.LAST_LOOK, players)
    assert Act.DECIDE_LAST_LOOK not in open_acts(review, players.leader, day_of(SOON))
    assert Act.DECIDE_LAST_LOOK in open_acts(review, players.second_leader, day_of(SOON))
    own = petition(players, "policy_only")
    operations.accept(own, ["请说明。"], by=players.keeper, at=make.NOON)
    operations.start_checks(own, by=players.keeper, at=make.NOON)
    said = answering.Said(Outcome.KEEP, FACTS, "依据", [(answering.Stand.EXPLAINED, "已说明。")])
    answering.decide(own, said, by=players.keeper, at=make.NOON)
    answering.deliver_answer(own, day_of(make.NOON), by=players.keeper, at=make.NOON)
    answering.ask_second_look(own, day_of(make.NOON), grounds="不服。", by=players.keeper, at=make.NOON)
    with pytest.raises(NotPermitted, match="两人"):
        answering.decide_second_look(own, said, by=players.keeper, at=SOON)
    opinion = answering.decide_second_look(own, said, by=players.leader, at=SOON)
    assert opinion.office.name == "区信访办"


def test_a_request_after_thirty_days_is_too_late_and_before_that_nothing_is_closed(app):
    players = cast()
    review = brought_to(S.EXECUTED, players)
    answering.deliver_answer(review, day_of(SOON), by=players.clerk, at=SOON)
    with pytest.raises(NotNow, match="其间不能结案"):
        answering.close(review, by=players.clerk, at=SOON)
    after = SOON + timedelta(days=31)
    with pytest.raises(NotNow, match="已经过了"):
        answering.ask_second_look(review, day_of(after), grounds="不服。", by=players.clerk, at=after)
    answering.close(review, by=players.clerk, at=after)
    assert (review.state, review.due_on) == (S.CLOSED, None)


def test_a_list_asks_no_more_questions_for_more_rows(app, sign_in):
    players = cast()

    def asked(browser):
        with questions() as statements:
            browser.get("/eligibility/?tab=all")
        return len(statements)

    petition(players)
    browser = sign_in(players.clerk)
    browser.get("/eligibility/?tab=all")
    few = asked(browser)
    for _ in range(12):
        petition(players)
    db.session.commit()
    assert asked(browser) == few


def test_the_desk_names_the_next_deed(app, sign_in):
    players = cast()
    review = petition(players)
    db.session.commit()
    assert "受理或转送低保申诉" in sign_in(players.clerk).get("/desk/").text
    assert review.number not in sign_in(players.stranger).get("/desk/").text
    brought_to(S.CHECKING, players, review)
    DEEDS[Act.ASK_MORE_TIME](review, players, SOON)
    db.session.commit()
    assert "批准或不批准延长办理期限" in sign_in(players.deputy).get("/desk/").text


def test_a_deed_said_in_the_trail_carries_no_words(app):
    players = cast()
    review = brought_to(S.LAST_SAID, players)
    db.session.commit()
    lines = db.session.query(Entry).filter_by(paper=review.ref).all()
    assert len(lines) > 8
    told = " ".join(str(line.facts) for line in lines)
    for words in (PETITIONER, FACTS, "要求恢复低保", "收入算错了", "车成瑾"):
        assert words not in told
