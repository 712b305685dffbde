"""What several stories begin with: a call that was taken, a paper that waits on somebody's desk."""

import re

from playwright.sync_api import Locator, Page, expect


def speak(page: Page, language: str) -> None:
    """Switch the page to `zh` or `en`, as its reader would."""
    wanted = {"zh": "zh-CN", "en": "en"}[language]
    if page.locator("html").get_attribute("lang") != wanted:
        page.locator("form.language button").click()
        expect(page.locator("html")).to_have_attribute("lang", wanted)


def take_call(
    page: Page, *posts: str, place: str = "双港镇双港村委会", narrative: str = "反映弟弟一家违规享受低保。"
) -> str:
    """Register an anonymous call about people in these posts; the lead's number."""
    page.goto("/intake/")
    page.locator("#wants_secrecy-0").check()
    page.locator("#wants_answer-1").check()
    page.locator("#named-1").check()
    for row, post in enumerate(posts):
        if row:
            page.locator("button[data-add]").click()
        page.locator(f"#people-{row}-post_words").fill(post)
        page.locator(f"#people-{row}-allegation").fill("把弟弟一家报成低保户，没有经过评议。")
    page.locator("#place_words").fill(place)
    page.locator("#narrative").fill(narrative)
    page.locator("#told_duty").check()
    page.locator("#read_back").check()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/intake/registered")
    return page.locator(".number .figure").inner_text()


def open_from_desk(page: Page, number: str) -> None:
    """Open the paper with this number, which waits on the desk of whoever is signed in."""
    page.goto("/desk/")
    page.get_by_role("row").filter(has_text=re.compile(rf"\b{number}\b")).get_by_role("link").first.click()
    expect(page.locator(".number .figure")).to_have_text(number)


def confirm(page: Page) -> None:
    """Say yes to the question that a grave deed asks first."""
    page.locator("#confirm").get_by_role("button").first.click()


def fill_deed(page: Page, deed: str) -> Locator:
    """Open the small form behind a deed's button."""
    page.locator("summary", has_text=re.compile(f"^\\s*{deed}\\s*$")).click()
    return page.locator("details.deed[open]")
