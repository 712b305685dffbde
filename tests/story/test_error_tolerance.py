"""A case closed under error tolerance: three answers, a decision above the town, a correction, another sheet."""

from datetime import date, timedelta

from tests import make
from tests.outcomes.telling import TESTS, said
from tests.referrals.cast import S, brought_to, cast, proposed
from tipline.desk.queries import Group, desk_of
from tipline.kit.dates import Month, day_of
from tipline.kit.db import db
from tipline.office import trail
from tipline.office.charter import Role
from tipline.outcomes import operations, tolerance
from tipline.outcomes.tolerance import Answer, Decision
from tipline.referrals import operations as referrals
from tipline.reports import queries as reports
from tipline.reports.rules import Asked, Span

DAY = timedelta(days=1)


def test_a_case_closed_under_error_tolerance(app, sign_in):
    players = cast()
    district, town = make.officer(Role.DISTRICT_INSPECTOR), players.inspector

    # A named caller says that the village head paid before anything was checked. The town's body verifies it.
    referral = brought_to(S.IN_DISPOSITION, players, proposed(players))
    at = make.NOON + DAY

    # It was true, and it was a trial without a limit, for the people, by somebody new to it: the body asks.
    answers = {test: Answer(True, "有会议记录和当时的通知为证。") for test in TESTS}
    review = tolerance.propose(referral, facts="先行发放，后补核对。", answers=answers, by=town, at=at)
    db.session.commit()

    # It waits for the district, and for nobody in the town or at the bureau.
    def finds(officer):
        return [thing.number for group in desk_of(officer, day_of(at)).groups.values() for thing in group]

    assert referral.number in finds(district)
    assert referral.number not in finds(players.keeper) + finds(players.leader)

    # The district finds for him, and wants the checks made up within ten days.
    due = day_of(at) + 10 * DAY
    decision = Decision(decision="exempt", ground="符合三个区分开来。", correction="补做核对。", correction_due_on=due)
    tolerance.decide(review, decision, by=district, at=at + DAY)

    # The body concludes with the decided sheet; the caller is told.
    tolerated = said(form=None, tolerance=True, result="属实，属先行先试中的失误，按容错免责。")
    sheet = operations.record(referral, tolerated, seen=0, by=town, at=at + 2 * DAY)
    operations.conclude(sheet, by=town, at=at + 2 * DAY)
    db.session.commit()
    assert referral.state is S.CONCLUDED

    # The sender reads the finding and nothing of the tolerance.
    page = sign_in(players.keeper).get(f"/referrals/{referral.key}").text
    assert "属实" in page
    assert not any(word in page for word in ("容错", "免责", "先行发放"))

    # The correction is late, burns on the town's desk, and is made.
    late = desk_of(town, due + DAY).groups[Group.OVERDUE]
    assert referral.number in [thing.number for thing in late]
    tolerance.meet_correction(review, due + DAY, by=town, at=make.NOON + 13 * DAY)

    # The month counts it apart from what was sanctioned.
    june = reports.report(Month(2018, 6), date(2018, 6, 30), players.leader)
    figures = {key: june.line(key).number(Span.MONTH) for key in (Asked.CONCLUDED, Asked.TOLERATED, Asked.SANCTIONED)}
    assert list(figures.values()) == [1, 1, 0]
    assert june.line("tolerance.exempt").number(Span.MONTH) == 1
    db.session.commit()
    assert not list(trail.faults())

    # Something new is said: it is taken up again, and ends with another sheet; the first stays.
    referrals.reopen(referral, reason="举报人补充了新证据。", by=town, at=make.NOON + 14 * DAY)
    again = make.concluded(referral, finding="partly_substantiated", by=town, at=make.NOON + 15 * DAY)
    db.session.commit()
    assert (sheet.current, again.current, again.round) == (False, True, 2)
    assert not list(trail.faults())
