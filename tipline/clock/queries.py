"""What the clock has done and what it has missed."""

from collections.abc import Iterator

from tipline.office.frame import Alarm


def alarms() -> Iterator[Alarm]:
    """What is wrong with the clock, for the strip on every page."""
    yield from ()
