"""The monthly mail is one sheet of A4, however much the towns owe and whatever has been met."""

import re
from datetime import date, time
from html import escape

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select

from tests.reports import seeding
from tipline.kit.dates import at_clock
from tipline.kit.db import db
from tipline.office.models import Letter, Officer
from tipline.reports import jobs, queries

pytestmark = pytest.mark.browser

PAPER = "<style>body {{ font: 10.5pt/1.35 'Noto Sans CJK SC', sans-serif; white-space: pre-wrap }}</style>{}"


def sheets(chromium: Browser, text: str) -> int:
    """On how many sheets of A4 it is printed."""
    page = chromium.new_page()
    page.set_content(PAPER.format(escape(text)))
    printed = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "15mm"))
    page.close()
    return len(re.findall(rb"/Type\s*/Page\b", printed))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_monthly_mail_is_one_page(
    app: Flask, chromium: Browser, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_is_met", lambda line: True)  # the longest there is: every word is listed
    seeding.lived()
    for leader in db.session.scalars(select(Officer)):
        leader.language = language
    db.session.commit()
    jobs.send_monthly_report(at_clock(date(2019, 1, 2), time(8, 30)))
    letter = db.session.scalars(select(Letter).where(Letter.about.startswith("monthly-report/"))).first()
    assert letter is not None
    assert ("本月" in letter.body) == (language == "zh")
    assert sheets(chromium, f"{letter.subject}\n{letter.body}") == 1
    assert sheets(chromium, letter.body * 3) > 1  # the count can tell
