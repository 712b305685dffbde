"""The lives of a numbered sheet of paper, and of a phrase that operators may say or look up."""

from tipline.kit.words import Labelled
from tipline.office.charter import Act
from tipline.office.workflow import Workflow


class SheetState(Labelled):
    """Where a numbered sheet stands."""

    BLANK = "sheet-blank", "空白"
    ENTERED = "sheet-entered", "已补录"
    VOID = "sheet-void", "登记单已作废"


class PhraseState(Labelled):
    """Whether a phrase is offered."""

    IN_USE = "phrase-in-use", "在用"
    RETIRED = "phrase-retired", "已停用"


PHRASE = Workflow(
    {
        (None, Act.ADD_PHRASE): PhraseState.IN_USE,
        (PhraseState.IN_USE, Act.RENEW_PHRASE): PhraseState.IN_USE,
        (PhraseState.IN_USE, Act.RETIRE_PHRASE): PhraseState.RETIRED,
    }
)

SHEET = Workflow(
    {
        (None, Act.HAND_OUT_SHEETS): SheetState.BLANK,
        (SheetState.BLANK, Act.ENTER_SHEET): SheetState.ENTERED,
        (SheetState.BLANK, Act.VOID_SHEET): SheetState.VOID,
    }
)
