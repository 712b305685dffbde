"""Names and numbers as callers give them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipline.kit.identity import check_digit, digits_of, identity_number, masked, plain_name, sound_of, tidy

TODAY = date(2018, 6, 4)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("12999919800101001X", "12999919800101001X"),
        ("12999919800101001x", "12999919800101001X"),
        ("１２９９９９１９８００１０１００１Ｘ", "12999919800101001X"),
        ("129999 19800101 001X", "12999919800101001X"),
        ("129999198201130016", "129999198201130016"),
        ("129999199003078899", "129999199003078899"),
        ("129999199912319901", "129999199912319901"),
        ("129999800101001", "12999919800101001X"),
    ],
)
def test_a_right_number_is_read_however_it_is_typed(typed, means):
    assert identity_number(typed, TODAY) == means


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("129999190002299998", "出生日期不存在"),
        ("129999199013078890", "出生日期不存在"),
        ("129999199003078891", "校验码"),
        ("12011219900307889", "18位"),
        ("1.20112E+17", "18位"),
        ("", "18位"),
        ("129999209003078892", "晚于今天"),
    ],
)
def test_an_impossible_number_is_refused_with_the_place(typed, says):
    with pytest.raises(ValueError, match=says):
        identity_number(typed, TODAY)


@given(st.dates(date(1930, 1, 1), date(2018, 6, 3)), st.integers(0, 999))
def test_every_made_number_is_right_and_every_slip_of_one_digit_is_caught(born, sequence):
    first = f"129999{born:%Y%m%d}{sequence:03d}"
    number = first + check_digit(first)
    assert identity_number(number, TODAY) == number
    slipped = number[:16] + str((int(number[16]) + 1) % 10) + number[17]
    with pytest.raises(ValueError, match="校验码"):
        identity_number(slipped, TODAY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王 小明", "王小明"),
        ("阿依古丽·买买提", "阿依古丽买买提"),
        ("Ｗａｎｇ", "wang"),
        ("王\u202e小明\u200b", "王小明"),
    ],
)
def test_names_are_compared_without_what_the_eye_passes_over(one, other):
    assert plain_name(one) == plain_name(other)


def test_names_of_equal_sound_sound_equal():
    assert sound_of("李娜") == sound_of("黎纳") == "lina"


def test_text_keeps_its_lines_and_loses_what_nobody_sees():
    assert tidy(" 一\x00二\u202e\n三\t四\u200f𪚥 ") == "一二\n三\t四𪚥"


def test_phones_are_compared_by_digits_and_shown_masked():
    assert digits_of("０22-2308 2517转8") == "022230825178"
    assert masked("15400138000") == "154****8000"
    assert masked("王小明") == "王**"
