"""Lists as they hang on walls, for the tests of this room."""

from tests.law.people import NOTICE
from tipline.publicity import lint, lists
from tipline.publicity.lint import Hit
from tipline.publicity.lists import PostedList

RULES = NOTICE.publicity
COARSE = [term.name.zh for term in NOTICE.terms("poverty_cause")]
HEAD = "户主姓名\t家庭人口\t致贫原因\t低保金额（元/月）"
GOOD = "佘仁杰\t3\t疾病\t860.50"


def wall(*lines: str, head: str = HEAD) -> PostedList:
    """A list with its head."""
    return lists.posted(lists.typed("\n".join((head, *lines))), RULES)


def found(*lines: str, head: str = HEAD, minors: tuple[str, ...] = ()) -> list[Hit]:
    """What may not hang there."""
    return lint.hits(wall(*lines, head=head), RULES, coarse=COARSE, minors=minors)


def bans(*lines: str, head: str = HEAD) -> set[str]:
    return {hit.ban.key for hit in found(*lines, head=head)}
