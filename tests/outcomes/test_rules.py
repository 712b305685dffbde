"""What keeps a sheet from being concluded, as a table that a jurist could read; and money to the cent."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.law.people import NOTICE
from tests.outcomes.telling import correction, measure, money, said
from tipline.law.bodies import Membership, PersonKind, SupervisionObject
from tipline.law.facts import PersonFacts
from tipline.law.sanctions import Decider, Family
from tipline.outcomes import rules
from tipline.outcomes.money import reckoning, yuan
from tipline.outcomes.rules import Around
from tipline.outcomes.sheet import MoneySaid

TODAY = date(2021, 3, 1)
IN_2021 = date(2021, 2, 1)
SOMEBODY = PersonFacts(PersonKind.VILLAGE_CADRE)


def faults(sheet, **around):
    return [str(fault) for fault in rules.faults(sheet, Around(SOMEBODY, TODAY, **around), NOTICE)]


def test_a_whole_sheet_has_no_fault():
    assert faults(said(measures=(measure(),))) == []


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        (said(finding=None), "没有填写查办结论"),
        (said(result=None), "没有写明查办结果"),
        (said(form=None), "须填写运用的形态"),
        (said(finding="partly_substantiated", form=None), "须填写运用的形态"),
        (said(finding="not_substantiated", form=None, measures=(measure(),)), "不能有党纪处分"),
        (said(finding="unverifiable", form=None, measures=(measure(Family.PROSECUTION, None),)), "不能有移送检察机关"),
        (said(finding="false_accusation", form=None), "须有市纪委监委以上机关的批准文书"),
        (said(tolerance=True), "须先有有权机关的决定"),
        (said(measures=(measure(decided_by=None),)), "没有填写决定机关"),
        (said(measures=(measure(decided_on=None),)), "没有填写决定日期"),
        (said(measures=(measure(document=None),)), "没有填写文号"),
        (said(measures=(measure(Family.PROSECUTION, None, document=None),)), "没有填写文号"),
        (said(measures=(measure(decided_on=date(2021, 3, 2)),)), "晚于今天"),
        (said(measures=(measure(Family.ADMIN, "demerit", decider=None),)), "没有注明是监察机关还是任免机关"),
        (said(measures=(measure(kind="probation"),)), "没有填写决定所定的期限"),
        (said(measures=(measure(kind="probation", months=18),)), "没有填写决定所定的期限"),
        (said(party_member=Membership.NO, measures=(measure(),)), "党纪处分只适用于党员"),
        (said(party_member=Membership.UNKNOWN, measures=(measure(),)), "政治面貌须先核实"),
        (
            said(supervision_object=SupervisionObject.NONE, measures=(measure(Family.ADMIN),)),
            "政务处分只适用于公职人员",
        ),
        (said(measures=(measure(Family.ADMIN, "removal", decided_on=IN_2021),)), "政务处分法 第二十二条"),
        (said(corrections=(correction(effective=None),)), "须写明决定日期、起始月份和文号"),
        (said(corrections=(correction(document=None),)), "须写明决定日期、起始月份和文号"),
        (said(corrections=(correction(decided_on=date(2021, 3, 2)),)), "晚于今天"),
        (said(corrections=(correction("recover"),)), "须写明金额"),
        (said(corrections=(correction("fine", amount_fen=100),)), "1倍以上3倍以下"),
        (
            said(corrections=(correction("recover", amount_fen=1000), correction("fine", amount_fen=3001))),
            "追回数额10.00元的1倍以上3倍以下",
        ),
    ],
)
def test_what_is_missing_is_said(sheet, says):
    (fault,) = faults(sheet)
    assert says in fault


@pytest.mark.parametrize(
    "sheet",
    [
        said(form=None, form_reason="已去世，不再处理。"),
        said(finding="not_substantiated", form=None),
        said(finding="unverifiable", form=None),
        said(finding="wrongly_reported", form=None),
        said(finding="not_substantiated", form=None, measures=(measure(Family.BELOW, "reminder_talk", document=None),)),
        said(measures=(measure(kind="probation", months=24),)),
        said(measures=(measure(Family.ADMIN, "removal"),)),  # 2018: no rule yet for village managers
        said(measures=(measure(Family.ADMIN, "major_demerit", decided_on=IN_2021),)),
        said(
            supervision_object=SupervisionObject.GROUP_1,
            measures=(measure(Family.ADMIN, "dismissal", decided_on=IN_2021),),
        ),
        said(measures=(measure(Family.ORGANISATIONAL, "dismissal_from_post", document=None), measure())),
        said(form=4, measures=(measure(Family.PROSECUTION, None),)),
        said(corrections=(correction("recover", amount_fen=1000), correction("fine", amount_fen=3000))),
        said(corrections=(correction("keep"), correction("include"), correction("increase"))),
    ],
)
def test_what_is_enough_is_enough(sheet):
    assert faults(sheet) == []


def test_false_accusation_is_found_with_its_approval_and_a_wrong_report_without():
    assert faults(said(finding="false_accusation", form=None), approved=True) == []
    assert faults(said(finding="wrongly_reported", form=None)) == []


def test_error_tolerance_needs_a_decision_that_lets_off():
    assert faults(said(form=None, tolerance=True), tolerance="exempt") == []
    assert faults(said(form=1, tolerance=True), tolerance="lighter") == []
    assert "免责" in faults(said(tolerance=True, measures=(measure(),)), tolerance="exempt")[0]
    assert faults(said(tolerance=True, measures=(measure(),)), tolerance="reduced") == []
    assert "不适用容错" in faults(said(tolerance=True), tolerance="not_applicable")[0]
    assert "须填写运用的形态" in faults(said(form=None), tolerance="exempt")[0]


def both(on, *breaches):
    deciders = (Decider.SUPERVISION_BODY, Decider.APPOINTING_AUTHORITY)
    return tuple(
        measure(Family.ADMIN, "demerit", decided_on=on, decider=decider, breach=breach)
        for decider, breach in zip(deciders, breaches, strict=True)
    )


def test_one_breach_is_not_sanctioned_by_both():
    assert "政务处分法 第十六条" in faults(said(measures=both(IN_2021, 1, 1)))[0]
    assert faults(said(measures=both(IN_2021, 1, 2))) == []
    assert faults(said(measures=both(date(2020, 6, 30), 1, 1))) == []  # the law began on 1 July 2020


@pytest.mark.parametrize(
    ("kinds", "on", "carried"),
    [
        (("demerit", "major_demerit"), IN_2021, {1, 2}),
        (("major_demerit", "warning"), IN_2021, {0, 2}),
        (("warning", "warning"), IN_2021, {0, 1, 2}),
        (("demotion", "dismissal"), date(2018, 6, 4), {1, 2}),
        (("demotion", "dismissal"), date(2007, 5, 1), {0, 1, 2}),
    ],
)
def test_of_several_sanctions_the_heaviest_is_executed_and_a_party_sanction_stands_beside(kinds, on, carried):
    several = [measure(Family.ADMIN, kind, decided_on=on, breach=at) for at, kind in enumerate(kinds, start=1)]
    assert rules.executed([*several, measure()], NOTICE) == carried


@pytest.mark.parametrize(
    ("made", "last"),
    [
        (measure(Family.ADMIN, "warning", decided_on=date(2019, 8, 31)), date(2020, 2, 29)),
        (measure(kind="warning", decided_on=date(2020, 2, 29)), date(2021, 2, 28)),
        (measure(kind="serious_warning", decided_on=date(2018, 8, 30)), date(2020, 2, 29)),
        (measure(kind="probation", months=12), date(2019, 6, 4)),
        (measure(kind="probation", months=24), date(2020, 6, 4)),
        (measure(kind="probation"), None),
        (measure(Family.ADMIN, "dismissal"), None),
        (measure(Family.BELOW, "admonition"), None),
        (measure(decided_on=None), None),
    ],
)
def test_the_end_of_an_effect_follows_from_the_day_of_the_decision(made, last):
    assert rules.effect_ends_on(made, NOTICE) == last


AMOUNTS = st.integers(1, 10**10)
MOVED = st.lists(
    st.builds(MoneySaid, kind=st.sampled_from(("recovered", "restituted")), amount_fen=AMOUNTS), min_size=1, max_size=6
)


@st.composite
def balanced(draw):
    """Money that came in and, cut at random, all went on or is held."""
    came = draw(MOVED)
    total = sum(row.amount_fen for row in came)
    cuts = sorted(draw(st.lists(st.integers(0, total), min_size=2, max_size=2)))
    treasury, returned, held = cuts[0], cuts[1] - cuts[0], total - cuts[1]
    gone = [MoneySaid(kind=k, amount_fen=n) for k, n in (("to_treasury", treasury), ("returned", returned)) if n]
    return draw(st.permutations([*came, *gone])), total, held


@given(balanced())
def test_money_that_adds_up_is_no_fault_in_any_order(cut):
    rows, total, held = cut
    assert faults(said(money=tuple(rows), established_fen=total, held_fen=held)) == []


@given(balanced(), st.integers(1, 10**6), st.booleans())
def test_money_that_is_off_by_a_cent_blocks_and_says_by_how_much(cut, off, more):
    rows, total, held = cut
    if not more and held < off:
        rows, total = [*rows, MoneySaid(kind="recovered", amount_fen=off)], total + off
    else:
        held += off if more else -off
    (fault,) = faults(said(money=tuple(rows), established_fen=total, held_fen=held))
    assert f"{yuan(off)}元{'没有来处' if more and held else '没有去向'}" in fault


@given(balanced(), st.integers(1, 10**6))
def test_what_has_not_come_back_needs_a_reason_and_too_much_is_refused(cut, off):
    rows, total, held = cut
    short = said(money=tuple(rows), established_fen=total + off, held_fen=held)
    assert faults(short) == [f"认定{yuan(total + off)}元，尚有{yuan(off)}元没有追回，请写明原因。"]
    explained = said(money=tuple(rows), established_fen=total + off, held_fen=held, shortfall="下落不明。")
    assert faults(explained) == []
    if total > off:
        (fault,) = faults(said(money=tuple(rows), established_fen=total - off, held_fen=held))
        assert f"多{yuan(off)}元" in fault


@given(MOVED, st.integers(0, 10**10), st.integers(0, 10**10))
def test_the_sums_are_those_of_the_rows(rows, established, held):
    sums = reckoning(rows, established, held)
    assert sums.came_in == sum(row.amount_fen for row in rows)
    assert sums.missing == sums.came_in - held
    assert sums.outstanding + sums.came_in == established


def test_money_is_said_to_the_cent():
    assert [yuan(fen) for fen in (0, 1, 10, -105, 123_456_789)] == ["0.00", "0.01", "0.10", "1.05", "1,234,567.89"]


def test_everything_money_has_is_counted():
    sums = reckoning(money(recovered=300, restituted=200, to_treasury=100, returned=150), 900, 250)
    assert (sums.came_in, sums.accounted_for, sums.missing, sums.outstanding) == (500, 500, 0, 400)
