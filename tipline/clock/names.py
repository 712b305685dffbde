"""Names from the ledger may not leave by mail: neither of who is reported nor of who reported."""

from sqlalchemy import exists, select

from tipline.kit.db import db
from tipline.law.bodies import PersonKind
from tipline.leads.models import ImplicatedPerson, Reporter
from tipline.office import privacy


def no_kept_name(text: str) -> str | None:
    """Whether anything in the letter could be a name that the ledger keeps; nobody's name is opened for it."""
    marks = privacy.name_marks(text)
    reported = exists().where(
        ImplicatedPerson.name_blind.in_(marks), ImplicatedPerson.kind != PersonKind.ORGANISATION
    )  # an organisation may be named: its letters are addressed to it
    reporting = exists().where(Reporter.name_blind.in_(marks))
    return "name" if db.session.scalar(select(reported | reporting)) else None
