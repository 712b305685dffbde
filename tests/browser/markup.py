"""Whether a page is sound HTML as it left the house: a browser mends it silently, and everyone mends it differently."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PHRASES = {"p", "h1", "h2", "h3", "h4", "summary", "label", "button", "a", "span", "strong", "small", "dt", "legend"}
"""What holds words and no blocks; an `a` may hold blocks by the standard, and in this house does not."""
BLOCKS = {
    "p",
    "div",
    "ul",
    "ol",
    "dl",
    "table",
    "section",
    "aside",
    "nav",
    "main",
    "header",
    "footer",
    "form",
    "fieldset",
    "figure",
    "details",
    "pre",
}
MAY_HOLD = {"summary": {"h1", "h2", "h3"}, "legend": {"h1", "h2", "h3"}}
PRESSED = {"a", "button", "input", "select", "textarea", "summary"}
HOLDERS = {"a", "button"}
PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"tbody", "thead", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "tbody": {"table"},
    "thead": {"table"},
    "caption": {"table"},
    "summary": {"details"},
    "legend": {"fieldset"},
    "figcaption": {"figure"},
    "option": {"select", "optgroup", "datalist"},
}
REFER = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.referred: set[str] = set()
        self.headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look(tag, dict(attrs), [name for name, _ in attrs])
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID and "svg" not in self.open:
            self.faults.append(f"<{tag}/> closes nothing")
        self._look(tag, dict(attrs), [name for name, _ in attrs])

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> in {'>'.join(self.open[-3:])}, line {self.getpos()[0]}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def _look(self, tag: str, said: dict[str, str | None], names: list[str]) -> None:
        where = f"in {'>'.join(self.open[-3:])}, line {self.getpos()[0]}"
        if "template" not in self.open:
            self.ids += [said["id"] or ""] if "id" in said else []
            self.referred |= {one for name in REFER for one in (said.get(name) or "").split()}
        self.headings += tag == "h1"
        above = self.open[-1] if self.open else ""
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> says something twice {where}")
        if above in PHRASES and tag in BLOCKS | {"h1", "h2", "h3"} and tag not in MAY_HOLD.get(above, set()):
            self.faults.append(f"<{tag}> {where}")
        if tag in PARENTS and above not in PARENTS[tag] | {"template"}:
            self.faults.append(f"<{tag}> {where}")
        if (tag in PRESSED and HOLDERS & set(self.open)) or (tag == "form" and "form" in self.open):
            self.faults.append(f"<{tag}> inside what is pressed or sent itself, {where}")


def faults(text: str) -> list[str]:
    """What is wrong with the page: tags that do not close, blocks among words, ids twice, one button in another."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return [*reader.faults, *_of_the_whole(reader)]


def _of_the_whole(reader: _Reader) -> Iterator[str]:
    if reader.open:
        yield f"<{reader.open[-1]}> is never closed"
    if reader.headings != 1:
        yield f"{reader.headings} h1"
    yield from (f"the id {one} twice" for one in {one for one in reader.ids if reader.ids.count(one) > 1})
    yield from (f"nothing has the id {one}" for one in sorted(reader.referred - set(reader.ids)))
