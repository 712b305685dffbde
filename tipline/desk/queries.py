"""What waits for an officer, over all rooms."""

from tipline.office.models import Officer


def due_today(officer: Officer) -> int:
    """How many things are due today or late, for the bell in the frame."""
    return 0
