"""A letter as its page shows it: its words to those who may read them, what is missing, what has changed."""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask_wtf import FlaskForm

from tipline.letters import queries, review, rules
from tipline.letters.fields import Missing
from tipline.letters.forms import ReasonForm, WordingForm
from tipline.letters.kinds import About
from tipline.letters.lifecycle import BEING_WRITTEN, NEXT_STEP, LetterStage
from tipline.letters.models import LetterVersion, OfficialLetter
from tipline.letters.objections import open_acts
from tipline.letters.rules import Change
from tipline.letters.wording import face_of
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.queries import lines as lines_of
from tipline.office.steps import Forms, Kept, blank_forms

FORMS: Forms = {
    Act.SEND_BACK_LETTER: (ReasonForm, "back"),
    Act.CANCEL_LETTER: (ReasonForm, "cancel"),
    Act.NAME_REPORTER: (ReasonForm, "reporter"),
}
"""The deeds that ask for a reason, each with the prefix of its fields."""
WRITING = "wording"

PLACES = {About.REFERRAL: "referrals.show", About.CASE: "supervision.show", About.LEAD: "leads.show"}


@dataclass(frozen=True)
class Clash:
    """Two hands on one draft: what the other has saved, and how mine differs from it."""

    theirs: LetterVersion
    changes: list[Change]


def render(letter: OfficialLetter, officer: Officer, at: datetime, kept: Kept | None = None) -> str:
    """The page of one letter; `kept` is a form that came back with something missing."""
    acts = open_acts(letter, officer, at)
    reads = queries.may_read_words(letter, officer, at)
    return render_template(
        "letters/show.html",
        letter=letter,
        next_step=NEXT_STEP.get(letter.state),
        reads=reads,
        lines=letter.latest.text.splitlines() if reads else [],
        face_of=face_of,
        missing=_missing(letter, officer, at) if reads else [],
        changes=changes_to_review(letter) if reads else [],
        clash=_clash(letter, kept) if reads else None,
        acts=acts,
        forms=_forms(letter, acts, kept),
        place=PLACES[letter.about],
        own=officer.office_id == letter.office_id,
        trail=lines_of(queries.entries_of(letter), with_notes=reads and officer.office_id == letter.office_id),
    )


def _missing(letter: OfficialLetter, officer: Officer, at: datetime) -> list[Missing]:
    return review.lacks(letter, officer, at) if letter.state in BEING_WRITTEN else []


def changes_to_review(letter: OfficialLetter) -> list[Change]:
    """What has changed since the last review, or since the template gave the first words."""
    before, after = letter.versions[letter.reviewed - 1], letter.latest
    if before.n == after.n or letter.state in {LetterStage.ISSUED, LetterStage.CANCELLED}:
        return []
    return rules.changes(before.text, after.text)


def _clash(letter: OfficialLetter, kept: Kept | None) -> Clash | None:
    """Both texts, when mine rests on a version that is no longer the latest; saving again rests on theirs."""
    if kept is None or kept[0] is not Act.EDIT_LETTER:
        return None
    form = kept[1]
    if not isinstance(form, WordingForm) or form.version == letter.latest.n:
        return None
    form.based_on.data = str(letter.latest.n)
    return Clash(letter.latest, rules.changes(letter.latest.text, form.wording.text))


def _forms(letter: OfficialLetter, acts: list[Act], kept: Kept | None) -> dict[Act, FlaskForm]:
    forms = blank_forms(FORMS, acts, kept)
    if Act.EDIT_LETTER in acts and Act.EDIT_LETTER not in forms:
        forms[Act.EDIT_LETTER] = WordingForm.of(letter.latest, WRITING)
    return forms
