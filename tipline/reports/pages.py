"""What stands around a month's seal on its page: who asked, what may be done, what the rows say since."""

from datetime import date
from typing import Any

from tipline.kit.dates import Month
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.second_person import first_hands, is_same_hand
from tipline.office.steps import Forms, Kept, blank_forms
from tipline.reports import sealing
from tipline.reports.lifecycle import LIFE
from tipline.reports.models import MonthSeal, SealCorrection
from tipline.reports.queries import Report


def around_the_seal(
    seal: MonthSeal | None, report: Report, officer: Officer, scope: str, today: date, forms: Forms, kept: Kept | None
) -> dict[str, Any]:
    """What the page needs to show the seal of its month."""
    acts = open_acts(seal, report.month, officer, today)
    counted = sealing.as_counted(seal, officer, ()) if seal else None
    shown = {line.figure.key: line for line in report.lines}
    columns = {scope, *(code for code, _ in report.towns)}
    return {
        "seal": seal,
        "acts": acts,
        "forms": blank_forms(forms, acts, kept, seal),
        "differences": sealing.differences(counted, scope, today) if counted else [],
        "corrections": [(one, shown[one.figure]) for one in _seen(seal, columns) if one.figure in shown],
        "column_names": dict(report.towns),
    }


def _seen(seal: MonthSeal | None, columns: set[str]) -> list[SealCorrection]:
    return [one for one in seal.corrections if one.town in columns] if seal else []


def open_acts(seal: MonthSeal | None, month: Month, officer: Officer, today: date) -> list[Act]:
    """What the officer may do now for the seal of a month."""
    if month.last >= today:
        return []
    acts = [act for act in LIFE.open_acts(seal.state if seal else None) if officer.may(act)]
    if seal is None:
        return acts
    first = first_hands([seal])
    return [act for act in acts if not is_same_hand(act, seal, officer, first)]
