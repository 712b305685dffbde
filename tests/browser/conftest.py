"""A browser, a rehearsal to walk through, and officers who have signed in."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import house
from tests.browser.steps import PHONE, speak
from tests.browser.watch import Watch

SCREEN = {"width": 1366, "height": 768}
SignIn = Callable[..., Page]

expect.set_options(timeout=15_000)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    try:
        place = house.chromium_here()
    except house.Absent as absent:
        if os.environ.get("CI") == "true":
            pytest.fail(str(absent))
        pytest.skip(str(absent))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=place, args=list(house.QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one rehearsal for all tests of a worker: each makes for itself what it looks at."""
    with house.rehearsal(tmp_path_factory.mktemp("house") / "var") as address:
        yield address


@pytest.fixture
def open_browser(chromium: Browser, origin: str) -> Iterator[Callable[..., Page]]:
    """A browser of nobody yet. At the end none of them may have complained or asked anybody else."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_one(**options: Any) -> Page:
        context = chromium.new_context(base_url=origin, locale="zh-CN", **({"viewport": SCREEN} | options))
        context.set_default_timeout(30_000)
        opened.append((context, Watch(context, origin)))
        return context.new_page()

    yield open_one
    for context, _ in opened:
        context.close()
    assert [fault for _, watch in opened for fault in watch.faults] == []


@pytest.fixture
def sign_in(open_browser: Callable[..., Page]) -> SignIn:
    """A page of an officer of the rehearsal, on their desk, in the language asked for."""

    def signed_in(login: str, language: str = "zh", **options: Any) -> Page:
        page = open_browser(**options)
        page.goto("/sign-in")
        page.locator("#login").fill(login)
        page.locator("#password").fill(house.PASSWORD)
        page.locator("#password").press("Enter")
        page.wait_for_url("**/desk/")
        speak(page, language)  # the house remembers the language an officer spoke last
        return page

    return signed_in


@pytest.fixture
def on_a_phone(sign_in: SignIn, open_browser: Callable[..., Page]) -> Callable[..., Page]:
    """A page of an officer on a phone that runs scripts, or does not; nobody signs in without them here."""

    def opened(login: str, *, script: bool) -> Page:
        signed_in = sign_in(login)
        page = open_browser(viewport=PHONE, java_script_enabled=script)
        page.context.add_cookies(signed_in.context.cookies())
        return page

    return opened
