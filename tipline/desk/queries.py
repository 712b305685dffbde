"""What waits for an officer, over all rooms, in the order in which it burns."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ScalarSelect, select

from tipline.circulars import waiting as circulars_waiting
from tipline.duties import queries as duties
from tipline.duties import waiting as duties_waiting
from tipline.eligibility import queries as eligibility
from tipline.eligibility import waiting as eligibility_waiting
from tipline.handling import queries as handling
from tipline.handling import waiting as handling_waiting
from tipline.hotline import queries as hotline
from tipline.hotline import waiting as hotline_waiting
from tipline.inspections import queries as inspections
from tipline.inspections import waiting as inspections_waiting
from tipline.intake import waiting as intake_waiting
from tipline.kit.db import db
from tipline.kit.words import Labelled
from tipline.law.clocks import Tone
from tipline.leads import waiting as leads_waiting
from tipline.learning import queries as learning
from tipline.learning import waiting as learning_waiting
from tipline.letters import waiting as letters_waiting
from tipline.notes import waiting as notes_waiting
from tipline.office import handing_on, kinship
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.unchanged import unchanged
from tipline.office.waiting import Waiting
from tipline.outcomes import queries as outcomes
from tipline.outcomes import waiting as outcomes_waiting
from tipline.publicity import queries as publicity
from tipline.publicity import waiting as publicity_waiting
from tipline.referrals import queries as referrals
from tipline.referrals import waiting as referrals_waiting
from tipline.relatives import waiting as relatives_waiting
from tipline.replies import waiting as replies_waiting
from tipline.sampling import waiting as sampling_waiting
from tipline.screening import waiting as screening_waiting
from tipline.supervision import queries as supervision
from tipline.supervision import waiting as supervision_waiting
from tipline.triage import waiting as triage_waiting
from tipline.typical_cases import queries as typical_cases

Asked = Callable[[Officer, date], list[Waiting]]

ROOMS: tuple[Asked, ...] = (
    intake_waiting.waiting_for,
    referrals_waiting.waiting_for,
    eligibility_waiting.waiting_for,
    triage_waiting.waiting_for,
    outcomes_waiting.waiting_for,
    handling_waiting.waiting_for,
    supervision_waiting.waiting_for,
    letters_waiting.waiting_for,
    sampling_waiting.waiting_for,
    typical_cases.waiting_for,
    circulars_waiting.waiting_for,
    duties_waiting.waiting_for,
    screening_waiting.waiting_for,
    publicity_waiting.waiting_for,
    hotline_waiting.waiting_for,
    inspections_waiting.waiting_for,
    learning_waiting.waiting_for,
    notes_waiting.waiting_for,
    leads_waiting.waiting_for,
    kinship.waiting_for,
    replies_waiting.waiting_for,
    relatives_waiting.waiting_for,
    handing_on.waiting_for,
)
"""Every room is asked the same question."""


class Group(Labelled):
    """When something burns."""

    OVERDUE = "overdue", "已超期"
    TODAY = "today", "今天"
    THIS_WEEK = "week", "本周"
    LATER = "later", "之后"


@dataclass(frozen=True)
class Desk:
    """All that waits for an officer."""

    groups: dict[Group, list[Waiting]]

    def number(self, group: Group) -> int:
        return len(self.groups[group])

    @property
    def is_empty(self) -> bool:
        return not any(self.groups.values())


def desk_of(officer: Officer, on: date) -> Desk:
    """Everything that waits, grouped by when it burns."""
    waiting = [thing for room in ROOMS for thing in room(officer, on)]
    waiting.sort(key=lambda thing: (thing.day or date.max, thing.number))
    groups: dict[Group, list[Waiting]] = {group: [] for group in Group}
    for thing in waiting:
        groups[group_of(thing, on)].append(thing)
    return Desk(groups)


def group_of(thing: Waiting, on: date) -> Group:
    """Where a thing stands; what has no day stands with the later ones."""
    if thing.tone is Tone.OVERDUE:
        return Group.OVERDUE
    if thing.day is None:
        return Group.LATER
    if thing.day <= on:
        return Group.TODAY if thing.day == on else Group.OVERDUE
    return Group.THIS_WEEK if thing.day <= on + timedelta(days=6 - on.weekday()) else Group.LATER


COUNTS: tuple[tuple[Act, Callable[[Officer, date], ScalarSelect[int]]], ...] = (
    (Act.READ_REFERRALS, referrals.due_by),
    (Act.READ_REFERRALS, handling.due_by),
    (Act.READ_REVIEWS, eligibility.due_by),
    (Act.MEET_CORRECTION, outcomes.due_by),
    (Act.READ_SUPERVISION, supervision.due_by),
    (Act.HAND_IN, duties.due_by),
    (Act.CORRECT_POSTING_FAULT, publicity.due_by),
    (Act.RECORD_TEST, hotline.tests_due_by),
    (Act.CORRECT_FAULT, hotline.faults_due_by),
    (Act.RING_BACK, hotline.calls_due_by),
    (Act.REPORT_RECTIFIED, inspections.due_by),
    (Act.CONFIRM_READING, circulars_waiting.due_by),
    (Act.ANSWER_ACTION, learning.due_by),
)
"""What the bell counts, and the act without which a room has nothing for it."""


def due_today(officer: Officer, on: date) -> int:
    """How many things are due today or late, for the bell in the frame on every page."""
    return unchanged(("due today", officer.id, on), lambda: _due_today(officer, on))


def _due_today(officer: Officer, on: date) -> int:
    """All rooms in one question."""
    counts = [count(officer, on) for act, count in COUNTS if officer.may(act)]
    return sum(db.session.execute(select(*counts)).one()) if counts else 0
