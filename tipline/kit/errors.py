"""What may go wrong on purpose: each is a sentence for the person who asked."""

from tipline.kit.words import Sentence


class Refused(Exception):
    """The deed was not done; nothing changed. The message is fit for the screen.

    `message` is Chinese source text with `%(name)s` places; it is translated where it is shown.
    """

    status = 400

    def __init__(self, message: str, **values: object) -> None:
        self.sentence = Sentence(message, values)
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.sentence)


class NotPermitted(Refused):
    """The officer's role does not include this deed."""

    status = 403


class NotNow(Refused):
    """The deed exists, but not from the state the paper is in, or somebody was quicker."""

    status = 409


class Incomplete(Refused):
    """Something that the deed needs is missing or wrong."""

    status = 422


class NotFound(Refused):
    """There is no such thing for this officer: absent, not theirs and walled look the same."""

    status = 404


class TooLarge(Refused):
    """More was sent than this door takes."""

    status = 413


class NoRoom(Refused):
    """The disk is full, or does not take what should be kept; nothing of it was kept."""

    status = 507
