"""Reads the words of the screen from Python: labels, refusals, sentences and gettext calls."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

CHINESE = re.compile(r"[㐀-鿿豈-﫿]")

SENTENCES = {"Refused", "NotPermitted", "NotNow", "Incomplete", "NotFound", "TooLarge", "NoRoom", "Sentence"}

# The leading arguments that are words, for each way of asking for a translation.
WORDS_OF = {"gettext": 1, "ngettext": 2, "pgettext": 2, "npgettext": 3}
SPELLINGS = {f"{lazy}{name}": name for name in WORDS_OF for lazy in ("", "lazy_")} | {"_": "gettext"}

Found = tuple[int, str | None, tuple[str, ...], list[str]]


def extract(file: IO[bytes], keywords: Mapping[str, Any], tags: Iterable[str], options: Any) -> Iterator[Found]:
    """Babel's door: every word of one Python file, with its line."""
    return words(ast.parse(file.read(), getattr(file, "name", "<text>")))


def words(tree: ast.Module) -> Iterator[Found]:
    """Labels of `Labelled` members, first words of refusals and sentences, and gettext calls."""
    sentences = SENTENCES | descendants(tree, SENTENCES)
    labelled = {"Labelled"} | descendants(tree, {"Labelled"})
    spellings = SPELLINGS | spelled_here(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and labelled & set(map(name_of, node.bases)):
            yield from labels(node)
        elif isinstance(node, ast.Call):
            name = name_of(node.func)
            if name in spellings:
                yield from asked(node, spellings[name])
            elif name in sentences and node.args:
                yield from chinese(node.args[0])


def unreadable(tree: ast.Module) -> Iterator[int]:
    """Lines that put a Chinese sentence together before asking for it; no catalogue can hold that."""
    asking = SENTENCES | descendants(tree, SENTENCES) | set(SPELLINGS) | set(spelled_here(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in asking and node.args:
            first = node.args[0]
            if isinstance(first, ast.JoinedStr | ast.BinOp | ast.Call) and CHINESE.search(ast.unparse(first)):
                yield node.lineno


def labels(word: ast.ClassDef) -> Iterator[Found]:
    """The second string of every member: what it is called on the screen."""
    for line in word.body:
        value = line.value if isinstance(line, ast.Assign | ast.AnnAssign) else None
        if isinstance(value, ast.Tuple) and len(value.elts) > 1:
            yield from chinese(value.elts[1])


def chinese(node: ast.expr) -> Iterator[Found]:
    text = text_of(node)
    if text and CHINESE.search(text):
        yield node.lineno, None, (text,), []


def asked(call: ast.Call, name: str) -> Iterator[Found]:
    texts = [text for argument in call.args[: WORDS_OF[name]] if (text := text_of(argument))]
    if len(texts) == WORDS_OF[name]:
        yield call.lineno, name, tuple(texts), []


def text_of(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def name_of(node: ast.expr) -> str:
    """The last name of `Refused` and of `errors.Refused` alike."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def spelled_here(tree: ast.Module) -> dict[str, str]:
    """`from flask_babel import lazy_gettext as _l` makes `_l` a way of asking in this file."""
    return {
        alias.asname: SPELLINGS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "flask_babel"
        for alias in node.names
        if alias.asname and alias.name in SPELLINGS
    }


def descendants(tree: ast.Module, ancestors: set[str]) -> set[str]:
    """Classes of this file that come, at any remove, from one of the ancestors."""
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    found: set[str] = set()
    while new := {c.name for c in classes if (ancestors | found) & set(map(name_of, c.bases))} - found:
        found |= new
    return found
