"""One stylesheet without a dead rule, and one page on which every part stands."""

import re
from pathlib import Path

HOUSE = Path(__file__).parents[2]
CSS = HOUSE / "tipline" / "static" / "tipline.css"
MACROS = HOUSE / "templates" / "macros"
SAMPLES = HOUSE / "templates" / "office" / "components.html"


def words() -> set[str]:
    """Every word of the templates, of the scripts and of the code, where a class could be named."""
    files = (*(HOUSE / "templates").rglob("*.html"), *CSS.parent.glob("*.js"), *(HOUSE / "tipline").rglob("*.py"))
    return {word for file in files for word in re.findall(r"[\w-]+", file.read_text())}


def dead(css: str) -> set[str]:
    """Classes and ids that the stylesheet dresses and nobody wears."""
    heads = re.findall(r"([^{}]+)\{", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    named = {name for head in heads if "@" not in head for name in re.findall(r"[.#]([a-zA-Z_][\w-]*)", head)}
    return named - words()


def test_every_rule_of_the_stylesheet_dresses_something():
    css = CSS.read_text()
    assert dead(css) == set()
    assert dead(css + ".worn-by-" + "none:hover, .badge { color: red; }") == {"worn-by-" + "none"}


def missing(samples: str) -> set[str]:
    """Macros of the house that the page of parts neither draws itself nor by another."""
    bodies = {}
    for file in MACROS.glob("*.html"):
        text = re.sub(r"\{#.*?#\}", "", file.read_text(), flags=re.DOTALL)
        bodies |= dict(re.findall(r"\{%-? *macro (\w+)\(.*?-?%\}(.*?)\{%-? *endmacro", text, flags=re.DOTALL))
    drawn, waiting = set(), [samples]
    while waiting:
        called = {name for name in re.findall(r"(\w+)\(", waiting.pop()) if name in bodies}
        waiting += [bodies[name] for name in called - drawn]
        drawn |= called
    return set(bodies) - drawn


def test_every_part_stands_on_the_page_of_parts():
    samples = SAMPLES.read_text()
    assert missing(samples) == set()
    assert missing(samples.replace("spoken_code", "")) == {"spoken_code"}
