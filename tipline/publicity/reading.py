"""A list from a wall, read with all that the house knows of the place."""

from dataclasses import dataclass
from datetime import date

from tipline.duties.queries import Debtor
from tipline.law.publicity import PublicityRules
from tipline.office import editions
from tipline.publicity import lint, lists, queries, rules
from tipline.publicity.lint import Hit
from tipline.publicity.lists import PostedList, Raw
from tipline.publicity.queries import Reader
from tipline.publicity.rules import Comparison, Household, Line


@dataclass(frozen=True)
class Wall:
    """What hangs there: its lines, what may not hang there, and how it differs from the roster."""

    posted: PostedList
    lines: list[Line]
    hits: list[Hit]
    comparison: Comparison
    reader: Reader
    rules: PublicityRules


def read_wall(raw: Raw, debtor: Debtor, today: date) -> Wall:
    """Read a list of a place. Raises Incomplete where it is none."""
    of, reader, roster = editions.notice().publicity, queries.reader_of(debtor, today), queries.roster_of(debtor, today)
    posted = lists.posted(raw, of)
    lines = rules.lines_of(posted, of, reader.read)
    hits = lint.hits(posted, of, coarse=reader.coarse, minors=_minors(roster))
    return Wall(posted, lines, hits, rules.compared(lines, roster, posted, of), reader, of)


def _minors(roster: list[Household]) -> list[str]:
    return [one.name for one in roster if one.is_minor]
