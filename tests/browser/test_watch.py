"""The watch over every browser test sees what it is there for, and lets pass only what a page takes in its stride."""

import pytest

from tests.browser.watch import Watch

pytestmark = pytest.mark.browser


def test_the_watch_sees_faults_and_nothing_else(chromium, origin):
    context = chromium.new_context(base_url=origin)
    watch, page = Watch(context, origin), context.new_page()
    page.goto("/sign-in")
    page.evaluate("console.error('htmx:afterRequest, [object HTMLDivElement]')")
    page.evaluate("fetch('/nowhere/glance').catch(() => null)")
    page.wait_for_timeout(300)
    assert watch.faults == []
    page.evaluate("console.error('htmx:sendError')")
    page.evaluate("fetch('/static/nowhere.js').catch(() => null)")
    page.evaluate("fetch('http://127.0.0.1:1/').catch(() => null)")
    page.evaluate(
        "() => document.body.append(Object.assign(document.createElement('script'), {textContent: 'noted()'}))"
    )
    page.evaluate("setTimeout(() => { throw new Error('unseen') })")
    page.wait_for_timeout(500)
    told = "\n".join(watch.faults)
    for fault in (
        "htmx:sendError",
        "/static/nowhere.js",
        "http://127.0.0.1:1/",
        "policy violated: script-src",
        "unseen",
    ):
        assert fault in told
    context.close()
