"""Circulars as pages show them: the list with what became of each, one of them, its draft, the log of education."""

from dataclasses import dataclass
from datetime import date

from flask import render_template

from tipline.circulars import operations, queries
from tipline.circulars.forms import EducationForm, SubmitForm, WordsForm
from tipline.circulars.lifecycle import NEXT_STEP, CircularState
from tipline.circulars.lint import Spot, phrases
from tipline.circulars.models import Circular, CircularReading, Education
from tipline.circulars.operations import STANDING
from tipline.kit.dates import Month
from tipline.kit.db import db
from tipline.law.clocks import Tone, tone
from tipline.leads.forms import ReasonForm
from tipline.letters.wording import blanks, face_of
from tipline.office import badges, calendars, editions
from tipline.office.charter import TOWN_ROLES, Act
from tipline.office.models import Office, Officer
from tipline.office.queries import lines
from tipline.office.second_person import first_hands, is_same_hand
from tipline.office.steps import Forms, Kept, blank_forms
from tipline.typical_cases import queries as typical_cases

FORMS: Forms = {
    Act.SUBMIT_CIRCULAR: (SubmitForm, "submit"),
    Act.SEND_BACK_CIRCULAR: (ReasonForm, "back"),
    Act.WITHDRAW_CIRCULAR: (ReasonForm, "withdraw"),
    Act.DROP_CIRCULAR: (ReasonForm, "drop"),
}
OF_EDUCATION: Forms = {Act.VOID_EDUCATION: (ReasonForm, "void")}
WRITING = "words"
MOST_CHOICES = 100


@dataclass(frozen=True)
class TownRead:
    """Whether a town has read a circular: who was first, or how near the day is."""

    town: Office
    by: list[CircularReading]
    tone: Tone


def index(officer: Officer, after: str, today: date) -> str:
    """What was circulated, how far towns have come, what education there was."""
    circulars, more = queries.page(officer, after)
    read = queries.readings(circulars)
    towns = typical_cases.towns()
    return render_template(
        "circulars/index.html",
        rows=[(one, _offices(read.get(one.id, []), towns), _due(one, officer, read, today)) for one in circulars],
        towns=len(towns),
        more=more,
        figures=queries.figures(officer, today),
        in_town=officer.role in TOWN_ROLES,
        reads=lambda one: queries.may_read_words(one, officer),
    )


def _offices(readings: list[CircularReading], towns: list[Office]) -> int:
    return len({one.office_id for one in readings} & {town.id for town in towns})


def _due(
    circular: Circular, officer: Officer, read: dict[int, list[CircularReading]], today: date
) -> badges.DueBadge | None:
    """Until when the officer's own town has to read it, while it has not."""
    own = any(one.office_id == officer.office_id for one in read.get(circular.id, []))
    if own or circular.state is not CircularState.ISSUED or not officer.may(Act.CONFIRM_READING):
        return None
    return badges.plain(circular.due_on, today, calendars.calendar()) if circular.due_on else None


def choose(officer: Officer, since: Month | None, until: Month | None, error: str = "") -> str:
    """The cases of which a circular can be made."""
    found = list(db.session.scalars(queries.free_cases(officer, since, until).limit(MOST_CHOICES)))
    notice = editions.notice()
    return render_template(
        "circulars/choose.html",
        cases=found,
        since=since,
        until=until,
        error=error,
        rules=notice.circular,
        named=lambda case: notice.term("problem_type", case.problem).name,
        more=len(found) == MOST_CHOICES,
    )


def acts_on(circular: Circular, officer: Officer) -> list[Act]:
    """What the officer may do now: each of these buttons will work."""
    first, wrote = first_hands([circular]), officer.id in queries.authors(circular)
    acts = [act for act in circular.life.open_acts(circular.state) if officer.may(act)]
    acts = [act for act in acts if not is_same_hand(act, circular, officer, first)]
    if wrote:
        acts = [act for act in acts if act is not Act.APPROVE_CIRCULAR]
    return [*acts, Act.PRINT_CIRCULAR] if officer.may(Act.PRINT_CIRCULAR) and circular.state in STANDING else acts


def show(circular: Circular, officer: Officer, kept: Kept | None, today: date) -> str:
    """One circular: what it says, what should not stand in it, who has read it."""
    if kept and kept[0] is Act.EDIT_CIRCULAR and isinstance(kept[1], WordsForm):
        return writing(circular, kept[1])
    acts, inside = acts_on(circular, officer), officer.role in queries.WRITERS
    in_work = circular.state not in (CircularState.ISSUED, CircularState.WITHDRAWN, CircularState.DROPPED)
    readings = queries.readings([circular]).get(circular.id, [])
    words = circular.draft.wording
    return render_template(
        "circulars/show.html",
        circular=circular,
        acts=acts,
        forms=blank_forms(FORMS, acts, kept, circular),
        next_step=NEXT_STEP.get(circular.state),
        words=words if queries.may_read_words(circular, officer) else None,
        face_of=face_of,
        inside=inside,
        spots=operations.spots(circular) if in_work else [],
        blanks=blanks(words.text) if in_work else [],
        towns=_towns(circular, officer, readings, today) if circular.issued_on else [],
        may_confirm=_may_confirm(circular, officer, readings),
        due=_due(circular, officer, {circular.id: readings}, today),
        history=lines(queries.history(circular), with_notes=inside) if inside else [],
    )


def _towns(circular: Circular, officer: Officer, readings: list[CircularReading], today: date) -> list[TownRead]:
    near = tone(circular.due_on, today, calendars.calendar()) if circular.due_on else Tone.QUIET
    return [
        TownRead(town, [one for one in readings if one.office_id == town.id], near)
        for town in typical_cases.towns_seen_by(officer)
    ]


def _may_confirm(circular: Circular, officer: Officer, readings: list[CircularReading]) -> bool:
    """Whether the officer's own confirmation is still to come."""
    addressed = officer.office in typical_cases.towns() and officer.may(Act.CONFIRM_READING)
    return (
        addressed and circular.state is CircularState.ISSUED and all(one.officer_id != officer.id for one in readings)
    )


def writing(circular: Circular, form: WordsForm) -> str:
    """The sheet on which a circular is written, with what the masking aid finds in the words as saved."""
    found: dict[str, list[Spot]] = {}
    for spot in operations.spots(circular):
        found.setdefault(spot.part, []).append(spot)
    return render_template("circulars/writing.html", circular=circular, form=form, spots=found, phrases=phrases)


def education(officer: Officer, after: str, today: date) -> str:
    """The log, with its figures by town."""
    rows, more = queries.education_page(officer, after)
    return render_template(
        "circulars/education.html",
        rows=rows,
        more=more,
        words=editions.notice().education,
        figures=queries.figures(officer, today),
    )


def recording(form: EducationForm) -> str:
    return render_template("circulars/recording.html", form=form)


def entry(paper: Education, officer: Officer, kept: Kept | None) -> str:
    """One entry of the log."""
    mine = paper.office_id == officer.office_id
    acts = [act for act in paper.life.open_acts(paper.state) if officer.may(act) and mine]
    return render_template(
        "circulars/entry.html",
        entry=paper,
        words=editions.notice().education,
        forms=blank_forms(OF_EDUCATION, acts, kept, paper),
        history=lines(queries.history(paper)),
    )
