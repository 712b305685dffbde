"""The life of a sealed month: one asks, another confirms; a seal is never taken off, only corrections are added."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class SealState(Labelled):
    """Where the sealing of a month stands."""

    PROPOSED = "proposed", "待确认封账"
    DECLINED = "declined", "未予封账"
    SEALED = "sealed", "已封账"


S = SealState

LIFE = Workflow(
    {
        (None, Act.PROPOSE_SEAL): S.PROPOSED,
        (S.PROPOSED, Act.CONFIRM_SEAL): S.SEALED,
        (S.PROPOSED, Act.DECLINE_SEAL): S.DECLINED,
        (S.SEALED, Act.CORRECT_SEALED): S.SEALED,
    }
)

STANDING = (S.PROPOSED, S.SEALED)
"""A month has one such seal at most."""
