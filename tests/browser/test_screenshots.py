"""The pictures of docs/screenshots, taken anew with: TIPLINE_SCREENSHOTS=1 make test ARGS='-n0 -k screenshots'."""

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.steps import press, take_call

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
LARGEST = 100_000  # bytes of one picture
COLOURS = 64

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(os.environ.get("TIPLINE_SCREENSHOTS") != "1", reason="set TIPLINE_SCREENSHOTS=1 to take them"),
]


def keep(page: Page, name: str) -> None:
    """The picture of what stands on the screen, in as many colours as a page of this house has."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.activeElement.blur()")
    picture = page.screenshot(animations="disabled", caret="hide")
    file = FOLDER / f"{name}.png"
    Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS).save(file, optimize=True)
    assert file.stat().st_size <= LARGEST


def test_screenshots_of_the_walk(sign_in: Callable[..., Page], open_browser: Callable[..., Page]) -> None:
    outside = open_browser()
    outside.goto("/sign-in")
    keep(outside, "sign-in")

    operator = sign_in("operator")
    _call_in_progress(operator)
    keep(operator, "call-sheet")
    number = take_call(operator, "村委会主任", "医生")
    keep(operator, "registered")

    keeper = sign_in("keeper")
    press(keeper, "知道了，不再显示")
    keep(keeper, "desk")
    keeper.goto("/leads/")
    keep(keeper, "ledger")
    _referral_with_its_counting(keeper, f"{number}-1")
    keep(keeper, "referral")
    keeper.goto("/typical-cases/")
    keep(keeper, "typical-cases")
    keeper.goto("/reports/?month=2018-05")
    keep(keeper, "monthly-report")

    auditor = sign_in("auditor")
    auditor.goto("/trail")
    keep(auditor, "trail")
    auditor.goto("/rehearsal/")
    auditor.get_by_role("button", name="前进一周").click()
    expect(auditor.get_by_role("button", name="前进一周")).to_be_visible(timeout=90_000)
    auditor.goto("/rehearsal/outbox")
    keep(auditor, "rehearsal-outbox")


CHAPTERS = {
    "operator": {"exercises": "/rehearsal/exercises"},
    "keeper": {"reviews": "/eligibility/", "letters": "/letters/"},
    "leader": {"supervision": "/supervision/", "circulars": "/circulars/"},
    "balitai-clerk": {"duties": "/duties/", "screening": "/screening/", "publicity": "/publicity/"},
    "sysadmin": {"roster": "/admin/roster", "components": "/components"},
}
"""Who looks at which page, for the chapters of the manual."""


@pytest.mark.parametrize("login", CHAPTERS)
def test_screenshots_of_the_chapters(sign_in: Callable[..., Page], login: str) -> None:
    page = sign_in(login)
    for name, address in CHAPTERS[login].items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        keep(page, name)


def test_screenshots_in_english(sign_in: Callable[..., Page]) -> None:
    page = sign_in("leader", "en")
    keep(page, "desk-en")
    page.goto("/reports/?month=2018-05")
    keep(page, "monthly-report-en")


def _call_in_progress(page: Page) -> None:
    """A call about two people, up to the point where the panel has answered."""
    page.goto("/intake/")
    page.locator("#wants_secrecy-0").check()
    page.locator("#wants_answer-1").check()
    page.locator("#named-1").check()
    for row, (post, name) in enumerate((("村委会主任", "沈长顺"), ("区民政局科员", "凌宝利"))):
        if row:
            page.locator("button[data-add]").click()
        page.locator(f"#people-{row}-post_words").fill(post)
        page.locator(f"#people-{row}-name").fill(name)
    page.locator("#place_words").fill("双港镇双港村委会")
    page.locator("#narrative").fill("村主任把弟弟一家报成低保户，区里的科员没有核查。")
    expect(page.locator("#look .reason")).to_have_count(2)
    page.locator("#whom").scroll_into_view_if_needed()
    page.evaluate("scrollTo(0, document.querySelector('#whom').offsetTop - 120)")


def _referral_with_its_counting(page: Page, number: str) -> None:
    """A proposed referral with the counting of its first due date laid open."""
    page.goto("/desk/")
    page.get_by_role("row").filter(has_text=number).get_by_role("link").first.click()
    page.locator("aside details.due summary").first.click()
