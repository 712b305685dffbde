"""The words of the blind search index: single characters and pairs of neighbours."""

import unicodedata
from collections.abc import Iterator


def folded(text: str) -> str:
    """The text as search sees it: full width and case do not count."""
    return unicodedata.normalize("NFKC", text).casefold()


def runs(text: str) -> Iterator[str]:
    """Unbroken runs of letters, characters and digits; everything else only separates."""
    run: list[str] = []
    for character in folded(text):
        if unicodedata.category(character)[0] in "LNM":
            run.append(character)
        elif run:
            yield "".join(run)
            run.clear()
    if run:
        yield "".join(run)


def grams(text: str) -> set[str]:
    """What a text is indexed under: every character, and every pair of neighbours."""
    found: set[str] = set()
    for run in runs(text):
        found.update(run)
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    return found


def wanted(query: str) -> set[str]:
    """What a text must be indexed under to be able to contain every run of the query."""
    found: set[str] = set()
    for run in runs(query):
        found.update({run} if len(run) == 1 else {run[at : at + 2] for at in range(len(run) - 1)})
    return found
