"""The ledger from the keyboard: rows are walked, read beside the list, and found again by half a name."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keyboard import Keyboard
from tests.browser.steps import take_call
from tests.browser.test_every_page import DRESSES, faults_of

pytestmark = pytest.mark.browser


def reading(page: Page) -> None:
    """The first leads that were not handed over, the first of them in hand."""
    page.goto("/leads/?left=no")
    page.keyboard.press("j")


def numbers(page: Page) -> list[str]:
    return page.locator("[data-list] .row-link").all_inner_texts()


def in_hand(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent"))


def test_rows_are_walked_and_read_beside_the_list(sign_in):
    keeper = sign_in("keeper")
    hands, pane = Keyboard(keeper), keeper.locator("[data-pane]")
    reading(keeper)
    _first, second, third, *_ = numbers(keeper)
    asked: list[str] = []
    keeper.on("request", lambda request: asked.append(request.url))
    hands.press("ArrowDown")
    hands.press("j")
    hands.press("k")
    assert in_hand(keeper) == second
    assert asked == []  # what is passed by is not read
    hands.press("Enter")
    expect(pane.locator(".number")).to_contain_text(second)
    expect(keeper.locator("tr[aria-current]")).to_contain_text(second)
    assert in_hand(keeper) == second
    hands.press("ArrowDown")
    hands.press("Enter")
    expect(pane.locator(".number")).to_contain_text(third)
    hands.press("ArrowRight")
    assert in_hand(keeper) != third
    hands.press("Escape")
    expect(pane).to_be_hidden()
    assert in_hand(keeper) == third
    hands.press("Enter")
    expect(pane.locator(".number")).to_contain_text(third)
    hands.press("Enter")  # once more: the whole page
    keeper.wait_for_url("**/leads/*")
    expect(keeper.locator("h1")).to_contain_text("线索")
    expect(keeper.locator(".trail")).to_contain_text("查阅线索")


def test_keys_are_silent_while_an_input_method_composes(sign_in):
    keeper = sign_in("keeper")
    reading(keeper)
    first = in_hand(keeper)
    how = "{key, isComposing: true, bubbles: true, cancelable: true}"
    compose = f"key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {how}))"
    for key in ("j", "ArrowDown", "x"):
        assert keeper.evaluate(compose, key)
        assert in_hand(keeper) == first
    keeper.keyboard.press("Enter")
    pane = keeper.locator("[data-pane]")
    expect(pane).to_be_visible()
    for key in ("Escape", "ArrowRight"):
        assert keeper.evaluate(compose, key)
    expect(pane).to_be_visible()
    assert in_hand(keeper) == first


def test_words_begun_in_the_pane_are_not_put_away(sign_in):
    keeper = sign_in("keeper")
    take_call(keeper, "村委会主任")
    reading(keeper)
    keeper.keyboard.press("Enter")
    pane = keeper.locator("[data-pane]")
    pane.get_by_role("button", name="补正线索").or_(pane.locator("summary", has_text="补正线索")).first.click()
    reason = pane.locator("#amend-reason")
    reason.fill("来电人又打来")
    reason.press("Escape")
    expect(pane).to_be_visible()
    expect(reason).to_have_value("来电人又打来")
    expect(keeper.locator("#told")).to_contain_text("还没有提交")
    reason.fill("")
    reason.press("Escape")
    expect(pane).to_be_hidden()


@pytest.mark.parametrize("options", [{"viewport": {"width": 390, "height": 844}}, {"java_script_enabled": False}])
def test_without_room_or_script_a_row_is_a_link(sign_in, options):
    keeper = sign_in("keeper", **options)
    keeper.goto("/leads/?left=no")
    keeper.locator(".row-link").first.click()
    keeper.wait_for_url("**/leads/*")
    expect(keeper.locator("h1")).to_contain_text("线索")


def test_a_lead_is_found_by_half_a_name_in_three_actions(sign_in):
    """One: into the box and half a name. Two: the first row that was found. Three: open it."""
    keeper = sign_in("keeper")
    number = take_call(keeper, "村委会主任", name="欧阳翠柏")
    for half in ("翠柏", "欧阳", "cuibai", "oycb", "翠百"):
        keeper.goto("/desk/")
        actions = 0
        keeper.keyboard.press("/")
        keeper.keyboard.type(half)
        keeper.keyboard.press("Enter")
        actions += 1
        keeper.wait_for_url("**/leads/search")
        keeper.keyboard.press("j")
        actions += 1
        keeper.keyboard.press("Enter")
        actions += 1
        expect(keeper.locator("[data-pane] .number")).to_contain_text(number)
        assert actions <= 3, half


FLAGGED = {"zh": "major", "en": "leader_instruction"}


@pytest.mark.parametrize(("language", "theme"), DRESSES)
def test_what_opens_over_and_beside_the_list_is_accessible_and_fits(sign_in, language, theme):
    keeper = sign_in("keeper", language, color_scheme=theme)
    keeper.goto(f"/leads/?left=no&flag={FLAGGED[language]}")
    keeper.locator(".looks summary").first.click()
    keeper.locator("#view-name").fill(f"重大的{language}")
    keeper.keyboard.press("Enter")
    expect(keeper.locator(".looks [aria-current]")).to_contain_text(f"重大的{language}")
    for fold in keeper.locator(".looks summary").all():
        fold.click()
    faults = faults_of(keeper)
    reading(keeper)
    keeper.keyboard.press("Enter")
    expect(keeper.locator("[data-pane]")).to_be_visible()
    faults += faults_of(keeper)
    keeper.goto("/referrals/?tab=hand-over")
    keeper.locator("[data-tick-all]").click()
    keeper.locator("#together button:not([type])").click()
    expect(keeper.locator("input[name=picked]")).not_to_have_count(0)
    faults += faults_of(keeper)
    assert faults == []
