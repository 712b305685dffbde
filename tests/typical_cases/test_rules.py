"""Where a town's month stands, and what the masking aid sees."""

from datetime import date, timedelta

import pytest

from tipline.kit.dates import Month
from tipline.kit.errors import NotNow
from tipline.law import calendar
from tipline.law.clocks import Tone
from tipline.law.notice import NOTICES, load
from tipline.typical_cases import rules
from tipline.typical_cases.lifecycle import ReportState
from tipline.typical_cases.rules import Filed, Standing, Unmasked

CALENDAR = calendar.shipped()
NOTICE = load(NOTICES / "jinnan-2018-17.toml")
MAY, DUE = Month(2018, 5), date(2018, 6, 7)
ON_TIME, TOO_LATE = date(2018, 6, 5), date(2018, 6, 11)


@pytest.mark.parametrize(
    ("filed", "today", "standing", "tone"),
    [
        (None, date(2018, 5, 10), Standing.OWED, Tone.QUIET),
        (None, date(2018, 6, 5), Standing.OWED, Tone.SOON),
        (None, DUE, Standing.OWED, Tone.TODAY),
        (None, date(2018, 6, 8), Standing.LATE, Tone.OVERDUE),
        (Filed(ReportState.FILED, False, ON_TIME, None), date(2018, 6, 20), Standing.FILED, Tone.QUIET),
        (Filed(ReportState.FILED_NIL, True, ON_TIME, None), date(2018, 6, 20), Standing.NIL, Tone.QUIET),
        (Filed(ReportState.ACCEPTED, True, ON_TIME, None), date(2018, 6, 20), Standing.ACCEPTED_NIL, Tone.QUIET),
        (Filed(ReportState.ACCEPTED, False, ON_TIME, None), date(2018, 6, 20), Standing.ACCEPTED, Tone.QUIET),
        (Filed(ReportState.RETURNED, False, ON_TIME, ON_TIME), date(2018, 6, 6), Standing.RETURNED, Tone.SOON),
        (Filed(ReportState.RETURNED, False, ON_TIME, ON_TIME), date(2018, 6, 8), Standing.RETURNED, Tone.OVERDUE),
    ],
)
def test_a_towns_month_says_where_it_stands(filed, today, standing, tone):
    found = rules.town_month(filed, DUE, today, CALENDAR)
    assert (found.standing, found.tone, found.filed_late) == (standing, tone, False)


def test_a_report_that_came_after_the_due_day_stays_marked_late():
    late = Filed(ReportState.ACCEPTED, False, TOO_LATE, None)
    assert rules.town_month(late, DUE, date(2019, 1, 1), CALENDAR).filed_late


@pytest.mark.parametrize(
    ("month", "today", "sentence"),
    [
        (Month(2018, 4), date(2018, 6, 1), "典型案例从2018年5月起报送，2018年4月不用报。"),
        (Month(2018, 7), date(2018, 6, 30), "2018年7月还没有到，到了当月再报。"),
    ],
)
def test_a_month_nobody_asked_for_is_refused_with_the_reason(month, today, sentence):
    with pytest.raises(NotNow) as refusal:
        rules.require_asked(month, today, NOTICE)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("month", "last_day_too_early"), [(MAY, date(2018, 4, 30)), (Month(2018, 6), date(2018, 5, 31))]
)
def test_a_month_is_asked_for_from_its_first_day_and_not_before(month, last_day_too_early):
    with pytest.raises(NotNow):
        rules.require_asked(month, last_day_too_early, NOTICE)
    assert rules.require_asked(month, last_day_too_early + timedelta(days=1), NOTICE) is None


@pytest.mark.parametrize(
    ("text", "what", "words"),
    [
        ("户主张三于5月领取", Unmasked.HOUSEHOLD_NAME, "张三于"),
        ("低保户：李四", Unmasked.HOUSEHOLD_NAME, "李四"),
        ("身份证129999195001011239，", Unmasked.IDENTITY_NUMBER, "129999195001011239"),
        ("身份证12999919500101106X", Unmasked.IDENTITY_NUMBER, "12999919500101106X"),
        ("旧证120112500101123", Unmasked.IDENTITY_NUMBER, "120112500101123"),
        ("电话154-1234-5678", Unmasked.PHONE, "154-1234-5678"),
        ("座机022-28391234", Unmasked.PHONE, "022-28391234"),
        ("卡号6222021234567890123", Unmasked.BANK_CARD, "6222021234567890123"),
    ],
)
def test_the_masking_aid_sees_what_should_be_hidden(text, what, words):
    assert (what, words) in [(trace.what, trace.words) for trace in rules.unmasked(text)]


@pytest.mark.parametrize(
    "text",
    [
        "户主张某领取低保金12600元",
        "村民委员会2018年5月31日开会",
        "低保户金额",
        "群众反映强烈",
        "2016年至2017年，共计20160元",
    ],
)
def test_the_masking_aid_leaves_masked_words_and_sums_alone(text):
    assert rules.unmasked(text) == ()
