"""What waits for an officer beside the referrals: slips to sign or to answer, longer time to decide."""

from datetime import date

from tipline.handling import queries
from tipline.handling.lifecycle import SlipKind, SlipState
from tipline.handling.models import Extension, Slip
from tipline.kit.db import db
from tipline.kit.words import Sentence
from tipline.law.clocks import Tone, tone
from tipline.office import calendars
from tipline.office.charter import Act
from tipline.office.models import Officer
from tipline.office.waiting import Waiting

MOST = 50


def waiting_for(officer: Officer, today: date) -> list[Waiting]:
    """The slips and requests whose next deed is this officer's."""
    found: list[Waiting] = []
    if officer.may(Act.READ_SLIPS):
        found += [
            _slip(slip, officer, today) for slip in db.session.scalars(queries.slips_waiting(officer).limit(MOST))
        ]
    if officer.may(Act.GRANT_EXTENSION):
        asked = db.session.scalars(queries.extensions_waiting(officer).limit(MOST))
        found += [_extension(extension, today) for extension in asked]
    return found


def _slip(slip: Slip, officer: Officer, today: date) -> Waiting:
    act, what = Act.SIGN_SLIP, Sentence("签收%(kind)s件", {"kind": slip.slip_kind})
    if officer.office_id != slip.to_id:
        act, what = Act.RECORD_SLIP_RECEIPT, Sentence("登记%(to)s的纸质回执", {"to": slip.to.name})
    elif slip.state is SlipState.SIGNED:
        act, what = Act.ANSWER_SLIP, Sentence("答复协办事项")
    return Waiting(
        what=what,
        number=slip.number,
        act=act,
        endpoint="handling.slip",
        values={"key": slip.key},
        due_on=slip.due_on,
        tone=_near(slip.due_on if slip.slip_kind is SlipKind.HELP else None, today),
    )


def _extension(extension: Extension, today: date) -> Waiting:
    return Waiting(
        what=Sentence("决定%(office)s的延期申请", {"office": extension.office.name}),
        number=extension.number,
        act=Act.GRANT_EXTENSION,
        endpoint="handling.extension",
        values={"key": extension.key},
        due_on=extension.before_on,
        tone=_near(extension.before_on, today),
    )


def _near(on: date | None, today: date) -> Tone:
    return tone(on, today, calendars.calendar()) if on else Tone.QUIET
