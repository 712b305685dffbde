"""Postings as pages show them: the grid, one place and period, one fault, and the sheet to hang up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from flask_wtf import FlaskForm

from tipline.duties import queries as duties
from tipline.duties.pages import drawn
from tipline.duties.queries import Cell
from tipline.kit.errors import Incomplete
from tipline.kit.identity import masked
from tipline.law.campaign import called, periods
from tipline.leads.forms import ReasonForm
from tipline.office import badges, calendars, editions
from tipline.office.charter import Act
from tipline.office.frame import said
from tipline.office.models import Officer
from tipline.office.second_person import first_hands, is_same_hand
from tipline.office.steps import Kept, blank_forms
from tipline.publicity import operations, queries, rules
from tipline.publicity.forms import AddPhotoForm, CorrectionForm, FaultForm, HangingForm
from tipline.publicity.lifecycle import FaultState
from tipline.publicity.models import Posting, PostingFault, PostingVersion
from tipline.publicity.printing import PrintedSheet, sheet_of
from tipline.publicity.reading import Wall, read_wall
from tipline.publicity.rules import FaultKind, Household, Line

SHOWN = 100
"""So many rows of one kind stand on a page; the others are counted."""

HANGING = (Act.RECORD_POSTING, Act.RECORD_WRONG_POSTING)
FORMS: dict[Act, tuple[type[FlaskForm], str]] = {
    **dict.fromkeys(HANGING, (HangingForm, "wall")),
    Act.ADD_POSTING_PHOTO: (AddPhotoForm, "photo"),
    Act.NOTE_POSTING_FAULT: (FaultForm, "fault"),
}
FAULT_FORMS: dict[Act, tuple[type[FlaskForm], str]] = {
    Act.CORRECT_POSTING_FAULT: (CorrectionForm, "correct"),
    Act.REFUSE_CORRECTION: (ReasonForm, "refuse"),
}


@dataclass(frozen=True)
class Case:
    """One place and period with what is recorded of it."""

    cell: Cell
    posting: Posting | None

    @property
    def number(self) -> str:
        """How the office calls it."""
        return f"{self.cell.debtor.name} {said(called(self.cell.duty, self.cell.period))}"


@dataclass(frozen=True)
class Difference:
    """One line of the comparison: what is the matter with whom, on the wall and on the roster."""

    kind: str
    """missing, extra or stale."""
    line: int | None
    name: str
    there: list[tuple[str, str]]
    """For a stale one by column: what hangs there, and what the roster says."""
    wanted: list[tuple[str, str]]


def grid_page(officer: Officer, year: int, years: Sequence[int], today: date, *, opened: str, late: bool) -> str:
    """Towns by periods, with the villages of one of them, or with all that are late."""
    grid = queries.grid(officer, year, today, opened=opened, late=late)
    rows = [(row, [_drawn(fold, row, year, today) for fold in row.folds]) for row in grid.rows]
    return render_template(
        "publicity/index.html",
        year=year,
        years=years,
        opened=opened,
        late=late,
        columns=[(said(period.name), said(duty.name), due_on) for duty, period, due_on in grid.columns],
        rows=rows,
        faults=sum(queries.faults_by_town(officer).values()),
    )


def _drawn(fold: list[Cell], row: queries.Row, year: int, today: date) -> dict[str, str] | None:
    """A cell of the grid: it leads to the place's own page, or opens the town's villages."""
    cell = drawn(fold)
    if cell is None:
        return None
    alone = len(fold) == 1
    key = duties.key_of(fold)
    cell["url"] = url_for("publicity.show", key=key) if alone else url_for("publicity.index", town=row.code, year=year)
    return cell


def case_page(
    case: Case,
    officer: Officer,
    today: date,
    kept: Kept | None = None,
    *,
    number: int | None = None,
    from_sheet: bool = False,
) -> str:
    """One place and period: what hangs there, what is wrong with it, how it differs from the roster."""
    cell, posting = case.cell, case.posting
    version = _version(posting, number)
    wall = _wall(version, cell, today)
    handed = kept[1] if kept and kept[0] in HANGING else None
    faults = queries.faults_of(cell)
    acts = open_acts(case, officer, today)
    seen = seen_faults(case, wall, today)
    names = queries.reads_names(officer, cell.debtor)
    forms = _forms(acts, kept, case, seen, today)
    if kept is None and Act.RECORD_POSTING in forms:
        forms[Act.RECORD_POSTING].process(None, posted_on=today, words=_prefilled(case, today, from_sheet=from_sheet))
    return render_template(
        "publicity/show.html",
        case=case,
        title=said(called(cell.duty, cell.period)),
        shown=drawn([cell]),
        due=badges.plain(cell.stand.due_on, today, calendars.calendar()) if cell.stand.owed else None,
        version=version,
        wall=wall,
        tried=_tried(handed, cell, today),
        differences=_differences(wall, names=names) if wall else [],
        names=names,
        most=SHOWN,
        heads={column.key: column.name for column in editions.notice().publicity.columns},
        faults=faults,
        seen=[kind for kind in seen if kind not in _open_kinds(faults)],
        acts=acts,
        forms=forms,
        hanging=Act.RECORD_POSTING if Act.RECORD_POSTING in acts else None,
        history=queries.history(posting, faults),
    )


def _version(posting: Posting | None, number: int | None) -> PostingVersion | None:
    """The version that is asked for, or the latest."""
    versions = posting.versions if posting else []
    return next((one for one in versions if one.number == number), versions[0] if versions else None)


def _wall(version: PostingVersion | None, cell: Cell, today: date) -> Wall | None:
    """What a version said, held against the roster as it is now; None where the rules have no place for it any more."""
    if version is None:
        return None
    try:
        return read_wall(version.raw, cell.debtor, today)
    except Incomplete:
        return None


def _tried(form: FlaskForm | None, cell: Cell, today: date) -> Wall | None:
    """What was wrong with a list that came back."""
    if not isinstance(form, HangingForm) or not form.raw:
        return None
    try:
        return read_wall(form.raw, cell.debtor, today)
    except Incomplete:
        return None


def seen_faults(case: Case, wall: Wall | None, today: date) -> list[FaultKind]:
    """The faults that the house itself can tell."""
    latest = case.posting.latest if case.posting else None
    return rules.seen_faults(
        case.posting.state if case.posting else None,
        wall.comparison if wall and wall.comparison.households else None,
        wall.hits if wall else [],
        late=queries.is_late(case.cell),
        old=latest is not None and latest.posted_on < rules.first_day(case.cell.period),
    )


def latest_wall(case: Case, today: date) -> Wall | None:
    """What hangs there now."""
    return _wall(case.posting.latest if case.posting else None, case.cell, today)


def _open_kinds(faults: list[PostingFault]) -> set[FaultKind]:
    return {fault.fault for fault in faults if fault.state is not FaultState.CONFIRMED}


def open_acts(case: Case, officer: Officer, today: date) -> list[Act]:
    """What the officer may do now about this place and period."""
    begun = case.cell.period in periods(case.cell.duty, today)
    own = officer.office_id == case.cell.debtor.office.id
    acts = [Act.RECORD_POSTING, Act.PRINT_POSTING, Act.EXPORT_POSTING] if own else []
    acts += [Act.ADD_POSTING_PHOTO] if own and case.posting else []
    acts += [Act.NOTE_POSTING_FAULT]
    return [act for act in acts if begun and officer.may(act)]


def _forms(acts: list[Act], kept: Kept | None, case: Case, seen: list[FaultKind], today: date) -> dict[Act, FlaskForm]:
    forms = blank_forms(FORMS, acts, kept, case)
    note = forms.get(Act.NOTE_POSTING_FAULT)
    if note is not None and not (kept and kept[0] is Act.NOTE_POSTING_FAULT):
        note.process(None, fault=seen[0].value if seen else None, due_on=operations.due_by(today))
    if kept and kept[0] in HANGING:
        forms[Act.RECORD_POSTING] = kept[1]
    return forms


def _prefilled(case: Case, today: date, *, from_sheet: bool) -> str:
    """The list that the next version begins with: the latest, or that of the sheet that was printed here."""
    if case.posting:
        lines = [cells for _, cells in case.posting.latest.raw]
    elif from_sheet:
        sheet = sheet_of(case.cell, today)
        lines = [[column.name.zh for column in sheet.columns], *([str(cell) for cell in row] for row in sheet.rows)]
    else:
        return ""
    return "\n".join("\t".join(cells) for cells in lines)


def _differences(wall: Wall, *, names: bool) -> list[Difference]:
    """The comparison line by line; whoever does not answer for the place reads covered names."""

    def shown(name: str) -> str:
        return name if names else masked(name)

    def values(of: Line | Household, keys: Sequence[str]) -> list[tuple[str, str]]:
        return [(key, said(wall.reader.shown(key, of.facts.get(key))) or unread(of, key)) for key in keys]

    def unread(of: Line | Household, key: str) -> str:
        """The words of a cell that stand for nothing known; they may tell of an illness."""
        return shown(of.row.said.get(key, "—")) if isinstance(of, Line) else "—"

    keys = [column.key for column in wall.rules.compared if column.key in wall.posted.keys]
    found = [Difference("missing", None, shown(one.name), [], values(one, keys)) for one in wall.comparison.missing]
    found += [
        Difference("extra", one.row.line, shown(one.name), values(one, keys), []) for one in wall.comparison.extra
    ]
    for one in wall.comparison.stale:
        there, wanted = values(one.line, one.keys), values(one.household, one.keys)
        found.append(Difference("stale", one.line.row.line, shown(one.line.name), there, wanted))
    return found


def faults_page(officer: Officer, faults: Sequence[PostingFault], *, all_of_them: bool, today: date) -> str:
    """The faults that are not put right, or all of them, the most pressing first."""
    return render_template(
        "publicity/faults.html", faults=faults, all_of_them=all_of_them, today=today, most=queries.FAULTS_SHOWN
    )


def fault_page(fault: PostingFault, officer: Officer, today: date, kept: Kept | None = None) -> str:
    """One fault: what it is, how it was put right, and what may be done about it."""
    acts = _fault_acts(fault, officer)
    return render_template(
        "publicity/fault.html",
        fault=fault,
        case_key=f"{fault.duty}.{fault.period}.{fault.place_code}",
        called=_called(fault),
        due=None if fault.state is FaultState.CONFIRMED else badges.plain(fault.due_on, today, calendars.calendar()),
        acts=acts,
        forms=blank_forms(FAULT_FORMS, acts, kept, fault),
        proved=queries.is_proved_since(fault),
        history=queries.history(None, [fault]),
    )


def _called(fault: PostingFault) -> str:
    """The duty and period of a fault, as the office says it."""
    duty = editions.notice().duty(fault.duty)
    period = next(one for one in periods(duty, date.max) if one.key == fault.period)
    return said(called(duty, period))


def _fault_acts(fault: PostingFault, officer: Officer) -> list[Act]:
    acts = [act for act in fault.life.open_acts(fault.state) if officer.may(act)]
    if fault.office_id != officer.office_id:
        acts = [act for act in acts if act is not Act.CORRECT_POSTING_FAULT]
    first = first_hands([fault])
    return [act for act in acts if not is_same_hand(act, fault, officer, first)]


def sheet_page(sheet: PrintedSheet) -> str:
    """The sheet as it is printed."""
    return render_template("publicity/sheet.html", sheet=sheet)
