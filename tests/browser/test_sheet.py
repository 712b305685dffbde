"""A clerk writes in a table as in a sheet: by keyboard, many cells at once, beside a colleague, without script."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.keyboard import Keyboard
from tests.browser.test_every_page import faults_of
from tipline.kit.sheets import MIME

pytestmark = pytest.mark.browser

TABLE = "/screening/tables/on_roll/120112100"
CLERK = "xianshuigu-clerk"
PASTED = "4\t3\r\n5\t很多\r\n2\t1\r\n"


def cell(page: Page, row: int, column: str) -> Locator:
    """A cell by its row, from 0."""
    return page.locator("tr[data-row]").nth(row).locator(f"td[data-column={column}]")


def total(page: Page) -> Decimal:
    """The monthly amounts of the whole table."""
    at = (
        page.locator("tr[data-row]")
        .first.locator("td")
        .evaluate_all("all => all.findIndex(td => td.dataset.column === 'amount')")
    )
    return Decimal(page.locator("tfoot td").nth(at).inner_text().replace(",", ""))


def paste(page: Page, text: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


@pytest.fixture
def sheet(sign_in: Callable[..., Page]) -> Page:
    page = sign_in(CLERK)
    page.goto(f"{TABLE}/sheet")
    return page


def test_a_row_is_written_by_keyboard_and_the_totals_follow(sheet):
    hands, amount = Keyboard(sheet), cell(sheet, 0, "amount")
    was, before = total(sheet), Decimal(amount.inner_text())
    hands.tab_to(cell(sheet, 0, "applicant"))
    hands.tab_to(amount, "ArrowRight")
    hands.type("1234.5")
    hands.press("Enter")
    expect(amount).to_have_text("1234.50")
    expect(cell(sheet, 1, "amount")).to_be_focused()
    expect(sheet.locator("tr[data-row]").first).to_have_attribute("data-version", "2")
    assert total(sheet) == was + Decimal("1234.5") - before
    stands = cell(sheet, 1, "amount").inner_text()
    hands.press("F2")
    hands.type("999")
    hands.press("Escape")
    expect(cell(sheet, 1, "amount")).to_have_text(stands)
    hands.press("ArrowUp")
    hands.press("Tab")
    expect(cell(sheet, 0, "granted_in")).to_be_focused()
    sheet.reload()
    expect(amount).to_have_text("1234.50")


def test_cells_are_pasted_and_the_wrong_one_says_why(sheet):
    cell(sheet, 4, "family_size").click()
    paste(sheet, PASTED)
    wrong = cell(sheet, 5, "covered_persons")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_contain_text("“保障人口”看不懂：很多")
    assert faults_of(sheet) == []
    said = [[cell(sheet, row, column).inner_text() for column in ("family_size", "covered_persons")] for row in (4, 6)]
    assert said == [["4", "3"], ["2", "1"]]
    wrong.focus()
    hands = Keyboard(sheet)
    hands.type("2")
    hands.press("Enter")
    expect(wrong).not_to_have_attribute("aria-invalid", "true")
    sheet.reload()
    assert [cell(sheet, 5, column).inner_text() for column in ("family_size", "covered_persons")] == ["5", "2"]


def test_what_two_write_at_once_is_lost_to_neither(sheet, sign_in):
    other = sign_in(CLERK)
    other.goto(f"{TABLE}/sheet")
    for page, column, words in (
        (other, "remarks", "另一位先写的"),
        (sheet, "screener", "后写的"),
        (sheet, "remarks", "两人同写"),
    ):
        cell(page, 8, column).focus()
        page.keyboard.press("F2")
        page.keyboard.insert_text(words)
        page.keyboard.press("Enter" if page is other else "Tab")
    cell(sheet, 9, "remarks").focus()
    told = sheet.locator("tr[data-refusal]")
    expect(told).to_contain_text("刚才有人改过这一户")
    expect(cell(sheet, 8, "remarks")).to_contain_text("现在是：另一位先写的")
    expect(cell(sheet, 8, "screener").locator(".cell")).to_have_text("后写的")
    assert faults_of(sheet) == []
    told.locator("[data-again]").click()
    expect(told).to_have_count(0)
    sheet.reload()
    assert [cell(sheet, 8, column).inner_text() for column in ("remarks", "screener")] == ["两人同写", "后写的"]


def test_without_script_every_row_leads_to_its_form_and_a_long_file_says_how_far_it_is(sign_in):
    plain = sign_in(CLERK, java_script_enabled=False)
    plain.goto(f"{TABLE}/sheet")
    plain.locator("tr[data-row] th a").first.click()
    expect(plain.locator("form[action$=amend]")).to_be_attached()
    page = sign_in(CLERK)
    page.goto(f"{TABLE}/upload")
    file = page.locator("input[type=file]")
    file.set_input_files({"name": "在保.xlsx", "mimeType": MIME, "buffer": b"no table at all"})
    page.locator("form[action$=upload] button.primary").click()
    expect(page.locator(".errors")).to_be_visible()
    expect(page.locator(".progress")).to_be_hidden()
    assert faults_of(page) == []
