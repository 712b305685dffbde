"""One petition from the call to the last word: a household of 双港镇 does not accept that its dibao was stopped."""

from datetime import UTC, date, datetime

from tests import make
from tests.eligibility.cast import PETITIONER, REPORTER, S, cast, reviews
from tipline.clock.schedule import SCHEDULE
from tipline.eligibility import answering, operations, queries
from tipline.eligibility.answering import Said
from tipline.eligibility.answers import answer_of
from tipline.eligibility.rules import CheckKind, Outcome, Stand
from tipline.eligibility.waiting import waiting_for
from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.office import mailroom, trail
from tipline.office.charter import Act
from tipline.office.models import Letter


def noon(month, day):
    return datetime(2018, month, day, 4, 0, tzinfo=UTC)


def next_of(officer):
    """What waits for the officer: never a deed that another office has to do."""
    return next((thing.act for thing in waiting_for(officer, date(2018, 9, 26))), None)


def opinion(outcome, stand, words):
    return Said(outcome, "该户三口人，人均收入与标准比较如下。", "社会救助暂行办法 第九条", [(stand, words)])


def test_a_petition_with_review_and_re_review(app):
    people = cast()
    town, bureau = people.clerk, people.keeper

    # 1 June: the call. No report on anybody: no referral goes out, the town has a petition.
    call = noon(6, 1)
    lead = make.lead("recipient", by=people.operator, at=call, received_at=call, named=True, reporter=REPORTER)
    (review,) = reviews(lead)
    assert not make.referrals(lead)
    assert review.due_on == date(2018, 6, 19)  # fifteen days, past a weekend and 端午

    # The town accepts, tells, looks, and asks for thirty days more.
    operations.accept(review, ["要求恢复低保。"], told=True, by=town, at=noon(6, 4))
    assert review.due_on == date(2018, 8, 3)
    assert lead.handed_over
    operations.start_checks(review, by=town, at=noon(6, 5))
    operations.record_check(
        review, CheckKind.MEANS_CHECK, date(2018, 6, 8), found="有车。", report_no="核7", by=town, at=noon(6, 8)
    )
    operations.record_check(
        review,
        CheckKind.HOME_VISIT,
        date(2018, 6, 9),
        found="有房。",
        visitors=("甲某", "乙某"),
        by=town,
        at=noon(6, 11),
    )
    operations.ask_more_time(review, reason="须外省协查收入。", by=town, at=noon(7, 20))
    operations.grant_more_time(review, by=people.deputy, at=noon(7, 23))
    operations.tell_more_time(review, by=town, at=noon(7, 23))
    assert review.due_on == date(2018, 9, 3)

    # The answer: stopped, carried out, delivered with the right to ask the body above.
    answering.decide(review, opinion(Outcome.STOP, Stand.NOT_SUPPORTED, "收入高于标准。"), by=town, at=noon(8, 20))
    answering.execute(review, "津南双民〔2018〕9号", Month(2018, 9), 92_000, by=town, at=noon(8, 21))
    answering.deliver_answer(review, date(2018, 8, 22), by=town, at=noon(8, 22))
    first = answer_of(review, review.opinions[0])
    assert (first.body, first.received_on, str(first.origin)) == ("双港镇人民政府", date(2018, 6, 1), "来电")
    assert "30日内，向津南区民政局请求复查" in str(first.right)
    assert (review.change_fen, review.due_on) == (-92_000, None)

    # The review: the bureau's leader decides otherwise, and the town puts it right.
    answering.ask_second_look(review, date(2018, 9, 10), grounds="车是邻居的。", by=bureau, at=noon(9, 10))
    assert review.due_on == date(2018, 10, 10)
    assert queries.reads_words(people.leader, review)
    partly = opinion(Outcome.REDUCE, Stand.EXPLAINED, "车不是该户的，按实有收入减发。")
    answering.decide_second_look(review, partly, by=people.leader, at=noon(9, 25))
    assert [next_of(officer) for officer in (town, bureau)] == [Act.EXECUTE_DECISION, Act.DELIVER_ANSWER]
    answering.execute(review, "津南双民〔2018〕12号", Month(2018, 10), 30_000, by=town, at=noon(9, 26))
    assert [next_of(officer) for officer in (town, bureau)] == [None, Act.DELIVER_ANSWER]
    answering.deliver_answer(review, date(2018, 9, 26), by=bureau, at=noon(9, 26))
    assert "请求复核" in str(answer_of(review, review.opinions[1]).right)

    # The re-review: a body above on paper, a hearing of two days, and the last word.
    answering.ask_last_look(review, date(2018, 10, 8), grounds="仍不服。", by=bureau, at=noon(10, 8))
    assert review.due_on == date(2018, 11, 7)
    answering.record_hearing(review, 2, by=bureau, at=noon(10, 20))
    assert review.due_on == date(2018, 11, 9)
    kept = opinion(Outcome.REDUCE, Stand.NOT_SUPPORTED, "维持复查意见。")
    answering.decide_last_look(review, kept, by=bureau, at=noon(11, 5))
    answering.deliver_answer(review, date(2018, 11, 6), by=bureau, at=noon(11, 6))
    last = answer_of(review, review.opinions[2])
    assert (last.body, str(last.right)) == ("区信访办", "复核意见是终结意见。")
    assert [next_of(officer) for officer in (town, bureau)] == [Act.CLOSE_REVIEW, None]
    answering.close(review, by=town, at=noon(11, 6))
    assert (review.state, review.due_on) == (S.CLOSED, None)

    # What is left: a whole trail, nothing to remind anybody of, and no name in any letter.
    db.session.commit()
    assert not list(trail.faults())
    assert SCHEDULE["eligibility.remind"].job(noon(11, 7)) == 0
    letters = db.session.query(Letter).all()
    assert letters
    assert not any(mailroom.lint(letter) for letter in letters)
    assert not any(PETITIONER in letter.subject + letter.body for letter in letters)
    assert day_of(review.closed_at) == date(2018, 11, 6)
