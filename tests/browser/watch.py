"""What a page must never do behind its reader's back: complain in the console, or ask another host."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

# A policy that is violated says so in an event; not every engine also writes it to the console.
TELL_OF_VIOLATIONS = """
document.addEventListener("securitypolicyviolation",
  (e) => console.error(`policy violated: ${e.violatedDirective} ${e.blockedURI}`));
"""


# What the console calls an error and the page takes in its stride: a form that is refused (the page explains),
# a look at what is being typed that is given up for the next one, an open page whose paper has gone elsewhere.
EXPECTED = re.compile(r"status of (409|422)|/glance: .* status of 404|htmx:(sendAbort|afterRequest),")


class Watch:
    """The faults of one browser, each with the page on which it happened."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.faults: list[str] = []
        self._origin = origin
        context.add_init_script(TELL_OF_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        told = f"console on {self._page(message.location['url'])}: {message.text}"
        if message.type in ("error", "warning") and not EXPECTED.search(told):
            self.faults.append(told)

    def _error(self, error: WebError) -> None:
        self.faults.append(f"script error: {error.error}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and f"{address.scheme}://{address.netloc}" != self._origin:
            self.faults.append(f"request to {request.url} from {self._page(request.headers.get('referer', ''))}")

    def _page(self, address: str) -> str:
        return address.removeprefix(self._origin) or "?"
