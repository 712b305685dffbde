"""What a notice says of published numbers is data, and a file that does not fit together is refused."""

import pytest

from tests.law.test_notice import NOTICE, TEXT, second  # noqa: F401 (a fixture)
from tipline.law.hotline import Hotline
from tipline.law.notice import Notice, read
from tipline.law.sources import Mark
from tipline.law.table import MalformedNotice

SAID = NOTICE.hotline


def test_each_failure_stands_for_one_of_the_three_defects_that_the_notice_names() -> None:
    named = {term.key for term in NOTICE.terms("problem_type") if term.key.startswith("hotline_")}
    assert set(SAID.faults) == named
    assert [result.key for result in SAID.results if result.passed] == ["helpful"]


def test_what_is_not_in_the_notice_is_never_taken_for_law() -> None:
    assert SAID.mark is Mark.PROPOSAL


def test_another_notice_has_other_limits(second: Notice) -> None:  # noqa: F811
    assert (second.hotline.tries, second.hotline.faults, second.hotline.reminders) == (3, ("deaf",), (-1, 0))


def test_a_notice_that_says_nothing_asks_nothing() -> None:
    before, after = TEXT[: TEXT.index("[hotline]")], TEXT[TEXT.index("[inspection]") :]
    silent = read(before + after, "silent")
    assert silent.hotline == Hotline()
    assert silent.hotline.faults == ()


@pytest.mark.parametrize(
    ("stands", "wrong", "sentence"),
    [
        ("tries = 2", "tries = 0", "从1数起"),
        ("hours = [9, 10", "hours = [24, 10", "0至23"),
        ("reminders = [0, 2]", "reminders = [2, 0]", "从早到晚"),
        ('fault = "hotline_unused"', 'fault = "hotline_mute"', "不认识“hotline_mute”"),
        ('channel = "call"', 'channel = "smoke"', "不认识“smoke”"),
        ('key = "no_answer", zh', 'key = "busy", zh', "busy"),
        (', fault = "hotline_unpublished"', ', pass = true, fault = "hotline_unpublished"', "没有名为“pass”"),
    ],
)
def test_a_file_that_does_not_fit_together_is_refused(stands: str, wrong: str, sentence: str) -> None:
    assert stands in TEXT
    with pytest.raises(MalformedNotice, match=sentence):
        read(TEXT.replace(stands, wrong), "wrong.toml")
