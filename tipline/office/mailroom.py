"""The mailroom posts what waits in the outbox: claim, then act."""

from collections.abc import Iterator

from tipline.office.frame import Alarm


def alarms() -> Iterator[Alarm]:
    """What is wrong with the mail, for the strip on every page."""
    yield from ()
