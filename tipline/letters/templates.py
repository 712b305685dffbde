"""The text of a letter from its template: one plain file a kind, filled with the record, in a sandbox."""

from functools import lru_cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from tipline.letters.fields import Fields
from tipline.letters.kinds import LetterKind
from tipline.letters.wording import Wording

PLACE = Path(__file__).parents[2] / "templates" / "official"


@lru_cache(maxsize=1)
def environment(place: Path = PLACE) -> SandboxedEnvironment:
    """Where templates are read. Both drawers take words as data, so nothing is escaped for a markup here."""
    return SandboxedEnvironment(
        loader=FileSystemLoader(place), undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False
    )


def first_text(kind: LetterKind, fields: Fields) -> str:
    """The words of a letter before anybody has touched them."""
    text = environment().get_template(f"{kind.value}.txt").render(fields.values)
    return Wording.parse(text).text
