"""The grounds on which an officer stands aside, as the notice lists them."""

from tipline.law.entries import Term
from tipline.law.notice import Notice
from tipline.office import editions

FOR_GOOD = "for_good"
"""The group of grounds that rest on the person: what is so cannot be lifted."""


def known(notice: Notice) -> tuple[Term, ...]:
    """Every ground; an edition published before there was a list has that of the notice file."""
    name = "recusal_ground"
    return notice.taxonomies.get(name) or editions.shipped().terms(name)


def of(key: str, notice: Notice) -> Term | None:
    """One ground by its key, or None."""
    return next((term for term in known(notice) if term.key == key), None)


def is_for_good(key: str, notice: Notice) -> bool:
    """Whether a recusal on this ground can never be lifted; one that no list knows any more is kept."""
    term = of(key, notice)
    return term is None or term.group == FOR_GOOD
