"""Type-ahead: posts and places by their characters, their pinyin or its initials. Both lists are public."""

from functools import lru_cache
from typing import TypeVar

from pypinyin import Style, lazy_pinyin
from sqlalchemy import select

from tipline.kit.db import db
from tipline.kit.grams import folded
from tipline.kit.identity import plain_name
from tipline.law.entries import Post
from tipline.law.notice import Notice
from tipline.office.models import Place, PlaceKind

T = TypeVar("T")
MOST = 12
IN_A_TOWN = (PlaceKind.VILLAGE, PlaceKind.COMMUNITY)


@lru_cache(maxsize=2000)
def ways_of(name: str) -> tuple[str, str, str]:
    """The ways in which a name may be typed: as it is written, as it sounds, and by initials."""
    plain = plain_name(name)
    sounds = lazy_pinyin(plain)
    return plain, "".join(sounds), "".join(lazy_pinyin(plain, style=Style.FIRST_LETTER))


def rank(typed: str, *names: str) -> int | None:
    """How well what was typed fits a name: 0 from the beginning, 1 somewhere inside, None not at all."""
    words = plain_name(typed)
    if not words:
        return None
    ways = [way for name in names for way in ways_of(name)]
    if any(way.startswith(words) for way in ways):
        return 0
    return 1 if any(words in way for way in ways) else None


def posts_like(typed: str, notice: Notice) -> list[Post]:
    """Posts of the notice's register that fit what was typed, the best first; the register's order otherwise."""
    ranked = [(rank(typed, post.name.zh, post.name.en, *post.also), post) for post in notice.posts]
    return [post for _, post in sorted(((r, p) for r, p in ranked if r is not None), key=lambda found: found[0])][:MOST]


def post_named(typed: str, notice: Notice) -> Post | None:
    """The post of exactly this name, or of one that callers use for it, for whoever types without choosing.

    Letters are taken for initials, of the one post that has them.
    """
    words = folded(typed).strip()
    names = [(post, (post.name.zh, post.name.en, *post.also)) for post in notice.posts]
    known = (post for post, called in names if words in {folded(name) for name in called})
    return next(known, None) or _only([post for post, called in names if _begins(words, *called)])


def places_like(typed: str) -> list[tuple[Place, Place]]:
    """Villages and communities that fit what was typed, each with its town; the name of the town may come first."""
    ranked = [
        (fit, place, town)
        for place, town in _villages()
        if (fit := rank(typed, place.name, town.name + place.name)) is not None
    ]
    return [(place, town) for _, place, town in sorted(ranked, key=lambda found: (found[0], found[1].code))][:MOST]


def place_named(typed: str) -> Place | None:
    """The one village or community of exactly this name or these initials, with or without its town's."""
    words, villages = plain_name(typed), _villages()
    named = [place for place, town in villages if words in (plain_name(place.name), plain_name(town.name + place.name))]
    return _only(named or [place for place, town in villages if _begins(words, place.name, town.name + place.name)])


def _begins(words: str, *names: str) -> bool:
    """Whether the words are the initials of one of the names."""
    return words.isascii() and words.isalpha() and words in {ways_of(name)[2] for name in names}


def _only(found: list[T]) -> T | None:
    """The one there is; of several none."""
    return found[0] if len(found) == 1 else None


def _villages() -> list[tuple[Place, Place]]:
    places = {place.code: place for place in db.session.scalars(select(Place))}
    return [
        (place, places[place.parent_code])
        for place in places.values()
        if place.kind in IN_A_TOWN and place.parent_code in places
    ]


def place_with(code: str) -> Place | None:
    """The village or community with this code."""
    place = db.session.get(Place, code)
    return place if place is not None and place.kind in IN_A_TOWN else None
