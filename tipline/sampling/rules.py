"""The draw by lot: anybody with the seed and the keys can do it again and must come to the same. Pure.

    ticket(key) = sha256(seed + ":" + key), in hexadecimal
    drawn are the `size` lowest tickets; the cutoff lies halfway to the next ticket

Of every closure one may see, the published seed and cutoff tell whether it should have been drawn. The cutoff is no
ticket of anybody's, and no count is published: neither tells of a closure that one may not see.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

HIGHEST = 2**256 - 1


@dataclass(frozen=True)
class Lot:
    """What a draw came to."""

    keys: tuple[str, ...]
    """The drawn, in the order of their tickets."""
    cutoff: str
    digest: str
    """sha256 over the seed and every key that could have been drawn, sorted."""


def ticket(seed: str, key: str) -> str:
    """The ticket of one closure under a seed."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def draw(seed: str, population: Iterable[str], size: int) -> Lot:
    """Draw so many of these by lot."""
    keys = sorted(population)
    order = sorted(keys, key=lambda key: ticket(seed, key))
    digest = hashlib.sha256("\n".join([seed, *keys]).encode()).hexdigest()
    return Lot(tuple(order[:size]), _cutoff(seed, order, size), digest)


def is_drawn(seed: str, key: str, cutoff: str) -> bool:
    """Whether a closure should have been drawn, by the published cutoff."""
    return ticket(seed, key) <= cutoff


def _cutoff(seed: str, order: list[str], size: int) -> str:
    edges = [int(ticket(seed, key), 16) for key in order[max(size - 1, 0) : size + 1]]
    if size >= len(order):
        return f"{HIGHEST:064x}"
    return f"{(edges[0] + edges[1]) // 2:064x}"
