"""A town hands in its workbook, sees what is wrong before anything is entered, and then finds its household."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.browser.test_every_page import DRESSES, faults_of
from tests.screening.tables import row, sheet
from tipline.kit.sheets import MIME

pytestmark = pytest.mark.browser

TABLE = f"/screening/tables/on_roll/{make.SHUANGGANG}"


@pytest.mark.parametrize(("language", "theme"), DRESSES)
def test_a_workbook_is_looked_at_before_it_is_entered(sign_in, language, theme):
    page = sign_in("shuanggang-clerk", language, color_scheme=theme)
    page.goto(f"{TABLE}/upload")
    content = sheet(row(申请人="荀大成" if language == "zh" else "荀金生"), row(身份证号="12345"))
    page.locator("input[type=file]").set_input_files({"name": "在保.xlsx", "mimeType": MIME, "buffer": content})
    page.locator("form[action$=upload] button.primary").click()
    expect(page.locator("main table tbody tr").first).to_be_visible()
    assert faults_of(page) == []
    with page.expect_download() as marked:
        page.locator("a[href$=commented]").click()
    assert marked.value.suggested_filename.endswith("在保.xlsx")
    page.locator("form[action$=import] button").click()
    expect(page.get_by_role("status").first).to_be_visible()
    page.goto(TABLE)
    page.locator("main tbody a").first.click()
    expect(page.locator("form[action$=amend]")).to_be_attached()
    assert faults_of(page) == []
