"""What several stories begin with: a call that was taken, a paper that waits on somebody's desk."""

import re
from datetime import date

from playwright.sync_api import Locator, Page, Response, expect

PHONE = {"width": 390, "height": 844}


class Hand:
    """Clicks, and counts how often; what is written in the fields of one form is no action of its own."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def click(self, what: Locator) -> None:
        self.actions += 1
        what.click()

    def room(self, name: str) -> None:
        self.click(self.page.locator(".rail a").filter(has_text=name))


def speak(page: Page, language: str) -> None:
    """Switch the page to `zh` or `en`, as its reader would."""
    wanted = {"zh": "zh-CN", "en": "en"}[language]
    if page.locator("html").get_attribute("lang") != wanted:
        page.locator("form.language button").click()
        expect(page.locator("html")).to_have_attribute("lang", wanted)


def take_call(
    page: Page,
    *posts: str,
    place: str = "双港镇双港村委会",
    narrative: str = "反映弟弟一家违规享受低保。",
    allegation: str = "把弟弟一家报成低保户，没有经过评议。",
    name: str = "",
    caller: str = "",
    media: bool = False,
) -> str:
    """Register a call about people in these posts, all of one name if any is said; the lead's number."""
    page.goto("/intake/")
    page.locator("#wants_secrecy-0").check()
    page.locator(f"#wants_answer-{0 if caller else 1}").check()
    page.locator(f"#named-{0 if caller else 1}").check()
    for row, post in enumerate(posts):
        if row:
            page.locator("button[data-add]").click()
        page.locator(f"#people-{row}-post_words").fill(post)
        page.locator(f"#people-{row}-name").fill(name)
        page.locator(f"#people-{row}-allegation").fill(allegation)
    page.locator("#place_words").fill(place)
    page.locator("#narrative").fill(narrative)
    page.locator("#media").set_checked(media)
    if caller:
        page.locator("#reporter_name").fill(caller)
        page.locator("#phone").fill("15400001234")
    page.locator("#told_duty").check()
    with page.expect_response("**/intake/preview"):  # the panel has answered: leaving earlier cuts it off
        page.locator("#read_back").check()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/intake/registered")
    return page.locator(".number .figure").inner_text()


def open_from_desk(page: Page, number: str, deed: str = "") -> None:
    """Open the paper with this number, which waits on the desk of whoever is signed in, if need be for this deed."""
    page.goto("/desk/")
    rows = page.get_by_role("row").filter(has_text=re.compile(rf"\b{number}\b")).filter(has_text=deed)
    rows.get_by_role("link").first.click()
    expect(page.locator(".number .figure")).to_have_text(number)


def find(page: Page, number: str) -> None:
    """Search for the paper with this number and open it."""
    page.locator("#frame-search").fill(number)
    page.locator("#frame-search").press("Enter")
    page.locator("main").get_by_role("link", name=number, exact=True).first.click()
    expect(page.locator(".number .figure")).to_have_text(number)


def confirm(page: Page) -> None:
    """Say yes to the question that a grave deed asks first."""
    page.locator("#confirm").get_by_role("button").first.click()


def fill_deed(page: Page, deed: str) -> Locator:
    """Open the small form behind a deed's button."""
    page.locator("summary", has_text=re.compile(f"^\\s*{deed}\\s*$")).click()
    return page.locator("details.deed[open]")


def tell(page: Page, deed: str, said: dict[str, str], *ticked: str) -> None:
    """Open the form behind a deed's button, fill in and tick what it asks, and press."""
    form = fill_deed(page, deed)
    for words in ticked:
        form.get_by_label(words, exact=True).check()
    for label, words in said.items():
        field = form.get_by_label(re.compile(f"^{re.escape(label)}"))
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=words)
        else:
            field.fill(words)
    with page.expect_response(_is_answer):
        form.get_by_role("button", name=deed, exact=True).click()


def press(page: Page, deed: str, *, sure: bool = False) -> None:
    """Press a deed's button, say yes when it asks, and wait until it is done: others go on from there."""
    with page.expect_response(_is_answer):
        page.get_by_role("button", name=deed, exact=True).click()
        if sure:
            confirm(page)


def _is_answer(response: Response) -> bool:
    """The answer to a form: not what an open page asks on its own."""
    return response.request.method == "POST" and not response.url.endswith("/glance")


def stands(page: Page, state: str) -> None:
    """The paper says where it stands."""
    expect(page.locator("h1")).to_contain_text(state)


def today(page: Page) -> str:
    """The day of the rehearsal, as a date field wants it."""
    year, month, day = re.findall(r"\d+", page.locator(".strip.rehearsal").inner_text())[:3]
    return date(int(year), int(month), int(day)).isoformat()
