"""The life of a pre-numbered sheet of paper on which a call is written where there is no power or network."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class SheetState(Labelled):
    """Where a numbered sheet stands."""

    BLANK = "sheet-blank", "空白"
    ENTERED = "sheet-entered", "已补录"
    VOID = "sheet-void", "登记单已作废"


SHEET = Workflow(
    {
        (None, Act.HAND_OUT_SHEETS): SheetState.BLANK,
        (SheetState.BLANK, Act.ENTER_SHEET): SheetState.ENTERED,
        (SheetState.BLANK, Act.VOID_SHEET): SheetState.VOID,
    }
)
