"""The English catalogue: extract the Chinese words into it, check that it is whole, compile it.

Usage: python -m tools.translations extract | check | compile
"""

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment

from tools.babel_words import CHINESE, unreadable

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "tipline/translations/en/LC_MESSAGES/messages.po"
PLACE = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[a-z]")

# Words that stay Chinese in every language: the name of the language itself.
UNTRANSLATED = re.compile("简体中文|中文")

# Official letters are written in Chinese whoever reads the screen.
CHINESE_ONLY = "official"

COMMANDS = ("extract", "check", "compile")


def source(root: Path = ROOT) -> Catalog:
    """Every word of the screen, as the source has it now."""
    with (root / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]
    words = Catalog(charset="utf-8")
    for file, _, text, _, context in extract_from_dir(root, methods, options, DEFAULT_KEYWORDS):
        words.add(text, None, [(file, 0)], context=context)
    return words


def catalogue(path: Path = CATALOGUE) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="en")


def extract(path: Path = CATALOGUE, root: Path = ROOT) -> str:
    """Bring the catalogue up to date: new words stand empty, words no longer used are dropped."""
    english = catalogue(path)
    english.update(source(root), no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
    english.obsolete.clear()
    out = BytesIO()
    write_po(out, english, width=110, sort_output=True, include_lineno=False)
    path.write_bytes(out.getvalue())
    empty = sum(1 for message in english if message.id and not all(forms(message)))
    return f"{len(english)} messages, {empty} without a translation"


def compile_(path: Path = CATALOGUE) -> str:
    out = BytesIO()
    write_mo(out, catalogue(path))
    path.with_suffix(".mo").write_bytes(out.getvalue())
    return f"{path.with_suffix('.mo').name} written"


def faults(path: Path = CATALOGUE, root: Path = ROOT) -> list[str]:
    """What is wrong with the catalogue and with the words that should be in it, one sentence each."""
    english, words = catalogue(path), source(root)
    return [
        *(f"missing: {key}" for message in words if (key := name(message)) and not held(english, message)),
        *(f"no longer used: {name(m)}" for m in english if m.id and not held(words, m)),
        *(f"no longer used: {name(m)}" for m in english.obsolete.values()),
        *(f"{fault}: {name(m)}" for m in english if m.id for fault in faults_of(m)),
        *loose_words(root, {form for message in words for form in ids_of(message)}),
    ]


def faults_of(message: Message) -> Iterator[str]:
    """Faults of one translation; the places of a sentence must be those of its source."""
    if message.fuzzy:
        yield "fuzzy"
    if not all(forms(message)):
        yield "untranslated"
        return
    ids = ids_of(message)
    places = set().union(*map(places_of, ids))
    *singular, last = forms(message)
    if places_of(last) != places or any(places_of(form) - places for form in singular):
        yield "places differ"
    elif places and any(not fits(text, places) for text in (*ids, *forms(message))):
        yield "a percent sign must be doubled"


def ids_of(message: Message) -> tuple[str, ...]:
    """The source text, or its singular and plural."""
    return tuple(message.id) if isinstance(message.id, list | tuple) else (message.id,)


def forms(message: Message) -> tuple[str, ...]:
    """The translation, or its singular and plural."""
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string or "",)


def places_of(text: str) -> set[str]:
    return set(PLACE.findall(text))


def fits(text: str, places: set[str]) -> bool:
    """Can the sentence be filled without an error?"""
    try:
        text % dict.fromkeys(places, 1)
    except (ValueError, KeyError, TypeError):
        return False
    return True


def held(catalog: Catalog, message: Message) -> bool:
    found = catalog.get(message.id, message.context)
    return found is not None and (not message.pluralizable or found.pluralizable)


def name(message: Message) -> str:
    return ids_of(message)[0]


def loose_words(root: Path, words: set[str]) -> Iterator[str]:
    """Chinese that would reach an English screen because nobody asks for its translation."""
    for path in sorted((root / "tipline").rglob("*.py")):
        for line in unreadable(ast.parse(path.read_bytes(), str(path))):
            yield f"put together before it is translated: {path.relative_to(root)}:{line}"
    for path in sorted([*(root / "templates").rglob("*.html"), *(root / "templates").rglob("*.txt")]):
        if path.parent.name == CHINESE_ONLY:
            continue
        for line, text in bare_words(path.read_text(encoding="utf-8"), words):
            yield f"outside gettext: {path.relative_to(root)}:{line}: {text}"


def bare_words(template: str, words: set[str]) -> Iterator[tuple[int, str]]:
    """Chinese between the tags but outside {% trans %}, and Chinese strings that are no known word."""
    inside = False
    before = ""
    for line, kind, text in Environment(autoescape=True).lex(template):
        if kind == "name" and before == "block_begin" and text in {"trans", "endtrans"}:
            inside = text == "trans"
        if kind == "data" and not inside:
            for offset, part in enumerate(text.split("\n")):
                if CHINESE.search(UNTRANSLATED.sub("", part)):
                    yield line + offset, part.strip()
        if kind == "string" and CHINESE.search(UNTRANSLATED.sub("", text)) and ast.literal_eval(text) not in words:
            yield line, text
        if kind != "whitespace":
            before = kind


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    if arguments[0] == "check":
        found = faults()
        print("\n".join(found) or f"{len(catalogue())} messages, every one translated")
        return bool(found)
    print(extract() if arguments[0] == "extract" else compile_())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
