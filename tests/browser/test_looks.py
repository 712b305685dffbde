"""The parts of pages and the five screens look as approved; why words are compared and not pixels: decision 0023.

A look that was changed on purpose is approved with: TIPLINE_LOOKS=1 make test ARGS='-n0 -k looks'.
"""

import os

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import APPROVED, landmarks, looks, photograph, plant

pytestmark = pytest.mark.browser

DRESSES = [("zh", "light"), ("en", "dark")]
"""Line heights change with the language, colours with the theme: these two show both of each."""
STILL = {"reduced_motion": "reduce"}
PARTS = ".swatch, .swatch *:not(option):not(use)"
FRAME = (".top", ".rail", ".rail [aria-current]", "main", "h1")
SCREENS = {
    "desk": (*FRAME, ".table", "thead th", "tbody tr", "td .badge", ".row-link", "td .button"),
    "ledger": (*FRAME, ".table", "thead th", "tbody tr", "td .badge", ".row-link"),
    "call-sheet": (*FRAME, ".two", ".middle", "aside", ".sheet label", ".sheet input[type=text]", "button.primary"),
    "lead": (*FRAME, ".two", ".middle", "aside", ".number", "aside h2", ".facts > div", ".trail > li"),
    "month-grid": (*FRAME, ".grid", ".grid thead th", ".grid tbody th", ".grid td"),
}
FAULTS = [
    ".badge { padding: 0 9px }",
    "[data-theme] { --faint: #777 }",
    ".field > label:not(.option) { padding-bottom: 8px }",
    ".trail > li { grid-template-columns: 120px minmax(0, 1fr) }",
    ".primary { background: #128a6b }",
    "button { min-height: 40px }",
]


def approve(name: str, seen: str) -> None:
    """Hold what is seen against what was approved; or approve it."""
    if os.environ.get("TIPLINE_LOOKS") == "1":
        APPROVED.mkdir(exist_ok=True)
        (APPROVED / f"{name}.txt").write_text(seen)
    assert seen.splitlines() == (APPROVED / f"{name}.txt").read_text().splitlines()


def components(page: Page, language: str, theme: str) -> str:
    page.goto(f"/components?language={language}&theme={theme}")
    return looks(page, PARTS)


@pytest.mark.parametrize(("language", "theme"), DRESSES)
def test_every_part_looks_as_approved(sign_in, language, theme):
    approve(f"components-{language}-{theme}", components(sign_in("sysadmin", **STILL), language, theme))


def test_the_parts_are_photographed_alike_and_a_planted_fault_is_found(sign_in):
    page = sign_in("sysadmin", **STILL)
    seen = components(page, "zh", "light")
    once = photograph(page)
    page.reload()
    assert photograph(page) == once
    for fault in FAULTS:
        plant(page, fault)
        before, seen = seen, looks(page, PARTS)
        assert seen != before, fault
    assert photograph(page) != once


def test_the_five_screens_stand_as_approved(sign_in):
    operator, keeper = sign_in("operator", **STILL), sign_in("keeper", **STILL)
    operator.goto("/intake/", wait_until="networkidle")  # its panel has answered
    hold("call-sheet", operator)
    for name, address in {"desk": "/desk/", "ledger": "/leads/", "month-grid": "/typical-cases/"}.items():
        keeper.goto(address)
        hold(name, keeper)
    keeper.goto("/leads/")
    keeper.goto(keeper.locator(".row-link").first.get_attribute("href"))  # a click would open it beside the list
    expect(keeper.locator(".number .figure")).to_be_visible()
    hold("lead", keeper)


def hold(name: str, page: Page) -> None:
    """Photograph a screen twice, hold its landmarks against what was approved, and see that a fault would be found."""
    assert photograph(page) == photograph(page)
    seen = landmarks(page, *SCREENS[name])
    approve(name, seen)
    plant(page, "main { padding-left: 30px }")
    assert landmarks(page, *SCREENS[name]) != seen
