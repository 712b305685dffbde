"""What waits for an officer among the letters: those to approve, to mend, to issue; and those that are owed."""

from datetime import date

from sqlalchemy import select

from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.letters import owed, queries
from tipline.letters.lifecycle import LetterStage
from tipline.letters.models import LetterVersion, OfficialLetter
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.waiting import Waiting

MOST = 50

WAITS = {
    LetterStage.DRAFT: (Act.SUBMIT_LETTER, Sentence("写好%(kind)s并送审")),
    LetterStage.IN_APPROVAL: (Act.APPROVE_LETTER, Sentence("签批%(kind)s")),
    LetterStage.SENT_BACK: (Act.EDIT_LETTER, Sentence("按意见修改%(kind)s")),
    LetterStage.APPROVED: (Act.ISSUE_LETTER, Sentence("印发%(kind)s")),
}


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """The letters whose next deed is this officer's, and those that a deed done elsewhere asks for."""
    if not officer.may(Act.READ_LETTERS):
        return []
    return [_waiting(letter) for letter in _mine(officer)] + owed.by(officer)


def _mine(officer: Officer) -> list[OfficialLetter]:
    """Drafts are for whoever wrote or was given them; what is to be approved is anybody's who wrote none of it."""
    wrote = select(LetterVersion.id).where(
        LetterVersion.letter_id == OfficialLetter.id, LetterVersion.by_id == officer.id
    )
    theirs = OfficialLetter.office_id == officer.office_id
    doable = [stage for stage, (act, _) in WAITS.items() if officer.may(act)]
    written = OfficialLetter.state.in_([LetterStage.DRAFT, LetterStage.SENT_BACK])
    review = OfficialLetter.state == LetterStage.IN_APPROVAL
    held = (OfficialLetter.held_by_id == officer.id) | OfficialLetter.held_by_id.is_(None)
    own = (written & (wrote.exists() | held) & theirs) | (review & ~wrote.exists())
    waits = own | ((OfficialLetter.state == LetterStage.APPROVED) & theirs)
    query = queries.visible_to(officer).where(OfficialLetter.state.in_(doable), waits)
    return list(db.session.scalars(query.limit(MOST)))


def _waiting(letter: OfficialLetter) -> Waiting:
    act, what = WAITS[letter.state]
    return Waiting(
        what=Sentence(what.text, {"kind": letter.sort}),
        number=letter.number,
        act=act,
        endpoint="letters.show",
        values={"key": letter.key},
    )
