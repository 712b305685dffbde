"""What a page must never do behind its reader's back: complain in the console, or ask another host."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

# A policy that is violated says so in an event; not every engine also writes it to the console.
TELL_OF_VIOLATIONS = """
document.addEventListener("securitypolicyviolation",
  (e) => console.error(`policy violated: ${e.violatedDirective} ${e.blockedURI}`));
"""


REFUSED = re.compile("status of (409|422)")


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
        # A form that is refused answers 422 or 409, which the console calls an error and the page explains.
        if message.type in ("error", "warning") and not REFUSED.search(message.text):
            self.faults.append(f"console on {self._page(message.location['url'])}: {message.text}")

    def _error(self, error: WebError) -> None:
        self.faults.append(f"script error: {error.error}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and f"{address.scheme}://{address.netloc}" != self._origin:
            self.faults.append(f"request to {request.url} from {self._page(request.headers.get('referer', ''))}")

    def _page(self, address: str) -> str:
        return address.removeprefix(self._origin) or "?"
