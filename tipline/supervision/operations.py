"""What may be done to a supervised case. Operations never commit; the edge does, once."""

from datetime import datetime

from tipline.kit.dates import local
from tipline.kit.db import db
from tipline.kit.series import next_number
from tipline.leads.models import Lead
from tipline.leads.plan import Plan
from tipline.office import roster
from tipline.office.charter import Act
from tipline.office.deeds import enact
from tipline.office.models import Officer
from tipline.supervision.models import SupervisedCase


def propose(lead: Lead, proposal: Plan, *, by: Officer, at: datetime) -> SupervisedCase:
    """Put a lead that meets a trigger of the notice (四（三）) to a leader who may open supervision."""
    office = roster.office_of(proposal.body, lead.town_code)
    year = local(at).year
    case = SupervisedCase(
        number=f"DB-{lead.number}" if lead.walled else f"DB{year}-{next_number('case', year):03d}",
        lead=lead,
        triggers=sorted(trigger.value for trigger in proposal.triggers),
        lead_office=office,
        proposed_at=at,
    )
    enact(Act.PROPOSE_SUPERVISION, case, by=by, at=at, triggers=",".join(case.triggers))
    db.session.add(case)
    return case
