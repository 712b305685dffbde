"""The life of a bundle (并案): made by a person, joined by later repeats, undone by a person."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class BundleState(Labelled):
    """Whether the leads are taken as one matter."""

    BUNDLED = "bundled", "已并案"
    UNDONE = "undone", "已拆分"


LIFE = Workflow(
    {
        (None, Act.BUNDLE_LEADS): BundleState.BUNDLED,
        (BundleState.BUNDLED, Act.JOIN_BUNDLE): BundleState.BUNDLED,
        (BundleState.BUNDLED, Act.UNDO_BUNDLE): BundleState.UNDONE,
    }
)
